"""Private links and addresses of calendars: whom they lead to, and when they end."""

import time

import pytest
from sqlalchemy import update

from service.access import accounts, links, tokens
from service.access.links import LinkRow
from service.access.roles import AccountRole
from service.store import weeks

PERSON = "worker-03"


@pytest.fixture
def session(store):
    with store.session() as session:
        for day in ("2026-11-23", "2026-11-30"):
            session.add(
                weeks.WeekRow(
                    id=day, start=day, created=1.0, head=0, title="", secret="", owner_id=None
                )
            )
        session.flush()
        yield session


@pytest.fixture
def account(session):
    return accounts.add(session, "worker", AccountRole.WORKER, person=PERSON)


def link(session, week="2026-11-23", person=PERSON, seconds=60.0):
    return links.make(session, week, person, "她", time.time() + seconds)


def test_a_new_link_ends_the_one_before_to_this_week_for_this_person_alone(session):
    first = link(session)
    others = [link(session, week="2026-11-30"), link(session, person="worker-04")]
    second = link(session)
    assert links.enter(session, first) is None
    assert all(links.enter(session, secret) for secret in (second, *others))
    assert links.revoke(session, "2026-11-23", PERSON)
    assert not links.revoke(session, "2026-11-23", PERSON)
    assert links.enter(session, second) is None
    assert all(links.enter(session, secret) for secret in others)


@pytest.mark.parametrize("end", ["time", "revoked"])
def test_a_session_of_a_link_ends_with_it(session, end):
    secret, _ = links.enter(session, link(session))
    caller = links.find(session, secret)
    assert (caller.account, caller.person, caller.week) == (None, PERSON, "2026-11-23")
    assert caller.role is AccountRole.WORKER
    if end == "time":
        session.execute(update(LinkRow).values(ends=time.time()))
    else:
        links.revoke(session, "2026-11-23", PERSON)
    assert links.find(session, secret) is None


def test_a_calendars_address_is_no_link_and_a_link_no_calendars_address(session, account):
    calendar = links.make_calendar(session, accounts.caller(account))
    assert links.calendar_of(session, calendar) == PERSON
    assert links.enter(session, calendar) is None
    private = link(session)
    session.execute(update(LinkRow).where(LinkRow.kind == links.LINK).values(account_id=account.id))
    assert links.calendar_of(session, private) is None


@pytest.mark.parametrize("end", ["newer", "time", "disabled", "other person", "revoked"])
def test_a_calendars_address_ends(session, account, end):
    secret = links.make_calendar(session, accounts.caller(account))
    match end:
        case "newer":
            assert links.make_calendar(session, accounts.caller(account)) != secret
        case "time":
            session.execute(update(LinkRow).values(ends=time.time()))
        case "disabled":
            accounts.disable(session, account)
        case "other person":
            account.person = "worker-04"
        case _:
            links.end_calendar(session, account.id)
    session.flush()
    assert links.calendar_of(session, secret) is None


def test_only_who_is_for_a_person_has_a_calendar(session):
    viewer = accounts.add(session, "viewer", AccountRole.VIEWER)
    _, secret = tokens.add(session, viewer, "t", AccountRole.VIEWER, days=1)
    with pytest.raises(ValueError, match="no account of a person"):
        links.make_calendar(session, tokens.find(session, secret))
