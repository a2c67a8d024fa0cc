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
"""Largest whole number in a file: further than any duration, moment or weight can mean."""

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no character, or none that a workbook or a terminal may be given."""


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
    """The JSON value of UTF-8 bytes, and what is wrong with it that JSON readers let pass.

    Raises InputError where there is no value: empty, not UTF-8, not JSON, nested too deeply.
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
        found = shortened(text[error.pos : error.pos + 20])
        raise InputError([Problem(code="not_json", pointer="", value=found, slots=slots)]) from None
    except RecursionError:
        raise InputError([_too_deep("")]) from None
    except ValueError:  # a whole number of thousands of digits
        slots = {"most": str(LARGEST)}
        raise InputError([Problem(code="too_large", pointer="", slots=slots)]) from None
    return value, _oddities(value)


class _Doubled(dict[str, Any]):
    """An object some of whose names stood there more than once; the last one counts."""

    doubled: list[str]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = _Doubled(found)
    names = [name for name, _ in pairs]
    doubled.doubled = [name for name in found if names.count(name) > 1]
    return doubled


def _too_deep(at: str) -> Problem:
    return Problem(code="too_deep", pointer=at, slots={"most": str(DEEPEST)})


def _broken(at: str, text: str) -> Problem:
    return Problem(code="broken_text", pointer=at, value=shortened(text))


def _oddities(value: Any) -> list[Problem]:
    """Names given twice, broken text, NaN and infinity, numbers beyond all meaning.

    Raises InputError for too deep a nest, and for a name that no pointer could tell.
    """
    found = []
    stack: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while stack:
        path, one = stack.pop()
        if len(path) > DEEPEST:
            raise InputError([_too_deep(pointer(*path[:3]))])
        if isinstance(one, _Doubled):
            found += [
                Problem(code="doubled_name", pointer=pointer(*path, name), value=shortened(name))
                for name in one.doubled
            ]
        if isinstance(one, dict):
            for name in filter(_BROKEN.search, one):
                raise InputError([_broken(pointer(*path), name)])
            stack += [((*path, name), part) for name, part in reversed(one.items())]
        elif isinstance(one, list):
            stack += [((*path, index), one[index]) for index in reversed(range(len(one)))]
        elif isinstance(one, str) and _BROKEN.search(one):
            found.append(_broken(pointer(*path), one))
        elif isinstance(one, float) and not math.isfinite(one):
            found.append(Problem(code="not_finite", pointer=pointer(*path), value=str(one)))
        elif isinstance(one, int) and abs(one) > LARGEST:
            found.append(
                Problem(
                    code="too_large",
                    pointer=pointer(*path),
                    value=shortened(one),
                    slots={"most": str(LARGEST)},
                )
            )
    return found
