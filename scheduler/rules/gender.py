"""Where a household asks for women or for men, only they come.

Unit: slots filled by others. Somebody whose gender is not stated does not meet the request.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.tasks import household_of
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="性别要求", en="Gender on request"),
    text=Text(
        zh="{household} 对上门人员有性别要求，{person} 不符合",
        en="{household} asks for another gender than that of {person}",
    ),
    fits=True,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    household = household_of(facts.instance, facts.instance.task_by_id[key])
    if household is None or household.gender is None:
        return
    for stop in facts.by_task[key].values():
        if facts.instance.person_by_id[stop.person].gender != household.gender:
            yield Violation(1, {"person": stop.person, "household": household.id})


def lower(into: Into) -> None:
    for slot, task, _ in into.slots():
        household = household_of(into.instance, task)
        if household is not None and household.gender is not None:
            others = [
                person for person, record in into.people() if record.gender != household.gender
            ]
            into.forbid(slot, others)
