"""What remains of a roster after changes, and what falls.

A part falls where a change forces it to: its work is cancelled, its person away, its place closed,
its window gone. Then falls what cannot be without it: a crew that is too small, the rest of a
bundle, a visit that requires another before it.
"""

from scheduler.model import Assignment, Instance, Roster, Shift, Visit
from scheduler.model.changes import Absence, Changes, Closure, Windows
from scheduler.model.tasks import is_done

Crews = dict[str, list[Assignment]]
Hit = Absence | Closure | Windows


def what_remains(
    instance: Instance, roster: Roster, changes: Changes
) -> tuple[list[Assignment], list[Assignment]]:
    """(assignments that still hold in the changed instance, those that do not)."""
    hit = [one for one in changes.changes if isinstance(one, Absence | Closure | Windows)]
    planned = [_where(instance, one) for one in roster.assignments]
    crews: Crews = {}
    for one in planned:
        if not _falls(instance, one, hit):
            crews.setdefault(one.task, []).append(one)
    before = {one.task for one in planned}
    while broken := _broken(instance, crews, before):
        crews = {task: crew for task, crew in crews.items() if task not in broken}
    remaining = {one for crew in crews.values() for one in crew}
    return (
        [one for one in planned if one in remaining],
        [one for one in planned if one not in remaining],
    )


def _where(instance: Instance, one: Assignment) -> Assignment:
    """The same part, at the shift's place where that was moved."""
    task = instance.task_by_id.get(one.task)
    return one.model_copy(update={"place": task.place}) if isinstance(task, Shift) else one


def _falls(instance: Instance, one: Assignment, hit: list[Hit]) -> bool:
    task = instance.task_by_id.get(one.task)
    if task is None:
        return True
    for change in hit:
        if isinstance(change, Windows):
            if change.visit == one.task and isinstance(task, Visit):
                begun = one.start - task.slots[one.slot].after[0]
                if not any(window.start <= begun < window.end for window in change.windows):
                    return True
        elif one.start < change.end and one.end > change.start:
            if isinstance(change, Absence) and change.person == one.person:
                return True
            if isinstance(change, Closure) and change.place == one.place:
                return True
    return False


def _broken(instance: Instance, crews: Crews, before: set[str]) -> set[str]:
    """Tasks that were done and cannot remain beside what has fallen."""
    fallen = before - crews.keys()
    bundles = {
        visit.bundle for visit in instance.visits if visit.bundle is not None and visit.id in fallen
    }
    broken = {
        gap.second for gap in instance.gaps if gap.requires and gap.first in fallen
    } & crews.keys()
    for task, crew in crews.items():
        visit = instance.task_by_id[task]
        if isinstance(visit, Visit) and (
            visit.bundle in bundles or not is_done(visit, {one.slot for one in crew})
        ):
            broken.add(task)
    return broken
