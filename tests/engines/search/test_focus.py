"""In a large week a slice of moves draws from some slots that are near each other, and the next from others."""

import numpy as np
import pytest

from scheduler.engines.search import layout as at
from scheduler.engines.search import pack as module
from scheduler.engines.search.anneal import DRAWN_FROM
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.pack import pack
from scheduler.engines.search.thread import Thread
from scheduler.model import Slot
from scheduler.rules.lower import lower
from tests.rules.build import instance, person, visit

COUNT, DRAWN = 10, 4
HOT = 1e15


def thread_of(seed: int) -> Thread:
    """Ten visits of ten people, who each can do their own alone, so that none is near another."""
    names = [f"p{number}" for number in range(COUNT)]
    visits = (visit(f"v{name}", Slot(people=(name,))) for name in names)
    lowered = lower(instance(*map(person, names), *visits))
    thread = Thread(lowered, pack(lowered), seed)
    thread.construct()
    return thread


def emptied(thread: Thread, steps: int) -> set[int]:
    """The slots that a hot slice of `steps` moves empties of a full roster."""
    thread.S[:] = thread.best
    weights = np.zeros(len(MOVES), dtype=np.int64)
    weights[list(MOVES).index("vacate") :] = DRAWN_FROM
    thread.anneal(weights, steps, HOT, HOT)
    return set(np.flatnonzero(thread.arena.stops(thread.S)[:, at.STOP_PERSON] < 0).tolist())


def test_a_slice_draws_from_some_and_slices_from_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_IN_FOCUS", DRAWN)
    thread = thread_of(0)
    slices = [emptied(thread, 200) for _ in range(COUNT // 2)]
    # Each slice begins two further, round and round: 2 to 5, 4 to 7, … and 0 to 3.
    assert slices == [{2, 3, 4, 5}, {4, 5, 6, 7}, {6, 7, 8, 9}, {8, 9, 0, 1}, {0, 1, 2, 3}]
    assert emptied(thread_of(1), 200) == {4, 5, 6, 7}


def test_a_week_of_no_more_draws_from_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_IN_FOCUS", COUNT)
    assert emptied(thread_of(0), 400) == set(range(COUNT))


def test_what_is_empty_outside_is_left_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_IN_FOCUS", DRAWN)
    thread = thread_of(0)
    emptied(thread, 200)
    empty = np.array([1, 4, 5], dtype=np.int64)
    assert thread._refocus(empty).tolist() == [4, 5]
    assert thread._refocus(empty).tolist() == []
    assert thread._refocus(empty).tolist() == [1]
