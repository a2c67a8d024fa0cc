"""What began before the freeze: no change moves it, and where one meets it there is a notice."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scheduler.model import Assignment, Instance, Problem, Roster
from scheduler.model.changes import Absence, Cancel, Change, Changes, Closure, Windows
from scheduler.model.pointer import pointer
from scheduler.model.tasks import slots


@dataclass(frozen=True)
class Begun:
    """The published parts of the tasks that begin before the freeze's `time`, and the tasks' ids."""

    parts: tuple[Assignment, ...]
    tasks: frozenset[str]

    def of_person(self, change: Absence) -> list[Assignment]:
        """Parts of the person who is absent, within that time."""
        return [part for part in self._during(change) if part.person == change.person]

    def at_place(self, change: Closure) -> list[Assignment]:
        """Parts at the place that is closed, within that time."""
        return [part for part in self._during(change) if part.place == change.place]

    def of_change(self, instance: Instance, change: Change) -> list[Assignment]:
        """Parts that a change would take away, had they not begun."""
        if isinstance(change, Absence):
            return self.of_person(change)
        if isinstance(change, Closure):
            return self.at_place(change)
        if isinstance(change, Cancel):
            cancelled = {change.task}
            if change.case is not None:
                cancelled |= {visit.id for visit in instance.visits if visit.case == change.case}
            return [part for part in self.parts if part.task in cancelled]
        if isinstance(change, Windows):
            return [
                part
                for part in self.parts
                if part.task == change.visit and not starts_inside(instance, part, change)
            ]
        return []

    def faults(self, instance: Instance, tasks: Collection[str], number: int) -> list[Problem]:
        """A fault for each of the tasks, which a change by hand would change, that has begun."""
        return [
            Problem(
                code="already_begun",
                pointer=pointer("changes", number),
                value=task,
                slots={"task": instance.task_by_id[task].name},
            )
            for task in sorted(self.tasks.intersection(tasks))
        ]

    @staticmethod
    def over(parts: Sequence[Assignment]) -> int:
        """When the last of these parts ends, in ticks; 0 without any."""
        return max((part.end for part in parts), default=0)

    def _during(self, change: Absence | Closure) -> Iterator[Assignment]:
        for part in self.parts:
            if part.start < change.end and part.end > change.start:
                yield part


def begun(instance: Instance, roster: Roster, changes: Changes) -> Begun:
    """What of a roster begins before the freeze of the changes."""
    until = changes.freeze.time
    tasks = frozenset(
        part.task
        for part in roster.assignments
        if until is not None and part.start < until and part.task in instance.task_by_id
    )
    return Begun(tuple(part for part in roster.assignments if part.task in tasks), tasks)


def starts_inside(instance: Instance, part: Assignment, change: Windows) -> bool:
    """Whether a part's visit starts in one of its new windows."""
    start = part.start - slots(instance.task_by_id[part.task])[part.slot].after[0]
    return any(window.start <= start < window.end for window in change.windows)


def notices(instance: Instance, changes: Changes, begun: Begun) -> tuple[Problem, ...]:
    """A warning for each change and task that it cannot undo, because it has begun."""
    found = []
    for number, change in enumerate(changes.changes):
        for task in dict.fromkeys(part.task for part in begun.of_change(instance, change)):
            record = instance.task_by_id[task]
            found.append(
                Problem(
                    code="already_begun",
                    pointer=pointer("changes", number),
                    value=task,
                    severity="warning",
                    slots={"task": record.name},
                )
            )
    return tuple(found)
