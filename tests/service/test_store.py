"""The schema that migrations make is the one that the tables say."""

import threading

from alembic import command

from service.store import Store
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
