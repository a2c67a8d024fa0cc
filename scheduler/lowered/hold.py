"""Hold: people who keep exactly what a roster gives them, and slots that stay empty, as bans and costs for the engines."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered.fit import BANNED, FitBuilder
from scheduler.lowered.lowered import Lowered
from scheduler.lowered.total import TotalTable
from scheduler.lowered.window import WindowTable
from scheduler.model import Assignment, Roster


def hold(
    lowered: Lowered,
    roster: Roster,
    people: Collection[str],
    optional: Iterable[Assignment] = (),
) -> Lowered:
    """The problem in which these people do their work of the roster, at its times, and nothing else.

    A roster that does so costs the same in both problems; in any other, a hard breach is added.
    roster: of the instance, without hard breaches by these people.
    optional: published parts of visits that are not in the roster; people who are held may do theirs
    at its published time, or not at all.
    """
    index = lowered.index
    held = [assignment for assignment in roster.assignments if assignment.person in people]
    slots, holders = _cells(lowered, held)
    cost = lowered.fit.cost[lowered.fit.row].copy()
    cost_held = cost[slots, holders]
    maybe = [part for part in optional if part.person in people and part.task in index.task]
    slots_maybe, holders_maybe = _cells(lowered, maybe)
    cost_maybe = cost[slots_maybe, holders_maybe]
    cost[:, [index.person[person] for person in people]] = BANNED
    cost[slots] = BANNED
    cost[slots, holders] = cost_held
    cost[slots_maybe, holders_maybe] = cost_maybe
    empty = lowered.empty.cost.copy()
    empty[slots] += lowered.scale.hard
    begins = _begins(lowered, roster, {part.task for part in held})
    window, kept = _timed(lowered, begins)
    published = window.published.copy()
    published[slots_maybe] += lowered.scale.hard
    after = np.array([part.start - begins[part.task].first for part in held], dtype=np.int64)
    least, most = lowered.crew.least.copy(), lowered.crew.most.copy()
    least[slots], most[slots] = after, after
    return replace(
        lowered,
        fit=FitBuilder.of(cost).build(),
        empty=replace(lowered.empty, cost=empty),
        window=replace(window, published=published),
        crew=replace(lowered.crew, least=least, most=most),
        total=_kept_amounts(lowered, kept),
    )


def left_empty(lowered: Lowered, slots: Iterable[tuple[str, int]]) -> Lowered:
    """The problem in which nobody may fill some slots (task, slot); a roster without them costs the same in both."""
    index = lowered.index
    rows = [index.slot_of[index.task[task]] + slot for task, slot in slots]
    if not rows:
        return lowered
    cost = lowered.fit.cost[lowered.fit.row].copy()
    cost[rows] = BANNED
    return replace(lowered, fit=FitBuilder.of(cost).build())


def _kept_amounts(lowered: Lowered, kept: NDArray[np.bool_]) -> TotalTable:
    """The sums with the pairs of the options that are kept: bool [option]."""
    total, first = lowered.total, lowered.window.first
    of_slots = [kept[first[task] : first[task + 1]] for task in lowered.index.task_of]
    pairs = np.concatenate([np.zeros(0, dtype=np.bool_), *of_slots])
    counts = [np.count_nonzero(of_slot) for of_slot in of_slots]
    return replace(
        total,
        pair_first=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
        amount_row=total.amount_row[pairs],
    )


def _cells(
    lowered: Lowered, assignments: list[Assignment]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(slots, people) of assignments, as indices."""
    index = lowered.index
    slots = [index.slot_of[index.task[part.task]] + part.slot for part in assignments]
    people = [index.person[part.person] for part in assignments]
    return np.array(slots, dtype=np.int64), np.array(people, dtype=np.int64)


class _Begin(NamedTuple):
    """Where a task is, and from when to when it may start."""

    place: int
    first: int
    last: int


def _begins(lowered: Lowered, roster: Roster, tasks: Collection[str]) -> dict[str, _Begin]:
    """When held tasks start in a roster, up to where the last of their slots was."""
    index = lowered.index
    begins: dict[str, _Begin] = {}
    for part in roster.assignments:
        if part.task in tasks:
            slot = index.slot_of[index.task[part.task]] + part.slot
            start = part.start - int(lowered.crew.least[slot])
            begin = begins.get(part.task, _Begin(index.place[part.place], start, start))
            begins[part.task] = _Begin(begin.place, min(begin.first, start), max(begin.last, start))
    return begins


def _timed(lowered: Lowered, begins: dict[str, _Begin]) -> tuple[WindowTable, NDArray[np.bool_]]:
    """The options, for held tasks only those at their place and start; bool [option]: which are kept."""
    window, index = lowered.window, lowered.index
    earliest, latest = window.earliest.copy(), window.latest.copy()
    every = window.every.copy()
    drop = np.zeros(len(window.task), dtype=bool)
    for task_id, begin in begins.items():
        task = index.task[task_id]
        for row in range(int(window.first[task]), int(window.first[task + 1])):
            inside = window.earliest[row] <= begin.first <= window.latest[row]
            drop[row] = not inside or window.place[row] != begin.place
            earliest[row], latest[row], every[row] = begin.first, begin.last, 1
    options = np.flatnonzero(~drop)
    first_of = np.searchsorted(window.task[options], np.arange(len(index.tasks) + 1))
    timed = replace(
        window,
        first=first_of.astype(np.int64),
        task=window.task[options],
        earliest=earliest[options],
        latest=latest[options],
        every=every[options],
        **{
            name: getattr(window, name)[options]
            for name in (
                "day",
                "place",
                "node",
                "until",
                "due",
                "late",
                "published_first",
                "published_last",
            )
        },
    )
    return timed, ~drop
