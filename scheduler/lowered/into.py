"""Into: what a rule lowers itself into. One builder for each primitive, and the dense indices."""

from collections.abc import Iterator

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
from scheduler.model import Instance, Level, Person, Published, Shift, Visit
from scheduler.model.tasks import TaskSlot
from scheduler.travel.base import MODES


class Into:
    """The builders, and the level and weight of the rule that is being lowered."""

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

    def _place(self, place: str | None) -> int:
        return -1 if place is None else self.index.place[place]

    @property
    def instance(self) -> Instance:
        """The instance that is being lowered."""
        return self.index.instance

    def points(self, amount: int = 1) -> int:
        """The rule's amount in points of the engines' objective, by its level and weight here."""
        return amount * self.weight * self.scale.of(self.level)

    def people(self) -> Iterator[tuple[int, Person]]:
        """(index, person)."""
        return enumerate(self.instance.people)

    def visits(self) -> Iterator[tuple[int, Visit]]:
        """(task index, visit)."""
        for number, task in enumerate(self.index.tasks):
            if isinstance(task, Visit):
                yield number, task

    def shifts(self) -> Iterator[tuple[int, Shift]]:
        """(task index, shift)."""
        for number, task in enumerate(self.index.tasks):
            if isinstance(task, Shift):
                yield number, task

    def slots(self) -> Iterator[tuple[int, Visit | Shift, TaskSlot]]:
        """(slot index, its task, slot)."""
        for number, slot in enumerate(self.index.slots):
            yield number, self.index.tasks[self.index.task_of[number]], slot

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
