"""Tiny instances and rosters in a few lines, for the tests of rules.

The first day is Monday 2026-11-23. Moments are ticks; `at(1, "09:30")` is Tuesday half past nine.
A record left without people, places or windows gets one that fits everything.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from scheduler.facts import Facts
from scheduler.lowered import Lowered
from scheduler.model import (
    Area,
    Assignment,
    Case,
    Duty,
    Freeze,
    Gap,
    Horizon,
    Household,
    Instance,
    Limits,
    Matrix,
    Need,
    Pair,
    Person,
    PersonHistory,
    Pin,
    Place,
    Published,
    Role,
    Roster,
    RuleSetting,
    Settings,
    Shift,
    Slot,
    Visit,
    Window,
)
from scheduler.model.tasks import slots
from scheduler.rules import keys, rules
from scheduler.rules.lower import lower

MONDAY = date(2026, 11, 23)
DAY = 1440
KINDS: dict[type, str] = {
    Area: "areas",
    Duty: "duties",
    Case: "cases",
    Gap: "gaps",
    Household: "households",
    Pair: "pairs",
    Person: "people",
    Pin: "pins",
    Place: "places",
    Published: "published",
    Shift: "shifts",
    Visit: "visits",
}


def at(day: int, clock: str = "00:00") -> int:
    """Ticks of a clock time on a day of the horizon."""
    hours, minutes = clock.split(":")
    return day * DAY + int(hours) * 60 + int(minutes)


def window(day: int, start: str, end: str, due: str | None = None) -> Window:
    """``[start, end)`` on one day."""
    return Window(start=at(day, start), end=at(day, end), due=None if due is None else at(day, due))


def person(id: str, role: Role = Role.GRID_WORKER, **more: Any) -> Person:
    """Somebody who is there all week unless `availability` says otherwise."""
    more.setdefault("availability", (Window(start=0, end=7 * DAY),))
    return Person(id=id, name=id, role=role, **more)


def place(id: str, **more: Any) -> Place:
    """A place that is always open."""
    return Place(id=id, name=id, **more)


def visit(id: str, *slots: Slot, places: tuple[str, ...] | str = "P", **more: Any) -> Visit:
    """An hour's visit at P by one person, at any time of the week unless `windows` says otherwise."""
    more.setdefault("windows", (Window(start=0, end=7 * DAY),))
    more.setdefault("duration", 60)
    more.setdefault("kind", "check")
    places = (places,) if isinstance(places, str) else places
    return Visit(id=id, name=id, places=places, slots=slots or (Slot(),), **more)


def shift(id: str, start: int, *needs: Need, duration: int = 240, **more: Any) -> Shift:
    """Four hours at P for one person unless said otherwise."""
    more.setdefault("kind", "venue")
    more.setdefault("place", "P")
    return Shift(id=id, name=id, start=start, duration=duration, needs=needs or (Need(),), **more)


def morning(id: str, *slots: Slot, days: tuple[int, ...] = (0,), **more: Any) -> Visit:
    """An hour's visit between nine and eleven, on Monday unless said otherwise."""
    return visit(id, *slots, windows=tuple(window(d, "09:00", "11:00") for d in days), **more)


def limited(id: str, **limits: Any) -> Person:
    """Somebody with limits of their own and no others; there as long as `availability` says."""
    there = {"availability": limits.pop("availability")} if "availability" in limits else {}
    none = dict.fromkeys(Limits.model_fields)
    return person(id, limits=Limits(**none | limits), **there)


PQR = place("P"), place("Q"), place("R")
PQR_WAYS = {("P", "Q"): 25, ("P", "R"): 10, ("Q", "R"): 40}
"""Minutes between three places, either way."""


def instance(
    *records: Any,
    days: int = 7,
    ways: Mapping[tuple[str, str], int | None] | None = None,
    history: dict[str, PersonHistory] | None = None,
    weights: dict[str, RuleSetting] | None = None,
    freeze: Freeze | None = None,
    **settings: Any,
) -> Instance:
    """An instance of the records, each filed by its kind; place P is added where nobody gave one.

    ways: ticks between two places, either way; None is no way, 0 where nothing is said. weights: settings.rules.
    Whatever else is named goes into the settings.
    """
    filed: dict[str, list[Any]] = defaultdict(list)
    for record in records:
        filed[KINDS[type(record)]].append(record)
    if not any(one.id == "P" for one in filed["places"]):
        filed["places"].append(place("P"))
    ids = [one.id for one in filed["places"]]
    both = {pair: ticks for (a, b), ticks in (ways or {}).items() for pair in ((a, b), (b, a))}
    table = tuple(tuple(both.get((a, b), 0) for b in ids) for a in ids)
    return Instance(
        id="tiny",
        horizon=Horizon(start=MONDAY, days=days),
        people=tuple(filed.pop("people", ())),
        history=history or {},
        freeze=freeze or Freeze(),
        settings=Settings(
            rules=weights or {}, travel=Matrix(places=tuple(ids), minutes=table), **settings
        ),
        **{kind: tuple(found) for kind, found in filed.items()},
    )


def roster(instance: Instance, *rows: tuple) -> Roster:
    """(task, slot, person, place, start) each, and an end where it is not start plus duration."""
    return Roster(
        horizon=instance.horizon,
        instance=instance.id,
        assignments=tuple(_assignment(instance, *row) for row in rows),
    )


def _assignment(
    instance: Instance,
    task: str,
    slot: int,
    person: str,
    place: str,
    start: int,
    end: int | None = None,
) -> Assignment:
    if end is None:
        end = start + slots(instance.task_by_id[task])[slot].duration
    return Assignment(task=task, slot=slot, person=person, place=place, start=start, end=end)


def amounts(rule: str, instance: Instance, *rows: tuple) -> dict[str, list[int]]:
    """Key → amounts of one rule's violations in the roster of these rows; only keys that have any.

    Every sentence is filled in both languages on the way, so that a slot that is missing is found.
    """
    facts = Facts(instance, roster(instance, *rows))
    found: dict[str, list[int]] = {}
    one = rules()[rule]
    for key in keys(facts, one.scope):
        for violation in one.violations(facts, key):
            assert one.text.fill("zh", **violation.slots)
            assert one.text.fill("en", **violation.slots)
            found.setdefault(key, []).append(violation.amount)
    return found


def lowered(instance: Instance, *only: str) -> Lowered:
    """The primitives as these rules alone write them; the instance's own weights and levels hold."""
    own = instance.settings.rules
    chosen = {
        name: own.get(name, RuleSetting()).model_copy(update={"on": name in only})
        for name in rules()
    }
    settings = instance.settings.model_copy(update={"rules": chosen})
    return lower(instance.changed(settings=settings))
