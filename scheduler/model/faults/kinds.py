"""Kinds of work that are named and that no work has, and wishes that no work meets: warnings.

Each kind is told once, at the first place that names it, with the kind that may have been meant.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from scheduler.model.errors import Problem, warning
from scheduler.model.faults.supply import is_hard
from scheduler.model.instance import Instance
from scheduler.model.people import Limits, Person, Wish
from scheduler.model.pointer import SHORT, Path, Words, likest, nearest
from scheduler.model.settings import Settings
from scheduler.model.tasks import tasks
from scheduler.model.work import Duty, Shift, Visit, Way

_MOST_LOOKS = 200
"""So many kinds are looked at for a kind like them, and so many of a single task for a slip."""
_MOST_AGREED_LOOKS = 20
_COMMON = 3
"""A kind that so many tasks have is likelier meant than one like it that a single task has."""


def kinds(instance: Instance) -> Iterator[Problem]:
    """Warnings of kinds and wishes that match nothing; ids must be sound."""
    known = work_kinds(instance)
    if known.all:
        yield from _unknown_kinds(instance, known)
        yield from _agreed_to_nothing(instance, known)
        yield from _wishes(instance, known)


def ways(instance: Instance, duty: Duty) -> tuple[Way, ...]:
    """The duty's ways, else those of its household's risk class."""
    risk = instance.household_by_id[duty.household].risk
    return duty.ways or instance.settings.duties.ways.get(risk, ())


def work_kinds(instance: Instance) -> "WorkKinds":
    """The kinds of work of an instance, found once."""
    return instance.derived(WorkKinds, _OF_KINDS)


_OF_KINDS = frozenset({"visits", "shifts", "cases", "duties", "households", "settings"})


class WorkKinds:
    """The kinds of work there are or may fall due, and how many visits and shifts have each."""

    def __init__(self, instance: Instance):
        self.tasks = Counter(task.kind for task in tasks(instance))
        self.all = {*self.tasks, *(case.kind for case in instance.cases)}
        for duty in instance.duties:
            self.all |= {way.kind for way in ways(instance, duty)}
        common = Words(kind for kind, count in self.tasks.items() if count >= _COMMON)
        single = islice((kind for kind, count in self.tasks.items() if count == 1), _MOST_LOOKS)
        self.slips = {kind: meant for kind in single if (meant := _meant(kind, common))}
        """Kinds of a single task that look like a slip of the pen → the kind that was meant."""
        self._words = Words(self.all - self.slips.keys())
        self._likes: dict[str, str] = {}
        self._agreed_likes = 0

    def like(self, kind: str) -> str:
        """The kind most like a word; one that begins alike comes first. "" where none is like it."""
        if kind not in self._likes and len(self._likes) < _MOST_LOOKS:
            self._likes[kind] = likest(kind, self._words)
        return self._likes.get(kind, "")

    def agreed_like(self, people: Iterable[Person], kind: str) -> str:
        """A kind that somebody agreed to, that no work has, and that is like this one; "" for none."""
        self._agreed_likes += 1
        if self._agreed_likes > _MOST_AGREED_LOOKS:
            return ""
        agreed = chain.from_iterable(person.agreed or () for person in people)
        return likest(kind, Words(set(agreed) - self.all))


def _meant(kind: str, common: Words) -> str:
    words = [word for word in common.around(kind) if word[:1] == kind[:1]]
    return nearest(kind, words, 0.5 if len(kind) <= SHORT else 0.85)


def _named_kinds(instance: Instance) -> Iterator[tuple[str, Path]]:
    """(kind, where) of every kind that limits, wishes and sequences name."""
    for index, person in enumerate(instance.people):
        yield from _of_limits(person.limits, "people", index, "limits")
        for number, wish in enumerate(person.wishes):
            if wish.kind is not None:
                yield wish.kind, ("people", index, "wishes", number, "kind")
    for role, limits in instance.settings.limits.items():
        yield from _of_limits(limits, "settings", "limits", str(role))
    for number, pair in enumerate(instance.settings.forbidden_sequences):
        for place, kind in enumerate(pair):
            yield kind, ("settings", "forbidden_sequences", number, place)
    for number, kind in enumerate(instance.settings.calendar.open_kinds):
        yield kind, ("settings", "calendar", "open_kinds", number)
    if instance.settings.counselling_kinds != Settings().counselling_kinds:
        for number, kind in enumerate(instance.settings.counselling_kinds):
            yield kind, ("settings", "counselling_kinds", number)


def _of_limits(limits: Limits, *path: str | int) -> Iterator[tuple[str, Path]]:
    for name, spec in Limits.specs().items():
        if spec.unit == "counts":
            for kind in getattr(limits, name) or ():
                yield kind, (*path, name, kind)


def _unknown_kinds(instance: Instance, kinds: WorkKinds) -> Iterator[Problem]:
    """Kinds without work; which kinds are counselling is said for every week, so that only a slip is told."""
    paths_of: dict[str, list[Path]] = {}
    for kind, path in _named_kinds(instance):
        paths_of.setdefault(kind, []).append(path)
    for kind, agreed_paths in _agreed(instance, kinds).items():
        paths_of.setdefault(kind, []).extend(agreed_paths)
    for kind, paths in paths_of.items():
        if kind in kinds.all:
            continue
        like = kinds.like(kind)
        if like or any(path[:2] != ("settings", "counselling_kinds") for path in paths):
            slots = {"suggestion": like, "count": str(len(paths))}
            yield warning("unknown_kind", paths[0], kind, slots)
    for name in ("visits", "shifts"):
        for index, task in enumerate(getattr(instance, name)):
            if task.kind in kinds.slips and task.kind not in paths_of:
                meant = kinds.slips[task.kind]
                slots = {"suggestion": meant, "count": str(kinds.tasks[meant])}
                yield warning("kind_of_one", (name, index, "kind"), task.kind, slots)


def _agreed(instance: Instance, kinds: WorkKinds) -> dict[str, list[Path]]:
    """Kinds that people agreed to and no work has → where, but for those of other weeks.

    A kind that several agreed to is no slip of the pen, unless one like it is there and not in their lists.
    """
    paths_of: dict[str, list[Path]] = {}
    lists_of: dict[str, list[tuple[str, ...]]] = {}
    for index, person in enumerate(instance.people):
        for number, kind in enumerate(person.agreed or ()):
            if kind not in kinds.all:
                paths_of.setdefault(kind, []).append(("people", index, "agreed", number))
                lists_of.setdefault(kind, []).append(person.agreed or ())
    return {
        kind: paths
        for kind, paths in paths_of.items()
        if len(paths) < _COMMON
        or ((like := kinds.like(kind)) and not any(like in agreed for agreed in lists_of[kind]))
    }


def _agreed_to_nothing(instance: Instance, kinds: WorkKinds) -> Iterator[Problem]:
    if is_hard(instance, "agreed_work"):
        for index, person in enumerate(instance.people):
            if person.agreed is not None and kinds.all.isdisjoint(person.agreed):
                yield warning("agreed_to_nothing", ("people", index, "agreed"), person.name)


def _wishes(instance: Instance, kinds: WorkKinds) -> Iterator[Problem]:
    """Wishes for work that no task can meet, though kind, place and days are each right."""
    by_kind: dict[str, list[Visit | Shift]] = {}
    for task in tasks(instance):
        by_kind.setdefault(task.kind, []).append(task)
    due = any((instance.duties, instance.cases))
    for index, person in enumerate(instance.people):
        for number, wish in enumerate(person.wishes):
            unknown = wish.kind is not None and wish.kind not in kinds.all
            of_kind = tasks(instance) if wish.kind is None else by_kind.get(wish.kind, ())
            if not wish.want or unknown or due or not _in_week(instance, wish):
                continue
            if not any(_meets(instance, wish, task) for task in of_kind):
                yield warning(
                    "wish_matches_nothing", ("people", index, "wishes", number), person.name
                )


def _in_week(instance: Instance, wish: Wish) -> bool:
    horizon = instance.horizon
    return not wish.days or any(0 <= horizon.day(day) < horizon.days for day in wish.days)


def _meets(instance: Instance, wish: Wish, task: Visit | Shift) -> bool:
    """Whether some start of the task may lie on the wish's days, at its place alone."""
    places = task.places if isinstance(task, Visit) else (task.place,)
    if wish.place is not None and places != (wish.place,):
        return False
    if not wish.days:
        return True
    horizon = instance.horizon
    length = horizon.day_ticks
    days = [(day * length, (day + 1) * length) for day in map(horizon.day, wish.days)]
    spans = (
        [(window.start, window.end + task.duration) for window in task.windows]
        if isinstance(task, Visit)
        else [(task.start, task.start + task.duration)]
    )
    return any(start < last and first < end for start, end in spans for first, last in days)
