"""One person leads all visits and shifts of a case: the counsellor stays the same through the series.

Unit: people who lead beside the person who has led so far; where nobody has, the first is free. A
task is led by the person in its slot 0. Cases with ``same_person`` false are left out.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=60,
    unit="person",
    scope="case",
    grows=True,
    name=Text(zh="个案专人跟进", en="Same person"),
    text=Text(
        zh="{case} 换了 {count} 名跟进人员",
        en="{case} is led by {count} {count:person|people} more than its own",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    case = facts.instance.case_by_id[key]
    if not case.same_person:
        return
    crews = [facts.by_task[task.id] for task in facts.tasks_by_case.get(key, [])]
    leads = {crew[0].person for crew in crews if 0 in crew}
    free = 1 if case.person is None else 0
    further = len(leads - {case.person}) - free
    if further > 0:
        yield Violation(further, {"case": key, "count": further})


def lower(into: Into) -> None:
    leads: dict[str, list[int]] = {}
    for number, task in into.tasks():
        if task.case is not None:
            leads.setdefault(task.case, []).append(into.index.slot_of[number])
    for case in into.instance.cases:
        if case.same_person and case.id in leads:
            leaders = [] if case.person is None else [into.index.person[case.person]]
            into.distinct.add(leads[case.id], leaders, into.points())
