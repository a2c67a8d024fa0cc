"""The schema that migrations make is the one that the tables say."""

import json
import threading
import zlib

from alembic import command

from scheduler.model import Instance
from service.examples import TINY
from service.settings import ServiceSettings
from service.store import Store, instances, jobs
from service.store.database import migrations


def test_migrations_make_the_tables(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'lianxin.sqlite'}")
    store.migrate()
    with store.engine.connect() as connection:
        # Raises where the two differ.
        command.check(migrations(connection))
    store.close()


def test_several_processes_may_migrate_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'lianxin.sqlite'}"
    failed: list[Exception] = []

    def migrate() -> None:
        store = Store(url)
        try:
            store.migrate()
        except Exception as error:
            failed.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_readers_do_not_wait_for_writers(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'lianxin.sqlite'}")
    store.migrate()
    with store.engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    store.close()
    assert mode == "wal"


def test_open_jobs_of_an_earlier_version_wait_again(tmp_path):
    store = Store.of(ServiceSettings(data_dir=tmp_path))
    with store.engine.connect() as connection:
        command.upgrade(migrations(connection), "0002")
        connection.exec_driver_sql(
            "INSERT INTO instances VALUES ('week', NULL, 'first', 0, '', '', '{}', '', ?)",
            (zlib.compress(b"{}"),),
        )
        for id, state, seconds in (("a", "running", 60), ("b", "queued", 61), ("c", "failed", 1)):
            request = json.dumps({"limits": {"seconds": seconds}, "cores": 3, "seed": 0})
            connection.exec_driver_sql(
                "INSERT INTO jobs (id, instance_id, fingerprint, request, state, created, attempts,"
                " stop_requested, runner, event, progress, result)"
                f" VALUES ('{id}', 'week', '', '{request}', '{state}', 1, 1, 0, 'w', 7, '{{}}', '{{}}')"
            )
        connection.exec_driver_sql(
            "INSERT INTO rosters VALUES ('c', 0, 1, ?)", (zlib.compress(b"{}"),)
        )
        connection.exec_driver_sql("INSERT INTO executors VALUES ('old', 'here', 1, 1, NULL)")
        connection.commit()
    store.migrate()
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, state, turn, cores, priority, runner, event FROM jobs ORDER BY id"
        ).all()
        assert connection.exec_driver_sql("SELECT count(*) FROM executors").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM rosters").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()
    assert rows[:2] == [
        ("a", "queued", "first", 3, 0, None, 8),
        ("b", "queued", "first", 3, 1, None, 8),
    ]
    assert rows[2][1:3] == ("failed", "first")


def test_open_jobs_are_counted_by_account_and_for_whom_nobody_had_to_sign_in(tmp_path):
    store = Store.of(ServiceSettings(data_dir=tmp_path))
    store.migrate()
    about = {"instance_id": "w", "fingerprint": "", "start_roster": None}
    request = {"limits": {"seconds": 1}, "cores": 1}
    with store.session() as session:
        instances.add(session, "w", Instance.model_validate(TINY), TINY, None)
        for id, owner in (("a", None), ("b", None), ("c", "chen")):
            jobs.add(session, id, request=request, about={"owner_id": owner}, **about)
        assert jobs.count_open(session) == 3
        assert [jobs.count_open_of(session, who) for who in (None, "chen", "li")] == [2, 1, 0]
    store.close()
