"""Sealing anew what older keys sealed, and what was never sealed, in batches beside the running service."""

import json
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    String,
    Table,
    exists,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from service.store import instances, tags
from service.store.database import Store
from service.store.every_table import METADATA, SEALED
from service.store.keys import bound, key_id
from service.store.proofs import PROOF, forget_others
from service.store.sealed import SealedCell, keys_of, sealed_bytes
from service.store.tables import InstanceRow, JobRow

BATCH = 50
"""Rows of one transaction."""


def rotate(store: Store) -> int:
    """Seal everything with the newest key; no other is needed afterwards. Returns how many values were sealed anew."""
    count = 0
    for name, kind in SEALED.items():
        if name == PROOF:
            continue
        table, _, column = name.partition(".")
        after: Any = ""
        while after is not None:
            with store.engine.begin() as connection:
                after, sealed = reseal(connection, METADATA.tables[table], column, kind, after)
            count += sealed
    count += _retag(store, InstanceRow, InstanceRow.digest, tags.INSTANCE)
    count += _retag(store, JobRow, JobRow.fingerprint, tags.REQUEST)
    with store.engine.begin() as connection:
        forget_others(connection)
    return count


def _retag(store: Store, row: Any, column: Any, purpose: str) -> int:
    """Tag anew what older versions left as bare digests; of instances, what older keys tagged too."""
    count, after = 0, ""
    while True:
        with store.session() as session:
            newest = keys_of(store.engine.dialect).newest
            query = select(row.id, column).where(row.id > after).order_by(row.id).limit(BATCH)
            rows = session.execute(query.with_for_update()).all()
            for id, kept in rows:
                digest = _digest(session, row, id, kept, newest)
                if digest is not None:
                    tag = tags.tag(session, digest, purpose)
                    session.execute(update(row).where(row.id == id).values({column.key: tag}))
                    count += 1
        if len(rows) < BATCH:
            return count
        after = rows[-1].id


def _digest(session: Session, row: Any, id: str, kept: str, newest: str) -> str | None:
    """The digest to tag anew; None where the tag stays as it is."""
    if not kept or kept.startswith(newest):
        return None
    if not tags.keyed(session, kept):
        return kept
    if row is not InstanceRow:
        return None
    body = session.scalars(select(InstanceRow.body).where(InstanceRow.id == id)).one()
    return instances.digest(json.loads(body))


def reseal(
    connection: Connection, table: Table, column: str, kind: SealedCell, after: Any
) -> tuple[Any, int]:
    """Seal one batch of a column's values, of rows with a key above `after`, which are locked meanwhile.

    Returns the last key of the batch, None where nothing follows, and how many values were sealed.
    """
    primary: ColumnElement[Any] = next(iter(table.primary_key.columns))
    held = type_coerce(table.c[column], kind.impl_instance).label("held")
    query = select(primary, held).where(primary > after).order_by(primary).limit(BATCH)
    rows = connection.execute(query.with_for_update()).all()
    newest, count = keys_of(connection.dialect).newest, 0
    for key, value in rows:
        sealed = sealed_bytes(value)
        if value is None or (sealed is not None and bound(sealed) and key_id(sealed) == newest):
            continue
        plain = kind.opened(value, key, connection.dialect, older=True)
        connection.execute(update(table).where(primary == key).values({column: plain}))
        count += 1
    return (rows[-1][0] if len(rows) == BATCH else None), count


def reseal_all(connection: Connection, table: str, primary: str, column: str, kind: Any) -> None:
    """Seal a column of a table, as migrations do. kind: a class of sealed values."""
    cell = kind(f"{table}.{column}")
    key, held = Column(primary, String, primary_key=True), Column(column, cell)
    rows = Table(table, MetaData(), key, held)
    after: Any = ""
    while after is not None and connection.scalar(select(exists(select(key)))):
        after, _ = reseal(connection, rows, column, cell, after)
