"""The kernels' own promises: increments equal the whole, links and keys are sound, seeds repeat."""

from collections.abc import Callable

import numpy as np
import pytest

from scheduler.checker import check
from scheduler.engines.search import layout as at
from scheduler.engines.search.anneal import DRAWN_FROM
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.pack import pack
from scheduler.engines.search.plan import move_weights
from scheduler.engines.search.search import Annealing
from scheduler.engines.search.thread import Thread
from scheduler.engines.search.whole import resettle, respace, whole_cost
from scheduler.lowered import Lowered
from scheduler.lowered.price import STANDARD
from scheduler.model import Instance, Need, Slot
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.engines.search.weeks import crew_week, random_week
from tests.rules import build
from tests.rules.build import instance, person, shift, visit, window

SEEDS = range(12)
each_week = pytest.mark.parametrize("draw", [random_week, crew_week])


def _thread(seed: int, draw: Callable[[int], Instance] = random_week) -> tuple[Lowered, Thread]:
    lowered = lower(draw(seed))
    return lowered, Thread(lowered, pack(lowered), seed)


def _assert_sound(thread: Thread) -> None:
    """Routes are linked both ways in rising key order, and each filled slot stands in one."""
    P = thread.P
    stops, crews = thread.arena.stops(thread.S), thread.arena.crews(thread.S)
    routes = thread.arena.routes(thread.S)
    task_of = np.array(thread.lowered.index.task_of)
    window = thread.lowered.window
    seen = set()
    for row, day in enumerate(routes):
        before, key, count = -1, -(2**63), 0
        slot = day[at.ROUTE_HEAD]
        while slot >= 0:
            assert stops[slot, at.STOP_PREV] == before
            assert stops[slot, at.STOP_PERSON] == row // P[at.DAYS]
            assert window.day[crews[task_of[slot], at.CREW_OPTION]] == row % P[at.DAYS]
            assert crews[task_of[slot], at.CREW_KEY] > key
            key = crews[task_of[slot], at.CREW_KEY]
            seen.add(int(slot))
            count += 1
            before, slot = slot, stops[slot, at.STOP_NEXT]
        assert day[at.ROUTE_TAIL] == before
        assert day[at.ROUTE_COUNT] == count
    assert seen == set(np.flatnonzero(stops[:, at.STOP_PERSON] >= 0).tolist())
    for task in range(P[at.TASKS]):
        crew = stops[task_of == task, at.STOP_PERSON]
        crew = crew[crew >= 0]
        assert len(crew) == len(set(crew)) == crews[task, at.CREW_FILLED]


def _assert_priced(thread: Thread) -> None:
    """The incremental cost is what comes of computing all starts and all costs anew."""
    cost = thread.S[at.COST]
    copy = thread.S.copy()
    stops = thread.arena.stops(copy)
    filled = stops[:, at.STOP_PERSON] >= 0
    starts = stops[filled, at.STOP_START].copy()
    stops[filled, at.STOP_START] = at.NEVER
    rested = thread.P[at.RESTED_CELLS]
    copy[rested : rested + thread.P[at.SLOTS]] = at.UNKNOWN
    resettle(thread.P, thread.T, copy, thread.W, thread.in_order(copy))
    assert (stops[filled, at.STOP_START] == starts).all()
    assert whole_cost(thread.P, thread.T, copy) == cost


@each_week
@pytest.mark.parametrize("seed", SEEDS)
def test_every_move_leaves_a_sound_and_exactly_priced_state(seed, draw):
    lowered, thread = _thread(seed, draw)
    weights = move_weights(lowered)
    for _ in range(400):
        thread.anneal(weights, 1, 1e9, 1e9)
        _assert_sound(thread)
        _assert_priced(thread)


@each_week
@pytest.mark.parametrize("move", MOVES)
def test_each_move_alone_leaves_a_sound_and_exactly_priced_state(move, draw):
    for seed in SEEDS:
        lowered, thread = _thread(seed, draw)
        thread.construct()
        mixed = move_weights(lowered)
        only = np.where(np.arange(len(MOVES)) >= list(MOVES).index(move), DRAWN_FROM, 0).astype(
            np.int64
        )
        for _ in range(12):
            thread.anneal(mixed, 20, 1e14, 1e14)
            thread.anneal(only, 10, 1e14, 1e14)
            _assert_sound(thread)
            _assert_priced(thread)


@each_week
@pytest.mark.parametrize("seed", SEEDS)
def test_the_checker_prices_a_search_as_the_kernel_did(seed, draw):
    week = draw(seed)
    lowered = lower(week)
    search = Annealing(lowered, seed, 1)
    search.construct(None)
    for steps in (1, 300, 3_000):
        search.run(Stop(steps=search.steps + steps), lambda standing: None)
        report = check(week, search.best.roster())
        assert STANDARD.points(report.score) == search.best.cost, report.score


def test_the_same_seed_and_steps_give_the_same_roster():
    lowered = lower(random_week(3))
    rosters = []
    for _ in range(2):
        search = Annealing(lowered, 7, 2)
        search.construct(None)
        search.run(Stop(steps=5_000), lambda standing: None)
        rosters.append(search.best.roster())
    assert rosters[0] == rosters[1]


def test_a_roster_loads_back_at_its_own_cost():
    lowered = lower(random_week(5))
    search = Annealing(lowered, 1, 1)
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
    stops, crews = thread.arena.stops(thread.S), thread.arena.crews(thread.S)
    done = np.flatnonzero(crews[:, at.CREW_FILLED] > 0)
    order = done[np.argsort(crews[done, at.CREW_KEY])].astype(np.int64)
    respace(thread.P, thread.S, order, np.full(len(crews), at.UNKNOWN, dtype=np.int64))
    _assert_sound(thread)
    task_of = np.array(lowered.index.task_of)
    moment = crews[:, at.CREW_KEY] >> at.KEY_SHIFT
    for task in done:
        own = stops[(task_of == task) & (stops[:, at.STOP_PERSON] >= 0)]
        before = task_of[own[own[:, at.STOP_PREV] >= 0, at.STOP_PREV]]
        gaps = zip(lowered.gap.first, lowered.gap.second, strict=True)
        tied = [other for pair in gaps if task in pair for other in pair if other != task]
        predecessors = [
            moment[other] for other in [*before, *tied] if moment[other] <= moment[task]
        ]
        assert moment[task] in {own[:, at.STOP_START].min(), *predecessors}
    assert len(set(crews[done, at.CREW_KEY].tolist())) == len(done)


CREW_PARTS = (at.CREW_PEOPLE, at.CREW_READY, at.CREW_STARTS, at.CREW_AFTER, at.OUSTING_CREW)


def test_a_crew_of_five_hundred_has_room():
    # A model's visit has up to 8 slots and a shift any number: 500 people on parade. What is written
    # for a crew in a part of W must end before the next part begins.
    many = 500
    week = instance(
        *[person(f"p{number}") for number in range(many)],
        shift("parade", build.at(0, "08:00"), Need(minimum=many, target=many, maximum=many)),
        visit("patrol", Slot(), Slot(), windows=(window(0, "06:00", "07:00"),)),
        days=1,
    )
    lowered = lower(week)
    thread = Thread(lowered, pack(lowered), 0)
    begins = np.sort(thread.P[at.DAY_MARKS : at.LOG_SIZE])
    for part in CREW_PARTS:
        following = begins[np.searchsorted(begins, thread.P[part], "right")]
        assert following - thread.P[part] >= many
    thread.construct()
    thread.anneal(move_weights(lowered), 300, 1e14, 1e14)
    _assert_sound(thread)
    _assert_priced(thread)
    assert thread.unassigned == 0
