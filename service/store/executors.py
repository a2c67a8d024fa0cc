"""Worker processes in the database: which live, which are gone, and which has a duty of one worker at a time."""

import socket
from functools import cache
from pathlib import Path

from sqlalchemy import Float, Select, bindparam, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.store.clock import db_time
from service.store.database import Store
from service.store.tables import ExecutorRow, LeaseRow

_PROCESSES = Path("/proc")
_DEAD_STATES = "ZX"
"""Killed, and perhaps not yet reaped by the parent process."""


def host() -> str:
    """Where this process's id means something: the machine, since its start, and the name space of ids.

    Two machines or containers may have the same name, and each the same process ids.
    """
    marks = [socket.gethostname()]
    try:
        marks.append((_PROCESSES / "sys/kernel/random/boot_id").read_text().strip())
        marks.append((_PROCESSES / "self/ns/pid").readlink().name)
    except OSError:
        pass
    return " ".join(marks)


def beat(session: Session, id: str, host: str, pid: int) -> None:
    """Say that a worker lives; it is entered where it is not known, or no longer."""
    done = session.execute(update(ExecutorRow).where(ExecutorRow.id == id).values(beat=db_time()))
    if not done.rowcount:  # type: ignore[attr-defined]
        session.add(ExecutorRow(id=id, host=host, pid=pid, beat=db_time()))


def leave(session: Session, id: str) -> None:
    """Say that a worker has ended."""
    session.execute(delete(ExecutorRow).where(ExecutorRow.id == id))


def gone(session: Session, host: str) -> list[str]:
    """Workers of this host whose process is gone."""
    local = session.scalars(select(ExecutorRow).where(ExecutorRow.host == host))
    return [row.id for row in local if _gone(row.pid)]


def _gone(pid: int) -> bool:
    # Only where the system lists its processes; elsewhere a missing heartbeat shows it, a minute later.
    if not (_PROCESSES / "self").exists():
        return False
    try:
        state = (_PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in _DEAD_STATES


def forget(session: Session, ids: list[str], silent_seconds: float) -> None:
    """Remove these workers, and those that gave no sign for so long; who lives enters itself again."""
    silent = ExecutorRow.beat < db_time() - silent_seconds
    session.execute(delete(ExecutorRow).where(or_(ExecutorRow.id.in_(ids), silent)))


def alive(store: Store, silent_seconds: float) -> int:
    """How many workers gave a sign within so many seconds."""
    found = store.first(_alive(), {"silent": silent_seconds})
    return int(found[0])


@cache
def _alive() -> Select[int]:
    return select(func.count()).where(
        ExecutorRow.beat >= db_time() - bindparam("silent", type_=Float)
    )


def lease(store: Store, name: str, holder: str, seconds: float) -> bool:
    """Take the lease `name` for `seconds`; whether `holder` has it now. One that has run out is free."""
    free = or_(LeaseRow.holder == holder, LeaseRow.until < db_time())
    try:
        with store.session() as session:
            taken = session.execute(
                update(LeaseRow)
                .where(LeaseRow.name == name, free)
                .values(holder=holder, until=db_time() + seconds)
            )
            if taken.rowcount:  # type: ignore[attr-defined]
                return True
            if session.get(LeaseRow, name) is not None:
                return False
            session.add(LeaseRow(name=name, holder=holder, until=db_time() + seconds))
        return True
    except IntegrityError:
        return False
