"""A copy of an instance with single values changed: ``people/counsellor-01/limits/weekly_minutes=2700``.

A step of the path is the name of a field, the id of a record in a list, or an index of a list from 0.
"""

import json
from collections.abc import Sequence
from typing import Any

from scheduler.formats.parse import parse_instance
from scheduler.model import InputError, Instance, Problem
from scheduler.model.pointer import nearest, pointer, shortened
from scheduler.rules import rules


def amended(instance: Instance, changes: Sequence[str]) -> Instance:
    """The instance with each ``PATH=VALUE`` applied in turn; a value that is no JSON is plain text.

    Raises InputError with every fault: a path that leads nowhere, a value that the field cannot have.
    """
    data = instance.model_dump(mode="json", exclude_none=True)
    faults = [problem for change in changes if (problem := _apply(data, change)) is not None]
    if faults:
        raise InputError(faults)
    changed_instance, problems = parse_instance(data, rules())
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or changed_instance is None:
        raise InputError(errors)
    return changed_instance


def _apply(data: Any, change: str) -> Problem | None:
    path, sign, value = change.partition("=")
    steps = [step for step in path.strip("/").split("/") if step]
    if not sign or not steps:
        return Problem(code="not_a_change", pointer="", value=shortened(change))
    at = data
    for number, step in enumerate(steps):
        key = _key(at, step)
        last = number == len(steps) - 1
        missing = isinstance(at, dict) and key not in at
        if key is None or (missing and isinstance(at, dict) and not _may_begin(steps, number)):
            return Problem(
                code="no_such_path",
                pointer=pointer(*steps[: number + 1]),
                value=shortened(step),
                slots={"suggestion": nearest(step, _names(at))},
            )
        if last:
            at[key] = _value(value)
        else:
            at = at.setdefault(key, {}) if isinstance(at, dict) else at[key]
    return None


def _may_begin(steps: list[str], number: int) -> bool:
    """Whether a field may be missing from the data, because fields without a value are left out.

    Of the first steps only the settings may be.
    """
    return number > 0 or steps[0] == "settings"


def _key(at: Any, step: str) -> str | int | None:
    if isinstance(at, dict):
        return step
    if isinstance(at, list):
        for number, record in enumerate(at):
            if isinstance(record, dict) and record.get("id") == step:
                return number
        if step.isdecimal() and int(step) < len(at):
            return int(step)
    return None


def _names(at: Any) -> list[str]:
    if isinstance(at, dict):
        return list(at)
    if isinstance(at, list):
        return [str(record["id"]) for record in at if isinstance(record, dict) and "id" in record]
    return []


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
