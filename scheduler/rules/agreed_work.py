"""People do only the kinds of work that they have agreed to do.

Unit: slots filled without consent. A person without a list does every kind. Source: volunteers
consent to kinds of work, and may take their consent back.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=done,
    name=Text(zh="本人同意的工作", en="Agreed work"),
    text=Text(
        zh="{person} 没有同意承担 {task} 这类工作",
        en="{person} has not agreed to work such as {task}",
    ),
    fits=True,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    kind = facts.instance.task_by_id[key].kind
    for stop in facts.by_task[key].values():
        agreed = facts.instance.person_by_id[stop.person].agreed
        if agreed is not None and kind not in agreed:
            yield Violation(1, {"person": stop.person, "task": key})


def lower(into: Into) -> None:
    agreements = [
        (person, record.agreed) for person, record in into.people() if record.agreed is not None
    ]
    by_kind: dict[str, list[int]] = {}
    for slot, task, _ in into.slots():
        kind = task.kind
        if kind not in by_kind:
            by_kind[kind] = [person for person, agreed in agreements if kind not in agreed]
        into.forbid(slot, by_kind[kind])
