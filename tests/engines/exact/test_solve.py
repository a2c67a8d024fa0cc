"""Solving with a stop, a start and better answers told on the way; shifts are proven quickly."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from scheduler.engines.exact import ExactResult, build_model, solve, solve_exact
from scheduler.engines.exact import price as exact_price
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster
from scheduler.model import Instance, Limits, Need, RuleSetting, Window, Wish
from scheduler.rules import rules
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.plain import price
from tests.plain.drawn import drawn
from tests.rules.build import MONDAY, at, instance, person, shift

PATIENCE = 600.0
"""Seconds for what is proven within six."""
DAYS = 14
KINDS = {"early": ("07:00", 480), "late": ("14:00", 480)}


def nurses(seed: int) -> Instance:
    """Two weeks of two kinds of shifts and six people with the usual limits; everything drawn."""
    draw = Random(seed)
    limits = Limits(
        daily_tasks=1,
        period_minutes_max=10 * 480,
        period_minutes_min=6 * 480,
        days_in_row_max=5,
        days_in_row_min=2,
        days_off_min=2,
        weekends=1,
    )
    people = [
        person(
            f"p{number}",
            limits=limits,
            availability=(Window(start=0, end=DAYS * 1440),),
            wishes=tuple(
                Wish(want=draw.random() < 0.5, days=(_date(draw),), kind="early", weight=3)
                for _ in range(3)
            ),
        )
        for number in range(6)
    ]
    need = {"minimum": 0, "maximum": 6, "under_points": 100, "over_points": 1}
    shifts = [
        shift(
            f"{kind}{day}",
            at(day, start),
            Need(target=draw.randint(1, 3), **need),
            duration=ticks,
            kind=kind,
        )
        for day in range(DAYS)
        for kind, (start, ticks) in KINDS.items()
    ]
    off = {"unassigned", "fairness", "weekends_in_turn", "rest_break", "daily_limit", "worst_idle"}
    return instance(
        *people,
        *shifts,
        days=DAYS,
        weights={rule: RuleSetting(on=rule not in off) for rule in rules()},
        forbidden_sequences=(("late", "early"),),
    )


def _date(draw: Random) -> date:
    return MONDAY + timedelta(days=draw.randrange(DAYS))


def nobody(lowered: Lowered) -> DenseRoster:
    slots = len(lowered.index.slots)
    return DenseRoster((NONE,) * len(lowered.index.tasks), (NONE,) * slots, (0,) * slots)


Told = list[tuple[DenseRoster, int]]


@cache
def proven(seed: int) -> tuple[Lowered, ExactResult, Told]:
    """The weeks of a seed, how they are best done, and the answers on the way."""
    lowered = lower(nurses(seed))
    told: Told = []
    keep = lambda answer, points: told.append((answer, points))  # noqa: E731
    return lowered, solve_exact(lowered, seconds=PATIENCE, on_roster=keep), told


@pytest.mark.parametrize("seed", range(3))
def test_two_weeks_of_shifts_are_proven(seed: int) -> None:
    lowered, best, _ = proven(seed)
    assert best.status == "optimal"
    assert best.dense is not None
    assert best.points == best.bound == price(lowered, best.dense)


def test_answers_told_on_the_way_get_better_and_cost_what_is_said() -> None:
    lowered, best, told = proven(0)
    assert [points for _, points in told] == [price(lowered, answer) for answer, _ in told]
    assert all(later < sooner for (_, sooner), (_, later) in pairwise(told))
    assert told[-1] == (best.dense, best.points)


def test_a_start_changes_nothing_about_what_is_proven() -> None:
    lowered = drawn(3)
    free = solve_exact(lowered, seconds=PATIENCE)
    again = solve_exact(lowered, seconds=PATIENCE, start=free.dense)
    from_nothing = solve_exact(lowered, seconds=PATIENCE, start=nobody(lowered))
    assert free.points == again.points == from_nothing.points == again.bound


def test_a_proof_far_from_what_is_known_ends_soon_and_is_not_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lowered, best, _ = proven(0)
    assert best.points is not None
    monkeypatch.setattr(solve, "HOPE_SHARE", 0.0)
    built = []
    build = lambda *args, **more: built.append(1) or build_model(*args, **more)  # noqa: E731
    monkeypatch.setattr(solve, "build_model", build)
    monkeypatch.setattr(solve, "HOPE", 2.0)
    hopeless = solve_exact(lowered, seconds=PATIENCE, known=best.points)
    assert hopeless.status != "optimal"
    assert built == [1]
    monkeypatch.setattr(solve, "HOPE", 0.0)
    assert solve_exact(lowered, seconds=PATIENCE, known=best.points).status == "optimal"


def test_an_asked_stop_leaves_a_bound_that_is_no_more_than_the_best() -> None:
    lowered, best, _ = proven(1)
    stop = Stop()
    stop.request()
    found = solve_exact(lowered, seconds=PATIENCE, stop=stop)
    assert best.points is not None
    assert found.bound <= best.points


def test_a_stop_asked_at_the_first_answer_ends_with_an_answer_and_a_bound() -> None:
    lowered, best, _ = proven(2)
    stop = Stop()
    request = lambda answer, points: stop.request()  # noqa: E731
    found = solve_exact(lowered, seconds=PATIENCE, stop=stop, on_roster=request)
    assert isinstance(found, ExactResult)
    assert found.dense is not None
    assert found.points == price(lowered, found.dense)
    assert best.points is not None
    assert found.bound <= best.points <= (found.points or 0)


@pytest.mark.parametrize("seed", range(8))
def test_what_costs_more_than_allowed_may_be_left_out_and_nothing_else(seed: int) -> None:
    lowered = drawn(seed)
    best = solve_exact(lowered, seconds=PATIENCE)
    assert best.dense is not None
    assert best.points is not None
    assert exact_price(build_model(lowered, most=best.points), best.dense) == best.points
