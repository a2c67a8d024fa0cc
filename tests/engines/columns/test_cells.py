"""Annealing on cells: what it counts move by move is what rosters cost, and it ends with the best that it met."""

import numpy as np
import pytest

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.cells.pack import pack_cells
from scheduler.engines.columns.cells.search import CellAnnealing, search_cells
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.subproblem import Subproblem, full_subproblem
from scheduler.lowered.dense_roster import NONE
from scheduler.stop import Stop
from tests.engines.columns.drawn import lowered


def subproblem_of(seed: int, days: int = 16) -> Subproblem:
    found = full_subproblem(lowered(seed, days=days))
    assert found is not None
    return found


def begun(subproblem: Subproblem, rosters: Ints, seed: int = 1) -> CellAnnealing:
    arena = pack_cells(subproblem)
    assert arena is not None
    arena.worth(500)
    return CellAnnealing(arena, rosters, seed)


def nobody(subproblem: Subproblem) -> Ints:
    return np.full((subproblem.people, subproblem.days), NONE, dtype=np.int64)


@pytest.mark.parametrize("seed", range(12))
def test_every_cost_is_that_of_the_rosters(seed: int) -> None:
    subproblem = subproblem_of(seed)
    search = ColumnSearch(subproblem, None, Stop(), seed)
    annealing = begun(subproblem, nobody(subproblem))
    assert annealing.cost == search.price(nobody(subproblem))
    least = annealing.least
    for temperature in (1e4, 1e3, 300.0, 100.0, 30.0, 0.0):
        for _ in range(10):
            annealing.anneal(7, temperature, temperature)
            assert annealing.cost == search.price(annealing.rosters)
            assert annealing.least == search.price(annealing.best) <= min(least, annealing.cost)
            least = annealing.least
    # As is all else that a state holds.
    assert (begun(subproblem, annealing.rosters).state == annealing.state).all()


def test_without_heat_no_move_makes_it_dearer() -> None:
    subproblem = subproblem_of(3)
    annealing = begun(subproblem, nobody(subproblem))
    costs = []
    for _ in range(30):
        annealing.anneal(20, 0.0, 0.0)
        costs.append(annealing.cost)
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]
    assert annealing.least == annealing.cost


def test_the_same_seed_gives_the_same_rosters_and_what_is_offered_costs_what_it_says() -> None:
    subproblem = subproblem_of(5)
    told: list[int] = []
    first, second = (
        ColumnSearch(subproblem, None, Stop(), 7, lambda _roster, points: told.append(points))
        for _ in range(2)
    )
    search_cells(first)
    assert told == sorted(told, reverse=True)
    assert told[-1] == first.points == first.price(first.rosters)
    search_cells(second)
    assert (first.rosters == second.rosters).all()


def test_polishing_goes_on_from_the_rosters_that_it_is_given() -> None:
    subproblem = subproblem_of(5)
    search = ColumnSearch(subproblem, None, Stop(), 7)
    search_cells(search)
    good, points = search.rosters.copy(), search.points
    again = ColumnSearch(subproblem, None, Stop(), 7)
    search_cells(again)
    again.rosters, again.points = nobody(subproblem), None
    again.polish(good)
    assert again.points is not None
    assert points is not None
    assert again.points <= points
