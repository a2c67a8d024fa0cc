"""Worker processes in the database: which live, which are dead, and which one may recover the jobs of the dead."""

import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.store import Store
from service.store.tables import ExecutorRow, LeaseRow

_PROCESSES = Path("/proc")
_DEAD_STATES = "ZX"
"""Killed, and perhaps not yet reaped by the parent process."""


def join(session: Session, id: str, host: str, pid: int) -> None:
    """Enter a worker under an id that was never used before."""
    session.add(ExecutorRow(id=id, host=host, pid=pid, beat=time.time()))


def beat(session: Session, id: str) -> None:
    """Say that a worker lives."""
    session.execute(update(ExecutorRow).where(ExecutorRow.id == id).values(beat=time.time()))


def leave(session: Session, *, id: str | None = None, pid: int = 0, host: str = "") -> None:
    """Say that a worker has ended, by its id or by its process."""
    which = ExecutorRow.id == id if id else (ExecutorRow.pid == pid) & (ExecutorRow.host == host)
    session.execute(update(ExecutorRow).where(which).values(ended=time.time()))


def dead(session: Session, host: str, dead_after: float) -> list[str]:
    """Workers that have ended, gave no sign for `dead_after` seconds, or whose process is gone."""
    silent = or_(ExecutorRow.ended.is_not(None), ExecutorRow.beat < time.time() - dead_after)
    silent_ids = list(session.scalars(select(ExecutorRow.id).where(silent)))
    local = session.scalars(select(ExecutorRow).where(~silent, ExecutorRow.host == host))
    return silent_ids + [row.id for row in local if _gone(row.pid)]


def _gone(pid: int) -> bool:
    # Only where the system lists its processes; elsewhere a missing heartbeat shows it, a minute later.
    if not (_PROCESSES / "self").exists():
        return False
    try:
        state = (_PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in _DEAD_STATES


def forget(session: Session, ids: list[str]) -> None:
    """Remove dead workers whose jobs were recovered."""
    session.execute(delete(ExecutorRow).where(ExecutorRow.id.in_(ids)))


def alive(session: Session, dead_after: float) -> int:
    """How many workers live."""
    query = select(ExecutorRow.id).where(
        ExecutorRow.ended.is_(None), ExecutorRow.beat >= time.time() - dead_after
    )
    return len(session.scalars(query).all())


def lease(store: Store, name: str, holder: str, seconds: float, dead: Sequence[str] = ()) -> bool:
    """Take the lease `name` for `seconds`; whether `holder` has it now.

    A lease that a dead worker holds, or that has run out, is free.
    """
    now = time.time()
    free = or_(LeaseRow.holder.in_([holder, *dead]), LeaseRow.until < now)
    try:
        with store.session() as session:
            taken = session.execute(
                update(LeaseRow)
                .where(LeaseRow.name == name, free)
                .values(holder=holder, until=now + seconds)
            )
            if taken.rowcount:  # type: ignore[attr-defined]
                return True
            if session.get(LeaseRow, name) is not None:
                return False
            session.add(LeaseRow(name=name, holder=holder, until=now + seconds))
        return True
    except IntegrityError:
        return False
