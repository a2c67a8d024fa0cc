"""Lists in pages, newest first: by a cursor that stays true while rows come and go, or by an offset."""

import base64
import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from service.store.areas import visible
from service.store.line import tell_positions
from service.store.roster_people import RosterPersonRow
from service.store.tables import InstanceRow, JobRow, RosterRow

MOST_SEARCHED = 10_000
"""Names are looked for in so many instances, the newest."""
_HALF_MICROSECOND = 5e-7
"""Answers tell moments rounded to microseconds."""
Row = TypeVar("Row", InstanceRow, JobRow)


class CursorError(ValueError):
    """A text that is no cursor of ours."""


@dataclass(frozen=True)
class Filters:
    """What the rows of a list must be; None: anything.

    labels: each of these pairs; owner: an account's id; created_from, created_to: seconds since 1970,
    from is inside and to is not.
    """

    labels: dict[str, str]
    owner: str | None = None
    created_from: float | None = None
    created_to: float | None = None


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """Some rows of a list. total: how many rows the whole list has; next: cursor of the next page."""

    rows: Sequence[Row]
    total: int
    next: str | None


def jobs(filters: Filters, state: str | None = None, instance: str | None = None) -> Select[JobRow]:
    """Jobs that are not erased."""
    query = select(JobRow).where(JobRow.erased.is_(None), *_filtered(JobRow, filters))
    if state is not None:
        query = query.where(JobRow.state == state)
    return query if instance is None else query.where(JobRow.instance_id == instance)


def instances(
    session: Session,
    filters: Filters,
    search: str | None = None,
    heads: bool = False,
    areas: Collection[str] | None = None,
) -> Select[InstanceRow]:
    """Instances that who is for these areas (None: every area) may see.

    search: a part of name or title, whatever its case; heads: those of whose children none is seen.
    """
    query = select(InstanceRow).where(
        InstanceRow.erased.is_(None),
        visible(areas, InstanceRow.id),
        *_filtered(InstanceRow, filters),
    )
    if search:
        query = query.where(InstanceRow.id.in_(_called(session, filters, search.casefold())))
    if heads:
        child = aliased(InstanceRow)
        seen = select(child.id).where(
            child.parent_id == InstanceRow.id, child.erased.is_(None), visible(areas, child.id)
        )
        query = query.where(~seen.exists())
    return query


def _called(session: Session, filters: Filters, search: str) -> list[str]:
    """Ids of the newest instances whose name or title has the text; names may be sealed in the database."""
    named = select(InstanceRow.id, InstanceRow.name, InstanceRow.title)
    newest = named.where(*_filtered(InstanceRow, filters)).order_by(InstanceRow.created.desc())
    rows = session.execute(newest.limit(MOST_SEARCHED))
    return [id for id, *words in rows if any(search in word.casefold() for word in words)]


def of_person(person: str) -> Select[JobRow]:
    """Jobs in whose final roster a person has work."""
    return (
        select(JobRow)
        .join(RosterPersonRow, RosterPersonRow.job_id == JobRow.id)
        .join(RosterRow, RosterRow.job_id == JobRow.id)
        .where(JobRow.erased.is_(None), RosterPersonRow.person_id == person, RosterRow.final)
    )


def _filtered(row: type[InstanceRow] | type[JobRow], filters: Filters) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [
        row.labels[key].as_string() == value for key, value in filters.labels.items()
    ]
    if filters.owner is not None:
        where.append(row.owner_id == filters.owner)
    if filters.created_from is not None:
        where.append(row.created >= filters.created_from - _HALF_MICROSECOND)
    if filters.created_to is not None:
        where.append(row.created < filters.created_to - _HALF_MICROSECOND)
    return where


def page(
    session: Session,
    query: Select[Row],
    row: type[Row],
    limit: int,
    cursor: str | None = None,
    offset: int = 0,
) -> ListPage[Row]:
    """A page of at most `limit` rows after the cursor, or after `offset` rows. Raises CursorError."""
    whole = query.with_only_columns(func.count(row.id), maintain_column_froms=True)
    if cursor is not None:
        created, id = _position(cursor)
        query = query.where(or_(row.created < created, and_(row.created == created, row.id > id)))
    ordered = query.order_by(row.created.desc(), row.id).limit(limit + 1).offset(offset)
    # One question to the database for both; only an empty page does not tell how many there are.
    found = session.execute(ordered.add_columns(whole.scalar_subquery())).all()
    rows = [one for one, _ in found[:limit]]
    tell_positions(session, [one for one in rows if isinstance(one, JobRow)])
    total = found[0][1] if found else session.scalar(whole) or 0
    return ListPage(rows, total, _cursor(rows[-1]) if len(found) > limit else None)


def _cursor(row: Any) -> str:
    text = json.dumps([row.created, row.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _position(cursor: str) -> tuple[float, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        created, id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError):
        raise CursorError from None
    if not (isinstance(created, float) and math.isfinite(created) and isinstance(id, str)):
        raise CursorError
    if not (id.isascii() and id.isprintable()):
        # No id of ours, and some of it no text for a database.
        raise CursorError
    return created, id
