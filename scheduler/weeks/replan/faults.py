"""What is wrong with changes: ids that the week does not have, and errors of the week that they make."""

from collections.abc import Iterable, Iterator

from scheduler.model import Instance, Problem
from scheduler.model.changes import (
    Assign,
    Cancel,
    Change,
    Changes,
    Closure,
    Lock,
    MoveWork,
    New,
    PinWork,
    SwapWork,
    Unassign,
    UnpinWork,
)
from scheduler.model.faults import errors_since
from scheduler.model.faults.moments import HorizonClock
from scheduler.model.pointer import nearest, parts, pointer, shortened
from scheduler.model.time import to_datetime
from scheduler.rules import rules

NEW = ("places", "households", "people", "visits", "shifts", "cases")
"""Lists that new work may add to, in the order in which they may name each other."""
_NAMES = {
    "person": "person_by_id",
    "place": "place_by_id",
    "instead": "place_by_id",
    "task": "task_by_id",
    "visit": "task_by_id",
    "case": "case_by_id",
    "first": "person_by_id",
    "second": "person_by_id",
    "other": "task_by_id",
}
"""Field of a change → where the instance knows its ids."""
_KINDS = {"instead": "place", "first": "person", "second": "person", "other": "task"}
"""Field of a change → the kind of its ids, where they are called otherwise."""
_BY_HAND = (Assign, Unassign, SwapWork, MoveWork, PinWork, UnpinWork, Lock)
_HARMLESS = (Cancel, *_BY_HAND)
"""Changes that take work away with all that names it, or that change no record: they bring no error into a week."""


def faults_of_changes(instance: Instance, changes: Changes) -> Iterator[Problem]:
    """Every id that is not there, spans without a moment, and changes that say nothing."""
    for number, change in enumerate(changes.changes):
        at = ("changes", number)
        if not isinstance(change, _BY_HAND):
            yield from _unknown(instance, change, at)
        start, end = getattr(change, "start", None), getattr(change, "end", None)
        if start is not None and end is not None and start >= end:
            yield Problem(
                code="window_ends_before_start",
                pointer=pointer(*at, "to"),
                value=_moment(instance, end),
                slots={"start": _moment(instance, start)},
            )
        if isinstance(change, Cancel) and (change.task is None) == (change.case is None):
            yield Problem(code="cancel_one", pointer=pointer(*at))
        if isinstance(change, New) and not any(
            getattr(change, name) for name in ("visits", "shifts", "cases", "people")
        ):
            yield Problem(code="nothing_new", pointer=pointer(*at))
    visits = {visit.id for visit in instance.visits}
    for number, visit in enumerate(changes.promised):
        if visit not in visits:
            yield _problem("visit", visit, visits, "promised", number)


def faults_by_hand(instance: Instance, changes: Changes) -> Iterator[Problem]:
    """Ids of changes by hand that are not there, in the week as other changes have left it, and moments."""
    clock = HorizonClock(instance)
    for number, change in enumerate(changes.changes):
        if isinstance(change, _BY_HAND):
            yield from _unknown(instance, change, ("changes", number))
        start = change.start if isinstance(change, Assign | MoveWork) else None
        if start is not None and not clock.inside(start):
            yield clock.outside(start, "changes", number, "start")
        if isinstance(change, Lock) and not 0 <= change.before <= instance.horizon.end:
            yield clock.outside(change.before, "changes", number, "before")


def _moment(instance: Instance, moment: int) -> str:
    horizon = instance.horizon
    try:
        when = to_datetime(moment, horizon.start, horizon.ticks_per_minute)
    except OverflowError:
        return str(moment)
    return when.isoformat(timespec="minutes")


def _unknown(instance: Instance, change: Change, at: tuple[str | int, ...]) -> Iterator[Problem]:
    for field, table in _NAMES.items():
        id = getattr(change, field, None)
        ids = getattr(instance, table)
        if field == "visit":
            ids = {visit.id for visit in instance.visits}
        if id is not None and id not in ids:
            yield _problem(field, id, ids, *at, field)
    if isinstance(change, Closure) and change.instead == change.place:
        yield Problem(
            code="instead_itself", pointer=pointer(*at, "instead"), value=shortened(change.place)
        )


def _problem(field: str, id: str, ids: Iterable[str], *path: str | int) -> Problem:
    return Problem(
        code=f"unknown_{_KINDS.get(field, field)}",
        pointer=pointer(*path),
        value=shortened(id),
        slots={"suggestion": nearest(id, sorted(ids))},
    )


def faults_of_result(before: Instance, changed: Instance, changes: Changes) -> list[Problem]:
    """Errors of the changed week, which had none before; pointers are into the changes."""
    if all(isinstance(change, _HARMLESS) for change in changes.changes):
        return []
    where = _paths(changes)
    return [
        problem.model_copy(update={"pointer": _in_changes(changed, problem.pointer, where)})
        for problem in errors_since(before, changed, rules())
    ]


def _paths(changes: Changes) -> dict[tuple[str, str], tuple[str | int, ...]]:
    """(list, id) → path in the changes of every record that they bring or alter."""
    paths: dict[tuple[str, str], tuple[str | int, ...]] = {}
    for number, change in enumerate(changes.changes):
        if isinstance(change, New):
            for name in NEW:
                for index, record in enumerate(getattr(change, name)):
                    paths[name, record.id] = ("changes", number, name, index)
        elif hasattr(change, "visit"):
            paths["visits", change.visit] = ("changes", number)
    return paths


def _in_changes(
    instance: Instance, at: str, where: dict[tuple[str, str], tuple[str | int, ...]]
) -> str:
    """A pointer into the changed week as one into the changes, if they brought or altered the record."""
    path = parts(at)
    if len(path) < 2 or not path[1].isdecimal():
        return at
    records = getattr(instance, path[0], ())
    record = records[int(path[1])] if int(path[1]) < len(records) else None
    start = where.get((path[0], getattr(record, "id", "")))
    return at if start is None else pointer(*start, *path[2:])
