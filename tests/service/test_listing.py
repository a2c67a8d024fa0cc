"""Lists straight from the store: where a page ends, what of equal moments follows, what is in no list."""

from itertools import pairwise

import pytest
from sqlalchemy import update

from scheduler.model import Instance
from service.examples import TINY
from service.store import instances, jobs, listing, roster_people
from service.store.listing import Filters
from service.store.tables import InstanceRow, JobRow

NONE = Filters({})
MICROSECOND = 1e-6


@pytest.fixture
def store(store):
    with store.session() as session:
        for id in "abcd":
            instances.add(session, id, Instance.model_validate(TINY), TINY, None)
        # Two of one moment, one before, one after.
        for id, created in zip("abcd", (10.0, 20.0, 20.0, 30.0), strict=True):
            row = update(InstanceRow).where(InstanceRow.id == id)
            session.execute(row.values(created=created))
    return store


def listed(store, filters=NONE, limit=10, cursor=None, offset=0, **more):
    with store.session() as session:
        query = listing.instances(session, filters, **more)
        page = listing.page(session, query, InstanceRow, limit, cursor, offset)
        return "".join(row.id for row in page.rows), page.total, page.next


def test_of_one_moment_each_is_listed_once(store):
    found, cursor = "", None
    for _ in range(4):
        ids, total, cursor = listed(store, limit=1, cursor=cursor)
        found += ids
        assert total == 4
    assert (found, cursor) == ("dbca", None)
    assert [listed(store, limit=1, offset=at)[0] for at in range(5)] == ["d", "b", "c", "a", ""]


@pytest.mark.parametrize(("limit", "more"), [(3, True), (4, False), (5, False)])
def test_there_is_a_next_page_only_where_something_follows(store, limit, more):
    assert (listed(store, limit=limit)[2] is not None) == more


def test_from_is_inside_and_to_is_not(store):
    assert listed(store, Filters({}, created_from=20.0))[0] == "dbc"
    assert listed(store, Filters({}, created_from=20.0 + MICROSECOND))[0] == "d"
    assert listed(store, Filters({}, created_to=20.0))[0] == "a"
    assert listed(store, Filters({}, created_to=20.0 + MICROSECOND))[0] == "bca"
    assert listed(store, Filters({}, created_from=10.0, created_to=30.0))[0] == "bca"


def test_what_was_erased_is_in_no_list(store):
    with store.session() as session:
        instances.find(session, "b").erased = 1.0
    assert listed(store)[:2] == ("dca", 3)
    assert listed(store, search=TINY["title"])[:2] == ("dca", 3)


def test_a_search_ends_with_the_newest(store, monkeypatch):
    assert listed(store, search=TINY["title"].upper())[0] == "dbca"
    monkeypatch.setattr(listing, "MOST_SEARCHED", 1)
    assert listed(store, search=TINY["title"])[0] == "d"


def test_a_person_finds_final_rosters_alone(store):
    limits = {"limits": {"seconds": 1}, "cores": 1}
    with store.session() as session:
        for id in ("final", "early", "other", "gone"):
            more = {"instance_id": "a", "fingerprint": "", "request": limits, "start_roster": None}
            jobs.add(session, id, **more)
            jobs.save_roster(session, id, "{}", final=id != "early")
            roster_people.enter(session, id, ["zhao" if id != "other" else "qian"])
        session.execute(update(JobRow).where(JobRow.id == "gone").values(erased=1.0))
        found = session.scalars(listing.of_person("zhao")).all()
        assert [row.id for row in found] == ["final"]
        made = session.scalars(listing.jobs(NONE, "queued", "a")).all()
        assert {row.id for row in made} == {"final", "early", "other"}
        assert not session.scalars(listing.jobs(NONE, "queued", "b")).all()
        assert not session.scalars(listing.jobs(NONE, "running", "a")).all()


@pytest.mark.parametrize("cursor", ["", "x", "WzEsMl0", "W251bGwsImEiXQ", "WzEuMCwi4piDIl0"])
def test_a_text_that_is_no_cursor_is_told(store, cursor):
    with pytest.raises(listing.CursorError):
        listed(store, cursor=cursor)


def test_positions_grow(store):
    cursors = [listed(store, limit=n)[2] for n in (1, 2, 3)]
    assert all(first != second for first, second in pairwise(cursors))


def test_a_page_behind_the_end_tells_how_many_there_are(store):
    assert listed(store, offset=9) == ("", 4, None)
    with store.session() as session:
        instances.find(session, "a").erased = 1.0
    assert listed(store, limit=2, offset=2) == ("c", 3, None)


def test_the_end_of_a_line_is_where_no_child_is_seen(store):
    with store.session() as session:
        parent = instances.find(session, "a")
        here = TINY | {"areas": [{"id": "here", "name": "here", "kind": "grid"}]}
        there = TINY | {"areas": [{"id": "there", "name": "there", "kind": "grid"}]}
        for id, week, of in (("e", here, parent), ("f", there, None)):
            instances.add(session, id, Instance.model_validate(week), week, of)
        of_e = instances.find(session, "e")
        instances.add(session, "g", Instance.model_validate(there), there, of_e)
    assert set(listed(store, heads=True)[0]) == set("bcdfg")
    assert listed(store, heads=True, areas=["here"])[:2] == ("e", 1)
    assert set(listed(store, heads=True, areas=["there"])[0]) == set("fg")
    with store.session() as session:
        instances.find(session, "g").erased = 1.0
    assert set(listed(store, heads=True)[0]) == set("bcdef")
