"""On public holidays people are off, but for as many as their limit says.

Unit: public holidays that work touches, beyond ``public_holidays``: a night into one is work on it. Which days they are says the calendar of the
settings; kinds of work that it leaves open on holidays do not count.
Source: Regulation on Public Holidays for National Annual Festivals and Memorial Days (国务院令第795号).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="day",
    scope="person",
    name=Text(zh="公共假日休息", en="Public holidays"),
    text=Text(
        zh="{person} 在本周期有 {count} 个公共假日上班，最多 {limit} 个",
        en="{person} works on {count} public {count:holiday|holidays} of the period; the most is {limit}",
    ),
    limits=(Limit("public_holidays", gives=1),),
    relax=Text(
        zh="让 {subject} 多上几个公共假日（现为 {limit}）",
        en="let {subject} work on more public holidays (now {limit})",
    ),
    remedy=Text(
        zh="{person} 多上 {count} 个公共假日",
        en="{person} works on {count} public {count:holiday|holidays} more",
    ),
)


def _holidays(instance: Instance) -> list[int]:
    horizon, calendar = instance.horizon, instance.settings.calendar
    return [day for day in range(horizon.days) if calendar.holiday(horizon.date(day))]


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).public_holidays
    if limit is None:
        return
    free = facts.instance.settings.calendar.open_kinds
    counting = (stop for stop in facts.by_person[key] if stop.task.kind not in free)
    worked = {day for stop in counting for day in facts.touched(stop)}
    count = len(worked.intersection(_holidays(facts.instance)))
    if count > limit:
        yield Violation(count - limit, {"person": key, "count": count, "limit": limit})


def lower(into: Into) -> None:
    holidays = [[day] for day in _holidays(into.instance)]
    free = into.instance.settings.calendar.open_kinds
    counting = {slot: 1 for slot, task, _ in into.slots() if task.kind not in free}
    for person, record in into.people():
        limit = into.instance.limits(record.id).public_holidays
        if limit is not None and len(holidays) > limit:
            measure = into.total.measure(("holiday",), counting)
            pieces = [(1, limit, into.points())]
            into.total.add(person, measure, holidays, pieces, any_day=True, touching=True)
