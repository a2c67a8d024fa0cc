"""The smoothed dual, and the dives and parts that go by it."""

import itertools
import math

import numpy as np
import pytest

from scheduler.engines.columns import generation, rounding
from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.dive import Dive, dive, likeliest
from scheduler.engines.columns.generation import FREE, ColumnGeneration
from scheduler.engines.columns.in_turn import first_rosters
from scheduler.engines.columns.pricing import BEAM
from scheduler.engines.columns.restricted_master import MasterSolution
from scheduler.engines.columns.smoothed_dive import SmoothedDive, improve_parts, smoothed_dive
from scheduler.engines.columns.smoothed_generation import MIX, SmoothedGeneration
from scheduler.engines.columns.soft_minimum import soft_minima
from scheduler.engines.columns.subproblem import full_subproblem
from scheduler.engines.columns.whole_horizon import PATIENCE, begin_whole
from scheduler.lowered.dense_roster import NONE
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import lowered

Begun = tuple[ColumnSearch, SmoothedGeneration]


def begun(seed: int, *, days: int = 14, people: int = 4) -> Begun:
    """A search with first rosters, and a program of all days with these as columns."""
    low = lowered(seed, days=days, people=people)
    subproblem = full_subproblem(low)
    assert subproblem is not None
    dense, _ = first_rosters(subproblem, Stop(), 0)
    search = ColumnSearch(subproblem, dense, Stop(), 0)
    master = ColumnGeneration(subproblem, search.rosters, 0, subproblem.days, Stop())
    master.add_rosters(search.rosters)
    return search, SmoothedGeneration(master)


@pytest.mark.parametrize("temperature", [0.1, 1.0, 30.0])
def test_soft_minima_are_those_of_the_sums(temperature: float) -> None:
    random = np.random.default_rng(5)
    counts, items, days = [3, 1, 6], 7, 5
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    table = random.integers(0, items + 1, (first[-1], days)).astype(np.int32)
    prices = np.concatenate([[0.0], random.normal(0, 5, items)])
    points = random.normal(0, 9, first[-1])
    weights, least, met = np.empty(first[-1]), np.empty(3), np.zeros(items + 1)
    total = soft_minima(prices, table, points, first, temperature, weights, least, met)
    reduced = points - prices[table].sum(axis=1)
    expected, people = 0.0, np.zeros(items + 1)
    for number, (begin, end) in enumerate(itertools.pairwise(first)):
        of_person = reduced[begin:end]
        assert least[number] == pytest.approx(of_person.min())
        shares = np.exp((of_person.min() - of_person) / temperature)
        expected += of_person.min() - temperature * np.log(shares.sum())
        assert weights[begin:end] == pytest.approx(shares / shares.sum())
        for share, items_of in zip(shares / shares.sum(), table[begin:end], strict=True):
            np.add.at(people, items_of, share)
    assert total == pytest.approx(expected)
    assert met == pytest.approx(people, abs=1e-6)


@pytest.mark.parametrize("seed", [1, 3, 8])
def test_warming_comes_near_the_least_value_of_the_program(seed: int) -> None:
    search, smoothed = begun(seed)
    smoothed.warm(rounds=200)
    exact = smoothed.master.settle()
    assert exact.converged
    assert smoothed.bound <= exact.solution.value + 1e-3
    base = smoothed.master.base
    assert smoothed.bound >= exact.solution.value - 0.02 * (base + exact.solution.value) - 2
    assert search.points is not None


@pytest.mark.parametrize("seed", [1, 3, 8])
def test_a_program_is_worth_the_same_without_columns_that_have_no_share(seed: int) -> None:
    """Even where all are equally near: with prices of naught, all are as near as their points."""
    _, smoothed = begun(seed)
    smoothed.warm(rounds=200)
    master = smoothed.master
    solution = master.settle().solution
    used, before = int((solution.shares > 1e-6).sum()), len(master.owner)
    assert used < before
    for prices in (solution.prices, np.zeros_like(solution.prices)):
        master.forget(prices, used, solution.shares)
        assert len(master.owner) == used
        master.program.open(master.allowed())
        again = master.program.solve()
        assert again.value == pytest.approx(solution.value)
        solution = again


def test_where_pricing_brings_nothing_it_goes_on_at_the_prices_of_the_program_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between them and those of the best bound it would bring nothing for ever."""
    _, smoothed = begun(1)
    master, priced, own = smoothed.master, list[Floats](), list[Floats]()
    found = iter([(5, -10.0), (0, -20.0), (0, -5.0), (1, -30.0), (0, -40.0)])

    def price_all(prices: Floats, solution: MasterSolution, keep: int) -> tuple[int, float, bool]:
        priced.append(prices.copy())
        own.append(solution.prices.copy())
        smoothed.prices = solution.prices + 1.0  # the next solution begins elsewhere
        return (*next(found), False)

    monkeypatch.setattr(master, "price_all", price_all)
    smoothed.settle(5, -math.inf)
    assert (priced[1] == MIX * priced[0] + (1 - MIX) * own[1]).all()
    assert (priced[2] == own[2]).all()
    assert (priced[3] == MIX * priced[2] + (1 - MIX) * own[3]).all()
    assert (priced[4] == MIX * priced[2] + (1 - MIX) * own[4]).all()
    assert (own[1] != priced[0]).any()
    assert smoothed.bound == -5.0


@pytest.mark.parametrize(("enough", "rounds"), [(math.inf, 1), (-math.inf, 6), (-1e9, 6)])
def test_pricing_ends_as_soon_as_the_value_is_low_enough(enough: float, rounds: int) -> None:
    _, smoothed = begun(1)
    smoothed.settle(6, -math.inf, enough=enough)
    assert smoothed.master.rounds == rounds


@pytest.mark.parametrize("seed", [1, 3, 8])
def test_a_dive_in_haste_takes_no_batch_back_because_the_bound_was_far_off(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds, settle = [], SmoothedGeneration.settle

    def settled(self: SmoothedGeneration, *given: float) -> None:
        """The fourth says what value is low enough: in haste what a batch may cost, else none."""
        assert (given[3] == given[2]) == hasty
        settle(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(SmoothedGeneration, "settle", settled)
    for hasty in (False, True):
        search, smoothed = begun(seed, days=21, people=8)
        smoothed.warm(rounds=2)
        smoothed.bound = -1e6
        before = smoothed.master.rounds
        smoothed_dive(search, smoothed, SmoothedDive(rough=True, hasty=hasty))
        rounds.append(smoothed.master.rounds - before)
    assert rounds[1] < rounds[0]


@pytest.mark.parametrize("hasty", [False, True])
@pytest.mark.parametrize("seed", [1, 3, 8])
def test_a_dive_leaves_the_program_as_it_was_and_makes_nothing_worse(
    seed: int, hasty: bool
) -> None:
    search, smoothed = begun(seed)
    smoothed.warm()
    master = smoothed.master
    before, points = master.columns(), search.points
    held = search.rosters[0].copy()
    master.fixed[0] = held
    bound, prices, centre = smoothed.bound, smoothed.prices.copy(), smoothed.centre
    smoothed_dive(search, smoothed, SmoothedDive(rough=True, hasty=hasty))
    assert master.beam == BEAM
    assert smoothed.bound == bound
    assert (smoothed.prices == prices).all()
    assert smoothed.centre is centre
    assert (master.fixed[0] == held).all()
    assert (master.fixed[1:] == FREE).all()
    assert master.columns() == before
    assert len(master.owner) == len(before)
    assert points is not None
    assert search.points is not None
    assert search.points <= points
    dense = search.subproblem.to_dense(search.rosters)
    assert search.points == plain.price(search.subproblem.lowered, dense)


@pytest.mark.parametrize("seed", [1, 3, 8])
def test_a_rough_dive_that_must_end_gives_the_likeliest_rosters_and_fills_nothing_too_far(
    seed: int,
) -> None:
    search, smoothed = begun(seed)
    master = smoothed.master
    smoothed.warm(rounds=20)
    solution = master.settle().solution
    master.stop = Stop(steps=master.rounds)
    assert dive(master, solution, math.inf, Dive(), search.random) is None
    rough = dive(master, solution, math.inf, Dive(rough=True), search.random)
    assert rough is not None
    assert (rough == likeliest(master, solution)).all()
    assert search.price(rough) is not None
    every = master.program.margins
    for room in (1, 0):
        master.program.margins = [margins[:room] for margins in every]
        narrow = likeliest(master, solution)
        heads = np.bincount(rough[rough >= 0], minlength=len(every))
        kept = np.bincount(narrow[narrow >= 0], minlength=len(every))
        assert (kept == np.minimum(heads, room)).all()
        assert (narrow[narrow != rough] == NONE).all()


@pytest.mark.parametrize("seed", [1, 3, 8])
@pytest.mark.parametrize("why", ["out of time", "above the incumbent"])
def test_only_a_rough_dive_by_the_smoothed_dual_gives_rosters_where_it_must_end_or_is_dear(
    seed: int, why: str
) -> None:
    search, smoothed = begun(seed)
    smoothed.warm()
    master = smoothed.master
    found: list[Ints] = []
    search.polish = found.append
    if why == "out of time":
        master.stop = Stop(steps=master.rounds)
    else:
        search.points = search.subproblem.base - 10**6
    smoothed_dive(search, smoothed, SmoothedDive())
    assert not found
    smoothed_dive(search, smoothed, SmoothedDive(rough=True))
    assert len(found) == 1
    assert search.price(found[0]) is not None


@pytest.mark.parametrize("gains", [0, 1, 3])
def test_dives_whose_ends_are_annealed_go_on_while_they_bring_something(
    gains: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "LARGE", 0)
    search, _ = begun(1)
    search.stop = Stop(seconds=1e6)
    found: list[Ints] = []

    def polish(rosters: Ints) -> None:
        found.append(rosters)
        if len(found) <= gains:
            assert search.points is not None
            search.points -= 1

    search.polish = polish
    monkeypatch.setattr(rounding, "choose_again", lambda *_: None)
    master = begin_whole(search)
    assert master is not None
    assert master.stop is search.stop
    assert (master.fixed == FREE).all()
    assert len(found) == gains + PATIENCE


@pytest.mark.parametrize("seed", [1, 3, 8])
def test_parts_end_by_themselves_and_make_nothing_worse(seed: int) -> None:
    search, smoothed = begun(seed)
    points = search.points
    smoothed.warm(rounds=200)
    columns = smoothed.master.columns()
    improve_parts(search, smoothed)
    assert (smoothed.master.fixed == FREE).all()
    assert smoothed.master.columns() == columns
    assert points is not None
    assert search.points is not None
    assert search.points <= points
    dense = search.subproblem.to_dense(search.rosters)
    assert search.points == plain.price(search.subproblem.lowered, dense)
