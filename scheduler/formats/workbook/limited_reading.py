"""What the child process does that reads a stranger's workbook: see `guard`."""

import json
from collections.abc import Callable
from typing import Any

from scheduler.formats.kind_of_file import FileKind
from scheduler.formats.limited import limit_process, taken_bytes
from scheduler.formats.workbook.read import inspect
from scheduler.formats.workbook.read_changes import inspect_changes, inspect_worked
from scheduler.formats.workbook.read_roster import inspect_roster
from scheduler.formats.workbook.source_cells import SourceCells
from scheduler.model import InputError, Instance, Problem
from scheduler.model.base import Record

MEMORY_BYTES = 768 << 20
"""Beyond what the program has by itself."""
CPU_SECONDS = 20
Read = tuple[Record | None, list[Problem], SourceCells]
"""The record of a workbook (None where there are errors), every problem, and its cells."""
_READERS: dict[FileKind, Callable[[bytes, Instance], Read]] = {
    "roster": inspect_roster,
    "changes": inspect_changes,
    "worked": inspect_worked,
}
"""By kind of workbook that is about a week."""


def answer(kind: FileKind, data: bytes, week: Any) -> bytes:
    """Set this process's limits and read a workbook; its record, problems and cells as JSON.

    week: that it is about, as JSON's values; None without one.
    """
    limit_process(memory_bytes=taken_bytes() + MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    try:
        record, problems, cells = _read(kind, data, week)
    except InputError as error:
        record, problems, cells = None, error.problems, SourceCells()
    told = {
        "record": None if record is None else record.model_dump(mode="json"),
        "problems": [problem.model_dump(mode="json") for problem in problems],
        "cells": cells.as_json(),
    }
    return json.dumps(told).encode()


def _read(kind: FileKind, data: bytes, week: Any) -> Read:
    if week is None:
        return (*inspect(data), SourceCells())
    return _READERS[kind](data, Instance.model_validate(week))
