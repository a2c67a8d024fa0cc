"""Small rosters of shifts drawn at random: limits, wishes, history and rules at either level."""

from datetime import timedelta
from random import Random

from scheduler.lowered import Lowered
from scheduler.model import (
    Instance,
    Level,
    Limits,
    Need,
    PastStop,
    PersonHistory,
    RuleSetting,
    Window,
    Wish,
)
from scheduler.rules.lower import lower
from tests.rules.build import DAY, MONDAY, at, instance, person, place, shift

KINDS = {"early": ("06:00", 480), "late": ("14:00", 480), "night": ("15:30", 480)}
"""None goes on past midnight, where working days would begin at other hours: columns leave these alone."""
SOFTENED = (
    "days_in_row", "least_days_off", "most_days_off", "weekends", "kind_counts", "shift_sequence",
    "kind_in_row", "least_kind_in_row",
)  # fmt: skip


def drawn(seed: int, days: int = 9, people: int = 4) -> Instance:
    """The same for the same seed."""
    draw = Random(seed)
    kinds = dict(draw.sample(sorted(KINDS.items()), draw.randint(1, 3)))
    shifts = [
        shift(
            f"{kind}{day}",
            at(day, start),
            _need(draw),
            duration=length,
            kind=kind,
            place=draw.choice("PQ") if draw.random() < 0.2 else "P",
        )
        for day in range(days)
        for kind, (start, length) in kinds.items()
    ]
    names = [f"worker{number}" for number in range(people)]
    sequences = [("late", "early"), ("night", "early"), ("night", "late")]
    return instance(
        *[_person(name, days, sorted(kinds), draw) for name in names],
        *shifts,
        place("P"),
        place("Q"),
        days=days,
        ways={("P", "Q"): 20},
        history={name: _past(draw) for name in names},
        weights={
            **{rule: RuleSetting(on=False) for rule in ("fairness", "weekends_in_turn")},
            **{
                rule: RuleSetting(level=Level.SOFT, weight=draw.randint(1, 40))
                for rule in SOFTENED
                if draw.random() < 0.4
            },
        },
        forbidden_sequences=tuple(pair for pair in sequences if set(pair) <= set(kinds)),
        travel_counts=draw.random() < 0.5,
    )


def lowered(seed: int, days: int = 9, people: int = 4) -> Lowered:
    """Its primitives."""
    return lower(drawn(seed, days, people))


def _need(draw: Random) -> Need:
    target = draw.randint(1, 2)
    return Need(
        minimum=0,
        target=target,
        maximum=target + draw.randint(0, 2),
        under_points=draw.randint(20, 100),
        over_points=draw.randint(1, 10),
    )


def _person(name: str, days: int, kinds: list[str], draw: Random):
    off = draw.randrange(days)
    wishes = [
        Wish(
            want=draw.random() < 0.5,
            days=tuple(MONDAY + timedelta(day) for day in draw.sample(range(days), 2)),
            kind=draw.choice([*kinds, None]),
            weight=draw.randint(1, 30),
        )
        for _ in range(3)
    ]
    minutes = draw.choice([None, 480 * 2])
    return person(
        name,
        availability=(
            Window(start=0, end=off * DAY),
            Window(start=(off + 1) * DAY, end=(days + 1) * DAY),
        )
        if off
        else (Window(start=DAY, end=(days + 1) * DAY),),
        start_place=draw.choice([None, "P", "Q"]),
        wishes=tuple(wishes),
        limits=Limits(
            daily_tasks=1,
            days_in_row_max=draw.randint(3, 5),
            days_in_row_min=draw.randint(1, 2),
            days_off_min=draw.randint(1, 2),
            days_off_max=draw.choice([None, 3, 4]),
            complete_weekends=draw.choice([None, True]),
            kind_in_row_max={kind: draw.randint(1, 3) for kind in kinds if draw.random() < 0.4},
            kind_in_row_min={kind: 2 for kind in kinds if draw.random() < 0.3},
            weekends=1,
            kind_counts={kind: draw.randint(1, 4) for kind in kinds},
            period_minutes_min=minutes,
            period_minutes_max=480 * 6,
            rest_minutes=draw.choice([None, 600]),
            breaks=None,
        ),
    )


def _past(draw: Random) -> PersonHistory:
    on = draw.randrange(3)
    off = 0 if on else draw.randrange(3)
    if draw.random() < 0.3:
        # known since its first day only, so that it may be longer
        stops = [
            PastStop(kind="late", start=at(-n, "14:00"), end=at(-n, "23:00"))
            for n in range(1, on + 1)
        ]
        return PersonHistory(stops=tuple(stops), since=MONDAY - timedelta(days=on or off))
    return PersonHistory(
        run_on=on,
        run_off=off,
        last_end=at(-1, "23:00") if on else None,
        last_kinds=("late",) if on else (),
        kind_runs={"late": draw.randint(1, on)} if on and draw.random() < 0.7 else {},
    )
