"""Bounds: no roster is better, whatever the instance; and they say something where much is asked."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.generate import NAMES, generate
from scheduler.due import expand
from scheduler.engines.exact import solve_exact
from scheduler.engines.exact.bounds import LowerBound, lower_bound
from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.engines.search.search import Annealing
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE
from scheduler.model import Instance
from scheduler.rules import rules
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.contract.test_rules import case
from tests.engines.search.weeks import random_week
from tests.plain import price
from tests.plain.drawn import drawn
from tests.plain.rosters import answers
from tests.rules.build import at, instance, person, shift, visit, window


def holds(lowered: Lowered) -> None:
    """The bound is no more than the proven best, nor is the unmet demand."""
    best = solve_exact(lowered, seconds=30)
    found = lower_bound(lowered, seconds=5)
    assert best.dense is not None
    assert best.points is not None
    assert found.points <= best.points
    if best.points < lowered.scale.hard:
        empty = {
            slot
            for slot, who in enumerate(best.dense.person)
            if who == NONE and lowered.empty.cost[slot] > 0
        }
        assert set(found.unmet.nobody) <= empty
        assert found.unmet.slots <= len(empty)


@pytest.mark.parametrize("rule", rules())
def test_no_roster_of_a_rules_instance_is_better(rule: str) -> None:
    _, lowered, made = case(rule, "all")
    holds(lowered)
    found = lower_bound(lowered, seconds=5)
    for one in made:
        points = price(lowered, one.answer)
        assert found.points <= points
        if points < lowered.scale.hard:
            idle = np.array(one.answer.person) == NONE
            assert found.unmet.slots <= (idle & (lowered.empty.cost > 0)).sum()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("tiny/")])
def test_no_roster_of_a_tiny_week_is_better(name: str) -> None:
    holds(lower(expand(generate(name))))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_roster_of_drawn_primitives_is_better(seed: int) -> None:
    lowered = drawn(seed)
    least = lower_bound(lowered, seconds=5).points
    assert all(least <= price(lowered, one.answer) for one in answers(lowered, 150, seed))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_roster_of_a_small_random_week_is_better(seed: int) -> None:
    lowered = lower(random_week(seed, visits=7, people=3))
    best = solve_exact(lowered, seconds=3)
    assert best.points is None or lower_bound(lowered, seconds=5).points <= best.points


MORNING = window(0, "09:00", "17:00")


def crowded() -> Instance:
    """Three shifts of four hours by day, one by night when nobody is there, and two people."""
    by_day = [shift(f"s{number}", at(0, "09:00"), duration=240) for number in range(3)]
    night = shift("night", at(0, "02:00"), duration=240)
    people = [person(name, availability=(MORNING,)) for name in "AB"]
    return instance(*people, *by_day, night, days=1)


@cache
def asked_too_much() -> LowerBound:
    return lower_bound(lower(crowded()), seconds=5)


def test_slots_that_nobody_can_fill_are_named() -> None:
    lowered = lower(crowded())
    night = lowered.index.task["night"]
    assert set(asked_too_much().unmet.nobody) <= set(lowered.index.slots_of(night))
    assert asked_too_much().unmet.nobody


def test_a_day_holds_no_more_work_than_its_presence() -> None:
    visits = [visit(f"v{number}", duration=360, windows=(MORNING,)) for number in range(5)]
    people = [person(name, availability=(MORNING,)) for name in "AB"]
    lowered = lower(instance(*people, *visits, days=1))
    # 2 x 480 minutes hold 960 / 360 = 2.67 visits: of five, 2.33 stay undone, so three.
    assert lower_bound(lowered, seconds=5).unmet.further == 3


def test_without_time_a_bound_is_weak_but_a_bound() -> None:
    _, lowered, _ = case("skill", "all")
    assert lower_bound(lowered, seconds=0).points <= lower_bound(lowered, seconds=5).points


def test_a_program_is_bounded_by_whole_numbers() -> None:
    # x + y >= 3 with x, y <= 2: least of 2 x + 3 y is 2 * 2 + 3 * 1 = 7.
    program = LinearProgram()
    x, y = program.column(2), program.column(2)
    program.row(3, BIG, [(x, 1), (y, 1)])
    assert program.least(np.array([2, 3]), seconds=5) == 7


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_whole_solution_of_a_program_costs_less(data: st.DataObject) -> None:
    number = st.integers(-4, 4)
    columns, rows = 3, data.draw(st.integers(1, 3))
    program = LinearProgram()
    for _ in range(columns):
        program.column(2)
    limits = []
    for _ in range(rows):
        factors = [data.draw(number) for _ in range(columns)]
        low, high = sorted((data.draw(number), data.draw(number)))
        program.row(low, high, list(enumerate(factors)))
        limits.append((low, high, factors))
    costs = np.array([data.draw(number) for _ in range(columns)])
    solutions = [
        np.array(one)
        for one in np.ndindex(3, 3, 3)
        if all(low <= np.dot(factors, one) <= high for low, high, factors in limits)
    ]
    least = program.least(costs, seconds=5)
    if solutions:
        assert least is not None
        assert least <= min(int(costs @ one) for one in solutions)


def test_a_communitys_unmet_demand_is_proven_and_found_in_every_roster() -> None:
    lowered = lower(expand(generate("shizishan/community")))
    search = Annealing(lowered, seed=1, cores=1)
    search.construct(None)
    search.run(Stop(steps=2_000), lambda standing: None)
    found = search.best.dense()
    proven = lower_bound(lowered, seconds=5)
    empty = {
        slot
        for slot, who in enumerate(found.person)
        if who == NONE and lowered.empty.cost[slot] > 0
    }
    assert 0 < proven.points <= price(lowered, found)
    assert set(proven.unmet.nobody) <= empty
    assert 0 < proven.unmet.slots <= len(empty)
