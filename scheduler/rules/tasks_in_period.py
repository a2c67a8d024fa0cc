"""Over the planning period nobody has more visits and shifts than their most, nor fewer than their least.

Unit: visits and shifts over ``period_tasks_max`` or under ``period_tasks_min``. Those of the period
before the horizon (history's ``period``) count, but what was too much then is not judged again.
The least is asked where the period ends with the horizon (settings' ``period_end``).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.rules.common.periods import period_ends
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="task",
    scope="person",
    name=Text(zh="周期任务数范围", en="Tasks of the period"),
    text=Text(
        zh="{person} 在本考核周期共有 {count} 项任务，规定为 {limit} 项，相差 {missing} 项",
        en="{person} has {count} {count:task|tasks} in the planning period, {missing} off the bound of {limit}",
    ),
    limits=(
        Limit("period_tasks_max", gives=1, used=lambda past: past.period.tasks),
        Limit("period_tasks_min"),
    ),
    relax=Text(
        zh="放宽 {subject} 的周期任务数",
        en="let {subject} do more in all",
    ),
    remedy=Text(
        zh="{person} 本考核周期多承担 {count} 项",
        en="{person} takes {count} more in the planning period",
    ),
)


def _bounds(instance: Instance, person: str) -> list[tuple[int, int]]:
    """(sense, bound): 1 for the most, -1 for the least."""
    limits, done = instance.limits(person), instance.past(person).period.tasks
    bounds = []
    if limits.period_tasks_max is not None:
        bounds.append((1, max(limits.period_tasks_max, done)))
    if limits.period_tasks_min is not None and period_ends(instance):
        bounds.append((-1, limits.period_tasks_min))
    return bounds


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    days = facts.days(key)
    count = facts.instance.past(key).period.tasks + sum(len(facts.stops(key, day)) for day in days)
    for sense, bound in _bounds(facts.instance, key):
        off = sense * (count - bound)
        if off > 0:
            yield Violation(off, {"person": key, "count": count, "limit": bound, "missing": off})


def lower(into: Into) -> None:
    for person, record in into.people():
        pieces = [
            (sense, bound, into.points()) for sense, bound in _bounds(into.instance, record.id)
        ]
        if pieces:
            base = into.instance.past(record.id).period.tasks
            into.total.add(
                person, into.total.STOPS, [list(into.days(record.id))], pieces, base=base
            )
