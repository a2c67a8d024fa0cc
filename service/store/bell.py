"""Word from process to process that the database has news, so that nobody has to ask again and again.

PostgreSQL tells by LISTEN/NOTIFY, over one connection a process. SQLite tells nobody, but counts commits:
one thread a process looks at that count, which costs microseconds.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.safe_logs import where
from service.store.database import Store
from service.store.trouble import Backoff

log = logging.getLogger("lianxin.store")

WORK = "lianxin_work"
"""There is something for a worker: a job that waits, or a stop."""
JOBS = "lianxin_jobs"
"""A job has changed; its id is told."""

_LOOK_SECONDS = 0.05
_LISTEN_SECONDS = 1.0


def ring(session: Session, channel: str, word: str = "") -> None:
    """Tell every process, once this transaction is committed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_notify(channel, word)))


class Bell:
    """Calls `heard` in a thread of its own when there is news, with the word told or "" for any.

    It is also called at the beginning and after every lost connection. What it raises is logged, and it
    is called again.
    """

    def __init__(self, store: Store, channel: str, heard: Callable[[str], None]):
        self._store = store
        self._channel = channel
        self._heard = heard
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=channel, daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """End it."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        backoff = Backoff()
        while not self._closing.is_set():
            try:
                with self._connection() as connection:
                    for word in self._words(connection):
                        self._heard(word)
                        backoff.reset()
            except Exception as error:
                log.warning("news of the database are late: %s", where(error))
                self._closing.wait(backoff.wait_seconds())

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """The driver's own connection, outside the pool."""
        with self._store.engine.connect() as connection:
            driver = connection.connection.driver_connection
            connection.detach()
            yield driver

    def _words(self, connection: Any) -> Iterator[str]:
        if self._store.engine.dialect.name == "postgresql":
            connection.autocommit = True
            connection.execute(f"LISTEN {self._channel}")
            yield ""
            while not self._closing.is_set():
                for notice in connection.notifies(timeout=_LISTEN_SECONDS):
                    yield notice.payload
        seen = None
        while not self._closing.wait(_LOOK_SECONDS):
            (commits,) = connection.execute("PRAGMA data_version").fetchone()
            if commits != seen:
                seen = commits
                yield ""
