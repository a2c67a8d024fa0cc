"""Nobody works more in a calendar week than their limit, overtime included.

Unit: ticks of work, travel included where settings count it, beyond ``weekly_minutes`` in each
calendar week, also in a week that the horizon cuts short; what its first week holds already counts
(history's ``week``), and what was too much before the horizon was counted there. Volunteers say here how much they can
give. Source: Labour Law art. 36 (44 hours a week).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.periods import weeks
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="每周工时上限", en="Weekly hours"),
    text=Text(
        zh="{person} 在 {day} 起的一周工作 {work}，超过每周上限 {most}",
        en="{person} works {work} in the week from {day}, more than the weekly limit of {most}",
    ),
    limits=(Limit("weekly_minutes", gives=1, used=lambda past: past.week.minutes),),
    relax=Text(
        zh="放宽 {subject} 的每周工时（现为 {limit}）",
        en="let {subject} work longer in a week (now {limit})",
    ),
    remedy=Text(
        zh="{person} 每周工时放宽 {ticks}",
        en="{person} works {ticks} more in the week",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    most = facts.instance.limits(key).weekly_minutes
    if most is None:
        return
    for week, before in weeks(facts.instance, key):
        work = before.minutes + sum(facts.work_ticks(key, day) for day in week)
        over = work - max(most, before.minutes)
        if over > 0:
            yield Violation(over, {"person": key, "day": week[0], "work": work, "most": most})


def lower(into: Into) -> None:
    for person, record in into.people():
        most = into.instance.limits(record.id).weekly_minutes
        if most is not None:
            for week, before in weeks(into.instance, record.id):
                pieces = [(1, max(most, before.minutes), into.points())]
                into.total.add(person, into.total.WORK, [week], pieces, base=before.minutes)
