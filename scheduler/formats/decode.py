"""Bytes to a JSON value, with limits, so that no file can exhaust or crash its reader."""

import json
import math
import re
from pathlib import Path
from typing import Any

from scheduler.model.errors import InputError, Problem
from scheduler.model.pointer import pointer, shortened

MOST_BYTES = 64 * 1024 * 1024
DEEPEST = 40
"""Levels of nesting; an instance has seven."""
LARGEST = 10**12
"""Largest whole number in a file: beyond any sensible duration, moment or weight."""

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no character, or one that workbooks and terminals do not take."""


def load(source: Path | bytes) -> bytes:
    """The bytes of a file, or those given. Raises InputError where it is missing or too large."""
    if isinstance(source, bytes):
        return _limited(source, len(source))
    try:
        size = source.stat().st_size
        return source.read_bytes() if size <= MOST_BYTES else _limited(b"", size)
    except OSError as error:
        code = "file_not_found" if isinstance(error, FileNotFoundError) else "file_not_readable"
        raise InputError([Problem(code=code, pointer="", value=str(source))], str(source)) from None


def _limited(data: bytes, size: int) -> bytes:
    if size > MOST_BYTES:
        slots = {"most": str(MOST_BYTES // 1024 // 1024)}
        problem = Problem(
            code="file_too_large", pointer="", value=f"{size / 1024 / 1024:.1f} MB", slots=slots
        )
        raise InputError([problem])
    return data


def decode(data: bytes) -> tuple[Any, list[Problem]]:
    """The JSON value of UTF-8 bytes, and problems of it that a JSON reader lets pass.

    Raises InputError for bytes that are empty, not UTF-8, not JSON or nested too deeply.
    """
    if not data.strip():
        raise InputError([Problem(code="empty_file", pointer="")])
    if data.startswith(b"PK\x03\x04"):
        raise InputError([Problem(code="workbook_not_json", pointer="")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        slots = {"position": str(error.start + 1)}
        value = f"0x{data[error.start]:02x}"
        raise InputError([Problem(code="not_utf8", pointer="", value=value, slots=slots)]) from None
    try:
        value = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        slots = {"line": str(error.lineno), "column": str(error.colno)}
        excerpt = shortened(text[error.pos : error.pos + 20])
        raise InputError(
            [Problem(code="not_json", pointer="", value=excerpt, slots=slots)]
        ) from None
    except RecursionError:
        raise InputError([_too_deep("")]) from None
    except ValueError:  # a whole number of thousands of digits
        slots = {"most": str(LARGEST)}
        raise InputError([Problem(code="too_large", pointer="", slots=slots)]) from None
    return value, _oddities(value)


class _RepeatedNames(dict[str, Any]):
    """An object with some names more than once in the file; the last value counts."""

    repeated: list[str]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    record = _RepeatedNames(members)
    names = [name for name, _ in pairs]
    record.repeated = [name for name in members if names.count(name) > 1]
    return record


def _too_deep(at: str) -> Problem:
    return Problem(code="too_deep", pointer=at, slots={"most": str(DEEPEST)})


def _broken(at: str, text: str) -> Problem:
    return Problem(code="broken_text", pointer=at, value=shortened(text))


def _oddities(value: Any) -> list[Problem]:
    """Repeated names, broken text, NaN and infinity, numbers that are too large.

    Raises InputError for nesting that is too deep, and for broken text in a name.
    """
    problems = []
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while stack:
        path, part = stack.pop()
        if len(path) > DEEPEST:
            raise InputError([_too_deep(pointer(*path[:3]))])
        if isinstance(part, _RepeatedNames):
            problems += [
                Problem(code="doubled_name", pointer=pointer(*path, name), value=shortened(name))
                for name in part.repeated
            ]
        if isinstance(part, dict):
            for name in filter(_BROKEN.search, part):
                raise InputError([_broken(pointer(*path), name)])
            stack += [((*path, name), member) for name, member in reversed(part.items())]
        elif isinstance(part, list):
            stack += [((*path, index), part[index]) for index in reversed(range(len(part)))]
        elif isinstance(part, str) and _BROKEN.search(part):
            problems.append(_broken(pointer(*path), part))
        elif isinstance(part, float) and not math.isfinite(part):
            problems.append(Problem(code="not_finite", pointer=pointer(*path), value=str(part)))
        elif isinstance(part, int) and abs(part) > LARGEST:
            problems.append(
                Problem(
                    code="too_large",
                    pointer=pointer(*path),
                    value=shortened(part),
                    slots={"most": str(LARGEST)},
                )
            )
    return problems
