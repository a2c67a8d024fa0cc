"""Numbers that parse but cannot be meant: hours upside down, limits that clash, lengths too long."""

from collections.abc import Iterator

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.most import TASK_SLOTS
from scheduler.model.people import Limits
from scheduler.model.pointer import pointer, shortened
from scheduler.model.tasks import count_slots, with_pointers

Path = tuple[str | int, ...]

_POINTS_MOST = 10**9
"""Most points of a setting: with more, sums could overflow 64 bits."""
_BOUNDED = sorted(name for name in Limits.model_fields if name.endswith("_max"))
"""Limits from above, most of them with one from below."""


def numbers(instance: Instance) -> Iterator[Problem]:
    """Faults of durations, hours, headcounts, limits, levels and weights."""
    yield from _people(instance)
    for index, duty in enumerate(instance.duties):
        yield from _hours(instance, duty.hours, "duties", index, "hours")
        for number, way in enumerate(duty.ways):
            yield from _length(instance, way.duration, "duties", index, "ways", number, "duration")
    yield from _cases(instance)
    yield from _tasks(instance)
    yield from _headcount(instance)
    yield from _settings(instance)


def _people(instance: Instance) -> Iterator[Problem]:
    for index, person in enumerate(instance.people):
        yield from _levels(person.skills, "people", index, "skills")
        yield from _limits(instance, person.limits, "people", index, "limits")
        for number, wish in enumerate(person.wishes):
            yield from _points(wish.weight, "people", index, "wishes", number, "weight")


def _cases(instance: Instance) -> Iterator[Problem]:
    for index, case in enumerate(instance.cases):
        least, most = case.every_days
        if least < 0:
            yield _negative(least, "cases", index, "every_days", 0)
        yield from _ordered(least, most, "cases", index, "every_days", 1)
        yield from _hours(instance, case.hours, "cases", index, "hours")
        yield from _length(instance, case.duration, "cases", index, "duration")
        yield from _levels(case.skills, "cases", index, "skills")


def _tasks(instance: Instance) -> Iterator[Problem]:
    for index, visit in enumerate(instance.visits):
        yield from _length(instance, visit.duration, "visits", index, "duration")
        for number, slot in enumerate(visit.slots):
            at: Path = ("visits", index, "slots", number)
            yield from _levels(slot.skills, *at, "skills")
            if slot.duration is not None:
                yield from _length(instance, slot.duration, *at, "duration")
    for index, shift in enumerate(instance.shifts):
        yield from _length(instance, shift.duration, "shifts", index, "duration")
        for number, need in enumerate(shift.needs):
            at = ("shifts", index, "needs", number)
            yield from _levels(need.skills, *at, "skills")
            yield from _ordered(need.minimum, need.target, *at, "target")
            floor = need.minimum if need.target is None else need.target
            yield from _ordered(floor, need.maximum, *at, "maximum")
            yield from _points(need.under_points or 0, *at, "under_points")
            yield from _points(need.over_points, *at, "over_points")


def _headcount(instance: Instance) -> Iterator[Problem]:
    """More people asked for by all work together than can be meant, told at the work that is too much."""
    total = 0
    for field, index, task in with_pointers(instance):
        total += count_slots(task)
        if total > TASK_SLOTS:
            yield Problem(
                code="too_many_slots",
                pointer=pointer(field, index),
                value=str(total),
                slots={"most": str(TASK_SLOTS)},
            )
            return


def _settings(instance: Instance) -> Iterator[Problem]:
    settings = instance.settings
    for rule, setting in settings.rules.items():
        yield from _points(setting.weight or 0, "settings", "rules", rule, "weight")
    for role, limits in settings.limits.items():
        yield from _limits(instance, limits, "settings", "limits", str(role))
    for number, points in enumerate(settings.priority_points):
        at: Path = ("settings", "priority_points", number)
        if points < 0:
            yield _negative(points, *at)
        yield from _points(points, *at)
    duties = settings.duties
    for risk, ways in duties.ways.items():
        if not ways:
            yield Problem(
                code="too_few",
                pointer=pointer("settings", "duties", "ways", str(risk)),
                value="[]",
                slots={"least": "1"},
            )
    yield from _hours(instance, duties.hours, "settings", "duties", "hours")
    for field, table, least in (
        ("every_days", duties.every_days, 1),
        ("follow_up_days", duties.follow_up_days, 0),
        ("early_days", duties.early_days, 0),
        ("priority", duties.priority, 1),
    ):
        for key, number in table.items():
            if number < least:
                yield Problem(
                    code="too_small",
                    pointer=pointer("settings", "duties", field, str(key)),
                    value=str(number),
                    slots={"least": str(least)},
                )


def _limits(instance: Instance, limits: Limits, *path: str | int) -> Iterator[Problem]:
    for most in _BOUNDED:
        least = getattr(limits, f"{most.removesuffix('_max')}_min", None)
        bound = getattr(limits, most)
        if isinstance(bound, dict):
            for kind, value in bound.items():
                yield from _ordered((least or {}).get(kind), value, *path, most, kind)
        else:
            yield from _ordered(least, bound, *path, most)
    rest = limits.breaks
    if rest is not None:
        if rest.end <= rest.start or rest.end > 2 * instance.horizon.day_ticks:
            yield _day_span(instance, rest.start, rest.end, *path, "breaks", days=2)
        elif rest.minutes > rest.end - rest.start:
            yield Problem(
                code="break_does_not_fit",
                pointer=pointer(*path, "breaks", "minutes"),
                value=str(rest.minutes),
                slots={"room": str(rest.end - rest.start)},
            )


def _hours(
    instance: Instance, hours: tuple[int, int] | None, *path: str | int
) -> Iterator[Problem]:
    if hours is not None and not 0 <= hours[0] < hours[1] <= instance.horizon.day_ticks:
        yield _day_span(instance, *hours, *path)


def _day_span(instance: Instance, start: int, end: int, *path: str | int, days: int = 1) -> Problem:
    return Problem(
        code="not_a_span_of_day",
        pointer=pointer(*path),
        value=f"[{start}, {end}]",
        slots={"most": str(days * instance.horizon.day_ticks)},
    )


def _length(instance: Instance, ticks: int, *path: str | int) -> Iterator[Problem]:
    if ticks > instance.horizon.end:
        yield Problem(
            code="longer_than_horizon",
            pointer=pointer(*path),
            value=str(ticks),
            slots={"most": str(instance.horizon.end)},
        )


def _levels(skills: dict[str, int], *path: str | int) -> Iterator[Problem]:
    for skill, level in skills.items():
        if level < 0:
            yield _negative(level, *path, skill)


def _negative(number: int, *path: str | int) -> Problem:
    return Problem(
        code="too_small", pointer=pointer(*path), value=str(number), slots={"least": "0"}
    )


def _ordered(least: int | None, most: int | None, *path: str | int) -> Iterator[Problem]:
    if least is not None and most is not None and least > most:
        yield Problem(
            code="least_over_most",
            pointer=pointer(*path),
            value=shortened(most),
            slots={"least": str(least)},
        )


def _points(points: int, *path: str | int) -> Iterator[Problem]:
    if points > _POINTS_MOST:
        yield Problem(
            code="too_large",
            pointer=pointer(*path),
            value=str(points),
            slots={"most": str(_POINTS_MOST)},
        )
