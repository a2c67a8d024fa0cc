"""Erasing somebody reaches every revision of a week, what was published, told and reported, and files on their way."""

import base64
import json

from sqlalchemy import select

from service.access.caller import LOCAL
from service.access.forgetting import forget, traces
from service.store import Store, imports, publications
from service.store.contents import ContentRow
from service.store.weeks import RevisionRow
from service.weeks.opening import opened
from tests.service.weeks.conftest import ROSTER, WEEK, Desk

NAME, ID = "张三丰的名字", "zhang-san-feng"
BY = {"account": None, "account_name": "陈"}


def _everything(store: Store) -> str:
    """All that is kept, opened: each column of each row."""
    with store.session() as session:
        return "\n".join(
            repr([getattr(row, one.key) for one in row.__mapper__.column_attrs])
            for mapper in sorted(ContentRow.registry.mappers, key=lambda one: one.class_.__name__)
            for row in session.scalars(select(mapper.class_))
        )


def test_a_person_is_taken_out_of_every_revision_and_undo_still_works(make_service, kind):
    service = make_service(kind, worker=False)
    week, roster = (
        json.loads(json.dumps(one).replace('"li"', f'"{ID}"')) for one in (WEEK, ROSTER)
    )
    week["people"][0]["name"] = NAME
    desk = Desk(service.http, week, roster)
    desk.command({"kind": "unassign", "task": "a", "person": ID, "reason": f"{NAME}不来"})
    desk.command({"kind": "assign", "task": "d", "person": ID})
    history = desk.get("/history")
    store = Store.of(service.settings)
    with store.session() as session:
        kept = opened(store, LOCAL, desk.id).revision.contents
        publications.tell(session, desk.id, 1, ID, "told", **BY)
        file = base64.b64encode(json.dumps({"name": NAME}, ensure_ascii=False).encode()).decode()
        imports.add(session, "theirs", LOCAL, "周.json", file, {})
        imports.add(session, "others", LOCAL, "周.json", base64.b64encode(b"{}").decode(), {})
    assert ID in _everything(store)
    with store.session() as session:
        assert traces(session, "person", NAME).weeks == [desk.id]
    forget(store, "person", NAME)
    told = _everything(store)
    assert ID not in told
    assert NAME not in told
    with store.session() as session:
        assert traces(session, "person", NAME).weeks == []
        assert imports.find(session, "theirs", LOCAL) is None
        assert imports.find(session, "others", LOCAL) is not None
        # No body is left that no revision has.
        used = {
            digest
            for revision in session.scalars(select(RevisionRow))
            for digest in revision.contents.values()
        }
        assert used == set(session.scalars(select(ContentRow.digest)))
    after = opened(store, LOCAL, desk.id).revision.contents
    same = {name for name in kept if kept[name] == after[name]}
    assert {"places", "visits", "settings"} <= same
    assert not {"people", "roster"} & same
    assert len(desk.get("/history")["revisions"]) == len(history["revisions"])
    neutral = desk.who()["d"]
    assert neutral.startswith("erased/")
    desk.post("undo", {})
    assert "d" not in desk.who()
    desk.post("undo", {})
    assert desk.who()["a"] == neutral
    store.close()
