"""When to be hot: coolings first, reheats last, and nothing but reheats from a given roster."""

from itertools import pairwise

import numpy as np
import pytest

from scheduler.engines.search.anneal import DRAWN_FROM
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.plan import COLD, REHEATS, cooling_schedule, move_weights, without
from tests.engines.search.weeks import random_week
from tests.rules.build import lowered


@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("undone", [0, 1 << 24])
@pytest.mark.parametrize(("tasks", "seconds"), [(10, 60), (100, 60), (300, 60), (2_000, 5)])
def test_phases_fill_the_budget_one_after_the_other_and_end_cold(tasks, seconds, undone, warm):
    plan = cooling_schedule(tasks, None, seconds, 1_000.0, undone, warm)
    assert plan[0].begin == 0
    assert plan[-1].end == pytest.approx(1)
    for one, two in pairwise(plan):
        assert one.begin < one.end == pytest.approx(two.begin)
    assert plan[-1].temperature(1.0) == pytest.approx(COLD * 1_000.0)
    for one in plan:
        assert one.hot > one.cold
        assert one.temperature(one.begin) == one.hot
        assert one.temperature(one.end) == pytest.approx(one.cold)


def test_a_given_roster_is_only_reheated():
    plan = cooling_schedule(100, None, 60, 1_000.0, 0, warm=True)
    assert len(plan) == REHEATS
    assert all(one.from_best for one in plan)


def test_small_instances_get_several_coolings():
    few, many = (cooling_schedule(tasks, None, 60, 1_000.0, 0, warm=False) for tasks in (300, 50))
    hottest = max(one.hot for one in few)
    assert sum(one.hot == hottest for one in few) < sum(one.hot == hottest for one in many)


def test_what_stays_undone_is_chosen_at_temperatures_of_its_own_level():
    plan = cooling_schedule(300, None, 60, 1_000.0, 1 << 24, warm=False)
    assert plan[0].cold > max(
        one.hot for one in cooling_schedule(300, None, 60, 1_000.0, 0, warm=False)
    )


def test_a_move_without_use_gives_its_share_to_the_others():
    weights = move_weights(lowered(random_week(0)))
    shares, rest = np.diff(weights, prepend=0), np.diff(without(weights, "eject"), prepend=0)
    eject = list(MOVES).index("eject")
    assert shares[eject] > 0 == rest[eject]
    others = np.arange(len(MOVES)) != eject
    expected = shares[others] * DRAWN_FROM / shares[others].sum()
    assert np.abs(rest[others] - expected).max() <= 1
    only = np.where(np.arange(len(MOVES)) >= eject, DRAWN_FROM, 0)
    assert (without(only, "eject") == only).all()
