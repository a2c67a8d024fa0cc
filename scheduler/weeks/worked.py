"""A roster as it was really worked: the planned assignments with the departures applied."""

from collections.abc import Iterator

from scheduler.model import Assignment, InputError, Instance, Problem, Roster, Shift
from scheduler.model.pointer import pointer
from scheduler.model.tasks import slots
from scheduler.model.worked import Departure, Worked

Filled = dict[tuple[str, int], Assignment]


def really(instance: Instance, roster: Roster, worked: Worked | None) -> Roster:
    """The roster of what was worked. Raises InputError listing every departure that fits nothing."""
    planned: Filled = {(one.task, one.slot): one for one in roster.assignments}
    if worked is None:
        return roster
    problems = list(_faults(instance, planned, worked))
    if problems:
        raise InputError(problems)
    filled = dict(planned)
    for one in worked.departures:
        for slot in of(one, instance, planned):
            before = planned.get((one.task, slot))
            if not one.done:
                filled.pop((one.task, slot), None)
            elif before is not None or one.person is not None:
                filled[one.task, slot] = _applied(instance, one, slot, before)
    return roster.model_copy(update={"assignments": tuple(filled.values())})


def of(one: Departure, instance: Instance, filled: Filled) -> list[int]:
    """The slots that a departure speaks of."""
    if one.slot is not None:
        return [one.slot]
    count = len(slots(instance.task_by_id[one.task]))
    found = [slot for slot in range(count) if (one.task, slot) in filled]
    return found or ([0] if count == 1 else [])


def _applied(
    instance: Instance, one: Departure, slot: int, before: Assignment | None
) -> Assignment:
    task = instance.task_by_id[one.task]
    if before is not None:
        start = before.start if one.start is None else one.start
        end = start + before.end - before.start if one.end is None else one.end
        person = one.person or before.person
        return before.model_copy(update={"person": person, "start": start, "end": end})
    # _faults has looked: a slot that was empty has both.
    assert one.start is not None
    assert one.person is not None
    planned_end = one.start + slots(task)[slot].duration
    return Assignment(
        task=one.task,
        slot=slot,
        person=one.person,
        place=task.place if isinstance(task, Shift) else task.places[0],
        start=one.start,
        end=planned_end if one.end is None else one.end,
    )


def _faults(instance: Instance, planned: Filled, worked: Worked) -> Iterator[Problem]:
    if worked.instance != instance.id:
        yield Problem(
            code="worked_of_another_instance",
            pointer="/instance",
            value=worked.instance,
            slots={"expected": instance.id},
        )
    for number, one in enumerate(worked.departures):
        yield from _of_departure(instance, planned, one, number)


def _of_departure(
    instance: Instance, planned: Filled, one: Departure, number: int
) -> Iterator[Problem]:
    if one.person is not None and one.person not in instance.person_by_id:
        yield Problem(
            code="unknown_person",
            pointer=pointer("departures", number, "person"),
            value=one.person,
        )
    if one.task not in instance.task_by_id:
        yield Problem(
            code="unknown_task", pointer=pointer("departures", number, "task"), value=one.task
        )
        return
    count = len(slots(instance.task_by_id[one.task]))
    if one.slot is not None and one.slot >= count:
        yield Problem(
            code="unknown_slot",
            pointer=pointer("departures", number, "slot"),
            value=str(one.slot),
            slots={"count": str(count)},
        )
        return
    found = of(one, instance, planned)
    new = not found or any((one.task, slot) not in planned for slot in found)
    if one.done and new and (not found or one.person is None or one.start is None):
        yield Problem(
            code="worked_by_nobody", pointer=pointer("departures", number), value=one.task
        )
        return
    for slot in found if one.done else ():
        after = _applied(instance, one, slot, planned.get((one.task, slot)))
        if after.end <= after.start:
            yield Problem(
                code="ends_before_start",
                pointer=pointer("departures", number, "end"),
                value=str(after.end),
            )
