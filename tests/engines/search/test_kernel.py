"""The kernels' own promises: increments equal the whole, links and keys are sound, seeds repeat."""

import numpy as np
import pytest

from scheduler.checker import check
from scheduler.engines.search import layout as at
from scheduler.engines.search.anneal import MOVES
from scheduler.engines.search.pack import pack
from scheduler.engines.search.plan import move_weights
from scheduler.engines.search.search import Search
from scheduler.engines.search.thread import Thread
from scheduler.engines.search.whole import resettle, respace, whole_cost
from scheduler.lowered import Lowered
from scheduler.lowered.price import STANDARD
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.engines.search.weeks import random_week

SEEDS = range(12)


def _thread(seed: int) -> tuple[Lowered, Thread]:
    lowered = lower(random_week(seed))
    return lowered, Thread(lowered, pack(lowered), seed)


def _rows(thread: Thread, table: int, count: int, width: int) -> np.ndarray:
    begin = thread.P[table] if table else at.SLOT_S
    return thread.S[begin : begin + count * width].reshape(-1, width)


def _assert_sound(thread: Thread) -> None:
    """Routes are linked both ways in rising key order, and each filled slot stands in one."""
    P = thread.P
    slots = _rows(thread, 0, P[at.SLOTS], at.SLOT_SW)
    tasks = _rows(thread, at.TASK_S, P[at.TASKS], at.TASK_SW)
    days = _rows(thread, at.DAY_S, P[at.PEOPLE] * P[at.DAYS], at.DAY_SW)
    task_of = np.array(thread.lowered.index.task_of)
    window = thread.lowered.window
    seen = set()
    for row, day in enumerate(days):
        before, key, count = -1, -(2**63), 0
        slot = day[at.HEAD]
        while slot >= 0:
            assert slots[slot, at.PREV] == before
            assert slots[slot, at.PERSON] == row // P[at.DAYS]
            assert window.day[tasks[task_of[slot], at.OPTION]] == row % P[at.DAYS]
            assert tasks[task_of[slot], at.KEY] > key
            key = tasks[task_of[slot], at.KEY]
            seen.add(int(slot))
            count += 1
            before, slot = slot, slots[slot, at.NEXT]
        assert day[at.TAIL] == before
        assert day[at.COUNT] == count
    assert seen == set(np.flatnonzero(slots[:, at.PERSON] >= 0).tolist())
    for task in range(P[at.TASKS]):
        crew = slots[task_of == task, at.PERSON]
        crew = crew[crew >= 0]
        assert len(crew) == len(set(crew)) == tasks[task, at.FILLED]


def _assert_priced(thread: Thread) -> None:
    """The incremental cost is what comes of reckoning all starts and all costs anew."""
    cost = thread.S[at.COST]
    copy = thread.S.copy()
    slots = copy[at.SLOT_S : at.SLOT_S + thread.P[at.SLOTS] * at.SLOT_SW].reshape(-1, at.SLOT_SW)
    filled = slots[:, at.PERSON] >= 0
    starts = slots[filled, at.START].copy()
    slots[filled, at.START] = -(2**60)
    rested = thread.P[at.RESTED]
    copy[rested : rested + thread.P[at.SLOTS]] = -1
    resettle(thread.P, thread.T, copy, thread.W)
    assert (slots[filled, at.START] == starts).all()
    assert whole_cost(thread.P, thread.T, copy) == cost


@pytest.mark.parametrize("seed", SEEDS)
def test_every_move_leaves_a_sound_and_exactly_priced_state(seed):
    lowered, thread = _thread(seed)
    weights = move_weights(lowered)
    for _ in range(400):
        thread.anneal(weights, 1, 1e9, 1e9)
        _assert_sound(thread)
        _assert_priced(thread)


@pytest.mark.parametrize("move", MOVES)
def test_each_move_alone_leaves_a_sound_and_exactly_priced_state(move):
    for seed in SEEDS:
        lowered, thread = _thread(seed)
        thread.construct()
        mixed = move_weights(lowered)
        only = np.where(np.arange(len(MOVES)) >= MOVES.index(move), 1 << 20, 0).astype(np.int64)
        for _ in range(12):
            thread.anneal(mixed, 20, 1e14, 1e14)
            thread.anneal(only, 10, 1e14, 1e14)
            _assert_sound(thread)
            _assert_priced(thread)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checker_prices_a_search_as_the_kernel_did(seed):
    week = random_week(seed)
    lowered = lower(week)
    search = Search(lowered, seed, 1)
    search.construct(None)
    for steps in (1, 300, 3_000):
        search.run(Stop(steps=search.steps + steps), lambda standing: None)
        report = check(week, search.best.roster())
        assert STANDARD.points(report.score) == search.best.cost, report.score


def test_the_same_seed_and_steps_give_the_same_roster():
    lowered = lower(random_week(3))
    rosters = []
    for _ in range(2):
        search = Search(lowered, 7, 2)
        search.construct(None)
        search.run(Stop(steps=5_000), lambda standing: None)
        rosters.append(search.best.roster())
    assert rosters[0] == rosters[1]


def test_a_roster_loads_back_at_its_own_cost():
    lowered = lower(random_week(5))
    search = Search(lowered, 1, 1)
    search.construct(None)
    search.run(Stop(steps=4_000), lambda standing: None)
    again = Thread(lowered, search.arena, 0)
    again.load(search.best.roster())
    assert again.cost <= search.best.cost


@pytest.mark.parametrize("seed", SEEDS)
def test_order_keys_follow_starts(seed):
    lowered, thread = _thread(seed)
    thread.construct()
    thread.anneal(move_weights(lowered), 500, 1e9, 1e9)
    tasks = _rows(thread, at.TASK_S, thread.P[at.TASKS], at.TASK_SW)
    slots = _rows(thread, 0, thread.P[at.SLOTS], at.SLOT_SW)
    done = np.flatnonzero(tasks[:, at.FILLED] > 0)
    order = done[np.argsort(tasks[done, at.KEY])].astype(np.int64)
    respace(thread.P, thread.S, order, np.full(len(tasks), -1, dtype=np.int64))
    _assert_sound(thread)
    task_of = np.array(lowered.index.task_of)
    moment = tasks[:, at.KEY] >> at.KEY_SHIFT
    for task in done:
        own = slots[(task_of == task) & (slots[:, at.PERSON] >= 0)]
        before = task_of[own[own[:, at.PREV] >= 0, at.PREV]]
        gaps = zip(lowered.gap.first, lowered.gap.second, strict=True)
        tied = [other for pair in gaps if task in pair for other in pair if other != task]
        forerunners = [moment[other] for other in [*before, *tied] if moment[other] <= moment[task]]
        assert moment[task] in {own[:, at.START].min(), *forerunners}
    assert len(set(tasks[done, at.KEY].tolist())) == len(done)
