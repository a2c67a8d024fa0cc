"""The audit cannot be changed, cut or forged without its being found."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from scheduler.model import Instance
from service.access import audit
from service.access.caller import LOCAL
from service.examples import TINY
from service.migrate import migrate
from service.store import instances


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


def test_a_row_between_others_that_was_written_anew_is_found_without_keys_too(store):
    store.engine.dialect.lianxin_keys = None
    with store.session() as session:
        for name in ("one", "two", "three"):
            audit.record(session, LOCAL, name)
    with store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))
    with store.session() as session:
        row = session.get_one(audit.AuditRow, 2)
        row.who = "x"
        row.digest = audit._digest(row)
    with store.session() as session:
        assert audit.check(session) == 3


def test_who_is_for_some_areas_reads_what_was_done_with_their_instances(store):
    with store.session() as session:
        week = {"areas": [{"id": "east", "name": "东", "kind": "community"}]}
        for id, changes in (("theirs", week), ("others", {})):
            data = TINY | changes
            instances.add(session, id, Instance.model_validate(data), data, None)
        for about in ("theirs", "others", None):
            audit.record(session, LOCAL, "get_instance", instance=about)

    def read(**how):
        with store.session() as session:
            return [row.instance for row in audit.rows(session, **how)]

    assert read() == [None, "others", "theirs"]
    assert read(areas={"east"}) == ["theirs"]
    assert read(areas={"west"}) == read(areas=set()) == []


def test_rows_of_the_audit_are_read_in_pages_and_by_time(store):
    with store.session() as session:
        made = [audit.record(session, LOCAL, f"op_{number}") for number in range(5)]
        times = [row.at for row in made]
        middle = times[2]

    def read(**how):
        with store.session() as session:
            return [row.id for row in audit.rows(session, **how)]

    assert (read(limit=2), read(limit=2, before=4), read(before=1)) == ([5, 4], [3, 2], [])
    assert read(since=middle) == [id for id in (5, 4, 3, 2, 1) if times[id - 1] >= middle]
    assert read(until=middle) == [id for id in (5, 4, 3, 2, 1) if times[id - 1] < middle]


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
