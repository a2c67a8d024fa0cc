"""Bounds by tolls, beams, and people who choose in turn."""

import numpy as np
import pytest

from scheduler.engines.columns import network, pricing
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.in_turn import choose_again, first_rosters
from scheduler.engines.columns.labels import NEVER
from scheduler.engines.columns.network import build_network, whole_network
from scheduler.engines.columns.pricing import LabelMemory, bounded, price_rosters
from scheduler.engines.columns.rounding import round_shares
from scheduler.engines.columns.subproblem import Subproblem, full_subproblem
from scheduler.engines.columns.turnout import Turnout
from scheduler.lowered.dense_roster import NONE
from scheduler.model import Instance, Limits, Need, Role, RuleSetting, Window
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import lowered
from tests.rules.build import DAY, at, instance, person, shift

SEEDS = range(16)


def part_of(seed: int, days: int = 12, people: int = 3) -> Subproblem:
    subproblem = full_subproblem(lowered(seed, days, people))
    assert subproblem is not None
    return subproblem


def drawn_prices(subproblem: Subproblem, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-20, 120, len(subproblem.items)).astype(float)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_roster_costs_less_than_its_bound(seed: int) -> None:
    subproblem = part_of(seed)
    prices = drawn_prices(subproblem, seed)
    for number in range(subproblem.people):
        made = whole_network(subproblem, number)
        found = bounded(made, made.cells - prices[made.items], made.off, 1e30)
        costs, _, cut = price_rosters(made, prices, 64)
        assert not cut
        if len(costs):
            assert found.least + made.constant <= costs[0] + 1e-6
            assert found.least >= bounded_once(subproblem, number, prices) - 1e-6
        if found.top < NEVER:
            own = made.items[found.path]
            worth = prices[own[own >= 0]].sum()
            assert evaluate(subproblem, number, own) - worth == pytest.approx(
                found.top + made.constant
            )


def bounded_once(subproblem: Subproblem, number: int, prices: np.ndarray) -> float:
    """The bound without any toll."""
    made = build_network(subproblem, number, 0, subproblem.days, np.full(subproblem.days, NONE))
    return bounded(made, made.cells - prices[made.items], made.off, -1e30).least


def weeks_of_one(**limits: object) -> Instance:
    """Half a year of one shift a day for one person, who works as many days as the limits let them."""
    need = Need(minimum=0, target=1, maximum=1, under_points=100, over_points=1)
    own = Limits(daily_tasks=1, **limits)
    people = [
        person(
            "anna", Role.PARTNER, availability=(Window(start=0, end=(200 + 1) * DAY),), limits=own
        )
    ]
    shifts = [shift(f"d{n}", at(n, "08:00"), need, duration=480, kind="day") for n in range(200)]
    rules = "fairness", "headcount_minimum", "min_rest", "unassigned", "weekends_in_turn"
    off = {rule: RuleSetting(on=False) for rule in rules}
    return instance(*people, *shifts, days=200, weights=off, limits={}, travel_counts=False)


def test_most_shifts_of_a_kind_are_counted_by_labels_up_to_255() -> None:
    subproblem = full_subproblem(lower(weeks_of_one(kind_counts={"day": 150})))
    assert subproblem is not None
    made = whole_network(subproblem, 0)
    assert made.values == 1
    prices = np.arange(200.0)
    costs, paths, _ = price_rosters(made, prices, 1)
    worked = made.items[paths[0]] >= 0
    assert worked.sum() == 150
    assert worked[50:].all()
    assert costs[0] == -prices[50:].sum()


def test_the_bound_of_one_limit_is_what_it_costs_to_keep_it() -> None:
    # 150 of 200 days, worth 0, 1, 2 …: the toll is what the 51st is worth, and nothing is lost by it.
    subproblem = full_subproblem(lower(weeks_of_one(kind_counts={"day": 150})))
    assert subproblem is not None
    made, prices = whole_network(subproblem, 0), np.arange(200.0)
    found = bounded(made, made.cells - prices[made.items], made.off, 1e30)
    assert found.least == pytest.approx(-prices[50:].sum(), rel=1e-3)
    assert made.tolls[0] == pytest.approx(50, abs=2)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_narrow_beam_gives_rosters_at_what_they_cost(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(pricing, "BEAM", 2)
    subproblem = part_of(seed)
    prices = drawn_prices(subproblem, seed)
    for number in range(subproblem.people):
        made = whole_network(subproblem, number)
        least = price_rosters(made, prices, 64)[0]
        costs, paths, _ = price_rosters(made, prices, 1)
        for cost, path in zip(costs, paths, strict=True):
            own = made.items[path]
            points = evaluate(subproblem, number, own) - prices[own[own >= 0]].sum()
            assert points == pytest.approx(cost)
            assert cost >= least[0] - 1e-6


def test_one_more_is_worth_the_next_margin_and_in_between_a_part_of_two() -> None:
    subproblem = part_of(3)
    heads, first = Turnout(subproblem), subproblem.margins[0]
    assert heads.worth()[0] == -first[0]
    heads.add(np.array([0, NONE]), 0.25)
    second = first[1] if len(first) > 1 else NEVER
    assert heads.worth()[0] == pytest.approx(-0.75 * first[0] - 0.25 * second)
    heads.add(np.array([0]), len(first) - 0.25)
    assert heads.worth()[0] <= -NEVER


@pytest.mark.parametrize("seed", range(6))
def test_who_chooses_again_makes_nothing_worse_and_leaves_nothing_better(seed: int) -> None:
    low = lowered(seed, days=14, people=4)
    subproblem = full_subproblem(low)
    assert subproblem is not None
    dense, points = first_rosters(subproblem, Stop(), 0)
    assert points == plain.price(low, dense)
    search = ColumnSearch(subproblem, dense, Stop(), 0)
    choose_again(search, search.rosters, LabelMemory())
    assert search.points is not None
    assert points is not None
    assert search.points <= points
    heads = Turnout(subproblem)
    heads.add(search.rosters.reshape(-1), 1.0)
    for number, own in enumerate(search.rosters):
        if evaluate(subproblem, number, own) >= low.scale.hard:
            continue
        heads.add(own, -1.0)
        worth = heads.worth()
        costs, _, _ = price_rosters(whole_network(subproblem, number), worth, 1)
        mine = evaluate(subproblem, number, own) - worth[own[own >= 0]].sum()
        assert costs[0] >= mine - max(1, 0.005 * points)
        heads.add(own, 1.0)


def test_a_whole_network_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    subproblem = part_of(1)
    made = whole_network(subproblem, 0)
    monkeypatch.setattr(network, "build_network", None)
    assert whole_network(subproblem, 0) is made


@pytest.mark.parametrize("seed", [3, 8, 11])
def test_whole_shares_are_rounded_to_their_rosters_or_better(seed: int) -> None:
    low = lowered(seed, days=14, people=4)
    subproblem = full_subproblem(low)
    assert subproblem is not None
    dense, points = first_rosters(subproblem, Stop(), 0)
    best = subproblem.rosters(dense)
    search = ColumnSearch(subproblem, None, Stop(), 0)
    master = ColumnGeneration(subproblem, best, 0, subproblem.days, Stop())
    master.add_rosters(best)
    round_shares(search, master, master.program.solve())
    assert search.points is not None
    assert points is not None
    assert search.points <= points
    assert search.points == plain.price(low, subproblem.to_dense(search.rosters))
