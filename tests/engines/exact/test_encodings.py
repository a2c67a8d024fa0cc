"""What CP-SAT proves, and what it holds for impossible. (What it prices: tests/contract.)"""

import pytest

from scheduler.engines.exact import build_model, price, solve_exact
from scheduler.lowered.dense_roster import NONE, DenseRoster
from tests.plain import price as plain_price
from tests.plain.drawn import built, drawn, writing
from tests.plain.rosters import answers
from tests.rules.build import at, instance, person, visit


@pytest.mark.parametrize("seed", range(20))
def test_the_proven_best_costs_what_it_says_and_no_roster_costs_less(seed: int) -> None:
    lowered = drawn(seed)
    best = solve_exact(lowered, seconds=60)
    assert best.status == "optimal"
    assert best.dense is not None
    assert best.points == best.bound == plain_price(lowered, best.dense)
    assert all(
        best.points <= plain_price(lowered, one.answer) for one in answers(lowered, 300, seed)
    )


def two() -> tuple:
    """Two visits of an hour on one morning, and what has been written so far."""
    into = writing(instance(person("A"), person("B"), visit("v"), visit("w"), days=1))
    for task in (0, 1):
        into.window.option(task, 0, 0, at(0, "09:00"), at(0, "10:00"))
    return into, at(0, "09:00")


def test_one_person_cannot_be_at_two_stops_at_once() -> None:
    into, nine = two()
    model = build_model(built(into))
    assert price(model, DenseRoster((0, 1), (0, 0), (nine, nine + 59))) is None
    assert price(model, DenseRoster((0, 1), (0, 0), (nine, nine + 60))) == 0


def test_nothing_starts_before_its_option_and_nobody_works_on_a_closed_day() -> None:
    into, nine = two()
    into.day.spans(1, 0, [])
    model = build_model(built(into))
    assert price(model, DenseRoster((0, NONE), (0, NONE), (nine - 1, 0))) is None
    assert price(model, DenseRoster((0, NONE), (1, NONE), (nine, 0))) is None
    assert price(model, DenseRoster((0, NONE), (0, NONE), (nine, 0))) == 0


def test_a_banned_person_has_no_variable() -> None:
    into, nine = two()
    into.fit.ban(0, 1)
    model = build_model(built(into))
    assert (0, 1) not in model.decisions.person
    assert price(model, DenseRoster((0, NONE), (1, NONE), (nine, 0))) is None


def test_hard_points_come_before_any_number_of_soft_points() -> None:
    into, _ = two()
    # Filling v breaks one hard point; leaving it empty costs a million soft ones.
    into.fit.add(0, 0, 2**40)
    into.fit.ban(0, 1)
    into.empty.add(0, 1_000_000)
    into.empty.add(1, 5)
    best = solve_exact(built(into), seconds=60)
    assert best.status == "optimal"
    assert best.points == 1_000_000
    assert best.dense is not None
    assert best.dense.person[0] == NONE


def test_without_time_no_more_is_claimed_than_is_known() -> None:
    hasty, best = solve_exact(drawn(0), seconds=0), solve_exact(drawn(0), seconds=60)
    assert hasty.status == "unknown"
    assert hasty.dense is hasty.points is None
    assert hasty.bound <= best.bound
