"""Nobody has more visits and shifts in a calendar week than their limit.

Unit: visits and shifts too many in each calendar week, also in a week that the horizon cuts short;
what its first week holds already counts, and what was too much before the horizon was counted there.
With ``daily_tasks`` and ``weekly_minutes`` it says how much volunteers can give.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.periods import weeks
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="task",
    scope="person",
    name=Text(zh="每周任务数上限", en="Most tasks in a week"),
    text=Text(
        zh="{person} 在 {day} 起的一周有 {count} 项任务，上限为 {limit} 项",
        en="{person} has {count} {count:task|tasks} in the week from {day}; the limit is {limit}",
    ),
    limits=(Limit("weekly_tasks", gives=1, used=lambda past: past.week.tasks),),
    relax=Text(
        zh="让 {subject} 每周多承担几项（现为 {limit}）",
        en="let {subject} do more in a week (now {limit})",
    ),
    remedy=Text(
        zh="{person} 本周多承担 {count} 项",
        en="{person} takes {count} more in the week",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).weekly_tasks
    if limit is None:
        return
    for week, before in weeks(facts.instance, key):
        count = before.tasks + sum(len(facts.stops(key, day)) for day in week)
        over = count - max(limit, before.tasks)
        if over > 0:
            yield Violation(over, {"person": key, "day": week[0], "count": count, "limit": limit})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).weekly_tasks
        if limit is not None:
            for week, before in weeks(into.instance, record.id):
                pieces = [(1, max(limit, before.tasks), into.points())]
                into.total.add(person, into.total.STOPS, [week], pieces, base=before.tasks)
