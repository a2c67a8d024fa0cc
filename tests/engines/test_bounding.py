"""Bounding beside a search: what the thread proves and raises reaches the search; it ends when asked to."""

import time
from itertools import count

import pytest

from instances.generate import generate
from scheduler.due import expand
from scheduler.engines import bounding, exact
from scheduler.engines.bounding import Bounding
from scheduler.lowered import Lowered
from scheduler.rules.lower import lower
from scheduler.stop import Stop

PATIENCE = 600.0


@pytest.fixture(scope="module")
def week() -> Lowered:
    return lower(expand(generate("shizishan/community")))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounding, "SHARE", 1e9)


def fetched(beside: Bounding) -> int:
    """The first bound that there is."""
    clock = Stop(seconds=PATIENCE)
    while (points := beside.fetch()) is None:
        assert clock.reason() is None
        time.sleep(0.01)
    return points


@pytest.mark.usefixtures("at_once")
def test_a_communitys_least_undone_points_are_proven_beside_the_search(week: Lowered) -> None:
    # 67 is what every search of ours ends with: so it is proven to be the least.
    medium = week.scale.medium
    beside = Bounding(week, 0, Stop(seconds=PATIENCE), lambda: 10**3 * medium)
    assert fetched(beside) == 67 * medium
    left = beside.end()
    # Soft points are of no use while the roster leaves more undone than it must.
    assert left in (None, 67 * medium)


@pytest.mark.usefixtures("at_once")
def test_soft_points_are_bounded_once_the_roster_leaves_no_more_undone(week: Lowered) -> None:
    least = 67 * week.scale.medium
    beside = Bounding(week, 0, Stop(seconds=PATIENCE), lambda: least + 8_700)
    found = fetched(beside)
    while found % week.scale.medium == 0:
        found = fetched(beside)
    beside.end()
    assert least + 7_000 < found < least + 8_600


def test_without_its_share_of_the_time_it_does_not_begin(week: Lowered) -> None:
    beside = Bounding(week, 10**9, Stop(seconds=PATIENCE), lambda: 0)
    assert beside.end() is None


def test_after_the_first_minute_it_has_its_share_though_rosters_get_better(
    week: Lowered, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SHARE", 0.0), ("IDLE_SHARE", 1e9), ("MINUTE", 0.0)):
        monkeypatch.setattr(bounding, name, value)
    falling = count(10**6 * week.scale.medium, -1)
    beside = Bounding(week, 0, Stop(seconds=PATIENCE), lambda: next(falling))
    assert fetched(beside) == 67 * week.scale.medium
    beside.end()


@pytest.mark.usefixtures("at_once")
def test_what_it_raises_is_raised_where_it_is_fetched(
    week: Lowered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(lowered: Lowered) -> None:
        raise ValueError("a slip")

    monkeypatch.setattr(exact, "RisingBound", broken)
    beside = Bounding(week, 0, Stop(seconds=PATIENCE), lambda: 0)
    with pytest.raises(ValueError, match="a slip"):
        fetched(beside)
    assert beside.end() is None
