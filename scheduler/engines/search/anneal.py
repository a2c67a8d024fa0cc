"""Simulated annealing over the moves, in slices that Python calls, and the greedy construction.

Kirkpatrick et al. 1983 (10.1126/science.220.4598.671); the threshold is drawn before a move is
priced, so that pricing can stop as soon as it is passed.
"""

import math
from typing import Any

from scheduler.engines.compiled import inner, outer
from scheduler.engines.search import layout as at
from scheduler.engines.search.crew import settle
from scheduler.engines.search.moves import MOVES
from scheduler.engines.search.moves.common import (
    FAILED,
    HOPELESS,
    NOTHING,
    can_host,
    in_crew,
    key_between,
    link_by_key,
    set_option,
    unlink_task,
)
from scheduler.engines.search.moves.insert import put_back
from scheduler.engines.search.price import finish, price, weigh
from scheduler.engines.search.rows import (
    filled_of,
    first_slot,
    is_loose,
    outcome_row,
    person_of,
    slot_count,
    task_of,
)
from scheduler.engines.search.state import begin, random_below, random_unit, rollback, unlink

DRAWN_FROM = 1 << 20
"""Moves are drawn by a number below this."""
SAMPLED = list(MOVES).index("swap_persons")
"""The moves up to this one are looked at for the start temperature."""
SMALL_RISE = 1 << 19
TEMPERATURE_STEPS = 256
"""Moves between two changes of the temperature."""


def _any_move() -> Any:
    """``propose(P, T, S, W, kind, limit)``: a move of a kind, one line of it for each.

    Compiled code can't take a function from a list.
    """
    lines = ["def propose(P, T, S, W, kind, limit):"]
    for number, name in enumerate(MOVES):
        lines.append(f"    if kind == {number}: return {name}(P, T, S, W, limit)")
    lines.append("    return NOTHING")
    scope = {name: move.propose for name, move in MOVES.items()} | {"NOTHING": NOTHING}
    exec("\n".join(lines), scope)
    return inner(scope["propose"], inlined=True)


propose = _any_move()


@inner
def _try(P, T, S, W, kind, limit):
    """How a move of a kind ends, a column of OUTCOME; the state is changed where it ends below the limit."""
    cost = S[at.COST]
    done = propose(P, T, S, W, kind, limit)
    if done == NOTHING:
        return at.OUTCOME_NOTHING
    if done == HOPELESS:
        return at.OUTCOME_HOPELESS
    end = at.OUTCOME_SAME
    if done == FAILED:
        end = at.OUTCOME_FAILED
    elif not weigh(P, S, W, limit):
        end = at.OUTCOME_WEIGHED
    elif not settle(P, T, S, W, limit):
        end = at.OUTCOME_UNSETTLED
    elif not finish(P, T, S, W, limit):
        end = at.OUTCOME_UNFINISHED
    if end != at.OUTCOME_SAME:
        rollback(P, S, W, 0)
    elif S[at.COST] != cost:
        end = at.OUTCOME_OTHER
    return end


@inner
def _copy(S, to):
    for cell in range(len(S)):
        to[cell] = S[cell]


@outer
def anneal(P, T, S, W, best, weights, steps, hot, cold):
    """Try `steps` moves while the temperature falls from `hot` to `cold` points; the best cost seen.

    best: copy of the best state so far, brought up to date before a worse one is taken and at the
    end. weights: int64 [move], rising sums up to DRAWN_FROM. hot 0: only moves uphill by less than one
    medium point are looked at, summed in W (UPHILL, RISE), and none is taken; else W counts how moves end.
    """
    least = best[at.COST]
    fresh_best = False
    looking = hot == 0
    drawn_from = weights[SAMPLED] if looking else DRAWN_FROM
    temperature = hot
    ratio = math.exp(math.log(cold / hot) * TEMPERATURE_STEPS / steps) if hot > 0 else 1.0
    for step in range(steps):
        if (step + 1) % TEMPERATURE_STEPS == 0:
            temperature *= ratio
        cost = S[at.COST]
        limit = cost + SMALL_RISE
        if not looking:
            limit = cost - int(temperature * math.log(random_unit(W)))
        begin(W)
        drawn = random_below(W, drawn_from)
        kind = 0
        while kind < len(weights) - 1 and drawn >= weights[kind]:
            kind += 1
        end = _try(P, T, S, W, kind, limit)
        if not looking:
            W[outcome_row(kind) + end] += 1
        if end < at.OUTCOME_SAME:
            continue
        if looking:
            if S[at.COST] > cost:
                W[at.UPHILL] += 1
                W[at.RISE] += S[at.COST] - cost
            rollback(P, S, W, 0)
            continue
        if S[at.COST] < least:
            least = S[at.COST]
            fresh_best = True
        elif fresh_best and S[at.COST] > least:
            rollback(P, S, W, 0)
            _copy(S, best)
            fresh_best = False
    if fresh_best and S[at.COST] == least:
        _copy(S, best)
    return least


@outer
def construct(P, T, S, W, order, samples):
    """Insert tasks in the given order, each where it is cheapest; returns how many slots were filled."""
    filled = 0
    for number in range(len(order)):
        task = order[number]
        first, count = first_slot(P, task), slot_count(P, task)
        if is_loose(P, task):
            for slot in range(first, first + count):
                if person_of(S, slot) < 0:
                    begin(W)
                    if put_back(P, T, S, W, slot, samples):
                        filled += 1
        elif filled_of(P, S, task) == 0:
            begin(W)
            if put_back(P, T, S, W, first, samples):
                filled += count
    return filled


@outer
def place(P, T, S, W, task, option, start, slots, people):
    """Fill slots of an undone (or loose) task at an option, with a key near `start`.

    What is banned stays out, and the whole task where a stop would start when its day is over.
    """
    begin(W)
    if not is_loose(P, task):
        set_option(P, S, W, task, option, key_between(W, -at.FAR, at.FAR, start))
    for number in range(len(slots)):
        person = people[number]
        if can_host(P, slots[number], person, option) and not in_crew(P, S, task, person):
            link_by_key(P, T, S, W, slots[number], person)
    if not price(P, T, S, W, at.FAR):
        rollback(P, S, W, 0)
    begin(W)


@outer
def strike(P, T, S, W, slots, least):
    """Empty slots in the given order, each where that saves at least so many points; of a crew that is not loose, all."""
    for number in range(len(slots)):
        slot, cost = slots[number], S[at.COST]
        if person_of(S, slot) < 0:
            continue
        begin(W)
        if is_loose(P, task_of(P, slot)):
            unlink(P, T, S, W, slot)
        else:
            unlink_task(P, T, S, W, task_of(P, slot))
        if not price(P, T, S, W, at.FAR) or cost - S[at.COST] < least:
            rollback(P, S, W, 0)
    begin(W)
