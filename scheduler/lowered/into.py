"""Into: what a rule lowers itself into. One builder for each primitive, and the dense indices."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scheduler.facts.eve import EveWork, eve_work
from scheduler.lowered.capacity import CapacityBuilder
from scheduler.lowered.crew import CrewBuilder
from scheduler.lowered.day import DayBuilder, has_eve, starts_by_the_calendar
from scheduler.lowered.distinct import DistinctBuilder
from scheduler.lowered.empty import EmptyBuilder
from scheduler.lowered.fit import FitBuilder, People
from scheduler.lowered.follow import FollowBuilder
from scheduler.lowered.gap import GapBuilder
from scheduler.lowered.index import Index
from scheduler.lowered.lowered import Lowered
from scheduler.lowered.mix import MixBuilder
from scheduler.lowered.price import STANDARD, TOP, Scale
from scheduler.lowered.recovery import RecoveryBuilder
from scheduler.lowered.run import RunBuilder
from scheduler.lowered.spells import over_spells
from scheduler.lowered.total import TotalBuilder
from scheduler.lowered.travel import TravelBuilder
from scheduler.lowered.window import WindowBuilder
from scheduler.model import Gap, Instance, Level, Person, Place, Published, Shift, Visit
from scheduler.model.spells import later_spells
from scheduler.model.tasks import TaskSlot
from scheduler.travel.base import MODES

Item = TypeVar("Item")
Value = TypeVar("Value")


class Into:
    """The builders, and the level and weight of the rule that is being lowered.

    A rule loops over people, tasks, slots, places and gaps by these methods, so that `whom` says at
    any time for whom it writes: the key of the outermost loop (the id of a person, task or place, the
    number of a gap, the name of a group), "" outside all loops. A loop inside another, such as a loop
    over people who may not fill a slot, changes nothing.
    """

    def __init__(self, index: Index, scale: Scale = STANDARD):
        self.index = index
        self.scale = scale
        instance = index.instance
        people = instance.people
        past = [instance.past(person.id) for person in people]
        self.fit = FitBuilder(len(index.slots), len(people))
        self.window = WindowBuilder(len(index.tasks), len(index.slots))
        self.empty = EmptyBuilder(
            len(index.slots), index.least, [slot.must for slot in index.slots]
        )
        self.crew = CrewBuilder(
            [slot.after for slot in index.slots], [slot.duration for slot in index.slots]
        )
        self.gap = GapBuilder()
        self.travel = TravelBuilder(
            index.travel_table.ticks,
            index.travel_table.no_way,
            [MODES.index(person.mode) for person in people],
            [self._place(person.start_place) for person in people],
            [self._place(person.end_place) for person in people],
            instance.settings.travel_counts,
        )
        begins = [instance.workdays.begins(person.id) for person in people]
        self._begins = np.array(begins, dtype=np.int64).reshape(len(people), index.days)
        self._later_spells = [later_spells(instance, person.id) for person in people]
        self.day = DayBuilder(self._begins, instance.horizon.end)
        self.total = TotalBuilder(
            [slot.duration for slot in index.slots],
            [slot.after[0] for slot in index.slots],
            index.task_of,
            index.day_ticks,
            index.days if has_eve(self._begins) else None,
        )
        self.run = RunBuilder(index.days)
        self.recovery = RecoveryBuilder()
        self.follow = FollowBuilder(
            [before.last_end for before in past],
            [self._place(before.last_place) for before in past],
            len(index.slots),
        )
        self.distinct = DistinctBuilder(len(people))
        self.mix = MixBuilder(len(people))
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

    def days(self, person: str) -> range:
        """Working days of a person given by id: those of the horizon, and the eve (-1) where they have one."""
        return range(self.instance.workdays.first(person), self.index.days)

    def eve_work(self, person: str, day: int) -> EveWork:
        """What of a working day of a person given by id lies before the horizon."""
        return eve_work(self.instance, self.index.travel_table, person, day)

    def edges(self) -> list[list[int]]:
        """[task], ticks in order: starts from which on some slot has another day for somebody.

        The working day of somebody, or a calendar day that the task touches and a total asks for.
        """
        begins = np.unique(self._begins)
        midnights = begins % self.index.day_ticks == 0
        every, moved = begins.tolist(), begins[~midnights].tolist()
        found = self.total.edges(self.window.spans(self.index.day_ticks))
        for slot, task in zip(self.index.slots, self.index.task_of, strict=True):
            least = slot.after[0]
            found[task].update(begin - least for begin in (every if least else moved))
        later = {moment for spells in self._later_spells for moment in spells}
        for edges in found if later else ():
            edges.update(later)
        return [sorted(edges) for edges in found]

    def build(self) -> Lowered:
        """All primitives, frozen."""
        window = self.window.build(self.edges(), self.index.day_ticks)
        crew, travel, follow = self.crew.build(), self.travel.build(), self.follow.build()
        if any(self._later_spells):
            over = over_spells(travel, window, follow.past_place, self._later_spells, self._begins)
            travel, window = over.travel, over.window
            follow = replace(follow, past_place=over.past_place)
        at_midnight = starts_by_the_calendar(
            window, self._begins, self.index.task_of, crew.least, self.index.day_ticks
        )
        return Lowered(
            index=self.index,
            scale=self.scale,
            fit=self.fit.build(),
            window=window,
            empty=self.empty.build(),
            crew=crew,
            gap=self.gap.build(),
            travel=travel,
            day=self.day.build(),
            total=self.total.build(window, at_midnight=at_midnight),
            run=self.run.build(),
            recovery=self.recovery.build(),
            follow=follow,
            distinct=self.distinct.build(),
            mix=self.mix.build(),
            capacity=self.capacity.build(),
        )

    def points(self, amount: int = 1) -> int:
        """The rule's amount in points of the engines' objective, by its level and weight here; TOP at most."""
        return min(TOP, amount * self.weight * self.scale.of(self.level))

    def _each(self, items: Iterable[Item], keys: Iterable[str]) -> Iterator[Item]:
        """The items; meanwhile `whom` is the current item's key, unless an outer loop has set it."""
        if self.whom:
            yield from items
            return
        try:
            for item, self.whom in zip(items, keys, strict=True):
                yield item
        finally:
            self.whom = ""

    def people(self) -> Iterator[tuple[int, Person]]:
        """(index, person)."""
        return self._each(enumerate(self.instance.people), self.index.person)

    def tasks(self) -> Iterator[tuple[int, Visit | Shift]]:
        """(task index, visit or shift)."""
        return self._each(enumerate(self.index.tasks), self.index.task)

    @cached_property
    def _visits(self) -> list[tuple[int, Visit]]:
        return [(n, task) for n, task in enumerate(self.index.tasks) if isinstance(task, Visit)]

    def visits(self) -> Iterator[tuple[int, Visit]]:
        """(task index, visit)."""
        return self._each(self._visits, [visit.id for _, visit in self._visits])

    def shifts(self) -> Iterator[tuple[int, Shift]]:
        """(task index, shift)."""
        shifts = [(n, task) for n, task in enumerate(self.index.tasks) if isinstance(task, Shift)]
        return self._each(shifts, [shift.id for _, shift in shifts])

    @cached_property
    def _slots(self) -> list[tuple[int, Visit | Shift, TaskSlot]]:
        tasks, task_of = self.index.tasks, self.index.task_of
        return [(n, tasks[task_of[n]], slot) for n, slot in enumerate(self.index.slots)]

    def slots(self) -> Iterator[tuple[int, Visit | Shift, TaskSlot]]:
        """(slot index, its task, slot)."""
        return self._each(self._slots, [task.id for _, task, _ in self._slots])

    def places(self) -> Iterator[tuple[int, Place]]:
        """(index, place)."""
        return self._each(enumerate(self.instance.places), self.index.place)

    def gaps(self) -> Iterator[tuple[int, Gap]]:
        """(number, gap)."""
        gaps = self.instance.gaps
        return self._each(enumerate(gaps), map(str, range(len(gaps))))

    def each(self, groups: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
        """(key, value) of a rule's groups, by a task's id or a bundle's name."""
        return self._each(groups.items(), groups)

    @cached_property
    def published(self) -> dict[str, tuple[Published, ...]]:
        """Published parts by id of their task, of the tasks that are lowered."""
        parts_by_task: dict[str, tuple[Published, ...]] = {}
        for part in self.instance.published:
            if part.task in self.index.task:
                parts_by_task[part.task] = (*parts_by_task.get(part.task, ()), part)
        return parts_by_task

    def slots_of(self, task: str) -> list[int]:
        """Slot indices of a task given by id."""
        return list(self.index.slots_of(self.index.task[task]))

    def others(self, people: Collection[int]) -> NDArray[np.int64]:
        """Indices of everybody but some people."""
        left = np.ones(len(self.instance.people), dtype=np.bool_)
        left[list(people)] = False
        return np.flatnonzero(left)

    def forbid(self, slot: int, person: People, amount: int = 1) -> None:
        """People who would break the rule in this slot: banned where it is hard, else priced."""
        if self.level is Level.HARD:
            self.fit.ban(slot, person)
        else:
            self.fit.add(slot, person, self.points(amount))
