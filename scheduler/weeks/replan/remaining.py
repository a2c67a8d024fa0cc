"""What remains of a roster after changes, and what falls.

An assignment falls where a change makes it impossible: its task is cancelled, its person away, its
place closed, its window gone. Then falls what cannot be without it: a crew that is too small, the
rest of a bundle, a visit that requires another before it.
"""

from scheduler.model import Assignment, Instance, Roster, Shift, Visit
from scheduler.model.changes import Absence, Changes, Closure, Windows
from scheduler.model.tasks import is_done, tasks

Crews = dict[str, list[Assignment]]
Hit = Absence | Closure | Windows


def what_remains(
    instance: Instance, roster: Roster, changes: Changes
) -> tuple[list[Assignment], list[Assignment]]:
    """(assignments that can stay in the changed instance, those that do not)."""
    hit = [change for change in changes.changes if isinstance(change, Absence | Closure | Windows)]
    planned = [_at_its_place(instance, assignment) for assignment in roster.assignments]
    crews: Crews = {}
    for assignment in planned:
        if not _falls(instance, assignment, hit):
            crews.setdefault(assignment.task, []).append(assignment)
    before = {assignment.task for assignment in planned}
    while broken := _broken(instance, crews, before):
        crews = {task: crew for task, crew in crews.items() if task not in broken}
    remaining = {assignment for crew in crews.values() for assignment in crew}
    return (
        [assignment for assignment in planned if assignment in remaining],
        [assignment for assignment in planned if assignment not in remaining],
    )


def _at_its_place(instance: Instance, assignment: Assignment) -> Assignment:
    """The same part, at the shift's place where that was moved."""
    task = instance.task_by_id.get(assignment.task)
    return (
        assignment.model_copy(update={"place": task.place})
        if isinstance(task, Shift)
        else assignment
    )


def _falls(instance: Instance, assignment: Assignment, hit: list[Hit]) -> bool:
    task = instance.task_by_id.get(assignment.task)
    if task is None:
        return True
    for change in hit:
        if isinstance(change, Windows):
            if change.visit == assignment.task and isinstance(task, Visit):
                begun = assignment.start - task.slots[assignment.slot].after[0]
                if not any(window.start <= begun < window.end for window in change.windows):
                    return True
        elif assignment.start < change.end and assignment.end > change.start:
            if isinstance(change, Absence) and change.person == assignment.person:
                return True
            if isinstance(change, Closure) and change.place == assignment.place:
                return True
    return False


def _broken(instance: Instance, crews: Crews, before: set[str]) -> set[str]:
    """Tasks that were done and cannot remain beside what has fallen."""
    fallen = before - crews.keys()
    bundles = {
        task.bundle for task in tasks(instance) if task.bundle is not None and task.id in fallen
    }
    broken = {
        gap.second for gap in instance.gaps if gap.requires and gap.first in fallen
    } & crews.keys()
    for task, crew in crews.items():
        record = instance.task_by_id[task]
        slots = {assignment.slot for assignment in crew}
        partial = isinstance(record, Visit) and not is_done(record, slots)
        if record.bundle in bundles or partial:
            broken.add(task)
    return broken
