"""Whether the keys at hand are those that sealed this database."""

from pathlib import Path

from sqlalchemy import Column, Connection, Double, Engine, MetaData, String, Table, inspect, select

from service.store.clock import db_time
from service.store.keys import Keyring, KeysError
from service.store.sealed import Sealed, keys_of

PROOF = "keys.proof"
_KEYS = Table(
    "keys",
    MetaData(),
    Column("id", String, primary_key=True),
    Column("made", Double),
    Column("proof", Sealed(PROOF)),
)


def proven(engine: Engine, path: Path) -> Keyring:
    """The keys of a file, made where it is missing and nothing is sealed yet. Raises KeysError."""
    with engine.connect() as connection:
        used = _used(connection)
        if not path.exists() and used:
            raise KeysError("missing", ids=", ".join(used), path=path)
        keys = Keyring.made(path)
        if missing := [id for id in used if id not in keys.ids]:
            raise KeysError("missing", ids=", ".join(missing), path=path)
        for id, proof in used.items():
            keys.unseal(proof, PROOF, id, older=True)
    return keys


def prove(connection: Connection) -> None:
    """Note the newest key as one that seals; nothing happens where it is noted already."""
    newest = keys_of(connection.dialect).newest
    if newest not in _used(connection):
        row = {"id": newest, "made": connection.scalar(select(db_time())), "proof": newest}
        connection.execute(_KEYS.insert(), row)


def forget_others(connection: Connection) -> None:
    """Keep the newest key alone noted: nothing is sealed with another any more."""
    newest = keys_of(connection.dialect).newest
    connection.execute(_KEYS.delete().where(_KEYS.c.id != newest))


def _used(connection: Connection) -> dict[str, bytes]:
    if not inspect(connection).has_table("keys"):
        return {}
    return dict(connection.exec_driver_sql("SELECT id, proof FROM keys ORDER BY made").all())
