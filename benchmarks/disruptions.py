"""Seeded disruptions of a published week: what is reported to a coordinator on an ordinary morning."""

from dataclasses import dataclass
from random import Random

from scheduler.model import Freeze, Instance, Roster, Shift, Visit, Window
from scheduler.model.changes import Absence, Cancel, Change, Changes, Closure, New, Reopen, Windows

SIZES = {"one": 1, "few": 4, "batch": 30}
"""Changes of a scenario by its size; of five scenarios two are of one change, two of few, one a batch."""
TURNS = ("one", "few", "one", "few", "batch")
SINGLE = ("cancel", "absence", "new")
"""Kinds of the single changes of `single_changes`, in turns."""
URGENT = 5
MORNING = 8 * 60
DAY = 24 * 60


@dataclass(frozen=True)
class Disruption:
    """A scenario: its size and its changes, with everything frozen until that morning."""

    number: int
    size: str
    changes: Changes


def disruptions(instance: Instance, roster: Roster, count: int) -> list[Disruption]:
    """The scenarios 0 to `count` of an expanded week and its roster; the same for the same week."""
    return [_disruption(instance, roster, number) for number in range(count)]


def single_changes(instance: Instance, roster: Roster, count: int) -> list[Change]:
    """A visit that is cancelled, somebody who is ill for a day, an urgent visit, and so on; no record twice."""
    draw = _RandomChanges(instance, roster, Random(0), -1)
    return [draw.of(SINGLE[number % len(SINGLE)]) for number in range(count)]


def _disruption(instance: Instance, roster: Roster, number: int) -> Disruption:
    random = Random(number)
    size = TURNS[number % len(TURNS)]
    morning = random.randrange(0, 4) * DAY + MORNING
    draw = _RandomChanges(instance, roster, random, morning)
    changes = [draw.change() for _ in range(SIZES[size])]
    batch = Changes(horizon=instance.horizon, changes=tuple(changes), freeze=Freeze(time=morning))
    return Disruption(number, size, batch)


class _RandomChanges:
    """Draws changes to work after the morning; no person, task or place is changed twice."""

    def __init__(self, instance: Instance, roster: Roster, random: Random, morning: int):
        self._instance, self._random, self._morning = instance, random, morning
        self._later = [part for part in roster.assignments if part.start > morning]
        self._used: set[str] = set()
        self._count = 0

    def change(self) -> Change:
        """A change: new cases above all."""
        kinds = [self._new] * 6 + [self._absence] * 2 + [self._cancel] * 2
        kinds += [self._windows, self._reopen, self._closure]
        while True:
            change = self._random.choice(kinds)()
            if change is not None:
                return change

    def of(self, kind: str) -> Change:
        """A change of a kind of `SINGLE`."""
        draw = {"cancel": self._cancel, "absence": self._absence, "new": self._urgent}[kind]
        while (change := draw()) is None:
            pass
        return change

    def _once(self, name: str) -> bool:
        fresh = name not in self._used
        self._used.add(name)
        return fresh

    def _new(self) -> Change | None:
        """An order like another of the week, possible within two days from now."""
        orders = [
            visit
            for visit in self._instance.visits
            if (visit.duty, visit.case, visit.bundle) == (None, None, None) and not visit.must
        ]
        visit = self._random.choice(orders)
        self._count += 1
        update = {"id": f"new/{self._count}", "windows": self._soon(visit), "due": None}
        return New(visits=(visit.model_copy(update=update),))

    def _urgent(self) -> Change | None:
        new = self._new()
        assert isinstance(new, New)
        visits = (visit.model_copy(update={"priority": URGENT}) for visit in new.visits)
        return new.model_copy(update={"visits": tuple(visits)})

    def _soon(self, visit: Visit) -> tuple[Window, ...]:
        first = visit.windows[0]
        opens, length = first.start % DAY, first.end - first.start
        days = range(
            self._morning // DAY, min(self._morning // DAY + 3, self._instance.horizon.days)
        )
        spans = [
            (max(day * DAY + opens, self._morning), day * DAY + opens + length) for day in days
        ]
        return tuple(Window(start=start, end=end) for start, end in spans if start < end)

    def _absence(self) -> Change | None:
        part = self._random.choice(self._later)
        if not self._once(f"person {part.person}"):
            return None
        day = part.start // DAY
        return Absence(person=part.person, **{"from": day * DAY, "to": (day + 1) * DAY})

    def _cancel(self) -> Change | None:
        part = self._random.choice(self._later)
        return Cancel(task=part.task) if self._once(f"task {part.task}") else None

    def _windows(self) -> Change | None:
        visit = self._instance.task_by_id[self._random.choice(self._later).task]
        if not isinstance(visit, Visit) or not self._once(f"task {visit.id}"):
            return None
        later = [span for span in visit.windows if span.end > self._morning + 60]
        return Windows(visit=visit.id, windows=(self._random.choice(later),)) if later else None

    def _reopen(self) -> Change | None:
        visit = self._random.choice(self._instance.visits)
        if visit.duty or visit.case or visit.must or not self._once(f"task {visit.id}"):
            return None
        return Reopen(visit=visit.id, windows=self._soon(visit))

    def _closure(self) -> Change | None:
        task = self._instance.task_by_id[self._random.choice(self._later).task]
        if not isinstance(task, Shift) or not self._once(f"place {task.place}"):
            return None
        day = task.start // DAY
        return Closure(place=task.place, **{"from": day * DAY, "to": (day + 1) * DAY})
