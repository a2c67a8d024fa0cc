"""What lies in a database: sealed, held to an audit that cannot be changed, and gone when it is erased."""

import json
import os
import sqlite3
import subprocess
import sys
import zlib

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from scheduler.model import Instance
from service.access import audit
from service.access.caller import LOCAL
from service.access.forgetting import forget, traces
from service.examples import TINY
from service.migrate import migrate
from service.settings import ServiceSettings
from service.store import Store, erasing, instances, jobs, tags
from service.store.keys import Keyring, KeysError, add_key
from service.store.rotate import rotate
from service.store.sealed import SEALED
from tests.service.canaries import WEEK


@pytest.fixture
def settings(tmp_path):
    return ServiceSettings(data_dir=tmp_path)


@pytest.fixture
def store(settings):
    made = Store.of(settings)
    made.migrate()
    yield made
    made.close()


def test_rows_of_the_audit_cannot_be_changed_and_a_change_by_force_is_found(store):
    with store.session() as session:
        for number in range(3):
            audit.record(session, LOCAL, f"op_{number}")
        assert audit.check(session) is None
    for statement in ("UPDATE audit SET who = 'x'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
            connection.execute(text(statement))
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
        connection.execute(text("UPDATE audit SET who = 'x' WHERE id = 2"))
    with store.session() as session:
        assert audit.check(session) == 2


def test_a_tail_that_was_cut_off_is_missed(store):
    with store.session() as session:
        audit.record(session, LOCAL, "one")
        audit.record(session, LOCAL, "two")
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_delete"))
        connection.execute(text("DELETE FROM audit WHERE id = 2"))
    with store.session() as session:
        assert audit.check(session) == 2


def test_the_audit_is_not_forged_without_the_keys(store):
    with store.session() as session:
        for name in ("one", "two"):
            audit.record(session, LOCAL, name)
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
    keys = store.engine.dialect.lianxin_keys
    for forged in (2, 1):  # the last row, then all of them
        store.engine.dialect.lianxin_keys = None
        with store.session() as session:
            rows = session.scalars(select(audit.AuditRow).order_by(audit.AuditRow.id)).all()
            digest = "" if forged == 1 else rows[0].digest
            for row in rows[forged - 1 :]:
                row.who, row.previous = "x", digest
                row.digest = digest = audit._digest(row)
            session.get_one(audit.AuditHeadRow, 1).digest = digest
        with store.session() as session:
            assert audit.check(session) is None or forged == 2
        store.engine.dialect.lianxin_keys = keys
        with store.session() as session:
            assert audit.check(session) == forged


def test_rows_of_an_older_audit_are_held_by_the_first_that_has_a_key(store, settings):
    keys = store.engine.dialect.lianxin_keys
    store.engine.dialect.lianxin_keys = None
    with store.session() as session:
        audit.record(session, LOCAL, "old")
    store.engine.dialect.lianxin_keys = keys
    migrate(settings)
    migrate(settings)
    with store.session() as session:
        audit.record(session, LOCAL, "new")
        assert [row.operation for row in audit.rows(session)] == ["new", audit.SEALED, "old"]
        assert audit.check(session) is None


def test_a_dump_lets_nobody_try_guesses_of_a_week(store, settings):
    plain = instances.digest(WEEK)
    _kept(store)
    _kept(store, "b")
    with store.session() as session:
        first, second = (instances.find(session, id).digest for id in "ab")
    assert first == second
    assert plain not in (first, second)
    key = Keyring(settings.key_path)
    assert key.fits(first, plain, tags.INSTANCE)
    assert not key.fits(first, plain, tags.AUDIT)
    assert not key.fits(first, instances.digest(TINY), tags.INSTANCE)


def test_rotating_tags_bare_digests_and_those_of_older_keys(store, settings):
    _kept(store)
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


REQUEST = {"limits": {"seconds": 1}, "cores": 1}


def _kept(store, id="a", week=WEEK, parent=None):
    with store.session() as session:
        row = instances.find(session, parent) if parent else None
        instances.add(session, id, Instance.model_validate(week), week, row)


def test_a_new_key_seals_and_rotating_leaves_no_need_for_the_old(store, settings):
    _kept(store)
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
    _kept(store)
    path = settings.key_path
    assert path.stat().st_mode & 0o777 == 0o600
    id, _, _ = path.read_text().partition(":")
    kept = path.read_text()
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
    path.write_text(kept + "nonsense\n")
    with pytest.raises(KeysError) as broken:
        Store.of(settings)
    assert (broken.value.code, broken.value.slots["line"]) == ("no_key", 2)


def test_a_sealed_value_opens_in_its_own_column_only(store, settings):
    ring = Keyring(settings.key_path)
    sealed = ring.seal(b"word", "instances.body")
    assert b"word" not in sealed
    assert ring.unseal(sealed, "instances.body") == b"word"
    assert ring.seal(b"word", "instances.body") != sealed
    for column, value in (
        ("rosters.body", sealed),
        ("instances.body", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(KeysError):
            ring.unseal(value, column)


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


def test_the_service_says_clearly_that_its_keys_are_missing(store, settings):
    _kept(store)
    settings.key_path.unlink()
    environment = os.environ | {"LIANXIN_DATA_DIR": str(settings.data_dir)}
    program = "from scheduler.cli import main; main()"
    command = [sys.executable, "-c", program, "audit", "--lang", "en"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "LIANXIN_KEY_FILE" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_old_instances_of_which_nothing_is_left_are_purged(store, settings):
    _kept(store, "parent")
    _kept(store, "child", parent="parent")
    _kept(store, "young")
    old = settings.model_copy(update={"keep_instance_days": 30.0})
    with store.engine.begin() as connection:
        connection.execute(
            text("UPDATE instances SET created = created - 40*86400 WHERE id <> 'young'")
        )
    assert erasing.purge_instances(store, old) == 1
    assert erasing.purge_instances(store, old) == 1
    assert erasing.purge_instances(store, old) == 0
    with store.session() as session:
        assert instances.find(session, "young") is not None
        assert instances.find(session, "child") is None


def test_an_old_database_is_sealed_when_it_is_migrated(store, settings):
    _kept(store, week=WEEK)
    with sqlite3.connect(settings.data_dir / "lianxin.sqlite") as connection:
        plain = zlib.compress(json.dumps(WEEK).encode())
        connection.execute("UPDATE instances SET body = ?, title = 'canary title'", (plain,))
    connection.close()
    with store.session() as session:
        row = instances.find(session, "a", body=True)
        assert (row.title, json.loads(row.body)) == ("canary title", WEEK)
    assert rotate(store) == 2
    with sqlite3.connect(settings.data_dir / "lianxin.sqlite") as connection:
        held = connection.execute("SELECT title, body FROM instances").fetchone()
    connection.close()
    assert "canary" not in held[0]
    assert held[1] != plain


def test_erasing_a_household_takes_its_home_along(store):
    home = WEEK["households"][0]
    assert home["place"] == "canary-home"
    nobodys = WEEK["people"][1] | {"home": None, "end_place": None}
    _kept(store, week=WEEK | {"people": [WEEK["people"][0], nobodys]})
    assert traces_of(store, home["name"]).homes == {"canary-home": {"canary home"}}
    forget(store, "household", home["name"])
    with store.session() as session:
        body = instances.find(session, "a", body=True).body
    for word in (
        "canary-home",
        "canary home",
        "canary-household",
        "canary household",
        "104.0031415",
    ):
        assert word not in body, word
    week = Instance.model_validate_json(body)
    place = week.household_by_id[week.households[0].id].place
    assert place.startswith("erased/")
    assert week.place_by_id[place].point is not None
    assert [one.name for one in week.places if one.id in ("plaza", "room")] == ["广场", "谈心室"]
    assert "住户02" in body


def traces_of(store, name):
    with store.session() as session:
        return traces(session, "household", name)


def test_a_home_that_others_use_stays_when_a_household_is_erased(store):
    shared = WEEK["places"][1]["id"]
    week = WEEK | {"households": [WEEK["households"][0], WEEK["households"][1] | {"place": shared}]}
    _kept(store, week=week)
    assert traces_of(store, "住户02").homes == {}
    forget(store, "household", "住户02")
    with store.session() as session:
        body = instances.find(session, "a", body=True).body
    assert "广场" in body
    assert "住户02" not in body
