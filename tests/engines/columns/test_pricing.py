"""Labels against enumeration, and a person's points against the plain reference."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.evaluate import evaluate
from scheduler.engines.columns.network import build_network
from scheduler.engines.columns.pricing import price_rosters
from scheduler.engines.columns.subproblem import Subproblem, full_subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.fit import BANNED
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import lowered

SEEDS = range(24)


def part_of(seed: int, days: int = 5, people: int = 2) -> Subproblem:
    subproblem = full_subproblem(lowered(seed, days, people))
    assert subproblem is not None
    return subproblem


def rosters_of(subproblem: Subproblem, person: int) -> list[np.ndarray]:
    """Every roster of a person without a banned cell."""
    choices = [
        [NONE]
        + [
            item
            for item in range(subproblem.day_first[day], subproblem.day_first[day + 1])
            if subproblem.cost[item, person] < BANNED
        ]
        for day in range(subproblem.days)
    ]
    return [np.array(own) for own in product(*choices)]


def cheapest(subproblem: Subproblem, person: int, prices: np.ndarray) -> float | None:
    hard = subproblem.lowered.scale.hard
    found = [
        points - prices[own[own >= 0]].sum()
        for own in rosters_of(subproblem, person)
        if (points := evaluate(subproblem, person, own)) < hard
    ]
    return min(found, default=None)


@cache
def priced(seed: int) -> tuple[Subproblem, np.ndarray, list[float | None]]:
    """A drawn week, prices of its items, and what each person's cheapest roster costs by them."""
    subproblem = part_of(seed)
    prices = np.random.default_rng(seed).integers(-20, 120, len(subproblem.items)).astype(float)
    people = range(subproblem.people)
    return subproblem, prices, [cheapest(subproblem, person, prices) for person in people]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_cheapest_label_is_the_cheapest_roster(seed: int) -> None:
    subproblem, prices, cheapest_of = priced(seed)
    for person, least in enumerate(cheapest_of):
        paths = build_network(
            subproblem, person, 0, subproblem.days, np.full(subproblem.days, NONE)
        )
        costs, _, cut = price_rosters(paths, prices, 64)
        assert not cut
        assert (costs[0] if len(costs) else None) == least


@pytest.mark.parametrize("seed", SEEDS)
def test_a_ceiling_hides_only_what_costs_as_much(seed: int) -> None:
    subproblem, prices, cheapest_of = priced(seed)
    for person, least in enumerate(cheapest_of):
        paths = build_network(
            subproblem, person, 0, subproblem.days, np.full(subproblem.days, NONE)
        )
        if least is None:
            continue
        for above in (0.5, 7, 60):
            costs, _, _ = price_rosters(paths, prices, 64, ceiling=least + above)
            assert costs[0] == least
        assert not len(price_rosters(paths, prices, 64, ceiling=least)[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_merged_labels_never_cost_more_than_the_cheapest_roster(seed: int) -> None:
    subproblem, prices, cheapest_of = priced(seed)
    for person, least in enumerate(cheapest_of):
        paths = build_network(
            subproblem, person, 0, subproblem.days, np.full(subproblem.days, NONE)
        )
        costs, _, _ = price_rosters(paths, prices, 1, relax=True)
        assert least is None or costs[0] <= least


@pytest.mark.parametrize("seed", SEEDS)
def test_a_window_between_known_days_prices_as_the_whole_roster_does(seed: int) -> None:
    subproblem = part_of(seed, days=6)
    random = np.random.default_rng(seed)
    none = np.zeros(len(subproblem.items))
    for person in range(subproblem.people):
        hard = subproblem.lowered.scale.hard
        clean = [
            own
            for own in rosters_of(subproblem, person)
            if evaluate(subproblem, person, own) < hard
        ]
        if not clean:
            continue
        held = clean[random.integers(len(clean))]
        alike = [own for own in clean if (own[:2] == held[:2]).all() and own[5] == held[5]]
        window = build_network(subproblem, person, 2, 5, held)
        _costs, paths, _ = price_rosters(window, none, 64)
        best = min(alike, key=lambda own: evaluate(subproblem, person, own))
        found = held.copy()
        found[2:5] = np.where(paths[0] >= 0, window.items[paths[0]], NONE)
        assert evaluate(subproblem, person, found) == evaluate(subproblem, person, best)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_any_roster_costs_what_the_plain_reference_says(seed: int) -> None:
    low = lowered(seed)
    subproblem = full_subproblem(low)
    assert subproblem is not None
    random = np.random.default_rng(seed)
    rosters = np.full((subproblem.people, subproblem.days), NONE)
    room = [len(item.slots) for item in subproblem.items]
    for person, day in np.ndindex(rosters.shape):
        item = int(random.integers(subproblem.day_first[day], subproblem.day_first[day + 1]))
        if room[item] and random.random() < 0.6 and subproblem.cost[item, person] < BANNED:
            rosters[person, day] = item
            room[item] -= 1
    search = ColumnSearch(subproblem, None, Stop(steps=0), 0)
    assert search.price(rosters) == plain.price(low, subproblem.to_dense(rosters))
