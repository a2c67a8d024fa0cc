"""Who read or changed what, and when: a table that only grows, each row bound to the one before by its tag.

A row tells operation and ids, never content. It is written in a transaction that ends before the
answer goes out, so that nothing is read without one. Database triggers refuse changes to rows; that
rows were changed in spite of them, or cut off, is found by `check`.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import ColumnElement, String, select, true, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.access.caller import Caller
from service.store import tags
from service.store.areas import visible
from service.store.clock import db_time
from service.store.tables import Base

SEALED = "audit_sealed"
"""The operation of the row that `seal` adds."""


class AuditRow(Base):
    """One thing that somebody did."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3 … without a gap."""
    at: Mapped[float] = mapped_column(index=True)
    """Seconds since 1970 by the database's clock."""
    account: Mapped[str | None] = mapped_column(String(32), index=True)
    """Id of the account; None: nobody had to sign in, or nobody is known."""
    who: Mapped[str]
    """The account's name then."""
    token: Mapped[str | None]
    """Id of the API token that was used or made; None: a browser, or a command."""
    operation: Mapped[str]
    """Operation id, or a word such as sign_in."""
    instance: Mapped[str | None] = mapped_column(String(32), index=True)
    job: Mapped[str | None] = mapped_column(String(32))
    task: Mapped[str | None]
    """Neutral id of the visit or shift where one alone was asked about; None: all."""
    purpose: Mapped[str]
    outcome: Mapped[str]
    """ok, or why not."""
    request: Mapped[str]
    """Id of the request, as in the logs."""
    previous: Mapped[str] = mapped_column(String(64))
    """Digest of the row before."""
    digest: Mapped[str] = mapped_column(String(64))
    """Tag of all the other columns by a key of the installation; of older versions, bare SHA-256."""


AuditKind = Literal["private", "sign_in", "accounts", "erased", "refused", "all"]
_SIGN_IN = ("sign_in", "sign_out", "set_password")
_ACCOUNTS = (
    *(f"user_{act}" for act in ("add", "change", "password", "disable", "enable", "remove")),
    *("token_add", "token_revoke", "post_link", "delete_link"),
)
_ERASED = ("erase_person", "erase_household", "delete_week", "delete_instance")
_OK = AuditRow.outcome == "ok"
_KINDS: Mapping[AuditKind, ColumnElement[bool]] = MappingProxyType(
    {
        "private": _OK & AuditRow.operation.not_in([*_SIGN_IN, *_ACCOUNTS, *_ERASED, SEALED]),
        "sign_in": AuditRow.operation.in_(_SIGN_IN),
        "accounts": _OK & AuditRow.operation.in_(_ACCOUNTS),
        "erased": _OK & AuditRow.operation.in_(_ERASED),
        "refused": AuditRow.outcome != "ok",
        "all": true(),
    }
)
"""Which rows are of a kind. private: readings of what is private, and what was made public."""


class AuditHeadRow(Base):
    """The last row of the audit: writers lock it, and a tail that was cut off does not fit it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


def record(
    session: Session,
    caller: Caller | None,
    operation: str,
    *,
    instance: str | None = None,
    job: str | None = None,
    task: str | None = None,
    purpose: str = "",
    outcome: str = "ok",
    request: str = "",
    who: str = "",
    token: str | None = None,
) -> AuditRow:
    """Add a row in the session's transaction, which must be committed before the answer goes out.

    who: the name that was given, where there is no caller.
    """
    locked = update(AuditHeadRow).where(AuditHeadRow.id == 1).values(last=AuditHeadRow.last + 1)
    session.execute(locked)
    head = session.get_one(AuditHeadRow, 1, populate_existing=True)
    row = AuditRow(
        id=head.last,
        at=session.scalar(select(db_time())),
        account=caller.account if caller else None,
        who=caller.name if caller else who,
        token=token or (caller.token if caller else None),
        operation=operation,
        instance=instance,
        job=job,
        task=task,
        purpose=purpose,
        outcome=outcome,
        request=request,
        previous=head.digest,
    )
    row.digest = head.digest = tags.tag(session, _digest(row), tags.AUDIT)
    session.add(row)
    session.flush()
    return row


_IDS = re.compile(r"[0-9a-f]{32}|\d{4}-\d\d-\d\d(-\d{1,9})?")
"""Ids of instances and jobs, and of weeks."""


def asked_about(path: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """(instance or week, job) that somebody asked about by the parameters of an address; None for what is no id of ours."""
    ids = {name: id for name, id in path.items() if _IDS.fullmatch(str(id))}
    return ids.get("instance_id") or ids.get("week"), ids.get("job_id")


def rows(
    session: Session,
    *,
    before: int | None = None,
    limit: int = 100,
    since: float | None = None,
    until: float | None = None,
    areas: Collection[str] | None = None,
    kind: AuditKind = "all",
    **equal: str | None,
) -> Sequence[AuditRow]:
    """Rows, the newest first, of ids below `before`. equal: columns that have to have a value.

    areas: None: all rows; else those about an instance that has one of them.
    """
    query = select(AuditRow).where(_KINDS[kind]).order_by(AuditRow.id.desc()).limit(limit)
    if areas is not None:
        query = query.where(visible(areas, AuditRow.instance))
    if before is not None:
        query = query.where(AuditRow.id < before)
    if since is not None:
        query = query.where(AuditRow.at >= since)
    if until is not None:
        query = query.where(AuditRow.at < until)
    for column, value in equal.items():
        if value is not None:
            query = query.where(getattr(AuditRow, column) == value)
    return session.scalars(query).all()


def check(session: Session) -> int | None:
    """The first row that is not as it was written, or is missing; None where all are.

    Rows of older versions have no key. They come first, and `seal` has ended them: one after it, or
    no row with a key at all, was not written by us.
    """
    expected, digest, keyed = 1, "", False
    for row in session.scalars(
        select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=500)
    ):
        if row.id != expected or row.previous != digest:
            return expected
        if not tags.fits(session, row.digest, _digest(row), tags.AUDIT):
            return expected
        if keyed and not tags.keyed(session, row.digest):
            return expected
        keyed = tags.keyed(session, row.digest)
        expected, digest = row.id + 1, row.digest
    if digest and not keyed and tags.with_keys(session):
        return 1
    head = session.get_one(AuditHeadRow, 1)
    return None if (head.last, head.digest) == (expected - 1, digest) else expected


def seal(session: Session) -> None:
    """End the rows that an older version wrote without a key by one that has it, and so holds them too."""
    _, digest = head(session)
    if digest and tags.with_keys(session) and not tags.keyed(session, digest):
        record(session, None, SEALED, who="lianxin")


def head(session: Session) -> tuple[int, str]:
    """Number and digest of the last row. Whoever keeps them elsewhere finds out that a tail was cut off with care."""
    last = session.get_one(AuditHeadRow, 1)
    return last.last, last.digest


def _digest(row: AuditRow) -> str:
    columns: dict[str, Any] = {
        column.key: getattr(row, column.key)
        for column in AuditRow.__table__.columns
        if column.key != "digest"
    }
    return hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()
