"""Tables of ways from road servers, kept by what they depend on: server, profile and coordinates."""

import os
import time
from contextlib import suppress

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from service.store.database import Store
from service.store.tables import Base

_KEEP_SECONDS = 90 * 86_400.0
"""Roads change: a table is asked for anew after three months."""


class WaysRow(Base):
    """A table of ways. It names no place: its key is a digest of their coordinates."""

    __tablename__ = "ways"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    fetched: Mapped[float] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class WaysStore:
    """Keeps the tables in a database. Without it nothing is lost: a table is then asked for again."""

    def __init__(self, address: str):
        self._address = address
        self._store: tuple[int, Store] | None = None

    def find(self, key: str) -> bytes | None:
        """The bytes kept under a key; None where there are none that are fresh."""
        with suppress(SQLAlchemyError), self._opened().session() as session:
            fresh = time.time() - _KEEP_SECONDS
            wanted = select(WaysRow.body).where(WaysRow.key == key, WaysRow.fetched > fresh)
            return session.scalar(wanted)
        return None

    def add(self, key: str, table: bytes) -> None:
        """Keep the bytes of a table, and no longer those that are old."""
        now = time.time()
        with suppress(SQLAlchemyError), self._opened().session() as session:
            session.execute(delete(WaysRow).where(WaysRow.fetched <= now - _KEEP_SECONDS))
            session.merge(WaysRow(key=key, fetched=now, body=table))

    def close(self) -> None:
        """Close every connection."""
        if self._store is not None:
            self._store[1].close()
            self._store = None

    def _opened(self) -> Store:
        # A process that was forked from another must not use its connections.
        if self._store is None or self._store[0] != os.getpid():
            self._store = os.getpid(), Store(self._address)
        return self._store[1]
