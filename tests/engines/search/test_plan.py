"""When to be hot: coolings first, reheats last, and nothing but reheats from a given roster."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.reduced import expressible
from scheduler.engines.search import search
from scheduler.engines.search.anneal import DRAWN_FROM
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.plan import (
    COLD,
    HOT,
    MOST_COOLINGS,
    REHEATS,
    cooling_schedule,
    move_weights,
    without,
)
from scheduler.model import Level, RuleSetting, Window
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.benchmarks.days import crossing
from tests.engines.search.weeks import random_week
from tests.rules.build import lowered


@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("undone", [0, 1 << 24])
@pytest.mark.parametrize(("tasks", "seconds"), [(10, 60), (100, 60), (300, 60), (2_000, 5)])
def test_phases_fill_the_budget_one_after_the_other_and_end_cold(tasks, seconds, undone, warm):
    plan = cooling_schedule(tasks, None, seconds, 1_000.0, undone, choosing=undone > 0, warm=warm)
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
    plan = cooling_schedule(100, None, 60, 1_000.0, 0, choosing=False, warm=True)
    assert len(plan) == REHEATS
    assert all(one.from_best for one in plan)


def test_small_instances_get_several_coolings():
    few, many = (
        cooling_schedule(tasks, None, 60, 1_000.0, 0, choosing=False, warm=False)
        for tasks in (300, 50)
    )
    coolings = [sum(one.hot >= HOT * 1_000 for one in plan) for plan in (few, many)]
    assert coolings == [1, MOST_COOLINGS]
    # Each of several begins where rosters are no longer alike.
    assert many[0].hot > few[0].hot


def test_what_stays_undone_is_chosen_at_temperatures_of_its_own_level():
    plan = cooling_schedule(300, None, 60, 1_000.0, 1 << 24, choosing=True, warm=False)
    assert plan[0].cold > max(
        one.hot for one in cooling_schedule(300, None, 60, 1_000.0, 0, choosing=False, warm=False)
    )


def test_where_work_stays_undone_the_last_cooling_takes_its_time_while_it_is_hot():
    quick, slow = (
        cooling_schedule(300, None, 20, 1_000.0, 0, choosing=choosing, warm=False)
        for choosing in (False, True)
    )
    assert [(one.hot, one.cold) for one in quick] == [(one.hot, one.cold) for one in slow]
    assert slow[1].begin > quick[1].begin
    assert [one.begin for one in slow[2:]] == [one.begin for one in quick[2:]]


@pytest.mark.parametrize("level", [Level.MEDIUM, Level.SOFT, Level.HARD])
@pytest.mark.parametrize("all_at_once", [False, True])
def test_a_search_knows_that_it_chooses_among_work_at_whatever_price_but_a_hard_one(
    all_at_once, level, monkeypatch
):
    asked = []

    def schedule(*arguments, choosing, warm):
        asked.append(choosing)
        return cooling_schedule(*arguments, choosing=choosing, warm=warm)

    monkeypatch.setattr(search, "cooling_schedule", schedule)
    instance = expressible(crossing()).instance
    rules = instance.settings.rules | {"unassigned": RuleSetting(level=level, weight=60)}
    settings = instance.settings.model_copy(update={"rules": rules})
    sharp = {"windows": (Window(start=620, end=621),)} if all_at_once else {}
    visits = tuple(visit.model_copy(update=sharp) for visit in instance.visits)
    week = instance.changed(people=instance.people[:1], visits=visits, settings=settings)
    annealing = search.Annealing(lower(week), 1, 1)
    annealing.construct(None)
    annealing.run(Stop(steps=3_000), lambda _: None)
    assert asked == [all_at_once and level is not Level.HARD]


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
