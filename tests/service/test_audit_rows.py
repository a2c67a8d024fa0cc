"""The audit cannot be changed, cut or forged without its being found."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from service.access import audit
from service.access.caller import LOCAL
from service.migrate import migrate


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
