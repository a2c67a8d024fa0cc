"""Dives by the linear program that keep near rosters, those of the incumbent above all."""

import math

import numpy as np
import pytest

from scheduler.engines.columns import dive as dives
from scheduler.engines.columns import generation, whole_horizon
from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.dive import Dive, dive, fractional
from scheduler.engines.columns.generation import FREE, ColumnGeneration
from scheduler.engines.columns.in_turn import first_rosters
from scheduler.engines.columns.restricted_master import MasterSolution
from scheduler.engines.columns.subproblem import full_subproblem
from scheduler.engines.columns.whole_horizon import search_whole
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import lowered


def begun(seed: int) -> tuple[ColumnSearch, ColumnGeneration]:
    """A search with first rosters, and a program of all days with these as columns."""
    subproblem = full_subproblem(lowered(seed, days=21, people=8))
    assert subproblem is not None
    dense, _ = first_rosters(subproblem, Stop(), 0)
    search = ColumnSearch(subproblem, dense, Stop(), 0)
    master = ColumnGeneration(subproblem, search.rosters, 0, subproblem.days, search.stop)
    master.add_rosters(search.rosters)
    return search, master


@pytest.mark.parametrize("seed", [1, 8])
def test_cells_of_the_rosters_come_first_until_so_many_are_fixed(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, master = begun(seed)
    solution, near, until = master.settle().solution, search.rosters.copy(), 0.4
    near[0] = FREE  # nobody's cells: the first person is led by nothing
    seen: list[tuple[float, bool, bool]] = []
    shares_of: list[tuple[Ints, Floats]] = []

    def told(master: ColumnGeneration, solution: MasterSolution) -> tuple[Ints, Floats]:
        shares_of.append(fractional(master, solution))
        return shares_of[-1]

    batch = dives._batch

    def batched(master: ColumnGeneration, cells: Ints, *given: object):
        fixed = float((master.fixed != FREE).mean())
        alike = near[cells[:, 0], cells[:, 1]] == cells[:, 2]
        plain_order, shares = shares_of[-1]
        led = bool((np.diff(alike.astype(int)) <= 0).all())
        unled = bool((cells == plain_order[np.argsort(-shares, kind="stable")]).all())
        seen.append((fixed, led, unled))
        return batch(master, cells, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(dives, "fractional", told)
    monkeypatch.setattr(dives, "_batch", batched)
    options = Dive(rough=True, guide=2.0, until=until, pace=0.1)
    assert dive(master, solution, math.inf, options, search.random, near) is not None
    assert all(led if fixed < until else unled for fixed, led, unled in seen)
    assert not all(unled for _, _, unled in seen)
    assert (master.fixed == FREE).all()


@pytest.mark.parametrize("seed", [1, 8])
def test_annealed_searches_end_with_dives_near_their_incumbent(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each begins from the root's columns and the incumbent's, and what it was is not annealed again."""
    monkeypatch.setattr(generation, "LARGE", 0)
    search, master = begun(seed)
    before, polished, nears = search.points, list[Ints](), list[Ints]()

    def polish(rosters: Ints) -> None:
        assert (rosters != search.rosters).any()
        polished.append(rosters)
        search.offer(rosters)

    def dived(*given: object) -> Ints | None:
        near = given[5]
        assert isinstance(near, np.ndarray)
        led = near != FREE
        assert (near == search.rosters)[led].all()
        assert (led.all(axis=1) | ~led.any(axis=1)).all()
        assert led.any()
        nears.append(near)
        return dive(*given)  # type: ignore[arg-type]

    search.polish = polish
    monkeypatch.setattr(whole_horizon, "dive", dived)
    master.stop = search.stop = Stop(steps=150)
    search_whole(search, master)
    assert len(nears) > 1
    assert before is not None
    assert search.points is not None
    assert search.points <= before
    assert search.rounds >= 150
    dense = search.subproblem.to_dense(search.rosters)
    assert search.points == plain.price(search.subproblem.lowered, dense)
