"""The line of jobs that wait: who is next, and how far away the others are."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from sqlalchemy import Select, Subquery, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased, with_expression
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import LoaderOption

from service.store.tables import JobRow

PRIORITIES: tuple[Literal["interactive", "batch"], ...] = ("interactive", "batch")
INTERACTIVE_SECONDS = 60.0
"""A job with a time limit up to this is interactive unless it says otherwise."""


def priority(request: dict[str, Any]) -> int:
    """The place of a job's priority in `PRIORITIES`."""
    said = request.get("priority")
    if said is not None:
        return PRIORITIES.index(said)
    seconds = request["limits"]["seconds"]
    return 0 if seconds is not None and seconds <= INTERACTIVE_SECONDS else 1


@cache
def line() -> Subquery:
    """The jobs that wait: id, cores, created and place, 1 for the next.

    Interactive before batch; what was interrupted before what has not begun; then in turns: whose key
    has the fewest jobs running (and waiting ahead), then whose was served longest ago; then the oldest.
    """
    job, other = aliased(JobRow), aliased(JobRow)
    keys = select(job.turn).where(job.state == "queued").distinct().subquery()
    running = select(func.count()).where(other.turn == keys.c.turn, other.state == "running")
    served = select(func.max(other.taken)).where(other.turn == keys.c.turn)
    turns = select(
        keys.c.turn,
        running.scalar_subquery().label("running"),
        func.coalesce(served.scalar_subquery(), 0.0).label("served"),
    ).subquery()
    job = aliased(JobRow)
    fresh = case((job.started.is_(None), 1), else_=0).label("fresh")
    nth = func.row_number().over(
        partition_by=(job.priority, job.turn), order_by=(fresh, job.created, job.id)
    )
    each = (
        select(
            job.id,
            job.cores,
            job.created,
            job.priority,
            fresh,
            (turns.c.running + nth).label("ahead"),
            turns.c.served,
        )
        .join(turns, turns.c.turn == job.turn)
        .where(job.state == "queued")
        .subquery()
    )
    order = (each.c.priority, each.c.fresh, each.c.ahead, each.c.served, each.c.created, each.c.id)
    place = func.row_number().over(order_by=order).label("place")
    return select(each.c.id, each.c.cores, each.c.created, place).subquery()


def tell_positions(session: Session, rows: Sequence[JobRow]) -> None:
    """Give those of some jobs that wait their `position`; the line is not looked at where none waits."""
    waiting = [row.id for row in rows if row.state == "queued"]
    places: dict[str, int] = {}
    if waiting:
        places |= dict(session.execute(_places(), {"jobs": waiting}).all())
    for row in rows:
        set_committed_value(row, "position", places.get(row.id))


@cache
def _places() -> Select[str, int]:
    waiting = line()
    named = waiting.c.id.in_(bindparam("jobs", expanding=True))
    return select(waiting.c.id, waiting.c.place).where(named)


@cache
def with_position() -> LoaderOption:
    """Has a query of jobs load their `position`."""
    waiting = line()
    place = (
        select(waiting.c.place).where(waiting.c.id == JobRow.id).correlate(JobRow).scalar_subquery()
    )
    return with_expression(JobRow.position, case((JobRow.state == "queued", place)))
