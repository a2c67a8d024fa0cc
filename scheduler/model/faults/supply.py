"""What no solve could mend: more pinned on a day than it holds, more of a skill asked for than there is.

Ways and breaks are left out, so that what is told is sure.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.people import Limits
from scheduler.model.pointer import pointer, shortened
from scheduler.model.presence import presence
from scheduler.model.score import Level
from scheduler.model.tasks import Rank, slots, tasks
from scheduler.model.work import Shift

Pinned = tuple[int, int, int]
"""(start, end, number of the pin)."""


def supply(instance: Instance) -> Iterator[Problem]:
    """Warnings about pins of one person and skills of all; ids must be sound."""
    room = _Room(instance)
    for person, pinned in _pinned(instance).items():
        yield from _overlaps(instance, person, pinned)
        yield from _long_days(room, person, pinned)
    if binds(instance, "skill"):
        yield from _skills(room)


def binds(instance: Instance, rule: str) -> bool:
    """Whether a rule that is hard by default still is."""
    setting = instance.settings.rules.get(rule)
    return setting is None or (setting.on and setting.level in (None, Level.HARD))


class _Room:
    """How many ticks people can work, at most."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self._weeks = instance.horizon.weeks()
        self._present = {one.id: presence(one) for one in instance.people}

    def day(self, person: str, day: int) -> int:
        """On a day: presence, up to the daily limits."""
        length = self.instance.horizon.day_ticks
        first, last = day * length, (day + 1) * length
        there = sum(
            max(0, min(end, last) - max(start, first)) for start, end in self._present[person]
        )
        if not binds(self.instance, "availability"):
            there = length
        longest = _longest(self.instance.limits(person))
        bound = longest is not None and binds(self.instance, "daily_limit")
        return min(there, longest) if bound and longest is not None else there

    def all(self, person: str) -> int:
        """Over the horizon, up to the weekly limits."""
        most = self.instance.limits(person).weekly_minutes
        bound = most is not None and binds(self.instance, "weekly_minutes")
        total = 0
        for week in self._weeks:
            ticks = sum(self.day(person, day) for day in week)
            total += min(ticks, most) if bound and most is not None else ticks
        return total


def _longest(limits: Limits) -> int | None:
    if limits.daily_minutes is None:
        return None
    return limits.daily_minutes + (limits.daily_overtime or 0)


def _pinned(instance: Instance) -> dict[str, list[Pinned]]:
    """Person → what they are pinned to at a known time, by start."""
    found: dict[str, list[Pinned]] = defaultdict(list)
    for number, pin in enumerate(instance.pins):
        task = instance.task_by_id[pin.task]
        start = task.start if isinstance(task, Shift) else pin.start
        if pin.person is not None and start is not None and not pin.absent:
            found[pin.person].append((start, start + slots(task)[pin.slot].duration, number))
    return {person: sorted(own) for person, own in found.items()}


def _overlaps(instance: Instance, person: str, pinned: list[Pinned]) -> Iterator[Problem]:
    if not binds(instance, "no_overlap"):
        return
    for (_, end, first), (start, _, second) in pairwise(pinned):
        if start < end:
            yield Problem(
                code="pins_overlap",
                pointer=pointer("pins", second),
                value=shortened(instance.pins[second].task),
                severity="warning",
                slots={"person": person, "first": pointer("pins", first)},
            )


def _long_days(room: _Room, person: str, pinned: list[Pinned]) -> Iterator[Problem]:
    horizon = room.instance.horizon
    days: dict[int, list[Pinned]] = defaultdict(list)
    for one in pinned:
        days[horizon.day_of(one[0])].append(one)
    for day, own in days.items():
        work = sum(end - start for start, end, _ in own)
        if 0 <= day < horizon.days and work > room.day(person, day):
            yield Problem(
                code="pins_over_day",
                pointer=pointer("pins", own[-1][2]),
                value=shortened(person),
                severity="warning",
                slots={
                    "day": horizon.date(day).isoformat(),
                    "work": _minutes(room.instance, work),
                    "most": _minutes(room.instance, room.day(person, day)),
                },
            )


def _skills(room: _Room) -> Iterator[Problem]:
    instance = room.instance
    asked: dict[tuple[str, int], int] = defaultdict(int)
    for task in tasks(instance):
        for slot in slots(task):
            if slot.rank in (Rank.CREW, Rank.MINIMUM):
                for skill, level in slot.skills.items():
                    asked[skill, level] += slot.duration
    for (skill, level), demand in _at_least(asked).items():
        able = [one.id for one in instance.people if one.skills.get(skill, 0) >= level]
        there = sum(room.all(person) for person in able)
        if able and demand > there:
            yield Problem(
                code="skill_short",
                pointer="/people",
                value=f"{shortened(skill)} ≥ {level}",
                severity="warning",
                slots={
                    "demand": _minutes(instance, demand),
                    "count": str(len(able)),
                    "supply": _minutes(instance, there),
                },
            )


def _at_least(asked: dict[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """Demand of a skill at a level includes what asks for a higher one."""
    return {
        (skill, level): sum(
            ticks for (name, other), ticks in asked.items() if name == skill and other >= level
        )
        for skill, level in asked
    }


def _minutes(instance: Instance, ticks: int) -> str:
    return f"{ticks / instance.horizon.ticks_per_minute:.10g}"
