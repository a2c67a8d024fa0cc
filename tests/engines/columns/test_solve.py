"""Whole rosters by columns, against CP-SAT's proof and the plain reference."""

import pytest

from scheduler.checker import check
from scheduler.engines.columns import (
    dive,
    full_subproblem,
    generation,
    in_turn,
    solve_columns,
)
from scheduler.engines.exact import solve_exact
from scheduler.lowered.dense_roster import to_roster
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import drawn, lowered
from tests.rules.build import instance, person, visit

ROUNDS = 120


@pytest.mark.parametrize("seed", range(8))
def test_bound_optimum_and_answer_stand_in_order(seed: int) -> None:
    low = lowered(seed, days=7, people=3)
    found = solve_columns(low, None, Stop(steps=ROUNDS))
    best = solve_exact(low, seconds=60)
    assert found is not None
    assert best.points is not None
    if best.points >= low.scale.hard:
        assert found.points is None or found.points >= best.points
        return
    assert found.points is not None
    assert found.points >= best.points
    assert found.bound is None or found.bound <= best.points


@pytest.mark.parametrize("seed", range(8))
def test_every_answer_told_costs_what_it_says(seed: int) -> None:
    instance_ = drawn(seed)
    low = lower(instance_)
    told = []
    solve_columns(low, None, Stop(steps=ROUNDS), on_roster=lambda *one: told.append(one))
    for answer, points in told:
        assert points == plain.price(low, answer)
        assert points == low.scale.points(check(instance_, to_roster(low, answer)).score)
    assert [points for _, points in told] == sorted((points for _, points in told), reverse=True)


def test_the_same_seed_and_rounds_give_the_same_answer() -> None:
    low = lowered(3)
    first, second = (solve_columns(low, None, Stop(steps=ROUNDS), seed=5) for _ in range(2))
    assert first == second


def test_an_incumbent_is_never_made_worse() -> None:
    low = lowered(3)
    before = solve_columns(low, None, Stop(steps=ROUNDS))
    assert before is not None
    assert before.dense is not None
    after = solve_columns(low, before.dense, Stop(steps=2), seed=9)
    assert after is not None
    assert after.points is not None
    assert before.points is not None
    assert after.points <= before.points


def test_a_long_horizon_is_begun_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_turn, "PARTS", (20,))
    low = lowered(8, days=42, people=3)
    told: list[int] = []
    found = solve_columns(
        low, None, Stop(steps=150), on_roster=lambda answer, points: told.append(points)
    )
    assert found is not None
    assert found.dense is not None
    assert found.points == plain.price(low, found.dense) == told[-1] < told[0]
    assert found.bound is None or found.bound <= found.points


@pytest.mark.parametrize("seed", range(6))
def test_a_large_program_ends_between_bound_and_optimum(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(generation, "LARGE", 1)
    monkeypatch.setattr(dive, "MANY", 10)
    low = lowered(seed, days=7, people=3)
    found = solve_columns(low, None, Stop(steps=ROUNDS))
    best = solve_exact(low, seconds=60)
    assert found is not None
    assert best.points is not None
    if found.dense is not None:
        assert found.points == plain.price(low, found.dense) >= best.points
    assert found.bound is None or found.bound <= best.points


def test_a_stop_that_was_asked_for_ends_it() -> None:
    stop = Stop()
    stop.request()
    found = solve_columns(lowered(1), None, stop)
    assert found is not None
    assert found.rounds == 0


def test_visits_are_not_for_this_engine() -> None:
    assert full_subproblem(lower(instance(person("worker"), visit("call")))) is None
