"""The database: address, connection settings, schema."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from service.settings import ServiceSettings
from service.store.keys import Keyring
from service.store.proofs import prove, proven

_MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """Our tables in one database. keys: seal what is private; None: for tables without such columns."""

    def __init__(self, url: str, keys: Keyring | None = None):
        self.engine = _engine(url)
        self.engine.dialect.lianxin_keys = keys  # type: ignore[attr-defined]
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """An installation's store. Raises KeysError where its keys are missing or not the right ones.

        A key file is made where there is none and nothing was ever sealed.
        """
        store = cls(settings.database)
        try:
            keys = proven(store.engine, settings.key_file)
        except BaseException:
            store.close()
            raise
        store.engine.dialect.lianxin_keys = keys  # type: ignore[attr-defined]
        return store

    def migrate(self) -> None:
        """Bring the schema up to date; several processes may do so at once."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            command.upgrade(migrations(connection), "head")
            if getattr(self.engine.dialect, "lianxin_keys", None) is not None:
                prove(connection)
            connection.commit()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on an error."""
        with self._sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def migrations(connection: Any) -> Config:
    """Alembic's settings, with the connection that it is to use."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    # As many as the web process has threads.
    # JSON as it is written, so that SQLite finds labels of any script.
    engine = create_engine(
        url,
        pool_size=20,
        max_overflow=20,
        hide_parameters=True,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # A transaction that first reads and then writes fails at once if another one wrote in between;
    # IMMEDIATE makes it wait instead.
    connection.isolation_level = "IMMEDIATE"
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
