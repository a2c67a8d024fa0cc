"""Nobody has more visits and shifts in a day than their limit.

Unit: visits and shifts too many.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="task",
    scope="person",
    name=Text(zh="每日任务数上限", en="Most tasks in a day"),
    text=Text(
        zh="{person} 在 {day} 有 {count} 项任务，上限为 {limit} 项",
        en="{person} has {count} {count:task|tasks} on {day}; the limit is {limit}",
    ),
    limits=(Limit("daily_tasks", gives=1),),
    relax=Text(
        zh="让 {subject} 每天多承担几项（现为 {limit}）",
        en="let {subject} do more in a day (now {limit})",
    ),
    remedy=Text(
        zh="{person} 当日多承担 {count} 项",
        en="{person} takes {count} more that day",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limit = facts.instance.limits(key).daily_tasks
    if limit is None:
        return
    for day, stops in facts.by_day[key].items():
        before = facts.eve_work(key, day).tasks
        count = before + len(stops)
        over = count - max(limit, before)
        if over > 0:
            yield Violation(over, {"person": key, "day": day, "count": count, "limit": limit})


def lower(into: Into) -> None:
    for person, record in into.people():
        limit = into.instance.limits(record.id).daily_tasks
        if limit is not None:
            for day in into.days(record.id):
                left = max(0, limit - into.eve_work(record.id, day).tasks)
                into.day.most(person, day, left, into.points())
