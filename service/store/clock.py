"""The database's clock. Machines' clocks differ by minutes, so none of them says what is late."""

from typing import Any

from sqlalchemy import Connection, Float, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement


class DatabaseTime(FunctionElement[float]):
    """SQL for the time at which the statement is run, in seconds since 1970 (UTC)."""

    type = Float()
    inherit_cache = True


def db_time() -> DatabaseTime:
    """The time by the database's clock, for a column or a comparison."""
    return DatabaseTime()


def now(database: Connection | Session) -> float:
    """The time by the database's clock, in seconds since 1970 (UTC)."""
    return database.execute(select(db_time())).scalar_one()


@compiles(DatabaseTime, "sqlite")
def _sqlite(_element: Any, _compiler: Any, **_: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(DatabaseTime, "postgresql")
def _postgresql(_element: Any, _compiler: Any, **_: Any) -> str:
    return "extract(epoch from clock_timestamp())::double precision"
