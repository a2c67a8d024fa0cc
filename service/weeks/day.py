"""One day of a week as its coordinator sees it: who does what, what became of it, and which posts are short."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scheduler.facts import Facts, RouteStop
from scheduler.messages.names import is_elsewhere
from scheduler.model import Shift
from scheduler.model.tasks import Rank, least_headcount
from service.weeks.today import Outcomes

StopState = Literal["done", "nobody_in", "not_done", "over", "now", "late", "ahead"]
"""over: it has ended, and nobody said what became of it."""
_WANTED = (Rank.MINIMUM, Rank.TARGET)


@dataclass(frozen=True)
class DayStop:
    """A stop of the day. ended: when it really ended, in ticks; None: not said, or as planned."""

    stop: RouteStop
    state: StopState
    ended: int | None


@dataclass(frozen=True)
class PersonDay:
    """One person's day, the first stop first."""

    person: str
    stops: tuple[DayStop, ...]

    @property
    def now(self) -> DayStop | None:
        """What they are at."""
        return next((one for one in self.stops if one.state == "now"), None)

    @property
    def next(self) -> DayStop | None:
        """What comes next."""
        return next((one for one in self.stops if one.state in ("ahead", "late")), None)

    def count(self, *states: StopState) -> int:
        """Stops in these states."""
        return sum(one.state in states for one in self.stops)


@dataclass(frozen=True)
class PostDay:
    """A shift of the day. least: people without whom it does not count; wanted: people that it should have.

    missing: the first slot that is missed; None: there is none
    """

    shift: Shift
    stops: tuple[RouteStop, ...]
    least: int
    wanted: int
    missing: int | None

    @property
    def short(self) -> bool:
        """Whether it has fewer than it needs."""
        return len(self.stops) < self.least

    @property
    def below(self) -> bool:
        """Whether it has fewer than it should."""
        return len(self.stops) < self.wanted


class DayWork:
    """A day of a week. now: in ticks from the week's start; late: (task, slot) that cannot begin in time."""

    def __init__(
        self,
        facts: Facts,
        number: int,
        now: int,
        outcomes: Outcomes,
        late: Set[tuple[str, int]],
    ):
        self.facts, self.number, self.now = facts, number, now
        self.start = number * facts.horizon.day_ticks
        self.end = self.start + facts.horizon.day_ticks
        self._outcomes = outcomes
        self._late = late

    @cached_property
    def people(self) -> tuple[PersonDay, ...]:
        """Everybody with work that touches the day, nights of the eve too; nobody from other areas without work here."""
        found = []
        for person, stops in self.facts.by_person.items():
            if is_elsewhere(person):
                continue
            mine = [one for one in stops if one.start < self.end and self.start < one.end]
            # What became of work elsewhere is for others to say.
            mine = [one for one in mine if one.end > self.now or not is_elsewhere(one.task.id)]
            if mine:
                found.append(PersonDay(person, tuple(map(self._stop, mine))))
        return tuple(found)

    @cached_property
    def posts(self) -> tuple[PostDay, ...]:
        """The shifts that begin on the day, what is over last; those of other areas are not among them."""
        shifts = [
            shift
            for shift in self.facts.instance.shifts
            if self.start <= shift.start < self.end and not is_elsewhere(shift.id)
        ]
        order = sorted(shifts, key=lambda one: (one.start + one.duration <= self.now, one.start))
        return tuple(map(self._post, order))

    @cached_property
    def span(self) -> tuple[int, int]:
        """Hours of the day between which its work lies, both even."""
        hour = self.facts.horizon.ticks_per_minute * 60
        stops = [one.stop for person in self.people for one in person.stops]
        first = min((max(one.start, self.start) for one in stops), default=self.start + 8 * hour)
        last = max((min(one.end, self.end) for one in stops), default=self.start + 18 * hour)
        low = (first - self.start) // hour // 2 * 2
        return low, max(low + 2, min(24, -(-(last - self.start) // hour // 2) * 2))

    def count(self, *states: StopState) -> int:
        """Stops in these states."""
        return sum(person.count(*states) for person in self.people)

    def _stop(self, stop: RouteStop) -> DayStop:
        key = stop.task.id, stop.slot
        said = self._outcomes.get(key)
        if said is not None:
            return DayStop(stop, said.said["result"], said.said.get("end"))
        return DayStop(stop, self._state(stop), None)

    def _state(self, stop: RouteStop) -> StopState:
        if stop.end <= self.now:
            return "over"
        if (stop.task.id, stop.slot) in self._late:
            return "late"
        return "now" if stop.start <= self.now else "ahead"

    def _post(self, shift: Shift) -> PostDay:
        slots = self.facts.task_slots[shift.id]
        filled = self.facts.by_task[shift.id]
        wanted = [number for number, slot in enumerate(slots) if slot.rank in _WANTED]
        missing = next((number for number in wanted if number not in filled), None)
        return PostDay(shift, tuple(filled.values()), least_headcount(shift), len(wanted), missing)
