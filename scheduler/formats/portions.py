"""The record at the root of a file, read a few entries of each list at a time.

Pydantic reads to the end, and remembers what is wrong with each entry: a file of a megabyte can hold
more faults than the memory. Here nothing is read after the first faults that are told.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, TypeVar, get_origin

from pydantic import TypeAdapter, ValidationError

from scheduler.formats import structure
from scheduler.model import Horizon, Problem
from scheduler.model.errors import MOST_PROBLEMS, listed
from scheduler.model.instance import FileRoot
from scheduler.model.time import clock

_PORTION = 20
"""Entries that are read at once."""
RootT = TypeVar("RootT", bound=FileRoot)


def read_root(
    data: dict[str, Any], horizon: Horizon, model: type[RootT]
) -> tuple[RootT | None, list[Problem]]:
    """The record (None where a field cannot be read), and the problems of its form, as `listed`.

    horizon: the file's, against which moments are read
    """
    parts = {**data, "horizon": horizon}
    problems: list[Problem] = []
    for name in model.model_fields:
        value = data.get(name)
        if not isinstance(value, list | dict) or len(value) <= _PORTION:
            continue
        if (adapter := _adapter(model, name)) is None:
            continue
        records: list[Any] = []
        for first, portion in _portions(value):
            try:
                with clock(horizon.start, horizon.ticks_per_minute):
                    read = adapter.validate_python(portion)
            except ValidationError as error:
                problems += structure.problems(error, data, model, (name,), first)
                if len(problems) > MOST_PROBLEMS:
                    return None, listed(problems)
            else:
                records += read.items() if isinstance(read, dict) else read
        parts[name] = dict(records) if isinstance(value, dict) else tuple(records)
    try:
        record = model.model_validate(parts)
    except ValidationError as error:
        problems += structure.problems(error, {**data, "horizon": parts["horizon"]}, model)
        return None, listed(problems)
    return (None if problems else record), listed(problems)


@cache
def _adapter(model: type[FileRoot], name: str) -> TypeAdapter[Any] | None:
    """What reads some entries of a field; None for a field that is one record."""
    annotation = model.model_fields[name].annotation
    if annotation is None or get_origin(annotation) not in (tuple, dict):
        return None
    return TypeAdapter(annotation)


def _portions(value: Any) -> Iterator[tuple[int, Any]]:
    """The number of its first entry, and each portion, as a list or object."""
    entries = iter(value.items() if isinstance(value, dict) else value)
    first = 0
    while portion := list(islice(entries, _PORTION)):
        yield first, dict(portion) if isinstance(value, dict) else portion
        first += len(portion)
