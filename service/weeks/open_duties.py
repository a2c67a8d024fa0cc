"""Duties that lack somebody and that one person may take and is free for; the coordinator decides."""

from dataclasses import dataclass

from scheduler.drawings.words import day as day_words
from scheduler.explain import Trials
from scheduler.model import Person, Shift, Window
from scheduler.model.tasks import TaskSlot, slots
from scheduler.report.part import span_of_day
from scheduler.rules import Text
from service.answers.recent import Recent
from service.weeks.asked import AskedWeek

MOST = 40
"""Duties that are looked at for one person, the earliest first."""
_found: Recent[tuple["OpenDuty", ...]] = Recent(64)


@dataclass(frozen=True)
class OpenDuty:
    """A shift that lacks somebody. slot: the empty one; start: minutes from the week's first midnight."""

    task: str
    slot: int
    day: Text
    clock: Text
    start: int
    minutes: int
    name: str
    place: str
    area: str


def open_duties(week: AskedWeek, person: str, now: int) -> tuple[OpenDuty, ...]:
    """Duties from a moment (ticks) on that somebody may take, is there for and is free for, by moment."""
    key = week.id, week.revision, person, now // week.facts.horizon.day_ticks
    found = _found.get(key, lambda: tuple(_open_duties(week.trials, week, person)))
    return tuple(duty for duty in found if duty.start * week.facts.horizon.ticks_per_minute >= now)


def _open_duties(trials: Trials, week: AskedWeek, person: str) -> list[OpenDuty]:
    facts, hidden = trials.facts, week.mask.hidden_tasks
    instance = facts.instance
    record = instance.person_by_id.get(person)
    if record is None:
        return []
    taken = [(stop.start, stop.end) for stop in facts.by_person[person]]
    wanted = [
        shift
        for shift in sorted(instance.shifts, key=lambda one: (one.start, one.id))
        if shift.id not in hidden and _may_be(record, shift, taken)
    ]
    found = []
    for shift in wanted[:MOST]:
        filled = facts.by_task[shift.id]
        kinds: list[TaskSlot] = []
        for number, slot in enumerate(slots(shift)):
            if number in filled or slot in kinds:
                continue
            kinds.append(slot)
            ways = trials.placements(shift.id, (number,), held={number: person}, budget=1)
            if any(way.feasible for way in ways):
                found.append(_duty(week, shift, number))
                break
    return found


def _may_be(person: Person, shift: Shift, taken: list[tuple[int, int]]) -> bool:
    """Whether they are there and not at work then: what costs little to see."""
    start, end = shift.start, shift.start + shift.duration

    def holds(span: Window) -> bool:
        return span.start <= start and end <= span.end

    there = any(map(holds, person.availability))
    away = any(span.start < end and start < span.end for span in person.leave)
    return there and not away and not any(was < end and start < until for was, until in taken)


def _duty(week: AskedWeek, shift: Shift, slot: int) -> OpenDuty:
    horizon, names = week.facts.horizon, week.mask.names("zh")
    on = horizon.day_of(shift.start)
    place = week.facts.instance.place_by_id[shift.place]
    return OpenDuty(
        task=shift.id,
        slot=slot,
        day=day_words(horizon, on),
        clock=span_of_day(horizon, on, shift.start, shift.start + shift.duration),
        start=shift.start // horizon.ticks_per_minute,
        minutes=shift.duration // horizon.ticks_per_minute,
        name=shift.name,
        place=place.name,
        area="" if place.area is None else names.area(place.area),
    )
