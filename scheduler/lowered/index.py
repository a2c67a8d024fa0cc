"""Dense indices of an instance: people, days, places, tasks, slots. Engines see no ids."""

from dataclasses import dataclass

from scheduler.model import Instance, Shift, Visit
from scheduler.model.tasks import TaskSlot, least_crew, slots, tasks
from scheduler.travel import Travel


@dataclass(frozen=True)
class Index:
    """Positions of the domain's ids in the engines' arrays.

    slot_of[task] is the first slot of the task; its slots follow one another.
    """

    instance: Instance
    travel_table: Travel
    people: tuple[str, ...]
    tasks: tuple[Visit | Shift, ...]
    person: dict[str, int]
    place: dict[str, int]
    task: dict[str, int]
    slots: tuple[TaskSlot, ...]
    task_of: tuple[int, ...]
    slot_of: tuple[int, ...]
    least: tuple[int, ...]

    @property
    def days(self) -> int:
        """Number of days."""
        return self.instance.horizon.days

    @property
    def day_ticks(self) -> int:
        """Ticks in a day."""
        return self.instance.horizon.day_ticks

    def slots_of(self, task: int) -> range:
        """Slot indices of a task."""
        end = self.slot_of[task + 1] if task + 1 < len(self.slot_of) else len(self.slots)
        return range(self.slot_of[task], end)


def index(instance: Instance, travel_table: Travel) -> Index:
    """Number everything in the order of the instance; visits come before shifts."""
    all_tasks = tasks(instance)
    flat: list[TaskSlot] = []
    task_of: list[int] = []
    slot_of: list[int] = []
    for number, task in enumerate(all_tasks):
        slot_of.append(len(flat))
        flat.extend(slots(task))
        task_of.extend([number] * (len(flat) - slot_of[number]))
    people = tuple(person.id for person in instance.people)
    return Index(
        instance=instance,
        travel_table=travel_table,
        people=people,
        tasks=all_tasks,
        person={person: number for number, person in enumerate(people)},
        place=travel_table.index,
        task={task.id: number for number, task in enumerate(all_tasks)},
        slots=tuple(flat),
        task_of=tuple(task_of),
        slot_of=tuple(slot_of),
        least=tuple(least_crew(task) for task in all_tasks),
    )
