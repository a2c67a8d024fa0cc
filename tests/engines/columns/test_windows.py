"""Windows of many people and kinds of shift, and what else long horizons go without."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scheduler.engines.columns import generation, in_turn, pricing, rolling_windows, whole_horizon
from scheduler.engines.columns.column_search import ColumnSearch
from scheduler.engines.columns.generation import ColumnGeneration
from scheduler.engines.columns.in_turn import first_rosters
from scheduler.engines.columns.labels import NEVER
from scheduler.engines.columns.network import whole_network
from scheduler.engines.columns.pricing import BEAM, NARROW, Bounds, bounded, price_rosters
from scheduler.engines.columns.rolling_windows import search_windows
from scheduler.engines.columns.smoothed_generation import SmoothedGeneration
from scheduler.engines.columns.subproblem import Subproblem, full_subproblem
from scheduler.engines.columns.whole_horizon import begin_whole
from scheduler.stop import Stop
from tests import plain
from tests.engines.columns.drawn import lowered

DAYS = 28


def begun(seed: int, rounds: int = 60) -> ColumnSearch:
    """A search of four weeks with first rosters."""
    subproblem = part_of(seed)
    dense, _ = first_rosters(subproblem, Stop(), 0)
    return ColumnSearch(subproblem, dense, Stop(steps=rounds), 0)


def part_of(seed: int) -> Subproblem:
    subproblem = full_subproblem(lowered(seed, days=DAYS, people=4))
    assert subproblem is not None
    return subproblem


@pytest.mark.parametrize("seed", [3, 8])
def test_wide_windows_make_rosters_better_without_their_linear_program(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling_windows, "WIDE", 0)
    monkeypatch.setattr(rolling_windows, "_dive_exactly", None)
    search = begun(seed, 200)
    before = search.points
    search_windows(search)
    assert before is not None
    assert search.points is not None
    assert search.points < before
    dense = search.subproblem.to_dense(search.rosters)
    assert search.points == plain.price(search.subproblem.lowered, dense)


@pytest.mark.parametrize("wide", [False, True])
def test_wide_windows_are_as_long_as_any_and_the_dearest_come_first(
    wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rolling_windows, "WIDE", 0 if wide else 10**6)
    monkeypatch.setattr(rolling_windows, "ROWS", 0)
    search = begun(5, 1)
    search.rosters[:, 21:] = -1
    asked: list[tuple[int, int]] = []

    def improve(_search: ColumnSearch, first: int, end: int, *_: Any) -> None:
        asked.append((first, end))
        search.rounds = 1

    monkeypatch.setattr(rolling_windows, "_improve", improve)
    monkeypatch.setattr(search, "stop", _Ends(asked, 2 if wide else 3))
    search_windows(search)
    assert asked == ([(14, 28), (0, 14)] if wide else [(0, 7), (7, 14), (14, 21)])


class _Ends(Stop):
    """Ends once so many are asked."""

    def __init__(self, asked: list[Any], many: int):
        super().__init__()
        self._asked, self._many = asked, many

    def reason(self, steps: int = 0) -> Any:
        return "steps" if len(self._asked) >= self._many else None


def test_prices_that_are_known_are_begun_with_but_not_where_one_is_not() -> None:
    search = begun(3)
    master = ColumnGeneration(search.subproblem, search.rosters, 0, 14, search.stop)
    smoothed = SmoothedGeneration(master)
    prices = np.arange(len(search.subproblem.items), dtype=float)
    prices[master.decided[-1]] = np.nan
    hot = smoothed._temperature
    smoothed.begin(prices, 3.0)
    assert not smoothed.prices.any()
    assert smoothed._temperature == hot
    prices[master.decided[-1]] = 7.0
    smoothed.begin(prices, 3.0)
    assert (smoothed.prices[master.decided] == prices[master.decided]).all()
    assert not smoothed.prices[master.decided[-1] + 1 :].any()
    assert smoothed._temperature == 3.0 * search.subproblem.grain


@pytest.mark.parametrize("seed", range(6))
def test_where_labels_find_nothing_more_states_are_followed_and_the_best_roster_by_tolls_is_kept(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    subproblem = part_of(seed)
    made = whole_network(subproblem, 0)
    prices = np.random.default_rng(seed).integers(-20, 120, len(subproblem.items)).astype(float)
    beams: list[int] = []
    found: list[Bounds] = []

    def none(*arguments: Any) -> tuple[int, int]:
        beams.append(arguments[4])
        return 0, 1

    def once(*arguments: Any) -> Bounds:
        bounds = bounded(*arguments)
        found.append(bounds if not found else replace(bounds, top=1e30))
        return found[-1]

    monkeypatch.setattr(pricing, "LONG", DAYS - 1)
    monkeypatch.setattr(pricing, "labels", none)
    monkeypatch.setattr(pricing, "bounded", once)
    costs, paths, _ = price_rosters(made, prices, 1)
    assert beams[0] == BEAM
    assert beams[-1] == 4 * BEAM
    assert len(found) == len(beams)
    assert len(costs) == (found[0].top < NEVER)
    if len(costs):
        assert costs[0] == found[0].top + made.constant
        assert (paths[0] == found[0].path).all()


def test_a_long_horizon_of_many_rows_a_person_has_no_program_of_whole_rosters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(generation, "LARGE", 0)
    search = begun(1, 10**6)
    rows = len(search.subproblem.items) / search.subproblem.people
    for long, coarse, is_begun in (
        (DAYS, rows - 1, True),
        (DAYS - 1, rows - 1, False),
        (DAYS - 1, rows, True),
    ):
        monkeypatch.setattr(whole_horizon, "LONG", long)
        monkeypatch.setattr(whole_horizon, "COARSE", coarse)
        monkeypatch.setattr(search, "stop", Stop(steps=search.rounds + 3))
        assert (begin_whole(search) is not None) == is_begun


@pytest.mark.parametrize("many", [4 * DAYS, 4 * DAYS - 1])
def test_few_states_are_followed_of_many_people_over_a_long_time(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    days: list[int] = []

    def price(*arguments: Any, widest: int, **named: Any) -> Any:
        asked.append(widest)
        days.append(arguments[0].days)
        return price_rosters(*arguments, widest=widest, **named)

    monkeypatch.setattr(in_turn, "price_rosters", price)
    monkeypatch.setattr(in_turn, "MANY", many)
    monkeypatch.setattr(in_turn, "PARTS", (400, 14))
    subproblem = part_of(3)
    dense, points = first_rosters(subproblem, Stop(), 0)
    assert asked[0] == asked[-1] == (BEAM if many == 4 * DAYS else NARROW)
    assert days[0] == (DAYS if many == 4 * DAYS else 14)
    assert days[-1] == days[0]
    assert points == plain.price(subproblem.lowered, dense)
