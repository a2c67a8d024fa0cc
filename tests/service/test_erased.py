"""What is erased is gone, and what an older version left behind is sealed or purged."""

import json
import os
import sqlite3
import subprocess
import sys
import zlib

from sqlalchemy import text

from scheduler.model import Instance
from service.access.forgetting import forget, traces
from service.store import erasing, instances
from service.store.rotate import rotate
from tests.service.canaries import WEEK
from tests.service.test_sealed import kept


def test_the_service_says_clearly_that_its_keys_are_missing(store, settings):
    kept(store)
    settings.key_path.unlink()
    environment = os.environ | {"LIANXIN_DATA_DIR": str(settings.data_dir)}
    program = "from scheduler.cli import main; main()"
    command = [sys.executable, "-c", program, "audit", "--lang", "en"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "LIANXIN_KEY_FILE" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_old_instances_of_which_nothing_is_left_are_purged(store, settings):
    kept(store, "parent")
    kept(store, "child", parent="parent")
    kept(store, "young")
    old = settings.model_copy(update={"keep_instance_days": 30.0})
    with store.engine.begin() as connection:
        connection.execute(
            text("UPDATE instances SET created = created - 40*86400 WHERE id <> 'young'")
        )
    assert erasing.purge_instances(store, old) == 2
    assert erasing.purge_instances(store, old) == 0
    with store.session() as session:
        assert instances.find(session, "young") is not None
        assert instances.find(session, "child") is None


def test_an_old_database_is_sealed_when_it_is_migrated(store, settings):
    kept(store, week=WEEK)
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
    kept(store, week=WEEK | {"people": [WEEK["people"][0], nobodys]})
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
    kept(store, week=week)
    assert traces_of(store, "住户02").homes == {}
    forget(store, "household", "住户02")
    with store.session() as session:
        body = instances.find(session, "a", body=True).body
    assert "广场" in body
    assert "住户02" not in body
