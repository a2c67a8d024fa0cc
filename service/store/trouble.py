"""Trouble of the database that passes: connections lost, locks, a full disk; and trying again."""

import random
import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import exc

T = TypeVar("T")

_LEAST_SECONDS = 0.1
_MOST_SECONDS = 5.0
_REFUSED = ("25006", "42501")
"""PostgreSQL's codes for a write to a server that is read-only just now, or without the right to it: its
administrator mends either, and what waits goes on."""


def transient(error: BaseException) -> bool:
    """Whether the same work may succeed later."""
    if isinstance(error, exc.TimeoutError):
        # Every connection of the pool is in use.
        return True
    if not isinstance(error, exc.DBAPIError):
        return False
    if isinstance(error, exc.OperationalError):
        # SQLite's plain ERROR is a fault of the statement or of the schema.
        return getattr(error.orig, "sqlite_errorname", "") != "SQLITE_ERROR"
    lost = error.connection_invalidated or isinstance(error, exc.InterfaceError)
    return lost or getattr(error.orig, "sqlstate", "") in _REFUSED


class Backoff:
    """Waits that double, up to 5 seconds, and differ so that not all try again at once."""

    def __init__(self) -> None:
        self._seconds = _LEAST_SECONDS

    def wait_seconds(self) -> float:
        """How long to wait now; longer the next time."""
        seconds = self._seconds
        self._seconds = min(2 * seconds, _MOST_SECONDS)
        return seconds * random.uniform(0.75, 1.25)

    def reset(self) -> None:
        """It worked: begin with short waits again."""
        self._seconds = _LEAST_SECONDS


def retry(work: Callable[[], T], closing: threading.Event) -> T:
    """The result of `work`, tried again while the database is in passing trouble.

    Raises what `work` raised last once `closing` is set, and any other error at once.
    """
    backoff = Backoff()
    while True:
        try:
            return work()
        except exc.SQLAlchemyError as error:
            if not transient(error) or closing.wait(backoff.wait_seconds()):
                raise
