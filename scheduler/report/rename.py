"""Renaming ids throughout a record: instance, roster, changes; by what each field's words mean."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from scheduler.model import Instance
from scheduler.report.fields import MEANING, NAME, WORDS

RecordT = TypeVar("RecordT", bound=BaseModel)
Renaming = Mapping[str, Mapping[str, str]]
"""Kind of id (see `scheduler.report.fields`) → old id → new one."""


def renamed(record: RecordT, ids: Renaming, words: Callable[[str], str] | None = None) -> RecordT:
    """The record with other ids in every place that refers to them; the same object where nothing changes.

    words: also changes names and free text. Nothing is validated again.
    """
    changes = {}
    for name, meaning in _fields(type(record)):
        old = getattr(record, name)
        new = _value(old, meaning, ids, words)
        if new is not old:
            changes[name] = new
    if not changes:
        return record
    if isinstance(record, Instance):
        return record.changed(**changes)  # type: ignore[return-value]
    return record.model_copy(update=changes)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((name, MEANING.get(f"{model.__name__}.{name}", "")) for name in model.model_fields)


def _value(value: Any, meaning: str, ids: Renaming, words: Callable[[str], str] | None) -> Any:
    if isinstance(value, BaseModel):
        return renamed(value, ids, words)
    if isinstance(value, str):
        if meaning in (NAME, WORDS):
            new = value if words is None else words(value)
            return value if new == value else new
        return ids.get(meaning, {}).get(value, value)
    if isinstance(value, tuple):
        items = tuple(_value(item, meaning, ids, words) for item in value)
        changed = any(new is not old for new, old in zip(items, value, strict=True))
        return items if changed else value
    if isinstance(value, dict):
        pairs = {
            _value(key, meaning, ids, words): _value(item, meaning, ids, words)
            for key, item in value.items()
        }
        same = all(pairs.get(key, pairs) is item for key, item in value.items())
        return value if same else pairs
    return value
