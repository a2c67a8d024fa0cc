"""Bytes to a JSON value, with limits, so that no file can exhaust or crash its reader."""

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scheduler.model.base import Record
from scheduler.model.errors import MOST_PROBLEMS, InputError, Problem, listed
from scheduler.model.most import NAMES, NODES, OBJECTS, RECORDS, TEXT
from scheduler.model.pointer import pointer, shortened

MOST_BYTES = 64 * 1024 * 1024
MOST_UNPACKED = 128 * 1024 * 1024
"""Bytes of a file's text in memory, where a single letter beyond the common ones makes all take four."""
DEEPEST = 40
"""Levels of nesting; an instance has seven."""
LARGEST = 10**12
"""Largest whole number in a file: beyond any sensible duration, moment or weight."""

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What is no character, or one that workbooks and terminals do not take."""
_NAME = re.compile(rb'"((?:[^"\\]|\\.)*+)"\s*:')
"""A field's name in the bytes of JSON."""


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
        raise InputError([_too_large(size, MOST_BYTES)])
    return data


def _too_large(size: int, most: int) -> Problem:
    slots = {"most": str(most // 1024 // 1024)}
    return Problem(
        code="file_too_large", pointer="", value=f"{size / 1024 / 1024:.1f} MB", slots=slots
    )


def decode(data: bytes) -> tuple[Any, list[Problem]]:
    """The JSON value of UTF-8 bytes, and problems of it that a JSON reader lets pass, as `listed`.

    Raises InputError for bytes that are empty, not UTF-8, not JSON, nested too deeply, or that would
    take too much memory: more than `scheduler.model.most` allows of values, objects or names.
    """
    if crowd := _crowd(data):
        raise InputError([crowd])
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
    if (size := sys.getsizeof(text)) > MOST_UNPACKED:
        raise InputError([_too_large(size, MOST_UNPACKED)])
    plain = "\\" not in text and not _BROKEN.search(text)
    doubled = _DoubledNames()
    try:
        value = json.loads(text)
        if plain and _is_usual(value, text.count('"') // 2):
            return value, []
        del value  # not needed beside the next
        value = json.loads(text, object_pairs_hook=doubled.read)
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
    del text  # not needed beside the records that are made next
    return value, listed(_oddities(value, doubled, plain))


def _crowd(data: bytes) -> Problem | None:
    """The problem of bytes that hold too much to be read; told before anything is made of them.

    Each value but the first follows a comma or a bracket; those inside texts are counted as well.
    """
    objects = data.count(b"{")
    if data.count(b",") + data.count(b"[") + objects > NODES:
        return Problem(code="too_many_values", pointer="", slots={"most": str(NODES)})
    if objects > OBJECTS:
        return Problem(code="too_many_objects", pointer="", slots={"most": str(OBJECTS)})
    if data.count(b":") > NAMES:
        names: set[bytes] = set()
        for match in _NAME.finditer(data):
            names.add(match[1])
            if len(names) > NAMES:
                return Problem(code="too_many_names", pointer="", slots={"most": str(NAMES)})
    return None


class _DoubledNames:
    """Objects with some names more than once in the file; the last value counts."""

    def __init__(self) -> None:
        self._names: dict[int, tuple[dict[str, Any], list[str]]] = {}
        """By the object's `id`; the object is kept, so that no other gets that id."""

    def read(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """The object of these names and values."""
        members = dict(pairs)
        if len(members) < len(pairs) and len(self._names) <= MOST_PROBLEMS:
            counts = Counter(name for name, _ in pairs)
            doubled = [name for name in members if counts[name] > 1]
            self._names[id(members)] = members, doubled[: MOST_PROBLEMS + 1]
        return members

    def of(self, part: dict[str, Any]) -> list[str]:
        """The names that an object has more than once."""
        return self._names[id(part)][1] if id(part) in self._names else []


def _too_deep(at: str) -> Problem:
    return Problem(code="too_deep", pointer=at, slots={"most": str(DEEPEST)})


def _too_long(at: str, text: str) -> Problem:
    return Problem(code="too_long", pointer=at, value=shortened(text), slots={"most": str(TEXT)})


def _broken(at: str, text: str) -> Problem:
    return Problem(code="broken_text", pointer=at, value=shortened(text))


def _is_usual(value: Any, texts: int) -> bool:
    """Whether `_oddities` finds nothing in a value of plain text, told at a glance; as a rule it is so.

    texts: how many there are in the file, names among them; with fewer in the value some name is doubled.
    False where it might find something.
    """
    most, names = _longest(), set[str]()
    level = [value] if isinstance(value, dict | list) and len(value) <= RECORDS else []
    for _ in range(DEEPEST if level else 0):
        inner: list[Any] = []
        for part in level:
            if isinstance(part, dict):
                names.update(part)
                texts -= len(part)
            for name, one in part.items() if isinstance(part, dict) else enumerate(part):
                kind = type(one)
                if kind is str:
                    texts -= 1
                    usual = len(one) <= TEXT
                elif kind is dict or kind is list:
                    usual = len(one) <= (most.get(name, RECORDS) if kind is list else RECORDS)
                    inner.append(one)
                else:
                    usual = (kind is not int and kind is not float) or -LARGEST <= one <= LARGEST
                if not usual:
                    return False
        if not inner:
            return texts == 0 and all(len(name) <= TEXT for name in names)
        level = inner
    return False


def _oddities(value: Any, doubled: _DoubledNames, plain: bool) -> Iterator[Problem]:
    """Doubled names, broken text, NaN and infinity, and what is too large, too long or too many.

    plain: whether no text can be broken. Raises InputError for nesting that is too deep, and for
    broken text in a name.
    """
    path: list[str | int] = []
    levels: list[Iterator[tuple[str | int, Any]]] = [iter([("", value)])]
    while levels:
        for name, part in levels[-1]:
            if isinstance(part, dict | list):
                path.append(name)
                if len(levels) > DEEPEST + 1:
                    raise InputError([_too_deep(pointer(*path[1:4]))])
                yield from _of_container(part, path[1:], doubled, plain)
                levels.append(iter(part.items() if isinstance(part, dict) else enumerate(part)))
                break
            if isinstance(part, str):
                if len(part) > TEXT:
                    yield _too_long(pointer(*path[1:], name), part)
                elif not plain and _BROKEN.search(part):
                    yield _broken(pointer(*path[1:], name), part)
            elif isinstance(part, float) and not math.isfinite(part):
                yield Problem(code="not_finite", pointer=pointer(*path[1:], name), value=str(part))
            elif isinstance(part, int | float) and abs(part) > LARGEST:
                yield Problem(
                    code="too_large",
                    pointer=pointer(*path[1:], name),
                    value=shortened(part),
                    slots={"most": str(LARGEST)},
                )
        else:
            levels.pop()
            if path:
                path.pop()


@cache
def _longest() -> dict[str | int, int]:
    """Name of a field → most entries of its list, in whatever record allows the most.

    Known here, because pydantic counts the sound ones only, after all are read.
    """
    longest: dict[str | int, int] = {}
    kinds: list[type[Record]] = [Record]
    for kind in kinds:
        kinds += kind.__subclasses__()
        for name, field in kind.model_fields.items():
            for bound in field.metadata:
                length = getattr(bound, "max_length", None)
                if length is not None:
                    longest[name] = max(length, longest.get(name, 0))
    return longest


def _of_container(
    part: Any, path: list[str | int], doubled: _DoubledNames, plain: bool
) -> Iterator[Problem]:
    """What is wrong with an object or a list itself, whatever is in it."""
    most = _longest().get(path[-1], RECORDS) if path and isinstance(part, list) else RECORDS
    if len(part) > most:
        slots = {"most": str(most)}
        raise InputError(
            [Problem(code="too_many", pointer=pointer(*path), value=str(len(part)), slots=slots)]
        )
    if isinstance(part, dict):
        for name in doubled.of(part):
            yield Problem(code="doubled_name", pointer=pointer(*path, name), value=shortened(name))
        for name in part:
            if len(name) > TEXT:
                raise InputError([_too_long(pointer(*path), name)])
            if not plain and _BROKEN.search(name):
                raise InputError([_broken(pointer(*path), name)])
