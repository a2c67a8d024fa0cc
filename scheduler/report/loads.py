"""Each person's load beside their own fair share, in the order of the instance: nobody is ranked."""

from dataclasses import dataclass
from typing import Any

from scheduler.drawings.board import roles_in_order
from scheduler.drawings.words import role, text
from scheduler.facts import Facts
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
    by_id = {row["person"]: row for row in people}
    by_role = []
    for name in roles_in_order(facts.instance.people):
        members = [person for person in facts.instance.people if person.role.value == name]
        rows = [by_id[person.id] for person in members]
        most = max(max(row["task_minutes"], row["fair_minutes"] or 0) for row in rows) or 1
        loads = [_load(person.name, row, most) for person, row in zip(members, rows, strict=True)]
        by_role.append(Group(role(name), loads))
    return by_role


def _load(name: str, row: dict[str, Any], most: int) -> Load:
    work, share = row["task_minutes"], row["fair_minutes"]
    if share is None:
        value = text("load.no_share", work=work / 60)
    else:
        value = text("load.value", work=work / 60, share=share / 60)
    mark = None if share is None else round(100 * share / most, 1)
    return Load(name, round(100 * work / most, 1), mark, value)
