"""The database: address, connection settings, schema."""

import json
import select as polls
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Engine, Select, create_engine, event, func, make_url, select
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker

from service.settings import ServiceSettings
from service.store.keys import Keyring
from service.store.proofs import prove, proven
from service.store.sealed import bind_rows

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x4C69_616E_7869_6E
"""Number of the advisory lock: the letters of Lianxin."""
_WAIT_SECONDS = 5
"""How long to wait for a connection or a lock, before the work is tried again later."""
_POSTGRESQL = {
    "connect_timeout": _WAIT_SECONDS,
    # A peer that went away without a word is noticed.
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    # Who is frozen in the middle of a transaction holds its rows: others would pass over them for ever.
    "options": "-c idle_in_transaction_session_timeout=15000",
}


class Store:
    """Our tables in one database. keys: seal what is private; None: for tables without such columns."""

    def __init__(self, url: str, keys: Keyring | None = None):
        self._reading = _engine(url)
        self._reading.dialect.lianxin_keys = keys  # type: ignore[attr-defined]
        bind_rows(self._reading)
        self.engine = _writing(self._reading)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._readings = sessionmaker(self._reading, expire_on_commit=False)

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """An installation's store. Raises KeysError where its keys are missing or not the right ones.

        A key file is made where there is none and nothing was ever sealed.
        """
        store = cls(settings.database)
        try:
            keys = proven(store.engine, settings.key_path)
        except BaseException:
            store.close()
            raise
        store.engine.dialect.lianxin_keys = keys  # type: ignore[attr-defined]
        return store

    def migrate(self) -> None:
        """Bring the schema up to date. Any number of processes may do so at once: one does, others wait."""
        from alembic import command  # late: only what migrates needs it

        with self.engine.connect() as connection:
            sqlite = self.engine.dialect.name == "sqlite"
            if sqlite:
                # A table that is made anew is dropped for a moment, and rows refer to its rows. The connection is
                # not used again: the setting is its own.
                connection.detach()
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            command.upgrade(migrations(connection), "head")
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise AssertionError("a migration left rows without the rows that they refer to")
            if getattr(self.engine.dialect, "lianxin_keys", None) is not None:
                prove(connection)
            connection.commit()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on an error."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session without a transaction, for what only reads: each statement for itself.

        It spares PostgreSQL and this process the round trips that begin and end one.
        """
        with self._readings.begin() as session:
            yield session

    def first(self, statement: Select[Any], parameters: Mapping[str, Any] | None = None) -> Any:
        """The first row, or None; without a session, which costs more than to ask.

        statement: one that is made once.
        """
        with self._reading.connect() as connection:
            return connection.execute(statement, parameters).first()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def migrations(connection: Any) -> "Config":
    """Alembic's settings, with the connection that it is to use."""
    from alembic.config import Config  # late: only what migrates needs it

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    # As many as the web process has threads.
    options: dict[str, Any] = {
        "pool_size": 20,
        "max_overflow": 20,
        "pool_timeout": _WAIT_SECONDS,
        "hide_parameters": True,
        # JSON as it is written, so that SQLite finds labels of any script.
        "json_serializer": partial(json.dumps, ensure_ascii=False),
    }
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    options["isolation_level"] = "AUTOCOMMIT"
    engine = create_engine(url, **options, connect_args=_POSTGRESQL)
    event.listen(engine, "checkin", _note_used)
    event.listen(engine, "checkout", _ensure_connected)
    return engine


def _writing(engine: Engine) -> Engine:
    """The same connections, with transactions; SQLite begins one by itself for what writes.

    Most of what is asked only reads: so those who write have a connection changed, and changed back.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="READ COMMITTED")


def _note_used(_connection: Any, record: Any) -> None:
    record.info["used"] = True


def _ensure_connected(connection: Any, record: Any, _fairy: Any) -> None:
    """Have a connection that a restart of the database cut replaced before it is used.

    Nothing comes over an idle connection but its end: to look for that is one call of the system, to ask
    the database a round trip.
    """
    if not record.info.get("used"):
        return
    poll = polls.poll()
    if not connection.closed:
        poll.register(connection.fileno(), polls.POLLIN)
    if connection.closed or poll.poll(0):
        raise InvalidatePoolError


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # A transaction that first reads and then writes fails at once if another one wrote in between;
    # IMMEDIATE makes it wait instead.
    connection.isolation_level = "IMMEDIATE"
    for pragma in (
        f"busy_timeout={1000 * _WAIT_SECONDS}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
