"""Rows of the relaxation about tasks: one person a slot, crews on one day and complete, tasks that need others."""

from collections.abc import Iterable

import numpy as np

from scheduler.engines.exact.linear_program import BIG
from scheduler.engines.exact.relaxation import Entries, Relaxation


def add_slots(relaxation: Relaxation) -> None:
    """At most one person a slot, and one where an empty slot breaks a hard rule."""
    needed = relaxation.lowered.empty.cost >= relaxation.lowered.scale.hard
    for (slot,), columns in relaxation.grouped(relaxation.slot):
        entries = [(column, 1) for column in columns]
        relaxation.program.row(1 if needed[slot] else -BIG, 1, entries)


def add_crews(relaxation: Relaxation) -> None:
    """A task of several slots is on one day, its crew different people, and complete where it must be."""
    lowered, program = relaxation.lowered, relaxation.program
    sizes = _sizes(relaxation)
    whole = lowered.empty.partial >= lowered.scale.hard
    days: dict[int, list[int]] = {}
    crews: dict[tuple[int, int], dict[int, list[int]]] = {}
    tasks = relaxation.lowered.index.task_of
    for (slot, day), columns in relaxation.grouped(relaxation.slot, relaxation.day):
        crews.setdefault((tasks[slot], day), {})[slot] = columns
    for (task, day), crew in crews.items():
        if sizes[task] == 1:
            continue
        done = relaxation.done[task, day] = program.column()
        days.setdefault(task, []).append(done)
        for slot, columns in crew.items():
            must = bool(whole[task]) and bool(lowered.empty.must[slot])
            entries = [(column, 1) for column in columns]
            program.row(0 if must else -BIG, 0, [*entries, (done, -1)])
        if whole[task]:
            _require_whole(relaxation, task, crew, done)
    for columns in days.values():
        program.row(-BIG, 1, [(column, 1) for column in columns])
    for _, columns in relaxation.grouped(relaxation.task, relaxation.person):
        if len({int(relaxation.slot[column]) for column in columns}) > 1:
            program.row(-BIG, 1, [(column, 1) for column in columns])


def _sizes(relaxation: Relaxation) -> list[int]:
    index = relaxation.lowered.index
    sizes: list[int] = np.bincount(index.task_of, minlength=len(index.tasks)).tolist()
    return sizes


def _require_whole(
    relaxation: Relaxation, task: int, crew: dict[int, list[int]], done: int
) -> None:
    """On the day of the task its least crew is there, and its `must` slots are filled."""
    lowered, program = relaxation.lowered, relaxation.program
    entries = [(column, 1) for columns in crew.values() for column in columns]
    program.row(0, BIG, [*entries, (done, -int(lowered.empty.least[task]))])
    if not _musts(relaxation, task) <= crew.keys():
        program.row(-BIG, 0, [(done, 1)])


def _musts(relaxation: Relaxation, task: int) -> set[int]:
    slots: Iterable[int] = relaxation.lowered.index.slots_of(task)
    return {slot for slot in slots if relaxation.lowered.empty.must[slot]}


def add_needs(relaxation: Relaxation) -> None:
    """Where it is a hard rule, a task is done only where the one that it requires is, and bundles as a whole."""
    lowered, hard = relaxation.lowered, relaxation.lowered.scale.hard
    gap, empty = lowered.gap, lowered.empty
    requires = gap.requires >= hard
    pairs = zip(gap.second[requires].tolist(), gap.first[requires].tolist(), strict=True)
    done = _done(relaxation)
    for task, required in pairs:
        _at_most(relaxation, done.get(task, []), done.get(required, []))
    for bundle in np.flatnonzero(empty.broken >= hard).tolist():
        members = np.flatnonzero(empty.bundle == bundle).tolist()
        for task, other in zip(members, [*members[1:], *members[:1]], strict=True):
            _at_most(relaxation, done.get(task, []), done.get(other, []))


def _at_most(relaxation: Relaxation, less: Entries, more: Entries) -> None:
    if less:
        relaxation.program.row(-BIG, 0, [*less, *((column, -1) for column, _ in more)])


def _done(relaxation: Relaxation) -> dict[int, Entries]:
    """Task → columns whose sum is 1 where it is done; none where it cannot be."""
    sizes = _sizes(relaxation)
    done: dict[int, Entries] = {}
    for column, task in enumerate(relaxation.task.tolist()):
        if sizes[task] == 1:
            done.setdefault(task, []).append((column, 1))
    for (task, _), column in relaxation.done.items():
        done.setdefault(task, []).append((column, 1))
    return done
