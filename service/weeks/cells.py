"""A state of a week as cells, and what a command does to them.

Every assignment is a cell, ``("roster", task, slot)``; so is every record of the instance,
``("people", id)``, and each of its other fields, ``("settings",)``. A command's effect says of each cell
that it changes what was there before and what is there then. From that follow what takes it back, whether
it still may be done after others' commands, and whether two commands meet.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from scheduler.model import Assignment, Instance
from service.weeks.state import ROSTER, WeekState

Cell = tuple[str, ...]
"""Name of the part of a state, and of what in it."""
Effect = Mapping[Cell, tuple[Any, Any]]
"""What was in each cell before, and what is in it then; None: nothing."""
Touched = frozenset[Cell]
"""Whom and what a command is about: its cells, ``("task", id)`` and ``("day", person, day)``."""


class ClashError(Exception):
    """Cells do not have what an effect found in them. cells: which."""

    def __init__(self, cells: Iterable[Cell]):
        self.cells = tuple(cells)
        super().__init__(self.cells)


def effect(before: WeekState, after: WeekState) -> dict[Cell, tuple[Any, Any]]:
    """What leads from one state to another: the cells that differ."""
    found: dict[Cell, tuple[Any, Any]] = {}
    for name in (*Instance.model_fields, ROSTER):
        was, now = before.part(name), after.part(name)
        if was is now or was == now:
            continue
        old, new = _cells(name, was), _cells(name, now)
        for cell in {**old, **new}:
            both = old.get(cell), new.get(cell)
            if both[0] is not both[1] and both[0] != both[1]:
                found[cell] = both
    return found


def inverse(effect: Effect) -> dict[Cell, tuple[Any, Any]]:
    """What takes an effect back."""
    return {cell: (now, was) for cell, (was, now) in effect.items()}


def applied(state: WeekState, effect: Effect) -> WeekState:
    """The state after an effect. Raises ClashError where its cells are not as the effect found them."""
    by_part: dict[str, dict[Cell, tuple[Any, Any]]] = {}
    for cell, change in effect.items():
        by_part.setdefault(cell[0], {})[cell] = change
    clashing: list[Cell] = []
    values: dict[str, Any] = {}
    for name, changes in by_part.items():
        cells = _cells(name, state.part(name))
        clashing += [cell for cell, (was, _) in changes.items() if cells.get(cell) != was]
        for cell, (_, now) in changes.items():
            cells[cell] = now
        values[name] = _value(state, name, cells)
    if clashing:
        raise ClashError(clashing)
    roster = values.pop(ROSTER, None)
    return state.changed(state.instance.changed(**values) if values else None, roster)


def touched(effect: Effect, day_ticks: int) -> Touched:
    """Whom and what an effect is about."""
    return frozenset(
        one for cell, change in effect.items() for one in _about(cell, change, day_ticks)
    )


def _about(cell: Cell, change: tuple[Any, Any], day_ticks: int) -> Iterator[Cell]:
    name = cell[0]
    if name != ROSTER:
        yield cell
    if name in ("visits", "shifts"):
        yield ("task", cell[1])
    for record in change:
        if record is not None and name in (ROSTER, "pins", "exceptions"):
            yield ("task", record.task)
        if isinstance(record, Assignment):
            yield ("day", record.person, str(record.start // day_ticks))


def _cells(name: str, value: Any) -> dict[Cell, Any]:
    if name == ROSTER:
        return {(ROSTER, part.task, str(part.slot)): part for part in value.assignments}
    if isinstance(value, dict):
        return {(name, key): record for key, record in value.items()}
    if not isinstance(value, tuple) or name == "affected":
        return {(name,): value}
    found: dict[Cell, Any] = {}
    for record in value:
        cell, number = (name, *_key(record)), 1
        while cell in found:
            number += 1
            cell = (name, *_key(record), f"#{number}")
        found[cell] = record
    return found


def _key(record: BaseModel) -> tuple[str, ...]:
    """What names a record within its list: its id, its place in a task, or else a digest of all that it says.

    Cells are kept and told beside a command, so that no words of a record may stand in them.
    """
    if (id := getattr(record, "id", None)) is not None:
        return (id,)
    if (slot := getattr(record, "slot", None)) is not None:
        return (str(getattr(record, "task", "")), str(slot))
    said = json.dumps(record.model_dump(), sort_keys=True, default=str)
    return (hashlib.sha256(said.encode()).hexdigest(),)


def _value(state: WeekState, name: str, cells: Mapping[Cell, Any]) -> Any:
    """A part from its cells."""
    left = {cell: record for cell, record in cells.items() if record is not None}
    if name == ROSTER:
        return state.roster.with_assignments(left.values())
    value = getattr(state.instance, name)
    if isinstance(value, dict):
        return {cell[1]: record for cell, record in left.items()}
    if not isinstance(value, tuple) or name == "affected":
        return cells[(name,)]
    return tuple(left.values())
