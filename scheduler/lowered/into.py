"""Into: what a rule lowers itself into. One builder for each primitive, and the dense indices."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from scheduler.lowered.capacity import CapacityBuilder
from scheduler.lowered.crew import CrewBuilder
from scheduler.lowered.day import DayBuilder
from scheduler.lowered.distinct import DistinctBuilder
from scheduler.lowered.empty import EmptyBuilder
from scheduler.lowered.fit import FitBuilder
from scheduler.lowered.follow import FollowBuilder
from scheduler.lowered.gap import GapBuilder
from scheduler.lowered.index import Index
from scheduler.lowered.price import STANDARD, Scale
from scheduler.lowered.run import RunBuilder
from scheduler.lowered.total import TotalBuilder
from scheduler.lowered.travel import TravelBuilder
from scheduler.lowered.window import WindowBuilder
from scheduler.model import Gap, Instance, Level, Person, Place, Published, Shift, Visit
from scheduler.model.tasks import TaskSlot
from scheduler.travel.base import MODES

Item = TypeVar("Item")
Value = TypeVar("Value")


class Into:
    """The builders, and the level and weight of the rule that is being lowered.

    A rule asks for people, tasks, slots, places and gaps here, and so `whom` says at any time for
    whom it writes: the key of the outermost of these loops (the id of a person, task or place, the
    number of a gap; a rule's groups have their names), "" outside them all. A loop within another,
    such as one over people to tell who may not fill a slot, changes nothing.
    """

    def __init__(self, index: Index, scale: Scale = STANDARD):
        self.index = index
        self.scale = scale
        instance = index.instance
        people = instance.people
        past = [instance.past(person.id) for person in people]
        self.fit = FitBuilder(len(index.slots), len(people))
        self.window = WindowBuilder(len(index.tasks))
        self.empty = EmptyBuilder(
            len(index.slots), index.least, [slot.must for slot in index.slots]
        )
        self.crew = CrewBuilder(
            [slot.after for slot in index.slots], [slot.duration for slot in index.slots]
        )
        self.gap = GapBuilder()
        self.travel = TravelBuilder(
            index.ways.ticks,
            [MODES.index(person.mode) for person in people],
            [self._place(person.start_place) for person in people],
            [self._place(person.end_place) for person in people],
            instance.settings.travel_counts,
        )
        self.day = DayBuilder(len(people), index.days, index.day_ticks)
        self.total = TotalBuilder([slot.duration for slot in index.slots])
        self.run = RunBuilder([one.run_on for one in past], [one.run_off for one in past])
        self.follow = FollowBuilder([one.last_end for one in past], len(index.slots))
        self.distinct = DistinctBuilder(len(people))
        self.capacity = CapacityBuilder(len(instance.places))
        self.level = Level.SOFT
        self.weight = 1
        self.whom = ""

    def _place(self, place: str | None) -> int:
        return -1 if place is None else self.index.place[place]

    @property
    def instance(self) -> Instance:
        """The instance that is being lowered."""
        return self.index.instance

    def points(self, amount: int = 1) -> int:
        """The rule's amount in points of the engines' objective, by its level and weight here."""
        return amount * self.weight * self.scale.of(self.level)

    def _each(self, items: Iterable[Item], key: Callable[[Item], str]) -> Iterator[Item]:
        """The items; `whom` is the key of the one that the caller is at, unless an outer loop has said so."""
        if self.whom:
            yield from items
            return
        try:
            for item in items:
                self.whom = key(item)
                yield item
        finally:
            self.whom = ""

    def people(self) -> Iterator[tuple[int, Person]]:
        """(index, person)."""
        return self._each(enumerate(self.instance.people), lambda one: one[1].id)

    def tasks(self) -> Iterator[tuple[int, Visit | Shift]]:
        """(task index, visit or shift)."""
        return self._each(enumerate(self.index.tasks), lambda one: one[1].id)

    def visits(self) -> Iterator[tuple[int, Visit]]:
        """(task index, visit)."""
        every = ((n, task) for n, task in enumerate(self.index.tasks) if isinstance(task, Visit))
        return self._each(every, lambda one: one[1].id)

    def shifts(self) -> Iterator[tuple[int, Shift]]:
        """(task index, shift)."""
        every = ((n, task) for n, task in enumerate(self.index.tasks) if isinstance(task, Shift))
        return self._each(every, lambda one: one[1].id)

    def slots(self) -> Iterator[tuple[int, Visit | Shift, TaskSlot]]:
        """(slot index, its task, slot)."""
        tasks, task_of = self.index.tasks, self.index.task_of
        every = ((n, tasks[task_of[n]], slot) for n, slot in enumerate(self.index.slots))
        return self._each(every, lambda one: one[1].id)

    def places(self) -> Iterator[tuple[int, Place]]:
        """(index, place)."""
        return self._each(enumerate(self.instance.places), lambda one: one[1].id)

    def gaps(self) -> Iterator[tuple[int, Gap]]:
        """(number, gap)."""
        return self._each(enumerate(self.instance.gaps), lambda one: str(one[0]))

    def each(self, groups: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        """(key, value) of what a rule has put together under a task's id, or a bundle's name."""
        return self._each(groups.items(), lambda one: one[0])

    def published(self) -> dict[str, tuple[Published, ...]]:
        """Published parts by task, of the tasks that are lowered."""
        found: dict[str, tuple[Published, ...]] = {}
        for one in self.instance.published:
            if one.task in self.index.task:
                found[one.task] = (*found.get(one.task, ()), one)
        return found

    def slots_of(self, task: str) -> list[int]:
        """Slot indices of a task given by id."""
        return list(self.index.slots_of(self.index.task[task]))

    def forbid(self, slot: int, person: int | list[int], amount: int = 1) -> None:
        """Who breaks the rule in this slot, one or several: banned where it is hard, else priced."""
        if self.level is Level.HARD:
            self.fit.ban(slot, person)
        else:
            self.fit.add(slot, person, self.points(amount))
