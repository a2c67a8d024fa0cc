"""Needed: the tasks that a roster without hard breaches may have to do; the others can stay undone."""

from collections.abc import Collection, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED, FitBuilder
from scheduler.lowered.run import RunTable


def only(lowered: Lowered, tasks: Set[int]) -> Lowered:
    """The same problem in which nobody may do any other task."""
    cost = lowered.fit.cost[lowered.fit.row].copy()
    other_slots = [slot for slot, task in enumerate(lowered.index.task_of) if task not in tasks]
    cost[other_slots] = BANNED
    return replace(lowered, fit=FitBuilder.of(cost).build())


def needed(lowered: Lowered, wanted: Collection[int] = ()) -> set[int]:
    """Tasks that a roster without hard breaches may have to do, if the wanted ones are to be done.

    Tasks that must not be empty, tasks that these require or are bundled with, and, for people who
    must work enough or enough days on or off in a row, all tasks that they can do.
    """
    hard, task_of = lowered.scale.hard, np.array(lowered.index.task_of, dtype=np.int64)
    tasks = set(task_of[lowered.empty.cost >= hard].tolist()) | set(wanted)
    people = owing(lowered)
    if people:
        cheapest = lowered.fit.cost[:, people].min(axis=1)
        tasks |= set(task_of[cheapest[lowered.fit.row] < BANNED].tolist())
    return tied(lowered, tasks)


def tied(lowered: Lowered, tasks: Collection[int]) -> set[int]:
    """The tasks, those that they require, and those that they are bundled with."""
    requires = lowered.gap.requires >= lowered.scale.hard
    pairs = list(
        zip(
            lowered.gap.first[requires].tolist(), lowered.gap.second[requires].tolist(), strict=True
        )
    )
    bundle = lowered.empty.bundle
    joined = set(tasks)
    while True:
        before = len(joined)
        joined |= {first for first, second in pairs if second in joined}
        bundles = {int(bundle[task]) for task in joined} - {-1}
        joined |= set(np.flatnonzero(np.isin(bundle, list(bundles))).tolist())
        if len(joined) == before:
            return joined


def owing(lowered: Lowered) -> list[int]:
    """People with a hard least amount of work, or of days in a row, or a hard most of days off."""
    total, run, hard = lowered.total, lowered.run, lowered.scale.hard
    people = set(run.person[(run.points >= hard) & owes_work(run)].tolist())
    for row, person in enumerate(total.person.tolist()):
        pieces = total.pieces[total.piece_first[row] : total.piece_first[row + 1]]
        if ((pieces[:, 0] < 0) & (pieces[:, 2] >= hard)).any():
            people.add(person)
    return sorted(people)


def owes_work(run: RunTable) -> NDArray[np.bool_]:
    """bool [row], rows of Run that more work may mend: runs too short, or of days without work too long."""
    owes: NDArray[np.bool_] = (run.sense < 0) | (run.on == 0)
    return owes
