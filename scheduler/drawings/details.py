"""What the pages' board shows beside the report's: ids and slots, duties, undone work, and marks of a bar."""

from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.drawings.board import Board
from scheduler.facts import RouteStop
from scheduler.model import Shift, Visit, Window
from scheduler.model.tasks import Rank, is_done, least_headcount

_RANKS = (Rank.MINIMUM, Rank.TARGET)
HIDDEN_KIND = "hidden"
"""What addresses call the kind of private work."""


class DetailedBoard(Board):
    """The arrays of a board that one acts on. A bar also has its slot: see `details` for the rest."""

    def details(self) -> dict[str, Any]:
        """To be asked after `data`, whose positions of people, tasks, places and bars it names.

        start: date of the first day; …_ids: what addresses call people, tasks, roles, areas and kinds;
        duties: [task, place, start, end, least, target, filled, roles] of each shift; undone: [task,
        missing, 1 if it is grave, first and last moment, length, first slot missed, place, days] the most
        urgent first; pinned and changed: bars, by position.
        """
        instance = self.facts.instance
        duties = [self._duty(shift) for shift in instance.shifts if not _elsewhere(shift.id)]
        undone = sorted(
            self._undone(), key=lambda one: (-self._records[one[0]][2], -one[2], one[3])
        )
        return {
            "start": instance.horizon.start.isoformat(),
            "people_ids": [person.id for person in instance.people],
            "task_ids": list(self._tasks),
            "role_ids": self.roles,
            "area_ids": self._areas(),
            "kind_ids": [kind.id or HIDDEN_KIND for kind in self.kinds],
            "duties": duties,
            "undone": undone,
            "pinned": [n for n, stop in self._stops() if self._is_pinned(stop)],
            "changed": [n for n, stop in self._stops() if self._is_changed(stop)],
        }

    def _bar(self, number: int, stop: RouteStop, travel: int) -> list[int]:
        return [*super()._bar(number, stop, travel), stop.slot]

    def _stops(self) -> Iterator[tuple[int, RouteStop]]:
        """Positions of bars of work with what they show."""
        tasks = list(self._tasks)
        for n, bar in enumerate(self.bars):
            if bar[1] >= 0:
                yield n, self.facts.by_task[tasks[bar[1]]][bar[6]]

    def _is_pinned(self, stop: RouteStop) -> bool:
        return any(pin.slot == stop.slot for pin in self.facts.pins.get(stop.task.id, ()))

    def _is_changed(self, stop: RouteStop) -> bool:
        """Whether it differs from what was published; nothing does in a week that was not."""
        if not self.facts.instance.published:
            return False
        now = (stop.slot, stop.person, stop.place, stop.start)
        return not any(
            (part.slot, part.person, part.place, part.start) == now
            for part in self.facts.published.get(stop.task.id, ())
        )

    def _duty(self, shift: Shift) -> list[Any]:
        slots = self.facts.task_slots[shift.id]
        roles = {role.value for slot in slots for role in slot.roles or ()}
        if any(not slot.roles for slot in slots):  # anybody will do
            roles = set(self.roles)
        return [
            self._task(shift.id),
            self._place(shift.id, shift.place),
            self._minutes(shift.start),
            self._minutes(shift.start + shift.duration),
            least_headcount(shift),
            sum(slot.rank in _RANKS for slot in slots),
            len(self.facts.by_task[shift.id]),
            sorted(self.roles.index(role) for role in roles if role in self.roles),
        ]

    def _undone(self) -> Iterator[list[Any]]:
        for visit in self.facts.instance.visits:
            filled = self.facts.by_task[visit.id]
            missing = self._missing(visit.id)
            if missing and not _elsewhere(visit.id):
                grave = not is_done(visit, filled)
                start, last = visit.windows[0].start, max(one.end for one in visit.windows)
                moments = (start, last, visit.duration)
                yield [
                    *self._undone_line(visit.id, missing, grave, moments),
                    self._place(visit.id, self._spot(visit)),
                    self._days(visit.windows),
                ]
        for shift in self.facts.instance.shifts:
            filled = self.facts.by_task[shift.id]
            missing = self._missing(shift.id)
            if missing and not _elsewhere(shift.id):
                grave = len(filled) < least_headcount(shift)
                moments = (shift.start, shift.start + shift.duration, shift.duration)
                yield [
                    *self._undone_line(shift.id, missing, grave, moments),
                    self._place(shift.id, shift.place),
                    [self.facts.horizon.day_of(shift.start)],
                ]

    def _missing(self, task: str) -> int:
        """Empty slots that count, as `scheduler.explain.why_empty.empty_slots` has them."""
        filled = self.facts.by_task[task]
        slots = enumerate(self.facts.task_slots[task])
        return sum(slot.rank is not Rank.EXTRA for number, slot in slots if number not in filled)

    def _spot(self, visit: Visit) -> str:
        """The first of its places that is on the map, else the first."""
        return next((place for place in visit.places if place in self._at), visit.places[0])

    def _days(self, windows: Sequence[Window]) -> list[int]:
        """Days on which it could be."""
        day_of = self.facts.horizon.day_of
        spans = (range(day_of(one.start), day_of(one.end - 1) + 1) for one in windows)
        return sorted({day for days in spans for day in days})

    def _undone_line(
        self,
        task: str,
        missing: int,
        grave: bool,
        moments: tuple[int, int, int],
    ) -> list[int]:
        filled, slots = self.facts.by_task[task], self.facts.task_slots[task]
        first = next(
            n for n, slot in enumerate(slots) if n not in filled and slot.rank is not Rank.EXTRA
        )
        minutes = [self._minutes(ticks) for ticks in moments]
        return [self._task(task), missing, int(grave), *minutes, first]


def _elsewhere(task: str) -> bool:
    return task.startswith("elsewhere/")
