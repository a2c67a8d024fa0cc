"""Moments: integers inside (ticks from the horizon's start), local ISO date-times in files.

A tick is a minute unless the horizon says ``ticks_per_minute``. Only the root of a file knows the
horizon, so reading or writing a file sets it in a context variable here; a record made in Python
takes plain integers and needs no context.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

MINUTES_PER_DAY = 24 * 60
_MICROSECONDS_PER_MINUTE = 60_000_000

_clock: ContextVar[tuple[date, int] | None] = ContextVar("horizon_clock", default=None)


@contextmanager
def clock(start: date, ticks_per_minute: int) -> Iterator[None]:
    """Read and write moments against this horizon while the block runs."""
    token = _clock.set((start, ticks_per_minute))
    try:
        yield
    finally:
        _clock.reset(token)


def to_datetime(ticks: int, start: date, ticks_per_minute: int = 1) -> datetime:
    """Local date-time of a moment given in ticks from midnight of `start`; exact to a microsecond."""
    midnight = datetime(start.year, start.month, start.day)
    return midnight + timedelta(microseconds=ticks * _MICROSECONDS_PER_MINUTE // ticks_per_minute)


def to_ticks(moment: datetime, start: date, ticks_per_minute: int = 1) -> int:
    """Ticks from midnight of `start`; raises ValueError where the moment falls between two ticks."""
    elapsed = moment - datetime(start.year, start.month, start.day)
    microseconds = elapsed // timedelta(microseconds=1)
    ticks, rest = divmod(microseconds * ticks_per_minute, _MICROSECONDS_PER_MINUTE)
    if rest:
        raise ValueError("finer than a tick")
    return ticks


def _read(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("moment", "a local date-time such as 2026-11-23T09:00")
    if isinstance(value, int):
        return value
    horizon = _clock.get()
    if isinstance(value, str) and horizon is not None:
        return _parsed(value, *horizon)
    raise PydanticCustomError("moment", "a local date-time such as 2026-11-23T09:00")


@lru_cache(maxsize=10_000)  # a week says the same moments again and again
def _parsed(value: str, start: date, ticks_per_minute: int) -> int:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None:
        raise PydanticCustomError("moment", "a local date-time such as 2026-11-23T09:00")
    try:
        return to_ticks(moment, start, ticks_per_minute)
    except ValueError:
        raise PydanticCustomError(
            "moment_fraction", "whole minutes, such as 2026-11-23T09:00"
        ) from None


def _write(value: int) -> Any:
    horizon = _clock.get()
    return value if horizon is None else _written(value, *horizon)


@lru_cache(maxsize=20_000)
def _written(ticks: int, start: date, ticks_per_minute: int) -> str:
    moment = to_datetime(ticks, start, ticks_per_minute)
    return moment.isoformat(timespec="microseconds" if moment.microsecond else "auto").removesuffix(
        ":00"
    )


Moment = Annotated[
    int,
    BeforeValidator(_read),
    PlainSerializer(_write),
    WithJsonSchema(
        {
            "type": "string",
            "format": "local-date-time",
            "examples": ["2026-11-23T09:00"],
            "description": "Local date and time, no zone; inside the program ticks from the horizon's start.",
        }
    ),
]
"""Ticks from midnight of the horizon's first day; a local ISO date-time in files."""
