"""Erasing somebody reaches every revision of a week, what was published, told and reported, and files on their way."""

import base64
import json

from sqlalchemy import select

from service.access import accounts, links, sessions
from service.access.caller import LOCAL
from service.access.forgetting import forget, traces
from service.access.roles import AccountRole
from service.access.tables import AccountRow
from service.store import Store, imports, publications, requests
from service.store.contents import ContentRow
from service.store.requests import RequestRow
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


def test_a_person_is_taken_out_of_requests_links_and_accounts(make_service, kind):
    service = make_service(kind, worker=False)
    text = json.dumps(WEEK).replace('"li"', f'"{ID}"')
    week = json.loads(text)
    week["people"][0]["name"] = NAME
    desk = Desk(service.http, week, json.loads(json.dumps(ROSTER).replace('"li"', f'"{ID}"')))
    store = Store.of(service.settings)
    limits = sessions.SessionLimits.of(service.settings)
    with store.session() as session:
        theirs = links.make(session, desk.id, ID, NAME, 4e9)
        kept = links.make(session, desk.id, "wang", "王", 4e9)
        entered = links.enter(session, theirs)
        for id, person, name in (("r1", ID, NAME), ("r2", "wang", "王")):
            said = {"words": f"请{NAME}替一下", "with": ID}
            by = {"account": None, "account_name": name, "settled_name": name}
            row = RequestRow(id=id, week_id=desk.id, person=person, kind="swap", said=said, **by)
            row.state, row.settled = "accepted", None
            requests.add(session, row)
        account = accounts.add(session, "zhang-login", AccountRole.WORKER, person=ID)
        cookie = sessions.start(session, account.id, limits)
        links.make_calendar(session, accounts.caller(account))
        accounts.add(session, "wang-login", AccountRole.WORKER, person="wang")
    assert entered is not None
    forget(store, "person", NAME)
    told = _everything(store)
    for word in (ID, NAME, "zhang-login"):
        assert word not in told
    with store.session() as session:
        assert links.enter(session, theirs) is None
        assert links.find(session, entered[0]) is None
        assert links.enter(session, kept) is not None
        assert sessions.find(session, cookie, limits) is None
        mine, other = (session.get_one(RequestRow, id) for id in ("r1", "r2"))
        assert mine.person.startswith("erased/")
        assert mine.account_name == mine.settled_name == mine.person
        assert mine.said == other.said == {"words": f"请{mine.person}替一下", "with": mine.person}
        assert (other.person, other.account_name, other.settled_name) == ("wang", "王", "王")
        rows = session.scalars(select(AccountRow).order_by(AccountRow.name)).all()
        assert [(row.name, row.person, row.disabled is None) for row in rows] == [
            (f"{mine.person}/1", None, False),
            ("wang-login", "wang", True),
        ]
    store.close()
