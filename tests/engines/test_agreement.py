"""Engines and checker agree on every roster that a search passes through, however bad it is."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.checker import check
from scheduler.engines.search import layout as at
from scheduler.engines.search.pack import pack
from scheduler.engines.search.plan import move_weights
from scheduler.engines.search.thread import Thread
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import Instance, Score
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.engines.hard_weeks import hard_weeks

SLICES = 8
HOT = 1e3, 1e7, 1e13
"""Temperatures in points: some moves that cost soft, medium, hard points are taken."""
drawn = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
long = st.integers(380, 400)


def passed(lowered: Lowered, hot: float) -> Iterator[Thread]:
    """A thread in all the states at the ends of slices of one, two, four… moves; its best is the present one."""
    thread = Thread(lowered, pack(lowered), 0)
    thread.construct()
    weights = move_weights(lowered)
    yield thread
    for doubling in range(SLICES):
        thread.anneal(weights, 2**doubling, hot, hot)
        best = thread.best.copy()
        thread.best[:] = thread.S
        yield thread
        thread.best[:] = best


def assert_agreement(instance: Instance, hot: float) -> None:
    lowered = lower(instance)
    for thread in passed(lowered, hot):
        if thread.cost == at.TOP:
            continue  # beyond what is compared; a search begins with another scale
        report = check(instance, to_roster(lowered, thread.dense()))
        assert lowered.scale.points(report.score) == thread.cost


@drawn
@given(instance=hard_weeks(), hot=st.sampled_from(HOT))
def test_every_state_of_the_search_costs_what_the_checker_says(
    instance: Instance, hot: float
) -> None:
    assert_agreement(instance, hot)


@settings(drawn, max_examples=8)
@given(instance=hard_weeks(days=long), hot=st.sampled_from(HOT))
def test_more_than_a_year_is_priced_exactly(instance: Instance, hot: float) -> None:
    assert_agreement(instance, hot)


@settings(drawn, max_examples=40)
@given(instance=hard_weeks(), steps=st.sampled_from([1, 2, 4, 8, 500]))
def test_no_solve_ends_in_a_disagreement(instance: Instance, steps: int) -> None:
    told: list[Score | None] = []
    roster = solve(
        instance,
        Stop(steps=steps),
        on_roster=lambda found: told.append(found.score),
        roster_seconds=0.0,
    )
    assert roster.outcome is not None
    assert {notice.code for notice in roster.outcome.notices} <= {"levels_not_apart"}
    assert check(instance, roster).score == roster.score
    assert told == sorted(told, reverse=True)


@pytest.mark.parametrize("seconds", [2.0])
@settings(drawn, max_examples=4)
@given(instance=hard_weeks(days=st.just(2)))
def test_proofs_and_columns_agree_as_well(instance: Instance, seconds: float) -> None:
    roster = solve(instance, Stop(seconds=seconds))
    assert roster.outcome is not None
    assert {notice.code for notice in roster.outcome.notices} <= {"levels_not_apart"}
