"""A published week of three grid workers, small enough to re-plan by hand.

Monday: A checks v at nine and w at ten, B goes with A to the inspection x at two. Tuesday: B minds
the venue s from nine, C counsels y at ten.
"""

from typing import Any

from scheduler.model import Instance, Roster, Slot
from scheduler.model.changes import Changes
from tests.rules.build import at, instance, person, place, roster, shift, visit, window

ROWS = (
    ("v", 0, "A", "P", at(0, "09:00")),
    ("w", 0, "A", "P", at(0, "10:00")),
    ("x", 0, "A", "Q", at(0, "14:00")),
    ("x", 1, "B", "Q", at(0, "14:00")),
    ("s", 0, "B", "P", at(1, "09:00")),
    ("y", 0, "C", "P", at(1, "10:00")),
)
DAYS = tuple(window(day, "09:00", "17:00") for day in range(3))


def week() -> Instance:
    """Visits may be made on any of three days, from nine to five."""
    tasks = [
        visit("v", windows=DAYS),
        visit("w", windows=DAYS),
        visit("x", Slot(), Slot(), places="Q", windows=DAYS),
        visit("y", windows=DAYS, places=("P", "Q")),
        shift("s", at(1, "09:00"), duration=150),
    ]
    people = person("A"), person("B"), person("C")
    return instance(place("P"), place("Q"), *people, *tasks, days=3, ways={("P", "Q"): 20})


def published() -> Roster:
    """The roster that everybody knows."""
    return roster(week(), *ROWS)


def changes(*some: Any, **more: Any) -> Changes:
    """A batch against the week."""
    return Changes(horizon=week().horizon, changes=some, **more)


def rows(found: Roster) -> set[tuple]:
    """(task, slot, person, place, start) of every assignment."""
    return {(one.task, one.slot, one.person, one.place, one.start) for one in found.assignments}
