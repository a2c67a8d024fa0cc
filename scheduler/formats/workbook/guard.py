"""Workbooks from strangers: checked before they are opened, then read in a child process with limits.

A single cell in the far corner makes some readers abort their process, and a few kilobytes can unpack
to gigabytes; see OWASP ASVS v5.0.0-5.2.3. What the child does is in `limited_reading`.
"""

import json
import lzma
import multiprocessing
import os
import re
import zipfile
import zlib
from importlib import import_module
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any, Generic, NamedTuple, TypeVar

from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.formats.kind_of_file import FileKind
from scheduler.formats.workbook.grid import MOST_COLUMNS, MOST_ROWS
from scheduler.formats.workbook.other_files import not_a_workbook
from scheduler.formats.workbook.source_cells import SourceCells
from scheduler.model import InputError, Instance, Problem, Roster, WorkedWeek
from scheduler.model.changes import Changes

MOST_BYTES = 10_000_000
MOST_PARTS = 200
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
WALL_SECONDS = 60
_READING = "scheduler.formats.workbook.limited_reading"
_CHUNK = 1 << 16
RecordT = TypeVar("RecordT", Roster, Changes, WorkedWeek)
_BROKEN_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What unpacking raises for bytes that are no sound package."""
_REFERENCE = re.compile(rb'\b(?:r|ref)="(?:[A-Z]{1,3}\d{1,9}:)?([A-Z]{1,3}\d{1,9})"')


def read_guarded(data: bytes, source: str) -> Instance:
    """The instance of an untrusted workbook.

    source: how the file is called in messages. Raises InputError: see `inspect_guarded`.
    """
    return inspect_guarded(data, source)[0]


def inspect_guarded(data: bytes, source: str) -> tuple[Instance, list[Problem]]:
    """The instance of an untrusted workbook, and its warnings, each at ``sheet!cell``.

    source: how the file is called in messages. Raises InputError: the codes of `inspect`, or
    not_a_workbook, workbook_too_large, workbook_too_many_parts, workbook_unpacks_too_large,
    workbook_far_cell, workbook_macros, workbook_external_links, workbook_reader_failed.
    """
    answer = _answer("week", data, source)
    return Instance.model_validate(answer["record"]), _problems(answer)


def inspect_here(data: bytes) -> tuple[Instance, list[Problem]]:
    """As `inspect_guarded`, for a process that has limits already: no further one is started."""
    from scheduler.formats.workbook.read import inspect

    refuse_unsafe(data, "")
    instance, problems = inspect(data)
    if instance is None:
        raise InputError(problems)
    return instance, problems


class GuardedRecord(NamedTuple, Generic[RecordT]):
    """What an untrusted workbook holds, its warnings, and the cells that it comes from."""

    record: RecordT
    warnings: list[Problem]
    cells: SourceCells


def read_roster_guarded(data: bytes, instance: Instance, source: str) -> GuardedRecord[Roster]:
    """The roster of an untrusted workbook, as it was edited.

    instance: the week that it is of, everything due in it visits by now. Raises InputError: the codes
    of `inspect_roster`, or those of `inspect_guarded`.
    """
    answer = _answer("roster", data, source, instance)
    return GuardedRecord(
        Roster.model_validate(answer["record"]), _problems(answer), SourceCells(**answer["cells"])
    )


def read_changes_guarded(data: bytes, week: Instance, source: str) -> GuardedRecord[Changes]:
    """The changes of an untrusted workbook. Parameters and errors as of `read_roster_guarded`."""
    answer = _answer("changes", data, source, week)
    changes = Changes.model_validate(answer["record"])
    return GuardedRecord(changes, _problems(answer), SourceCells(**answer["cells"]))


def read_worked_guarded(data: bytes, week: Instance, source: str) -> GuardedRecord[WorkedWeek]:
    """The worked week of an untrusted workbook. Parameters and errors as of `read_roster_guarded`."""
    answer = _answer("worked", data, source, week)
    worked = WorkedWeek.model_validate(answer["record"])
    return GuardedRecord(worked, _problems(answer), SourceCells(**answer["cells"]))


def _answer(
    kind: FileKind, data: bytes, source: str, week: Instance | None = None
) -> dict[str, Any]:
    """What the child says of a workbook: its record, problems and cells. week: that it is about."""
    refuse_unsafe(data, source)
    answer = _read_aside(kind, data, None if week is None else week.model_dump(mode="json"))
    if answer is None:
        raise InputError([Problem(code="workbook_reader_failed", pointer="")], source)
    if answer["record"] is None:
        raise InputError(_problems(answer), source)
    return answer


def _read_aside(kind: FileKind, data: bytes, week: Any) -> dict[str, Any] | None:
    """What `limited_reading` says in a process of its own; None where that died or took too long."""
    # Forked from a process that has the readers, where the system can: a second file does not wait for them.
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if forks else "spawn")
    context.set_forkserver_preload([_READING])
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, _READING, kind, data, week))
    with ours:
        child.start()
        theirs.close()
        try:
            answer: dict[str, Any] | None = (
                json.loads(ours.recv_bytes()) if ours.poll(WALL_SECONDS) else None
            )
        except EOFError:
            answer = None
        child.kill()
        child.join()
    return answer


def _child(to: Connection, reading: str, kind: FileKind, data: bytes, week: Any) -> None:
    """The life of the child. What libraries print there, and of what it dies, is nobody's to read."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    to.send_bytes(import_module(reading).answer(kind, data, week))


def _problems(answer: dict[str, Any]) -> list[Problem]:
    return [Problem.model_validate(problem) for problem in answer["problems"]]


def refuse_unsafe(data: bytes, source: str) -> None:
    """Raise InputError where a workbook's package shows that it should not be opened here."""
    fault = _fault(data)
    if fault is not None:
        raise InputError([fault], source)


def _fault(data: bytes) -> Problem | None:
    """The first problem that shows without reading the cells."""
    if len(data) > MOST_BYTES:
        return _too_much("workbook_too_large", len(data), MOST_BYTES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            foreign = "xl/workbook.xml" not in {part.filename for part in book.infolist()}
            fault = _fault_of_parts(book, len(data))
            return not_a_workbook(data) if fault is None and foreign else fault
    except _BROKEN_PACKAGE:
        return not_a_workbook(data)


def _fault_of_parts(book: zipfile.ZipFile, size: int) -> Problem | None:
    names = [part.filename.lower() for part in book.infolist()]
    if len(names) > MOST_PARTS:
        return _too_much("workbook_too_many_parts", len(names), MOST_PARTS)
    if any(name.endswith("vbaproject.bin") for name in names):
        return Problem(code="workbook_macros", pointer="")
    if any("externallinks/" in name for name in names):
        return Problem(code="workbook_external_links", pointer="")
    unpacked = 0
    for part in book.infolist():
        sheet = part.filename.lower().startswith("xl/worksheets/")
        with book.open(part) as stream:
            tail = b""
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                # Counted while unpacking, because the size that the file states may be false.
                if unpacked > min(MOST_UNPACKED, max(MOST_RATIO * size, _CHUNK)):
                    return _too_much("workbook_unpacks_too_large", unpacked, MOST_UNPACKED)
                if sheet:
                    far = _far_cell(tail + chunk)
                    if far is not None:
                        return far
                    tail = chunk[-64:]
    return None


def _far_cell(text: bytes) -> Problem | None:
    for match in _REFERENCE.finditer(text):
        cell = match[1].decode()
        try:
            row, column = coordinate_to_tuple(cell)
        except ValueError:
            continue
        if row > MOST_ROWS or column > MOST_COLUMNS:
            slots = {"rows": str(MOST_ROWS), "columns": str(MOST_COLUMNS)}
            return Problem(code="workbook_far_cell", pointer="", value=cell, slots=slots)
    return None


def _too_much(code: str, value: int, most: int) -> Problem:
    return Problem(code=code, pointer="", value=str(value), slots={"most": str(most)})
