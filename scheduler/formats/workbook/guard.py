"""Workbooks from strangers: checked before they are opened, then read in a child process with limits.

A single cell in the far corner makes some readers abort their process, and a few kilobytes can unpack
to gigabytes; see OWASP ASVS v5.0.0-5.2.3. Run as a module this is the child: it takes a workbook from
standard input and writes an instance and its problems as JSON to standard output.
"""

import json
import re
import resource
import subprocess
import sys
import zipfile
from io import BytesIO

from openpyxl.utils.cell import coordinate_to_tuple

from scheduler.formats.workbook.grid import MOST_COLUMNS, MOST_ROWS
from scheduler.formats.workbook.other_files import not_a_workbook
from scheduler.formats.workbook.read import inspect
from scheduler.model import InputError, Instance, Problem

MOST_BYTES = 10_000_000
MOST_PARTS = 200
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
WALL_SECONDS = 60
_CHUNK = 1 << 16
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
    refuse_unsafe(data, source)
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=True,
        )
        answer = json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise InputError([Problem(code="workbook_reader_failed", pointer="")], source) from None
    problems = [Problem.model_validate(problem) for problem in answer["problems"]]
    if answer["instance"] is None:
        raise InputError(problems, source)
    return Instance.model_validate(answer["instance"]), problems


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
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
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


def main() -> None:
    """Run the child: set the limits, then read the workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        instance, problems = inspect(sys.stdin.buffer.read())
    except InputError as error:
        instance, problems = None, error.problems
    answer = {
        "instance": None if instance is None else instance.model_dump(mode="json"),
        "problems": [problem.model_dump(mode="json") for problem in problems],
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
