"""Each person's load beside their own fair share, in the order of the instance: nobody is ranked."""

from dataclasses import dataclass
from typing import Any

from scheduler.facts import Facts
from scheduler.report.board import groups
from scheduler.report.words import role, text
from scheduler.rules import Text


@dataclass(frozen=True)
class Load:
    """percent and mark: of the group's longest bar or share; mark: None without a contract."""

    name: str
    percent: float
    mark: float | None
    value: Text


@dataclass(frozen=True)
class Group:
    """The people of a role."""

    role: Text
    people: list[Load]


def loads(facts: Facts, people: list[dict[str, Any]]) -> list[Group]:
    """`people`: the table of that name in `scheduler.checker.figures`."""
    by_id = {one["person"]: one for one in people}
    found = []
    for name in groups(facts.instance.people):
        own = [person for person in facts.instance.people if person.role.value == name]
        rows = [by_id[person.id] for person in own]
        most = max(max(one["task_minutes"], one["fair_minutes"] or 0) for one in rows) or 1
        loads = [_load(person.name, one, most) for person, one in zip(own, rows, strict=True)]
        found.append(Group(role(name), loads))
    return found


def _load(name: str, one: dict[str, Any], most: int) -> Load:
    work, share = one["task_minutes"], one["fair_minutes"]
    if share is None:
        value = text("load.no_share", work=work / 60)
    else:
        value = text("load.value", work=work / 60, share=share / 60)
    mark = None if share is None else round(100 * share / most, 1)
    return Load(name, round(100 * work / most, 1), mark, value)
