"""Sealing anew what older keys sealed, and what was never sealed, in batches beside the running service."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    TypeDecorator,
    bindparam,
    select,
    type_coerce,
    update,
)

from service.store.database import Store
from service.store.keys import key_id
from service.store.proofs import PROOF, forget_others
from service.store.sealed import SEALED, keys_of, sealed_bytes
from service.store.tables import Base

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
                after, sealed = reseal(connection, Base.metadata.tables[table], column, kind, after)
            count += sealed
    with store.engine.begin() as connection:
        forget_others(connection)
    return count


def reseal(
    connection: Connection, table: Table, column: str, kind: TypeDecorator[Any], after: Any
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
        if value is None or (sealed is not None and key_id(sealed) == newest):
            continue
        plain = kind.process_result_value(value, connection.dialect)
        anew = bindparam("anew", plain, type_=kind)
        connection.execute(update(table).where(primary == key).values({column: anew}))
        count += 1
    return (rows[-1][0] if len(rows) == BATCH else None), count
