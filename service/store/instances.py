"""Instances in the database: added and read, never changed."""

import hashlib
import json
import time
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, undefer

from scheduler.due import expand
from scheduler.model import Instance
from scheduler.report.neutral import Neutral
from service.store import areas, tags
from service.store.tables import InstanceRow


def add(
    session: Session,
    id: str,
    instance: Instance,
    data: Any,
    parent: InstanceRow | None,
    about: dict[str, Any] | None = None,
) -> InstanceRow:
    """Keep an instance under a new id, as the child of another or as the first of a line.

    data: its JSON value as it came, which is what is kept; or that as a text, written by ourselves. about:
    owner and labels. Raises IntegrityError where the id is taken.
    """
    if isinstance(data, str):
        body, print_ = data, hashlib.sha256(data.encode()).hexdigest()
    else:
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        print_ = digest(data)
    hidden = Neutral(expand(instance))
    row = InstanceRow(
        id=id,
        parent_id=parent.id if parent else None,
        origin_id=parent.origin_id if parent else id,
        created=time.time(),
        name=hidden.words(instance.id),
        title=hidden.words(instance.title),
        counts={
            "days": instance.horizon.days,
            "people": len(instance.people),
            "places": len(instance.places),
            "visits": len(instance.visits),
            "shifts": len(instance.shifts),
        },
        digest=tags.tag(session, print_, tags.INSTANCE),
        body=body,
        **(about or {}),
    )
    session.add(row)
    session.flush()
    areas.enter(session, id, instance)
    return row


def digest(data: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its names."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


DIGEST = select(InstanceRow.digest).where(
    InstanceRow.id == bindparam("instance"), InstanceRow.erased.is_(None)
)
"""Asks for the digest of an instance."""


def find(session: Session, id: str, *, body: bool = False) -> InstanceRow | None:
    """An instance by its id; with its body only where asked for."""
    query = select(InstanceRow).where(InstanceRow.id == id, InstanceRow.erased.is_(None))
    return session.scalar(query.options(undefer(InstanceRow.body)) if body else query)


def was_erased(session: Session, id: str) -> bool:
    """Whether an instance of this id was erased: its id is not used again."""
    query = select(InstanceRow.erased).where(InstanceRow.id == id)
    return session.scalar(query) is not None


def ancestors(session: Session, row: InstanceRow) -> list[InstanceRow]:
    """Where an instance comes from: the origin first, the parent last."""
    line: list[InstanceRow] = []
    while row.parent_id is not None:
        row = session.get_one(InstanceRow, row.parent_id)
        line.insert(0, row)
    return line


def children(session: Session, id: str) -> list[InstanceRow]:
    """The instances that name this one as their parent, oldest first."""
    query = select(InstanceRow).where(InstanceRow.parent_id == id, InstanceRow.erased.is_(None))
    return list(session.scalars(query.order_by(InstanceRow.created)))
