"""The part of an instance that other people's solvers can express.

`expressible`: visits by one person, with windows, as route planners have them. They know a matrix of travel times, windows on starts, who is able to do what, when each vehicle is
out, and a price for a visit left out. They know no crews, no gaps and series, no shifts with
headcounts, and nothing that ties a person's days together. A person's day becomes a vehicle.

`single_people`: a whole week, shifts and the limits of days and weeks among it, as work for single people.
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
    Shift,
    Visit,
    Window,
)
from scheduler.rules import active, rules
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

WEEK_RULES = EXPRESSIBLE_RULES | frozenset(
    {
        "daily_limit",
        "daily_minutes",
        "daily_tasks",
        "headcount_minimum",
        "headcount_target",
        "min_rest",
        "rest_day",
        "weekly_minutes",
        "weekly_tasks",
    }
)
"""Rules that hold in a week of single people."""

WEEK_LIMITS = (
    "daily_minutes",
    "daily_overtime",
    "daily_tasks",
    "rest_minutes",
    "weekly_days",
    "weekly_minutes",
    "weekly_tasks",
)
"""Limits that a week of single people keeps."""

HARD_POINTS = 1_000_000
MEDIUM_POINTS = 60


@dataclass(frozen=True)
class RoutingPart:
    """A reduced instance, and how many tasks were left out for which reason."""

    instance: Instance
    left_out: dict[str, int]


def shared_cost(score: Score) -> float:
    """What solvers are compared by: travel minutes (ticks), and an hour for each point left undone.

    An hour is more than any visit in our towns is away, so on days of visits the order is that of the
    levels: work left undone first, travel second. A shift's place below its target may cost more than
    an hour. A hard breach costs a million.
    """
    return float(score.hard * HARD_POINTS + score.medium * MEDIUM_POINTS + score.soft)


def by_shared_cost(instance: Instance) -> Instance:
    """The instance with the price of `shared_cost` on what it leaves undone, at the level of travel.

    Solvers get it so: whoever goes by levels would otherwise search for something else than what all
    are compared by. A hard rule stays one.
    """
    priced = {
        rule.rule.id: RuleSetting(level=Level.SOFT, weight=MEDIUM_POINTS * rule.weight)
        for rule in active(instance)
        if rule.level is Level.MEDIUM
    }
    rules = instance.settings.rules | priced
    return instance.changed(settings=instance.settings.model_copy(update={"rules": rules}))


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
            settings=_settings(instance, EXPRESSIBLE_RULES),
        ),
        dict(left_out),
    )


def single_people(instance: Instance) -> Instance:
    """The week as work for single people: of each visit its crew's first slot, each alone; shifts with headcounts.

    People keep their abilities, longest presence of a day and WEEK_LIMITS. What ties work together
    (crews, gaps, cases, bundles, pins), breaks, wishes, fairness and history are gone. A shift takes
    no more people than its target. Raises InputError where travel cannot be built.
    """
    instance = expand(instance)
    lowered = lower(instance)
    spans = {visit.id: _spans(lowered, visit) for visit in instance.visits}
    visits = (visit for visit in instance.visits if spans[visit.id])
    people = (_with_limits(instance, _person(lowered, person)) for person in instance.people)
    return instance.changed(
        title="",
        people=tuple(people),
        duties=(),
        cases=(),
        visits=tuple(_single(_alone(visit), spans[visit.id]) for visit in visits),
        shifts=tuple(map(_up_to_target, instance.shifts)),
        gaps=(),
        pins=(),
        history={},
        settings=_settings(instance, WEEK_RULES),
    )


UNTIED: dict[str, Any] = {"case": None, "bundle": None, "tie": None, "skill_mix": ()}


def _alone(visit: Visit) -> Visit:
    """Its crew's first slot as the whole visit."""
    slot = visit.slots[0]
    plain: dict[str, Any] = {"after": (0, 0), "must": False, "duration": None}
    whole: dict[str, Any] = {"least_crew": None, "must": False}
    whole["duration"] = slot.duration or visit.duration
    return visit.model_copy(
        update=UNTIED | whole | {"slots": (slot.model_copy(update=plain),)},
    )


def _up_to_target(shift: Shift) -> Shift:
    needs = tuple(
        need.model_copy(
            update={"maximum": max(need.minimum, need.target or need.minimum), "over_points": 0}
        )
        for need in shift.needs
    )
    return shift.model_copy(update=UNTIED | {"needs": needs})


def _with_limits(instance: Instance, person: Person) -> Person:
    limits = instance.limits(person.id)
    kept = Limits(**{name: getattr(limits, name) for name in WEEK_LIMITS})
    return person.model_copy(update={"limits": kept})


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


def _settings(instance: Instance, holds: frozenset[str]) -> Settings:
    """With these rules alone; visits may start at any minute, as others let them."""
    kept = {name: rule for name, rule in instance.settings.rules.items() if name in holds}
    off = {name: RuleSetting(on=False) for name in rules() if name not in holds}
    home = {"late_return": RuleSetting(level=Level.HARD)}
    return instance.settings.model_copy(
        update={
            "rules": kept | off | home,
            "limits": {},
            "forbidden_sequences": (),
            "start_every": 1,
        }
    )
