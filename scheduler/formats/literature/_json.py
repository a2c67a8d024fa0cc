"""What the JSON formats of the literature share: reading with problems, and patients as visits."""

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from scheduler.model import InputError, Instance, Problem, Visit

RecordT = TypeVar("RecordT")


def read(path: Path, make: Callable[[Any], RecordT]) -> RecordT:
    """What `make` makes of a JSON file. Raises InputError for no JSON, or JSON of another format."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as fault:
        raise InputError([_unreadable(fault)], str(path)) from None
    try:
        return make(data)
    except (
        KeyError,
        IndexError,
        TypeError,
        ValueError,
        InvalidOperation,
        AttributeError,
        StopIteration,
    ) as fault:
        reason = f"{type(fault).__name__}: {fault}"
        raise InputError([_unreadable(reason)], str(path)) from None


def write(path: Path, data: Any) -> None:
    """Write a JSON file."""
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")


def visit_of(instance: Instance, task: str) -> Visit:
    """The visit of this id; these formats know no shifts."""
    visit = instance.task_by_id[task]
    assert isinstance(visit, Visit)
    return visit


def services(visit: Visit) -> list[str]:
    """The one skill that each slot asks for."""
    return [next(iter(slot.skills)) for slot in visit.slots]


def _unreadable(fault: object) -> Problem:
    return Problem(code="not_this_format", pointer="", slots={"reason": str(fault)[:200]})
