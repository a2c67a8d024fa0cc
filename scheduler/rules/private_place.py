"""A private visit, or a visit of a private case, takes place where a confidential talk can.

Unit: filled slots at a place that is not private. Engines never choose such a place, however soft
the rule is made.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import places, private
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="私密点位", en="Private place"),
    text=Text(
        zh="{task} 需要私密的谈话场所，{place} 不合适",
        en="{task} needs a place fit for a confidential talk, which {place} is not",
    ),
    stage=2,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    if not private(facts.instance, facts.instance.task_by_id[key]):
        return
    for stop in facts.by_task[key].values():
        if not facts.instance.place_by_id[stop.place].private:
            yield Violation(1, {"task": key, "place": stop.place})


def lower(into: Into) -> None:
    for number, task in into.tasks():
        if private(into.instance, task):
            for place in places(task):
                if not into.instance.place_by_id[place].private:
                    into.window.confine(number, into.index.place[place], [])
