"""What is sealed: by which key, in which cell, and how it is sealed anew."""

import base64
import json
import os
import zlib

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import StatementError

from scheduler.model import Instance
from service.access.caller import LOCAL
from service.examples import TINY
from service.store import Store, imports, instances, jobs, tags, weeks
from service.store.contents import ContentRow
from service.store.every_table import METADATA, SEALED
from service.store.imports import ImportRow
from service.store.keys import Keyring, KeysError, add_key
from service.store.rotate import rotate
from service.store.sealed import Sealed, SealedJson, sealed_bytes
from service.store.tables import InstanceRow, JobRow, RosterRow
from service.store.weeks import RevisionRow, WeekRow
from tests.service.canaries import ROSTER, WEEK

REQUEST = {"limits": {"seconds": 1}, "cores": 1}


def kept(store, id="a", week=WEEK, parent=None):
    """Keep an instance."""
    with store.session() as session:
        row = instances.find(session, parent) if parent else None
        instances.add(session, id, Instance.model_validate(week), week, row)


def test_a_dump_lets_nobody_try_guesses_of_a_week(store, settings):
    plain = instances.digest(WEEK)
    kept(store)
    kept(store, "b")
    with store.session() as session:
        first, second = (instances.find(session, id).digest for id in "ab")
    assert first == second
    assert plain not in (first, second)
    key = Keyring(settings.key_path)
    assert key.fits(first, plain, tags.INSTANCE)
    assert not key.fits(first, plain, tags.AUDIT)
    assert not key.fits(first, instances.digest(TINY), tags.INSTANCE)


def test_rotating_tags_bare_digests_and_those_of_older_keys(store, settings):
    kept(store)
    with store.session() as session:
        for id, digest in (("j", "f" * 64), ("k", Keyring(settings.key_path).tag("0", "x"))):
            jobs.add(
                session, id, instance_id="a", fingerprint=digest, request=REQUEST, start_roster=None
            )
        instances.find(session, "a").digest = instances.digest(WEEK)
    rotate(store)
    newest = add_key(settings.key_path)
    rotate(store)
    with store.session() as session:
        assert instances.find(session, "a").digest.startswith(newest)
        keys = Keyring(settings.key_path)
        assert keys.fits(instances.find(session, "a").digest, instances.digest(WEEK), tags.INSTANCE)
        assert tags.fits(session, jobs.find(session, "j").fingerprint, "f" * 64, tags.REQUEST)
        assert jobs.find(session, "j").fingerprint != "f" * 64
        assert jobs.find(session, "k").fingerprint == keys._tag(keys.ids[0], "0", "x")


def test_a_new_key_seals_and_rotating_leaves_no_need_for_the_old(store, settings):
    kept(store)
    old = Keyring(settings.key_path).newest
    new = add_key(settings.key_path)
    store.migrate()
    assert rotate(store) >= 3
    assert rotate(store) == 0
    path = settings.key_path
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(old)))
    assert Keyring(path).ids == [new]
    again = Store.of(settings)
    with again.session() as session:
        assert json.loads(instances.find(session, "a", body=True).body) == WEEK
    again.close()


def test_a_missing_a_wrong_and_a_broken_key_file_are_refused(store, settings):
    kept(store)
    path = settings.key_path
    assert path.stat().st_mode & 0o777 == 0o600
    id, _, _ = path.read_text().partition(":")
    whole = path.read_text()
    path.unlink()
    with pytest.raises(KeysError) as missing:
        Store.of(settings)
    assert missing.value.code == "missing"
    assert not path.exists()
    add_key(path)
    with pytest.raises(KeysError) as other:
        Store.of(settings)
    assert other.value.code == "missing"
    path.write_text(f"{id}:{path.read_text().partition(':')[2]}")
    with pytest.raises(KeysError) as wrong:
        Store.of(settings)
    assert wrong.value.code == "wrong"
    path.write_text(whole + "nonsense\n")
    with pytest.raises(KeysError) as broken:
        Store.of(settings)
    assert (broken.value.code, broken.value.slots["line"]) == ("no_key", 2)


def test_a_sealed_value_opens_in_its_own_column_and_row_only(store, settings):
    ring = Keyring(settings.key_path)
    sealed = ring.seal(b"word", "instances.body", "a")
    assert b"word" not in sealed
    assert ring.unseal(sealed, "instances.body", "a") == b"word"
    assert ring.seal(b"word", "instances.body", "a") != sealed
    for column, row, value in (
        ("rosters.body", "a", sealed),
        ("instances.body", "b", sealed),
        ("instances.body", "a", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(KeysError):
            ring.unseal(value, column, row)


def _cells(store):
    """Every sealed cell that holds something, as (table, primary key, column, key of the row, what it holds)."""
    with store.engine.connect() as connection:
        for name in SEALED:
            table, _, column = name.partition(".")
            (primary,) = METADATA.tables[table].primary_key
            query = text(f"SELECT {primary.name}, {column} FROM {table} WHERE {column} IS NOT NULL")
            for row, held in connection.execute(query).all():
                yield table, primary.name, column, row, held


def _put(store, cell, held):
    table, primary, column, row, _ = cell
    with store.engine.begin() as connection:
        connection.execute(
            text(f"UPDATE {table} SET {column} = :held WHERE {primary} = :row"),
            {"held": held, "row": row},
        )


def _filled(store, id):
    """Rows of many tables that tell of one id."""
    week = {**WEEK, "title": f"title {id}"}
    kept(store, id, week)
    made = Instance.model_validate(week)
    body = json.dumps(ROSTER)
    with store.session() as session:
        about = {"title": f"job {id}"}
        jobs.add(
            session,
            id,
            instance_id=id,
            fingerprint=id,
            request=REQUEST | {"of": id},
            start_roster=body,
            published=body,
            about=about,
        )
        jobs.save_roster(session, id, body, final=False)
        jobs.change(session, JobRow.id == id, problem={"code": id}, result={"ended_by": id})
        begun = weeks.begin(session, made.horizon.start, f"week {id}", {})
        made_by = weeks.Made("begin", None, "local", {"reason": id})
        weeks.follow(session, begun, 0, {}, {"roster": body}, (), made_by)
        imports.add(session, id, LOCAL, f"{id}.xlsx", body, {"of": id})


def _read(store):
    with store.session() as session:
        return [
            *session.execute(
                select(InstanceRow.title, InstanceRow.name, InstanceRow.body).order_by(
                    InstanceRow.id
                )
            ),
            *session.execute(
                select(JobRow.title, JobRow.request, JobRow.result, JobRow.problem).order_by(
                    JobRow.id
                )
            ),
            *session.execute(select(JobRow.start_roster, JobRow.published).order_by(JobRow.id)),
            *session.execute(select(RosterRow.body).order_by(RosterRow.job_id)),
            *session.execute(select(WeekRow.title).order_by(WeekRow.id)),
            *session.execute(select(RevisionRow.told).order_by(RevisionRow.id)),
            *session.execute(select(ContentRow.body).order_by(ContentRow.week_id)),
            *session.execute(select(ImportRow.name, ImportRow.found).order_by(ImportRow.id)),
        ]


def test_a_sealed_cell_that_is_copied_to_another_row_does_not_open(store):
    _filled(store, "a")
    _filled(store, "b")
    whole = _read(store)
    cells = list(_cells(store))
    assert {f"{table}.{column}" for table, _, column, *_ in cells} >= {
        "instances.body",
        "jobs.title",
        "jobs.problem",
        "rosters.body",
        "weeks.secret",
        "contents.body",
        "revisions.told",
        "imports.found",
    }
    tried = 0
    for cell in cells:
        for other in cells:
            if cell[:3] == other[:3] and cell[3] != other[3]:
                kind = SEALED[f"{cell[0]}.{cell[2]}"]
                _put(store, cell, other[4])
                table = METADATA.tables[cell[0]]
                (primary,) = table.primary_key
                query = select(table.c[cell[2]]).where(primary == cell[3])
                if kind.column != "keys.proof":
                    with store.engine.connect() as connection, pytest.raises(KeysError):
                        connection.execute(query).all()
                    tried += 1
                _put(store, cell, cell[4])
    assert tried > 20
    assert _read(store) == whole


def test_a_value_without_its_row_is_not_written(store):
    kept(store, "a")
    with pytest.raises(StatementError, match="without its row"), store.session() as session:
        session.execute(update(InstanceRow).where(InstanceRow.created > 0).values(title="x"))


def test_what_an_older_version_sealed_for_its_column_alone_is_bound_to_its_row(store, settings):
    _filled(store, "a")
    _filled(store, "b")
    whole = _read(store)
    keys = Keyring(settings.key_path)
    for cell in list(_cells(store)):
        table, _, column, row, held = cell
        name = f"{table}.{column}"
        if name != "keys.proof":
            sealed = sealed_bytes(json.loads(held) if name in JSONS else held)
            older = as_older(keys, keys.unseal(sealed, name, row), name)
            words = "sealed:" + base64.b64encode(older).decode()
            binary = isinstance(SEALED[name], Sealed)
            _put(store, cell, older if binary else json.dumps(words) if name in JSONS else words)
    with pytest.raises(KeysError) as unbound:
        _read(store)
    assert unbound.value.code == "unbound"
    assert rotate(store) >= 20
    assert _read(store) == whole
    assert rotate(store) == 0


JSONS = {name for name, kind in SEALED.items() if isinstance(kind, SealedJson)}


def as_older(keys, plain, column):
    """A value as versions before sealed it."""
    head, nonce = b"\x01LX" + bytes.fromhex(keys.newest), os.urandom(12)
    sealed = keys._ciphers[keys.newest].encrypt(nonce, zlib.compress(plain), head + column.encode())
    return head + nonce + sealed


def test_every_column_that_can_hold_private_words_is_sealed():
    assert {
        "instances.body",
        "instances.title",
        "instances.name",
        "rosters.body",
        "jobs.request",
        "jobs.start_roster",
        "jobs.published",
        "jobs.result",
        "jobs.problem",
    } <= set(SEALED)
