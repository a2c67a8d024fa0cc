"""The engines that the contract tests hold to the plain reference, and so to the checker."""

from collections.abc import Callable

import numpy as np

from scheduler.engines.exact import build_model
from scheduler.engines.exact import price as exact_price
from scheduler.engines.search import anneal
from scheduler.engines.search import layout as at
from scheduler.engines.search.arena import Arena
from scheduler.engines.search.pack import pack
from scheduler.engines.search.thread import Thread
from scheduler.engines.search.whole import resettle, whole_cost
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE
from tests.plain import earliest, price_by_primitive
from tests.plain.rosters import Made

OTHERWISE = -1
"""The engine makes another roster of the same decisions."""

Price = Callable[[Made], int | None]
"""Points of an answer with its order of tasks; None where the engine would never make it."""


def exact(lowered: Lowered) -> Price:
    """CP-SAT with every decision fixed."""
    model = build_model(lowered)

    def price(made: Made) -> int | None:
        points = exact_price(model, made.answer)
        return OTHERWISE if points is None else points

    return price


def kernel(lowered: Lowered) -> Price:
    """The compiled search's state, filled from empty, priced as it went and once more from nothing."""
    arena = pack(lowered)
    thread = Thread(lowered, arena, 0)
    empty = thread.S.copy()

    def price(made: Made) -> int | None:
        moments = _moments(lowered, arena, made)
        if moments is None:
            return None
        P, T, S, W = thread.P, thread.T, thread.S, thread.W
        S[:] = empty
        for task, moment in moments.items():
            slots = [n for n in lowered.index.slots_of(task) if made.answer.person[n] != NONE]
            people = np.array([made.answer.person[slot] for slot in slots], dtype=np.int64)
            option = made.answer.option[task]
            anneal.place(P, T, S, W, task, option, moment, np.array(slots, dtype=np.int64), people)
        points = int(S[at.COST])
        resettle(P, T, S, W, thread.in_order(S))
        same = int(whole_cost(P, T, S)) == points
        thread.best[:] = S
        found = thread.dense()
        if found.person != made.answer.person:
            # It never sends people whose presence makes the stop late or does not hold it.
            costs = price_by_primitive(lowered, made.answer)
            return None if costs["day"] + costs["window"] > 0 else OTHERWISE
        filled = [slot for slot, person in enumerate(made.answer.person) if person != NONE]
        same &= all(found.start[slot] == made.answer.start[slot] for slot in filled)
        return points if same else OTHERWISE

    return price


def _moments(lowered: Lowered, arena: Arena, made: Made) -> dict[int, int] | None:
    """Ticks from which the kernel makes keys in an order that leads to the answer's starts.

    Loose tasks (shifts) have their keys by their starts, whatever the order wished for: they take
    each other's places in it. None where that leads to other starts.
    """
    loose = arena.tasks[:, at.TASK_LOOSE]
    begin = {task: int(lowered.window.earliest[made.answer.option[task]]) for task in made.order}
    by_start = iter(sorted((task for task in made.order if loose[task]), key=begin.__getitem__))
    order = [next(by_start) if loose[task] else task for task in made.order]
    if tuple(order) != made.order and earliest(lowered, made.answer, order) != made.answer:
        return None
    moments: dict[int, int] = {}
    last = 0
    for task in order:
        last = moments[task] = begin[task] if loose[task] else last + 1
    return moments


ENGINES: dict[str, tuple[Callable[[Lowered], Price], int]] = {
    "exact": (exact, 24),
    "kernel": (kernel, 400),
}
"""Name → (makes a pricing of a Lowered, how many rosters of an instance it is asked for)."""
