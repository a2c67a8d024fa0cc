"""What a rule looks at: an instance and a roster, indexed by person, day, task and place.

Plain Python over the domain model; no engine uses it, so that the checker is independent of them.
"""

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from scheduler.facts import derived
from scheduler.facts.eve import EveWork, eve_work
from scheduler.model import Assignment, Instance, Pin, Published, Roster, Shift, Visit
from scheduler.model.spells import later_spells
from scheduler.model.tasks import TaskSlot, slots, tasks
from scheduler.model.workdays import EVE
from scheduler.travel import NEEDS, Travel, travel


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One person's part in one task as the roster has it. Moments in ticks from the horizon's start."""

    task: Visit | Shift
    slot: int
    person: str
    place: str
    start: int
    end: int

    def assignment(self) -> Assignment:
        """The stop as a roster writes it."""
        return Assignment(
            task=self.task.id,
            slot=self.slot,
            person=self.person,
            place=self.place,
            start=self.start,
            end=self.end,
        )


Leg = tuple[RouteStop | None, RouteStop | None, int]
"""From a stop (None: the start place) to the next (None: the end place), and ticks of travel."""


class Facts:
    """An instance with one roster of it, indexed."""

    def __init__(self, instance: Instance, roster: Roster, travel_table: Travel | None = None):
        self.instance = instance
        self.horizon = instance.horizon
        self._day_ticks = instance.horizon.day_ticks
        self._given: Roster | None = roster
        self._travel_table = travel_table
        self._legs_of: dict[str, dict[int, list[Leg]]] = {}
        self._spells_of: dict[str, tuple[int, ...]] = {}

    @cached_property
    def roster(self) -> Roster:
        """The roster; that of changed facts has its assignments in the order of the tasks."""
        if self._given is not None:
            return self._given
        stops = [stop for filled in self.by_task.values() for stop in filled.values()]
        return Roster(
            horizon=self.horizon,
            instance=self.instance.id,
            assignments=tuple(stop.assignment() for stop in stops),
        )

    def changed(self, removed: Sequence[Assignment], added: Sequence[Assignment]) -> "Facts":
        """The facts after some assignments are removed and then others added.

        Only what concerns their people, tasks and places is computed anew. Raises ValueError where
        a slot to be emptied is empty, or a slot to be filled is filled.
        """
        other = copy(self)
        other._given = None
        other.__dict__.pop("roster", None)
        touched = list(dict.fromkeys(part.task for part in (*removed, *added)))
        other.by_task = self._tasks_changed(touched, removed, added)
        moved = [stop for task in touched for stop in other.by_task[task].values()]
        people = {stop.person for stop in moved}
        people |= {stop.person for task in touched for stop in self.by_task[task].values()}
        other.by_person, other.by_day = self.by_person.copy(), self.by_day.copy()
        other._legs_of = self._legs_of.copy()
        for person in people:
            stops = [stop for stop in self.by_person[person] if stop.task.id not in touched]
            stops += [stop for stop in moved if stop.person == person]
            other.by_person[person] = sorted(stops, key=_when)
            self._days_changed(other, person, touched)
        other.by_place = self._places_changed(touched, other.by_task)
        return other

    def _days_changed(self, other: "Facts", person: str, touched: list[str]) -> None:
        """Write the person's days and legs of changed facts; those of days without touched tasks stay."""
        gone = [stop for stop in self.by_person[person] if stop.task.id in touched]
        come = [stop for stop in other.by_person[person] if stop.task.id in touched]
        differing = {self.workday(stop) for stop in (*gone, *come)}
        days, legs = self.by_day[person].copy(), self._legs_of.get(person, {}).copy()
        for day in differing:
            stops = [stop for stop in days.pop(day, ()) if stop.task.id not in touched]
            stops += [stop for stop in come if self.workday(stop) == day]
            if stops:
                days[day] = sorted(stops, key=_when)
            legs.pop(day, None)
        other.by_day[person] = {day: days[day] for day in sorted(days)}
        other._legs_of[person] = legs

    def grown(self, instance: Instance) -> "Facts":
        """The facts of the same roster of an instance that has more visits, cases and gaps.

        What was computed of places is used again, and of people who are the same and have the same working days.
        """
        other = Facts(instance, self.roster, self.travel_table)
        new = [task for task in tasks(instance) if task.id not in self.by_task]
        other.by_task = self.by_task | {task.id: {} for task in new}
        other.task_slots = self.task_slots | {task.id: slots(task) for task in new}
        other.by_person, other.by_place = self.by_person, self.by_place
        if new and instance.households is self.instance.households:
            other.visits_by_household = derived.with_visits(self.visits_by_household, instance, new)
        now, before = instance.workdays, self.instance.workdays
        records, others = self.instance.person_by_id, instance.person_by_id
        moved = now.differing(before, self.by_person)
        if records is not others:
            moved += [
                person for person in self.by_person if records.get(person) is not others.get(person)
            ]
        other.by_day, other._legs_of, other._spells_of = self.by_day, self._legs_of, self._spells_of
        if moved:
            anew = {person: other._days(self.by_person[person]) for person in moved}
            other.by_day = self.by_day | anew
            left = self._legs_of.keys() - anew.keys()
            other._legs_of = {person: self._legs_of[person] for person in left}
        return other

    def _tasks_changed(
        self, touched: list[str], removed: Sequence[Assignment], added: Sequence[Assignment]
    ) -> dict[str, dict[int, RouteStop]]:
        by_task = self.by_task.copy()
        by_task.update({task: by_task[task].copy() for task in touched})
        for part in removed:
            if part.slot not in by_task[part.task]:
                raise ValueError(f"slot {part.slot} of {part.task} is empty")
            del by_task[part.task][part.slot]
        for part in added:
            if part.slot in by_task[part.task]:
                raise ValueError(f"slot {part.slot} of {part.task} is filled")
            by_task[part.task][part.slot] = self._stop(part)
        return by_task

    def _places_changed(
        self, touched: list[str], by_task: dict[str, dict[int, RouteStop]]
    ) -> dict[str, list[list[RouteStop]]]:
        by_place = self.by_place.copy()
        for task in touched:
            before, after = self.by_task[task], by_task[task]
            if before:
                place = before[min(before)].place
                by_place[place] = [crew for crew in by_place[place] if crew[0].task.id != task]
            if after:
                place = after[min(after)].place
                by_place[place] = [*by_place[place], list(after.values())]
        return by_place

    @cached_property
    def travel_table(self) -> Travel:
        """Travel between the instance's places."""
        return self._travel_table or self.instance.derived(travel, NEEDS)

    @cached_property
    def task_slots(self) -> dict[str, tuple[TaskSlot, ...]]:
        """Slots of every task, by task id."""
        return self.instance.derived(derived.task_slots, frozenset({"visits", "shifts"}))

    @cached_property
    def pins(self) -> dict[str, tuple[Pin, ...]]:
        """Pins by task; only tasks that have any."""
        by_task: dict[str, tuple[Pin, ...]] = {}
        for pin in self.instance.pins:
            by_task[pin.task] = (*by_task.get(pin.task, ()), pin)
        return by_task

    @cached_property
    def published(self) -> dict[str, tuple[Published, ...]]:
        """Published parts by task; only tasks that were published."""
        task_by_id, by_task = self.instance.task_by_id, dict[str, tuple[Published, ...]]()
        for part in (part for part in self.instance.published if part.task in task_by_id):
            by_task[part.task] = (*by_task.get(part.task, ()), part)
        return by_task

    @cached_property
    def frozen_order(self) -> dict[str, list[tuple[str, int]]]:
        """See `derived.frozen_order`."""
        return derived.frozen_order(self.instance)

    @cached_property
    def by_task(self) -> dict[str, dict[int, RouteStop]]:
        """Filled slots of every task: task id → slot index → stop. Every task has an entry."""
        by_task: dict[str, dict[int, RouteStop]] = {task.id: {} for task in tasks(self.instance)}
        for part in self.roster.assignments:
            by_task[part.task][part.slot] = self._stop(part)
        return by_task

    @cached_property
    def by_place(self) -> dict[str, list[list[RouteStop]]]:
        """Place → the crews there (a crew is where its first filled slot is). Every place has an entry."""
        crews: dict[str, list[list[RouteStop]]] = {place.id: [] for place in self.instance.places}
        for filled in self.by_task.values():
            if filled:
                crews[filled[min(filled)].place].append(list(filled.values()))
        return crews

    @cached_property
    def visits_by_household(self) -> dict[str, list[Visit]]:
        """Household → its visits, its cases' among them; only households with visits."""
        return self.instance.derived(derived.visits_by_household, derived.OF_HOUSEHOLDS)

    @cached_property
    def tasks_by_case(self) -> dict[str, list[Visit | Shift]]:
        """Case → its visits and shifts; only cases with any."""
        return self.instance.derived(derived.tasks_by_case, frozenset({"visits", "shifts"}))

    def _stop(self, part: Assignment) -> RouteStop:
        task = self.instance.task_by_id[part.task]
        return RouteStop(task, part.slot, part.person, part.place, part.start, part.end)

    @cached_property
    def by_person(self) -> dict[str, list[RouteStop]]:
        """Every person's stops in order of start. Every person has an entry."""
        stops_of: dict[str, list[RouteStop]] = {person.id: [] for person in self.instance.people}
        for filled in self.by_task.values():
            for stop in filled.values():
                stops_of[stop.person].append(stop)
        for stops in stops_of.values():
            stops.sort(key=_when)
        return stops_of

    @cached_property
    def by_day(self) -> dict[str, dict[int, list[RouteStop]]]:
        """Person id → index of the working day → stops in order; only days with work, in order."""
        return {person: self._days(stops) for person, stops in self.by_person.items()}

    def _days(self, stops: list[RouteStop]) -> dict[int, list[RouteStop]]:
        days: dict[int, list[RouteStop]] = {}
        for stop in stops:
            days.setdefault(self.workday(stop), []).append(stop)
        return days

    def workday(self, stop: RouteStop) -> int:
        """Index of the working day of its person to which a stop belongs (see ``model/workdays.py``)."""
        return self.instance.workdays.day(stop.person, stop.start)

    def touched(self, stop: RouteStop) -> range:
        """Indices of the calendar days on which a stop is under way; an end at midnight touches no more."""
        ticks, last = self._day_ticks, max(stop.start, stop.end - 1)
        return range(stop.start // ticks, last // ticks + 1)

    def touched_days(self, person: str) -> set[int]:
        """Indices of the calendar days on which a person's work is under way."""
        ticks, days = self._day_ticks, set[int]()
        for stop in self.by_person[person]:
            first, last = stop.start // ticks, max(stop.start, stop.end - 1) // ticks
            days.update((first, last) if last <= first + 1 else range(first, last + 1))
        return days

    def days(self, person: str) -> range:
        """Indices of the person's working days: those of the horizon, and the eve where they have one."""
        return range(self.instance.workdays.first(person), self.horizon.days)

    def eve_work(self, person: str, day: int) -> EveWork:
        """What of a working day lies before the horizon."""
        return eve_work(self.instance, self.travel_table, person, day)

    def stops(self, person: str, day: int) -> list[RouteStop]:
        """A person's stops of a working day, in order of start."""
        return self.by_day[person].get(day, [])

    def shown(self, person: str, day: int) -> list[RouteStop]:
        """A person's stops as pages show them by day: day 0 has those of the eve as well."""
        return [*(self.stops(person, EVE) if day == 0 else ()), *self.stops(person, day)]

    def travel(self, person: str, start: str, end: str) -> int:
        """Ticks that the person needs from one place to another."""
        return self.travel_table.between(self.instance.person_by_id[person].mode, start, end)

    def has_way(self, person: str, start: str, end: str) -> bool:
        """Whether there is any way for the person from one place to another."""
        return self.travel_table.has_way(self.instance.person_by_id[person].mode, start, end)

    def way_between_days(self, person: str, before: str, after: str) -> int:
        """Ticks of the way from a day's last place to a later day's first, by way of the stations.

        People go by their end place and their start place, where they have them.
        """
        record = self.instance.person_by_id[person]
        stations = (before, record.end_place, record.start_place, after)
        way = pairwise(place for place in stations if place is not None)
        return sum(self.travel(person, start, end) for start, end in way)

    def _later_spells(self, person: str) -> tuple[int, ...]:
        if person not in self._spells_of:
            self._spells_of[person] = later_spells(self.instance, person)
        return self._spells_of[person]

    def goes_home(self, before: RouteStop, after: RouteStop) -> bool:
        """Whether its person goes home between two stops that follow each other on a working day.

        A stop is of the spell in which its task could begin: its start less its slot's least spacing.
        """
        later = self._later_spells(before.person)
        if not later:
            return False
        begins = (stop.start - self._spacing(stop) for stop in (before, after))
        first, last = (bisect_right(later, moment) for moment in begins)
        return first != last

    def _spacing(self, stop: RouteStop) -> int:
        return self.task_slots[stop.task.id][stop.slot].after[0]

    def way(self, before: RouteStop, after: RouteStop) -> int:
        """Ticks of the way between two stops that follow each other on a working day, by home or straight."""
        if self.goes_home(before, after):
            return self.way_between_days(before.person, before.place, after.place)
        return self.travel(before.person, before.place, after.place)

    def legs(self, person: str, day: int) -> list[Leg]:
        """The legs of a working day, in order; none on a day without work.

        Over a long pause one leads to the end place, and one from there by the start place.
        """
        legs = self._legs_of.setdefault(person, {})
        if day not in legs:
            legs[day] = self._legs(person, self.stops(person, day))
        return legs[day]

    def _legs(self, person: str, stops: list[RouteStop]) -> list[Leg]:
        if not stops:
            return []
        record = self.instance.person_by_id[person]
        legs: list[Leg] = []
        if record.start_place is not None:
            legs.append((None, stops[0], self.travel(person, record.start_place, stops[0].place)))
        for before, after in pairwise(stops):
            if record.end_place and record.start_place and self.goes_home(before, after):
                back = self.travel(person, before.place, record.end_place)
                whole = self.way(before, after)
                legs += [(before, None, back), (None, after, whole - back)]
            else:
                legs.append((before, after, self.travel(person, before.place, after.place)))
        if record.end_place is not None:
            legs.append((stops[-1], None, self.travel(person, stops[-1].place, record.end_place)))
        return legs

    def work_ticks(self, person: str, day: int) -> int:
        """Work of a working day: time at stops, and travel where the settings count it."""
        total = sum(stop.end - stop.start for stop in self.stops(person, day))
        if self.instance.settings.travel_counts:
            total += sum(ticks for _, _, ticks in self.legs(person, day))
        return total

    def present(self, person: str) -> list[tuple[int, int]]:
        """Spans ``[start, end)`` of a person's presence, joined; see `Instance.presence`."""
        return self.instance.presence(person)


def _when(stop: RouteStop) -> tuple[int, int, str, int]:
    """Sorts stops by time; those at one time always in the same order, whichever came first."""
    return stop.start, stop.end, stop.task.id, stop.slot
