"""A roster as it was really worked: the planned assignments with the departures applied."""

from collections.abc import Iterator

from scheduler.facts.visits import places
from scheduler.model import Assignment, InputError, Instance, Problem, Roster
from scheduler.model.pointer import pointer
from scheduler.model.tasks import slots
from scheduler.model.worked import Departure, WorkedWeek

Filled = dict[tuple[str, int], Assignment]


def worked_roster(instance: Instance, roster: Roster, worked: WorkedWeek | None) -> Roster:
    """The planned roster with the departures applied.

    Raises InputError with every departure that fits no task, slot or person.
    """
    planned: Filled = {(part.task, part.slot): part for part in roster.assignments}
    if worked is None:
        return roster
    problems = list(_faults(instance, planned, worked))
    if problems:
        raise InputError(problems)
    filled = dict(planned)
    for departure in worked.departures:
        for slot in slots_of(departure, instance, planned):
            before = planned.get((departure.task, slot))
            if not departure.done:
                filled.pop((departure.task, slot), None)
            elif before is not None or departure.person is not None:
                filled[departure.task, slot] = _applied(instance, departure, slot, before)
    return roster.model_copy(update={"assignments": tuple(filled.values())})


def slots_of(departure: Departure, instance: Instance, filled: Filled) -> list[int]:
    """The slots that a departure speaks of."""
    if departure.slot is not None:
        return [departure.slot]
    count = len(slots(instance.task_by_id[departure.task]))
    filled_slots = [slot for slot in range(count) if (departure.task, slot) in filled]
    return filled_slots or ([0] if count == 1 else [])


def _applied(
    instance: Instance, departure: Departure, slot: int, before: Assignment | None
) -> Assignment:
    task = instance.task_by_id[departure.task]
    if before is not None:
        start = before.start if departure.start is None else departure.start
        end = start + before.end - before.start if departure.end is None else departure.end
        person = departure.person or before.person
        return before.model_copy(update={"person": person, "start": start, "end": end})
    # _faults has looked: a slot that was empty has both.
    assert departure.start is not None
    assert departure.person is not None
    planned_end = departure.start + slots(task)[slot].duration
    return Assignment(
        task=departure.task,
        slot=slot,
        person=departure.person,
        place=places(task)[0],
        start=departure.start,
        end=planned_end if departure.end is None else departure.end,
    )


def _faults(instance: Instance, planned: Filled, worked: WorkedWeek) -> Iterator[Problem]:
    if worked.instance != instance.id:
        yield Problem(
            code="worked_of_another_instance",
            pointer="/instance",
            value=worked.instance,
            slots={"expected": instance.id},
        )
    for number, departure in enumerate(worked.departures):
        yield from _faults_of_departure(instance, planned, departure, number)


def _faults_of_departure(
    instance: Instance, planned: Filled, departure: Departure, number: int
) -> Iterator[Problem]:
    if departure.person is not None and departure.person not in instance.person_by_id:
        yield Problem(
            code="unknown_person",
            pointer=pointer("departures", number, "person"),
            value=departure.person,
        )
    if departure.task not in instance.task_by_id:
        yield Problem(
            code="unknown_task", pointer=pointer("departures", number, "task"), value=departure.task
        )
        return
    count = len(slots(instance.task_by_id[departure.task]))
    if departure.slot is not None and departure.slot >= count:
        yield Problem(
            code="unknown_slot",
            pointer=pointer("departures", number, "slot"),
            value=str(departure.slot),
            slots={"count": str(count)},
        )
        return
    concerned = slots_of(departure, instance, planned)
    new = not concerned or any((departure.task, slot) not in planned for slot in concerned)
    if (
        departure.done
        and new
        and (not concerned or departure.person is None or departure.start is None)
    ):
        yield Problem(
            code="worked_by_nobody", pointer=pointer("departures", number), value=departure.task
        )
        return
    for slot in concerned if departure.done else ():
        after = _applied(instance, departure, slot, planned.get((departure.task, slot)))
        if after.end <= after.start:
            yield Problem(
                code="ends_before_start",
                pointer=pointer("departures", number, "end"),
                value=str(after.end),
            )
