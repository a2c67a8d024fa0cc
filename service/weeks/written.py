"""An instance as the text of its JSON, of which records that were written lately are not written anew.

A change of a week leaves nearly all of its records the same objects.
"""

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from scheduler.model import Instance
from scheduler.model.remembered import remembered
from scheduler.model.time import clock

_RECORDS = ("places", "people", "households", "duties", "cases", "visits", "shifts", "published")
"""Fields whose records stay the same objects from one state of a week to the next."""


def written(instance: Instance) -> str:
    """What `model_dump_json` writes without fields that are None."""
    horizon = instance.horizon
    with clock(horizon.start, horizon.ticks_per_minute):
        fields = (f'"{name}":{_field(instance, name)}' for name in Instance.model_fields)
        return "{" + ",".join(fields) + "}"


def _field(instance: Instance, name: str) -> str:
    value = getattr(instance, name)
    if name not in _RECORDS:
        return _adapter(name).dump_json(value, exclude_none=True).decode()
    return instance.derived(_records(name), frozenset({name, "horizon"}))


@cache
def _records(name: str) -> Callable[[Instance], str]:
    """Writes a field of records."""

    def write(instance: Instance) -> str:
        text = _texts(name, instance.horizon.start, instance.horizon.ticks_per_minute)
        return "[" + ",".join(map(text, getattr(instance, name))) + "]"

    return write


@lru_cache(len(_RECORDS) * 2)
def _texts(_field: str, _start: date, _minute: int) -> Callable[[BaseModel], str]:
    """How the records of a field are written, whose moments are read against this start."""
    return remembered(lambda record: record.model_dump_json(exclude_none=True))


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    kind: Any = Instance.model_fields[name].annotation
    return TypeAdapter(kind)
