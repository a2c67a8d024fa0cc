"""What of an instance lies in the areas of an account, and that it changes nothing else.

An account with areas sees the instances that have one of them (`service.store.areas`). It changes
what lies in them and below; what belongs to a whole instance, such as its settings, only where all
of it lies there.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from scheduler.due import expand
from scheduler.model import Instance, Roster
from scheduler.model.changes import Assign, Changes, Lock, New, Unassign
from scheduler.model.tasks import slots, tasks
from scheduler.report.neutral import Neutral
from scheduler.weeks.replan import ChangedWeek
from scheduler.weeks.replan.by_hand import pin_of
from service.access.caller import Caller
from service.access.within import KINDS_OF_RECORDS, Within, lying_outside
from service.problems import ServiceError

MOST_NAMED = 5
"""A refusal names so many things that lie outside."""
_BY_ID = ("places", "people", "households", "duties", "cases", "visits", "shifts")
_FREE = ("id", "title", "published", "freeze", "affected")
"""What a change of an instance may change for everybody: its name, and what a re-plan notes in it."""
_NAMES = {
    "task": "tasks",
    "visit": "tasks",
    "person": "people",
    "first": "people",
    "second": "people",
    "case": "cases",
    "place": "places",
    "instead": "places",
    "other": "tasks",
}
"""Which records the fields of a change name."""


def _areas(caller: Caller | None) -> frozenset[str] | None:
    if caller is None:
        raise ServiceError("sign_in_needed")
    return caller.areas


def ensure_inside(caller: Caller | None, parent: str | None, after: Instance) -> None:
    """Refuse an instance that changes, or where it is the first of a line holds, what lies outside.

    parent: JSON of the instance that it was changed from. Raises ServiceError.
    """
    if _areas(caller) is not None:
        before = None if parent is None else Instance.model_validate_json(parent)
        ensure_change_inside(caller, before, after)


def ensure_change_inside(caller: Caller | None, before: Instance | None, after: Instance) -> None:
    """As `ensure_inside`, of the instance that it was changed from."""
    areas = _areas(caller)
    if areas is None or before is after:
        return
    new = Within(after, areas)
    old = None if before is None else Within(before, areas)
    if new.whole and (old is None or old.whole):
        return
    if before is None or old is None:
        found = _first_of_a_line(after, new)
    else:
        found = list(_changed_outside(before, old, after, new))
    _refuse(found, before, areas)


def _first_of_a_line(instance: Instance, within: Within) -> list[str]:
    found = [place.id for place in instance.places if not within.changes("places", place.id)]
    found += [one.id for one in instance.people if not within.sees("people", one.id)]
    return found


def _changed_outside(before: Instance, old: Within, after: Instance, new: Within) -> Iterator[str]:
    for kind in _BY_ID:
        was, now = old.records(kind), new.records(kind)
        for id in sorted(was.keys() | now.keys()):
            same = was.get(id) == now.get(id)
            if not (same or (old.changes(kind, id) and new.changes(kind, id))):
                yield id
    tied = ("pins", "exceptions")
    for kind in tied:
        changed = set(map(repr, getattr(before, kind))) ^ set(map(repr, getattr(after, kind)))
        for record in (*getattr(before, kind), *getattr(after, kind)):
            if repr(record) in changed and not old.changes("tasks", record.task):
                yield record.task
    for name in Instance.model_fields.keys() - {*_BY_ID, *tied, *_FREE}:
        if getattr(before, name) != getattr(after, name):
            yield name


def ensure_tasks_inside(caller: Caller | None, instance: Instance, tasks: Collection[str]) -> None:
    """Refuse to give work otherwise that lies outside. tasks: whose assignments change. Raises ServiceError."""
    areas = _areas(caller)
    if areas is not None and tasks:
        within = Within(instance, areas)
        found = sorted(task for task in tasks if not within.changes("tasks", task))
        _refuse(found, instance, areas)


def ensure_whole(caller: Caller | None, instance: Instance) -> None:
    """Refuse what concerns a whole instance, such as a search, where part of it lies outside."""
    areas = _areas(caller)
    if areas is not None and not (within := Within(instance, areas)).whole:
        _refuse(_first_of_a_line(instance, within), instance, areas)


def ensure_changes_inside(
    caller: Caller | None, instance: Instance, changes: Changes, roster: Roster | None = None
) -> None:
    """Refuse changes of a published roster that name what lies outside. Raises ServiceError.

    roster: the one that is kept; whoever works inside by it is seen, and may be given more work there.
    """
    areas = _areas(caller)
    if areas is None:
        return
    within = Within(instance, areas)
    if not within.whole:
        hidden = lying_outside(instance, areas, roster)["person"]
        _refuse(_named_outside(within, instance, changes, hidden), instance, areas)


def ensure_roster_inside(caller: Caller | None, instance: Instance, roster: Roster) -> None:
    """Refuse a roster that came in and gives work inside to people whom the caller does not see.

    Who works inside by a roster is seen, so that it would show them. Raises ServiceError.
    """
    areas = _areas(caller)
    if areas is None:
        return
    within = Within(instance, areas)
    found = [
        part.person
        for part in roster.assignments
        if within.sees("tasks", part.task) and not within.sees("people", part.person)
    ]
    _refuse(found, instance, areas)


def _named_outside(
    within: Within, instance: Instance, changes: Changes, hidden: Collection[str]
) -> Iterator[str]:
    for change in changes.changes:
        if isinstance(change, Lock):
            yield change.kind
        elif isinstance(change, New):
            more = _with_new(instance, change)
            grown = Within(more, within.areas)
            for kind in ("places", "people", "households", "cases", "visits", "shifts"):
                for record in getattr(change, kind):
                    if not grown.changes(kind, record.id):
                        yield record.id
        else:
            used = isinstance(change, Assign | Unassign)  # somebody from everywhere may work here
            for field, kind in _NAMES.items():
                id = getattr(change, field, None)
                if id is None or id not in within.records(kind):
                    continue
                if id in hidden if used and kind == "people" else not within.changes(kind, id):
                    yield id


def _with_new(instance: Instance, new: New) -> Instance:
    kinds = ("places", "people", "households", "cases", "visits", "shifts")
    return instance.changed(
        **{kind: (*getattr(instance, kind), *getattr(new, kind)) for kind in kinds}
    )


def refuse_outside(found: Iterable[str], week: Instance, caller: Caller | None) -> None:
    """Refuse to change what of a week was found to lie outside the areas of the caller. Raises ServiceError."""
    _refuse(found, week, _areas(caller) or ())


def _refuse(found: Iterable[str], week: Instance | None, areas: Collection[str]) -> None:
    """Raises ServiceError. week: the one that was kept, whose ids outside go out as neutral ones."""
    names = list(dict.fromkeys(found))
    if names:
        told = {} if week is None else _neutral_ids(week, areas)
        shown = [told.get(name, name) for name in names[:MOST_NAMED]]
        more = ["…"] if len(names) > MOST_NAMED else []
        raise ServiceError("outside_areas", found=", ".join([*shown, *more]))


def _neutral_ids(week: Instance, areas: Collection[str]) -> dict[str, str]:
    whole = expand(week)
    ids = Neutral(whole, elsewhere=lying_outside(whole, areas)).ids
    return {id: neutral for kind in KINDS_OF_RECORDS for id, neutral in ids.get(kind, {}).items()}


def held_outside(caller: Caller | None, week: ChangedWeek) -> ChangedWeek:
    """The week as a search for this caller may change it: what lies outside is pinned as it is, and stays empty where it is."""
    areas = _areas(caller)
    if areas is None:
        return week
    within = Within(week.instance, areas)
    if within.whole:
        return week
    parts = [part for part in week.remaining.assignments if not within.changes("tasks", part.task)]
    settled = {(part.task, part.slot) for part in parts}
    pins = [pin for pin in week.instance.pins if (pin.task, pin.slot) not in settled]
    empty = tuple(
        (task.id, slot)
        for task in tasks(week.instance)
        if not within.changes("tasks", task.id)
        for slot in range(len(slots(task)))
        if (task.id, slot) not in settled
    )
    held = week.instance.changed(pins=(*pins, *map(pin_of, parts)))
    return replace(week, instance=held, empty=empty)
