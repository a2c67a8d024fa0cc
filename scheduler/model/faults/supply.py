"""What no roster can mend: days with more pinned work than time, skills in more demand than supply.

Travel and breaks are left out, so that each warning is certain.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, pairwise

from scheduler.model.errors import Problem
from scheduler.model.instance import Instance
from scheduler.model.people import Limits
from scheduler.model.pointer import pointer, shortened
from scheduler.model.presence import has_hours, presence
from scheduler.model.score import Level
from scheduler.model.tasks import slots
from scheduler.model.work import Shift

Pinned = tuple[int, int, int]
"""(start, end, number of the pin)."""


def supply(instance: Instance) -> Iterator[Problem]:
    """Warnings about pins of one person and skills of all; ids must be sound."""
    work_time = _WorkTime(instance)
    for person, pinned in _pinned(instance).items():
        yield from _overlaps(instance, person, pinned)
        yield from _long_days(work_time, person, pinned)
    if is_hard(instance, "skill"):
        yield from _skills(work_time)


def is_hard(instance: Instance, rule: str) -> bool:
    """Whether a rule that is hard by default still is."""
    setting = instance.settings.rules.get(rule)
    return setting is None or (setting.on and setting.level in (None, Level.HARD))


def present(instance: Instance) -> dict[str, list[tuple[int, int]]]:
    """Person → spans of presence. Whoever has no hours is told once, and passes for always there."""
    end = instance.horizon.end
    always = [(-end, 2 * end)]
    return {
        person.id: presence(person) if has_hours(person, end) else always
        for person in instance.people
    }


class _WorkTime:
    """Most ticks that people can work, by day and over the horizon."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self._weeks = instance.horizon.weeks()
        self._present = present(instance)
        self._days: dict[str, list[int]] = {}

    def _by_day(self, person: str) -> list[int]:
        """Ticks of presence on each day of the horizon."""
        if person not in self._days:
            length, days = self.instance.horizon.day_ticks, self.instance.horizon.days
            ticks = [0] * days
            for start, end in self._present[person]:
                for day in range(max(0, start // length), min(days, -(-end // length))):
                    ticks[day] += min(end, (day + 1) * length) - max(start, day * length)
            self._days[person] = ticks
        return self._days[person]

    def day(self, person: str, day: int) -> int:
        """Most ticks on a day: presence, up to the daily limits."""
        length = self.instance.horizon.day_ticks
        present = self._by_day(person)[day]
        if not is_hard(self.instance, "availability"):
            present = length
        longest = _longest(self.instance.limits(person))
        bound = longest is not None and is_hard(self.instance, "daily_limit")
        return min(present, longest) if bound and longest is not None else present

    def in_all(self, person: str) -> int:
        """Most ticks over the horizon, up to the weekly limits."""
        most = self.instance.limits(person).weekly_minutes
        bound = most is not None and is_hard(self.instance, "weekly_minutes")
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
    """Person → their pins with a start, by start."""
    pinned: dict[str, list[Pinned]] = defaultdict(list)
    for number, pin in enumerate(instance.pins):
        task = instance.task_by_id[pin.task]
        start = task.start if isinstance(task, Shift) else pin.start
        if pin.person is not None and start is not None and not pin.absent:
            pinned[pin.person].append((start, start + slots(task)[pin.slot].duration, number))
    return {person: sorted(pins) for person, pins in pinned.items()}


def _overlaps(instance: Instance, person: str, pinned: list[Pinned]) -> Iterator[Problem]:
    if not is_hard(instance, "no_overlap"):
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


def _long_days(work_time: _WorkTime, person: str, pinned: list[Pinned]) -> Iterator[Problem]:
    horizon = work_time.instance.horizon
    days: dict[int, list[Pinned]] = defaultdict(list)
    for pin in pinned:
        days[horizon.day_of(pin[0])].append(pin)
    for day, pins in days.items():
        work = sum(end - start for start, end, _ in pins)
        if 0 <= day < horizon.days and work > work_time.day(person, day):
            yield Problem(
                code="pins_over_day",
                pointer=pointer("pins", pins[-1][2]),
                value=shortened(person),
                severity="warning",
                slots={
                    "day": horizon.date(day).isoformat(),
                    "work": _minutes(work_time.instance, work),
                    "most": _minutes(work_time.instance, work_time.day(person, day)),
                },
            )


def _skills(work_time: _WorkTime) -> Iterator[Problem]:
    instance = work_time.instance
    demand_by_skill: dict[tuple[str, int], int] = defaultdict(int)
    for visit in instance.visits:
        for slot in visit.slots:
            for skill, level in slot.skills.items():
                demand_by_skill[skill, level] += slot.duration or visit.duration
    for shift in instance.shifts:
        for need in (need for need in shift.needs if need.minimum):
            for skill, level in need.skills.items():
                demand_by_skill[skill, level] += shift.duration * need.minimum
    bringing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for person in instance.people if demand_by_skill else ():
        ticks = work_time.in_all(person.id)
        for skill, level in person.skills.items():
            bringing[skill].append((level, ticks))
    for brought in bringing.values():
        brought.sort(reverse=True)
    supply = {skill: [0, *accumulate(ticks for _, ticks in of)] for skill, of in bringing.items()}
    for (skill, level), demand in _with_higher_levels(demand_by_skill).items():
        able = bisect_right(bringing[skill], -level, key=lambda pair: -pair[0])
        available = supply.get(skill, [0])[able]
        if able and demand > available:
            yield Problem(
                code="skill_short",
                pointer="/people",
                value=f"{shortened(skill)} ≥ {level}",
                severity="warning",
                slots={
                    "missing": f"{skill} ≥ {level}",
                    "demand": _minutes(instance, demand),
                    "count": str(able),
                    "supply": _minutes(instance, available),
                },
            )


def _with_higher_levels(demand_by_skill: dict[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """The same with the demand for higher levels of a skill counted at the lower ones too."""
    total: dict[str, int] = defaultdict(int)
    summed = {}
    for (skill, level), ticks in sorted(demand_by_skill.items(), key=lambda item: -item[0][1]):
        total[skill] += ticks
        summed[skill, level] = total[skill]
    return {key: summed[key] for key in demand_by_skill}


def _minutes(instance: Instance, ticks: int) -> str:
    return f"{ticks / instance.horizon.ticks_per_minute:.10g}"
