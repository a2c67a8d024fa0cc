"""The part of an instance that route planners can express: visits by one person, with windows.

They know a matrix of travel times, windows on starts, who is able to do what, when each vehicle is
out, and a price for a visit left out. They know no crews, no gaps and series, no shifts with
headcounts, and nothing that ties a person's days together. A person's day becomes a vehicle.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.due import expand
from scheduler.lowered import Lowered
from scheduler.model import (
    Instance,
    Level,
    Limits,
    Person,
    RuleSetting,
    Score,
    Settings,
    Visit,
    Window,
)
from scheduler.rules import rules
from scheduler.rules.lower import lower

EXPRESSIBLE_RULES = frozenset(
    {
        "agreed_work",
        "area",
        "availability",
        "clearance",
        "conflict_of_interest",
        "duration",
        "gender",
        "late_return",
        "listed_place",
        "minors",
        "named_people",
        "no_overlap",
        "role",
        "skill",
        "travel",
        "unassigned",
        "visit_window",
    }
)
"""Rules that hold in a reduced instance; late_return as a hard one, since vehicles have to be back."""

HARD_POINTS = 1_000_000
MEDIUM_POINTS = 60


@dataclass(frozen=True)
class RoutingPart:
    """A reduced instance, and how many tasks were left out for which reason."""

    instance: Instance
    left_out: dict[str, int]


def shared_cost(score: Score) -> float:
    """What solvers are compared by: travel minutes (ticks), and an hour for each point left undone.

    An hour is more than any visit in our towns is away, so the order is that of the levels: work
    left undone first, travel second. A hard breach costs a million.
    """
    return float(score.hard * HARD_POINTS + score.medium * MEDIUM_POINTS + score.soft)


def expressible(instance: Instance) -> RoutingPart:
    """The visits and rules that every route planner can express; rosters of shifts stay whole.

    A visit at several places keeps the first at which it may take place; a person's day keeps its
    longest presence. The instance keeps its id. Raises InputError where travel cannot be built.
    """
    instance = expand(instance)
    if not instance.visits:
        return RoutingPart(instance, {})
    lowered = lower(instance)
    left_out: Counter[str] = Counter()
    if instance.shifts:
        left_out["shifts"] = len(instance.shifts)
    visits = list(_visits(instance, lowered, left_out))
    return RoutingPart(
        instance.changed(
            title="",
            people=tuple(_person(lowered, person) for person in instance.people),
            duties=(),
            cases=(),
            visits=tuple(visits),
            shifts=(),
            gaps=(),
            pins=(),
            history={},
            settings=_settings(instance),
        ),
        dict(left_out),
    )


def _visits(instance: Instance, lowered: Lowered, left_out: Counter[str]) -> Iterator[Visit]:
    tied = {visit for gap in instance.gaps for visit in (gap.first, gap.second)}
    pinned = {pin.task for pin in instance.pins}
    for visit in instance.visits:
        if len(visit.slots) > 1:
            left_out["visits by several people"] += 1
        elif visit.id in tied or visit.case is not None or visit.bundle is not None:
            left_out["visits tied to others"] += 1
        elif visit.id in pinned:
            left_out["pinned visits"] += 1
        elif not (spans := _spans(lowered, visit)):
            left_out["visits that can be done at no time"] += 1
        else:
            yield _single(visit, spans)


def _single(visit: Visit, spans: list[tuple[str, Window]]) -> Visit:
    place = next(place for place in visit.places if place in {there for there, _ in spans})
    plain: dict[str, Any] = {"due": None, "duty": None, "preferred": ()}
    return visit.model_copy(
        update=plain
        | {"places": (place,), "windows": tuple(span for where, span in spans if where == place)}
    )


def _spans(lowered: Lowered, visit: Visit) -> list[tuple[str, Window]]:
    """(place, window) of each option: what windows, opening hours and privacy leave."""
    window, task = lowered.window, lowered.index.task[visit.id]
    places = lowered.index.instance.places
    return [
        (
            places[int(window.place[option])].id,
            Window(start=int(window.earliest[option]), end=int(window.latest[option]) + 1),
        )
        for option in range(int(window.first[task]), int(window.first[task + 1]))
    ]


def _person(lowered: Lowered, person: Person) -> Person:
    """With the longest presence of each day, cut at midnight, and no limits or wishes."""
    day, days, ticks = lowered.day, lowered.index.days, lowered.index.day_ticks
    availability = []
    for number in range(days):
        row = lowered.index.person[person.id] * days + number
        spans = [
            (int(start), min(int(end), (number + 1) * ticks))
            for start, end in day.spans[int(day.span_first[row]) : int(day.span_first[row + 1])]
        ]
        if spans:
            start, end = max(spans, key=lambda span: span[1] - span[0])
            availability.append(Window(start=start, end=end))
    plain: dict[str, Any] = {"leave": (), "limits": Limits(), "wishes": ()}
    return person.model_copy(update=plain | {"availability": tuple(availability)})


def _settings(instance: Instance) -> Settings:
    kept = {
        name: setting
        for name, setting in instance.settings.rules.items()
        if name in EXPRESSIBLE_RULES
    }
    off = {name: RuleSetting(on=False) for name in rules() if name not in EXPRESSIBLE_RULES}
    home = {"late_return": RuleSetting(level=Level.HARD)}
    return instance.settings.model_copy(
        update={"rules": kept | off | home, "limits": {}, "forbidden_sequences": ()}
    )
