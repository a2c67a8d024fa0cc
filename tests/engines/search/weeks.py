"""Small random weeks that use every primitive, for the tests of the kernels."""

import random
from datetime import timedelta

from scheduler.model import (
    Break,
    Case,
    Gap,
    Household,
    Instance,
    Level,
    Limits,
    Need,
    Pair,
    PersonHistory,
    Pin,
    Role,
    RuleSetting,
    SharedSkill,
    Shift,
    Slot,
    Window,
    Wish,
)
from scheduler.model.people import Person
from tests.rules.build import DAY, MONDAY, at, instance, person, place, shift, visit, window

DAYS = 4
ROLES = (Role.GRID_WORKER, Role.PARTY_VOLUNTEER, Role.COUNSELLOR)


def random_week(seed: int, *, visits: int = 14, people: int = 5) -> Instance:
    """A week of four days with crews, series, shifts, limits and history, all drawn from the seed."""
    draw = random.Random(seed)
    places = ["P", "Q", "R", "S"]
    ways = {
        (one, two): draw.randint(3, 25)
        for number, one in enumerate(places)
        for two in places[number + 1 :]
    }
    staff = [_person(draw, number) for number in range(people)]
    works = [_visit(draw, number, people) for number in range(visits)]
    shifts = [_shift(draw, number) for number in range(visits // 3)]
    gaps = [
        Gap(first="v0", second="v1", least_days=1, most_days=2),
        Gap(first="v2", second="v3", least_minutes=30, requires=draw.random() < 0.5),
    ]
    return instance(
        *[place(name, capacity=1 if name == "Q" else None) for name in places],
        Household(id="h", name="h", place="R", known_people=("p1",)),
        Case(id="c", name="c", kind="series", person="p0" if draw.random() < 0.5 else None),
        *staff,
        *works,
        *shifts,
        *gaps,
        Pin(task="v4", person=f"p{draw.randrange(people)}"),
        days=DAYS,
        ways=ways,
        history={
            "p0": PersonHistory(run_on=4, last_end=-120, minutes=300, last_kinds=("night",)),
            "p1": PersonHistory(run_off=1, weekends=1, fair_minutes=200),
        },
        weights={"worst_lateness": RuleSetting(on=True), "waiting": RuleSetting(on=True)},
        forbidden_sequences=(("night", "early"), ("late", "early")),
    )


def _person(draw: random.Random, number: int) -> Person:
    spans = []
    for day in range(DAYS):
        if draw.random() < 0.85:
            spans.append(Window(start=at(day, "08:00"), end=at(day, "12:00")))
            spans.append(
                Window(start=at(day, "12:00" if number % 2 else "13:30"), end=at(day, "18:30"))
            )
    return person(
        f"p{number}",
        draw.choice(ROLES),
        skills={"care": draw.randint(0, 2)},
        availability=tuple(spans),
        start_place=draw.choice([None, "P", "S"]),
        end_place=draw.choice([None, "P"]),
        mode=draw.choice(["walk", "e_bike"]),
        home=draw.choice([None, "R"]),
        wishes=(
            Wish(want=False, kind="late", weight=4),
            Wish(kind="check", weight=7),
        ),
        limits=Limits(
            daily_minutes=240,
            daily_overtime=60,
            weekly_minutes=700,
            contract_minutes=600,
            rest_minutes=660,
            days_in_row_max=3,
            days_in_row_min=2,
            days_off_min=2,
            weekly_days=3,
            daily_tasks=4,
            kind_counts={"late": 1},
            breaks=Break(start=690, end=810, minutes=45) if draw.random() < 0.7 else None,
        ),
    )


def _visit(draw: random.Random, number: int, people: int):
    day = draw.randrange(DAYS)
    windows = []
    for other in sorted({day, draw.randrange(DAYS)}):
        hour = draw.randint(8, 15)
        windows.append(window(other, f"{hour:02}:00", f"{hour + 2}:30", f"{hour + 1:02}:00"))
    crew = draw.choice([1, 1, 1, 2, 2, 3])
    slots = []
    for slot in range(crew):
        spaced = slot > 0 and draw.random() < 0.3
        slots.append(
            Slot(
                skills={"care": draw.randint(0, 1)},
                duration=draw.choice([None, 20, 45]),
                after=(10, 40) if spaced else (0, 0),
            )
        )
    return visit(
        f"v{number}",
        *slots,
        places=tuple(draw.sample(["P", "Q", "R", "S"], draw.choice([1, 1, 2]))),
        windows=tuple(windows),
        duration=draw.choice([20, 30, 60]),
        kind=draw.choice(["check", "repair"]),
        priority=draw.randint(1, 5),
        least_crew=1 if crew == 2 and draw.random() < 0.4 else None,
        household="h" if number % 5 == 0 else None,
        case="c" if number % 6 == 1 else None,
        bundle="b" if number in (5, 6) else None,
        preferred=(f"p{draw.randrange(people)}",) if draw.random() < 0.2 else (),
    )


def _shift(draw: random.Random, number: int):
    return shift(
        f"s{number}",
        at(draw.randrange(DAYS), draw.choice(["08:00", "10:00", "14:00"])),
        Need(minimum=1, target=2, maximum=3, over_points=3),
        duration=draw.choice([90, 180]),
        kind=draw.choice(["early", "late", "night"]),
        place=draw.choice(["P", "Q", "S"]),
    )


def crew_week(seed: int) -> Instance:
    """A random week in which it matters who is together, how long a skill lasts, and where there is no way."""
    draw = random.Random(seed)
    week = random_week(seed)
    mixed = SharedSkill(skill="care", level=draw.randint(1, 2))
    people = [
        one.model_copy(
            update={"skill_until": {"care": MONDAY + timedelta(draw.randrange(-1, DAYS))}}
        )
        if draw.random() < 0.5
        else one
        for one in week.people
    ]
    names = draw.sample([one.id for one in people], 4)
    table = [list(row) for row in week.settings.travel.minutes]
    for _ in range(2):
        one, two = draw.sample(range(len(table)), 2)
        table[one][two] = None
    ways = week.settings.travel.model_copy(update={"minutes": tuple(map(tuple, table))})
    return week.changed(
        people=tuple(people),
        visits=tuple(_mixed(draw, one, mixed) for one in week.visits),
        shifts=tuple(_mixed(draw, one, mixed) for one in week.shifts),
        pairs=(
            Pair(people=(names[0], names[1]), together="never"),
            Pair(people=(names[2], names[3]), together="always"),
        ),
        settings=week.settings.model_copy(update={"travel": ways}),
    )


def _mixed(draw: random.Random, task, mixed: SharedSkill):
    return task.model_copy(
        update={
            "skill_mix": (mixed,) if draw.random() < 0.5 else (),
            "tie": "t" if draw.random() < 0.2 else None,
            "bundle": "c" if isinstance(task, Shift) and draw.random() < 0.5 else task.bundle,
        }
    )


def late_day(seed: int) -> Instance:
    """One day of crews and lone visits at which nobody can be in time, and without presence, rests or gaps."""
    draw = random.Random(seed)
    places = {f"P{number}": draw.randint(0, 60) for number in range(6)}
    ways = {(one, two): abs(places[one] - places[two]) for one in places for two in places}
    visits = []
    for number in range(16):
        spread = draw.choice([0, 10])
        crew = draw.choice([1, 1, 2, 2, 3])
        slots = [Slot(after=(0, 0) if not slot else (spread, 3 * spread)) for slot in range(crew)]
        hour = draw.randint(8, 10)
        opens = window(0, f"{hour:02}:00", "24:00", f"{hour:02}:{draw.randint(10, 50)}")
        visits.append(
            visit(
                f"v{number}", *slots, places=draw.choice([*places]), windows=(opens,), duration=20
            )
        )
    late = RuleSetting(on=True, weight=1)
    return instance(
        *[place(name) for name in places],
        *[person(f"p{number}", start_place="P0", end_place="P0") for number in range(5)],
        *visits,
        days=1,
        ways=ways,
        limits={},
        weights={
            "availability": RuleSetting(on=False),
            "due_date": late,
            "worst_lateness": late,
            "late_return": RuleSetting(on=False),
            "unassigned": RuleSetting(level=Level.HARD, weight=1),
        },
        pause_at_home=0,
        travel_counts=False,
    )


assert DAY == 1440
