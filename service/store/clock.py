"""The database's clock, which is the same for every machine."""

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

_SECONDS = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
}


def now(database: Connection | Session) -> float:
    """Seconds since 1970 (UTC)."""
    connection = database.connection() if isinstance(database, Session) else database
    return float(connection.scalar(text(_SECONDS[connection.dialect.name])))
