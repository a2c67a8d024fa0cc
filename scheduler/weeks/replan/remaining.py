"""What a published roster is worth after changes: what stands, what is loosened, and what is lost.

A part is lost where a change makes it impossible: its task is cancelled, its person away, its place
closed, its window gone. Loosened is what cannot be without it: the rest of a crew that is too small now,
the rest of a bundle, a visit that requires another before it. Its people keep it if they can, at its
price. What has begun stands whatever changes.
"""

from collections.abc import Iterable, Iterator

from scheduler.model import Assignment, Instance, Published, Roster, Shift, Visit
from scheduler.model.changes import Absence, Changes, Closure, Windows
from scheduler.model.remembered import remembered
from scheduler.model.tasks import is_done, moved_up, tasks
from scheduler.weeks.replan.begun import Begun, starts_inside

Crews = dict[str, list[Assignment]]
Hit = Absence | Closure | Windows


def published_after(
    instance: Instance, roster: Roster, changes: Changes, begun: Begun
) -> tuple[Published, ...]:
    """The roster as published in the changed instance, each part with what the changes left of it.

    Parts of tasks that were cancelled are none any more. A promise outlives its person's absence.
    """
    hits = [change for change in changes.changes if isinstance(change, Absence | Closure | Windows)]
    promised = set(changes.promised) | {part.task for part in instance.published if part.promised}
    planned = _planned(instance, roster.assignments)
    crews: Crews = {}
    lost: dict[int, bool] = {}
    """By the identity of the part, which is fast to look up: whether it is for an absence alone."""
    for part in planned:
        fatal = [] if part.task in begun.tasks else [h for h in hits if _hits(instance, part, h)]
        if fatal:
            lost[id(part)] = all(isinstance(change, Absence) for change in fatal)
        else:
            crews.setdefault(part.task, []).append(part)
    before = {part.task for part in roster.assignments}
    short = {part.task for part in planned if id(part) in lost}
    while broken := _broken(instance, crews, before, short) - begun.tasks:
        crews = {task: crew for task, crew in crews.items() if task not in broken}

    def told(part: Assignment) -> Published:
        published = _published(part)
        told = {
            "promised": part.task in promised and lost.get(id(part), True),
            "standing": "lost" if id(part) in lost else "firm" if part.task in crews else "loose",
        }
        return published if told == _PLAIN else published.model_copy(update=told)

    return tuple(_moved_up(instance, list(map(told, planned))))


_PLAIN = {"promised": False, "standing": "firm"}
"""What hardly any change touches."""


@remembered
def _published(part: Assignment) -> Published:
    """An assignment as published, by itself."""
    return Published(
        task=part.task,
        slot=part.slot,
        person=part.person,
        place=part.place,
        start=part.start,
        promised=False,
        standing="firm",
    )


def _moved_up(instance: Instance, published: list[Published]) -> Iterator[Published]:
    """In each need of a shift who stays comes before who is lost."""
    standing = {part.task: set[int]() for part in published if part.standing == "lost"}
    for part in published:
        if part.task in standing and part.standing != "lost":
            standing[part.task].add(part.slot)
    moved = {
        task: moved_up(instance, instance.task_by_id[task], filled)
        for task, filled in standing.items()
    }
    for part in published:
        slot = moved.get(part.task, {}).get(part.slot, part.slot)
        yield part if slot == part.slot else part.model_copy(update={"slot": slot})


def what_remains(
    instance: Instance, roster: Roster
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """(parts of a roster that the changed instance still publishes as they were, all others)."""
    firm = {
        (part.task, part.person, part.start): part.slot
        for part in instance.published
        if part.standing == "firm"
    }
    kept = [firm.get((part.task, part.person, part.start)) for part in roster.assignments]
    parts = list(zip(roster.assignments, kept, strict=True))
    stay = [
        part if slot == part.slot else part.model_copy(update={"slot": slot})
        for part, slot in parts
        if slot is not None
    ]
    return tuple(_planned(instance, stay)), tuple(part for part, slot in parts if slot is None)


def fallen(instance: Instance, roster: Roster) -> tuple[Assignment, ...]:
    """What the changes forced out of a published roster; nothing where none was published."""
    return what_remains(instance, roster)[1] if instance.published else ()


def _planned(instance: Instance, parts: Iterable[Assignment]) -> list[Assignment]:
    """The parts of tasks that there still are, at the shift's place where that was moved."""
    planned = []
    for part in parts:
        task = instance.task_by_id.get(part.task)
        if isinstance(task, Shift) and part.place != task.place:
            planned.append(part.model_copy(update={"place": task.place}))
        elif task is not None:
            planned.append(part)
    return planned


def _hits(instance: Instance, part: Assignment, change: Hit) -> bool:
    """Whether a change makes a part impossible."""
    if isinstance(change, Windows):
        return change.visit == part.task and not starts_inside(instance, part, change)
    if part.start >= change.end or part.end <= change.start:
        return False
    if isinstance(change, Absence):
        return change.person == part.person
    return change.place == part.place


def _broken(instance: Instance, crews: Crews, before: set[str], short: set[str]) -> set[str]:
    """Tasks that were done and cannot remain beside what has fallen. short: some of their crew is lost."""
    fallen = before - crews.keys()
    bundles = {
        task.bundle for task in tasks(instance) if task.bundle is not None and task.id in fallen
    }
    broken = {
        gap.second for gap in instance.gaps if gap.requires and gap.first in fallen
    } & crews.keys()
    for task, crew in crews.items():
        record = instance.task_by_id[task]
        slots = {part.slot for part in crew}
        partial = isinstance(record, Visit) and task in short and not is_done(record, slots)
        if record.bundle in bundles or partial:
            broken.add(task)
    return broken
