"""A tiny instance in a few lines: a few days, a few ways, no limits but those it is about."""

from dataclasses import dataclass
from typing import Any

from instances.parts.draft import FIRST_DAY
from scheduler.model import (
    Assignment,
    Horizon,
    Instance,
    Person,
    Place,
    Role,
    Roster,
    Score,
    Settings,
    StraightLine,
    Window,
)
from scheduler.model.people import Limits

NAMES = {Role.GRID_WORKER: "专职网格员", Role.COUNSELLOR: "心理咨询员"}


@dataclass(frozen=True)
class Tiny:
    """An instance, a roster of it that no other beats, and that roster's score."""

    instance: Instance
    best: Roster
    score: Score


def tiny(
    id: str,
    score: Score,
    *best: tuple[str, int, str, str, int, int],
    travel: dict[tuple[str, str], int] | None = None,
    places: tuple[Place, ...] = (),
    days: int = 1,
    rules: dict[str, Any] | None = None,
    **records: Any,
) -> Tiny:
    """`best` holds (task, slot, person, place, start, end); `travel` the minutes between two places."""
    horizon = Horizon(start=FIRST_DAY, days=days)
    ids, minutes = [place.id for place in places], travel or {}
    known: dict[str, dict[str, int | None]] = {
        start: {
            end: minutes.get((start, end), minutes.get((end, start), 0))
            for end in ids[number + 1 :]
        }
        for number, start in enumerate(ids[:-1])
    }
    ways = StraightLine(known_minutes=known)
    instance = Instance(
        id=f"tiny/{id}",
        horizon=horizon,
        places=places,
        settings=Settings(travel=ways, limits={"default": Limits()}, rules=rules or {}),
        **records,
    )
    assignments = tuple(
        Assignment(task=task, slot=slot, person=person, place=place, start=start, end=end)
        for task, slot, person, place, start, end in best
    )
    roster = Roster(instance=instance.id, horizon=horizon, assignments=assignments, score=score)
    return Tiny(instance, roster, score)


def place(id: str, **more: Any) -> Place:
    """A place; its id is its name."""
    return Place(id=id, name=id, **more)


def person(
    number: int,
    *hours: Window,
    role: Role = Role.GRID_WORKER,
    limits: Limits | None = None,
    **more: Any,
) -> Person:
    """A person whose id is "p1", "p2" and so on."""
    return Person(
        id=f"p{number}",
        name=f"{NAMES[role]}{number:02d}",
        role=role,
        availability=hours,
        limits=limits or Limits(),
        **more,
    )
