"""Nobody has more visits and shifts of a kind over the horizon than their limit for that kind.

Unit: visits and shifts too many, kind by kind.
"""

from collections import Counter
from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="task",
    scope="person",
    name=Text(zh="各类任务次数上限", en="Most tasks of a kind"),
    text=Text(
        zh="{person} 在本周期有 {count} 项“{kind}”，上限为 {limit} 项",
        en="{person} has {count} {count:task|tasks} of the kind “{kind}” in the period; the limit is {limit}",
    ),
    limits=(Limit("kind_counts"),),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    limits = facts.instance.limits(key).kind_counts or {}
    counts = Counter(stop.task.kind for stop in facts.by_person[key])
    for kind, limit in limits.items():
        count = counts[kind]
        if count > limit:
            yield Violation(
                count - limit, {"person": key, "kind": kind, "count": count, "limit": limit}
            )


def lower(into: Into) -> None:
    slots: dict[str, dict[int, int]] = {}
    for slot, task, _ in into.slots():
        slots.setdefault(task.kind, {})[slot] = 1
    for person, record in into.people():
        days = list(into.days(record.id))
        for kind, limit in (into.instance.limits(record.id).kind_counts or {}).items():
            measure = into.total.measure(("kind", kind), slots.get(kind, {}))
            into.total.add(person, measure, [days], [(1, limit, into.points())])
