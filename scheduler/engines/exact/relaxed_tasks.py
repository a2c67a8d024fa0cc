"""Rows of the relaxation about tasks: one person a slot, crews on one day and complete."""

from collections.abc import Iterable

import numpy as np

from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.relaxation import Relaxation


def add_slots(relaxation: Relaxation) -> None:
    """At most one person a slot, and one where an empty slot breaks a hard rule."""
    needed = relaxation.lowered.empty.cost >= relaxation.lowered.scale.hard
    for (slot,), columns in relaxation.grouped(relaxation.slot):
        entries = [(column, 1) for column in columns]
        relaxation.program.row(1 if needed[slot] else -BIG, 1, entries)


def add_crews(relaxation: Relaxation) -> None:
    """A task of several slots is on one day, and has its crew where a partial crew breaks a hard rule."""
    lowered, program = relaxation.lowered, relaxation.program
    task_of = np.array(lowered.index.task_of, dtype=np.int64)
    sizes = np.bincount(task_of, minlength=len(lowered.index.tasks))
    whole = lowered.empty.partial >= lowered.scale.hard
    done: dict[int, list[int]] = {}
    crews: dict[tuple[int, int], dict[int, list[int]]] = {}
    for (slot, day), columns in relaxation.grouped(relaxation.slot, relaxation.day):
        crews.setdefault((int(task_of[slot]), day), {})[slot] = columns
    for (task, _), crew in crews.items():
        if sizes[task] == 1:
            continue
        on_day = program.column()
        done.setdefault(task, []).append(on_day)
        for slot, columns in crew.items():
            must = bool(whole[task]) and bool(lowered.empty.must[slot])
            entries = [(column, 1) for column in columns]
            program.row(0 if must else -BIG, 0, [*entries, (on_day, -1)])
        if whole[task]:
            _require_whole(relaxation, task, crew, on_day)
    for columns in done.values():
        program.row(-BIG, 1, [(column, 1) for column in columns])


def _require_whole(
    relaxation: Relaxation, task: int, crew: dict[int, list[int]], on_day: int
) -> None:
    """On the day of the task its least crew is there, and its `must` slots are filled."""
    lowered, program = relaxation.lowered, relaxation.program
    entries = [(column, 1) for columns in crew.values() for column in columns]
    program.row(0, BIG, [*entries, (on_day, -int(lowered.empty.least[task]))])
    if not _musts(relaxation, task) <= crew.keys():
        program.row(-BIG, 0, [(on_day, 1)])


def _musts(relaxation: Relaxation, task: int) -> set[int]:
    slots: Iterable[int] = relaxation.lowered.index.slots_of(task)
    return {slot for slot in slots if relaxation.lowered.empty.must[slot]}
