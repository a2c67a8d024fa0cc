"""Accounts, sessions, tokens and links in the database, on SQLite and PostgreSQL."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from service.access import accounts, invitations, secrets, sessions, tokens
from service.access.caller import Caller
from service.access.roles import AccountRole
from service.access.tables import AccountRow, InvitationRow, SessionRow, TokenRow
from service.store import Store

LIMITS = sessions.SessionLimits(idle=3600, whole=12 * 3600)
ADMINISTRATOR, COORDINATOR, WORKER, VIEWER, MONITOR = (
    AccountRole.ADMINISTRATOR,
    AccountRole.COORDINATOR,
    AccountRole.WORKER,
    AccountRole.VIEWER,
    AccountRole.MONITOR,
)


@pytest.fixture(scope="module")
def store(make_database, kind):
    store = Store(make_database(kind))
    yield store
    store.close()


@pytest.fixture
def session(store):
    """A transaction that leaves nothing behind."""
    with store.engine.connect() as connection:
        from sqlalchemy.orm import Session

        with Session(connection) as session:
            yield session
            session.rollback()


@pytest.fixture
def chen(session):
    assert not accounts.exist(session)
    return accounts.add(session, " Chen ", COORDINATOR, areas=["b", "a", "b"], private=True)


def test_an_account_is_found_however_its_name_is_written(session, chen):
    assert chen.name == "chen"
    assert accounts.named(session, "CHEN ") is chen
    assert accounts.named(session, "che") is None
    assert accounts.exist(session)
    assert accounts.caller(chen) == Caller(
        chen.id, "chen", COORDINATOR, frozenset({"a", "b"}), private=True
    )


def test_a_name_is_given_once(session, chen):
    with pytest.raises(IntegrityError):
        accounts.add(session, "CHEN", VIEWER)


def test_only_hashes_are_kept(session, chen):
    secret = sessions.start(session, chen.id, LIMITS)
    link = invitations.add(session, chen)
    _, token = tokens.add(session, chen, "t", VIEWER, days=1)
    session.flush()
    kept = [
        *session.scalars(select(SessionRow.key)),
        *session.scalars(select(InvitationRow.key)),
        *session.scalars(select(TokenRow.key)),
    ]
    assert kept == [secrets.key(secret), secrets.key(link), secrets.key(token)]
    # 32 bytes are 43 letters of 6 bits.
    assert {len(secret), len(link), len(token.removeprefix("lianxin_"))} == {43}
    assert len({secret, link, token}) == 3


def start(session, chen, *, created=0.0, seen=0.0):
    """A session whose times lie so many seconds back."""
    secret = sessions.start(session, chen.id, LIMITS)
    session.flush()
    now = time.time()
    session.execute(update(SessionRow).values(created=now - created, seen=now - seen))
    return secret


@pytest.mark.parametrize(
    ("created", "seen", "lasts"),
    [
        (0, 0, True),
        (3590, 3590, True),
        (3610, 3610, False),  # idle for more than an hour
        (12 * 3600 - 10, 0, True),
        (12 * 3600 + 10, 0, False),  # half a day old, though used
    ],
)
def test_a_session_ends_when_idle_or_old(session, chen, created, seen, lasts):
    secret = start(session, chen, created=created, seen=seen)
    assert (sessions.find(session, secret, LIMITS) is not None) is lasts


def test_a_session_that_is_used_goes_on(session, chen):
    secret = start(session, chen, created=3500, seen=3500)
    assert sessions.find(session, secret, LIMITS)
    seen = session.scalars(select(SessionRow.seen)).one()
    assert time.time() - seen < 60


def test_following_a_stream_is_no_use_of_a_session(session, chen):
    secret = start(session, chen, created=3500, seen=3500)
    assert sessions.find(session, secret, LIMITS, touch=False)
    assert time.time() - session.scalars(select(SessionRow.seen)).one() > 3400


def test_a_session_over_is_forgotten_at_the_next_sign_in(session, chen):
    start(session, chen, created=3610, seen=3610)
    sessions.start(session, chen.id, LIMITS)
    session.flush()
    assert len(session.scalars(select(SessionRow.key)).all()) == 1


def test_signing_out_ends_one_session(session, chen):
    first, second = (sessions.start(session, chen.id, LIMITS) for _ in range(2))
    session.flush()
    sessions.end(session, first)
    assert sessions.find(session, first, LIMITS) is None
    assert sessions.find(session, second, LIMITS)


def test_other_rights_and_disabling_end_all_sessions_of_the_account(session, chen):
    other = accounts.add(session, "li", VIEWER)
    kept = sessions.start(session, other.id, LIMITS)
    for end in (
        lambda: accounts.change(session, chen, VIEWER, areas=None, private=False, person=None),
        lambda: accounts.disable(session, chen),
    ):
        secret = sessions.start(session, chen.id, LIMITS)
        session.flush()
        assert sessions.find(session, secret, LIMITS)
        end()
        chen.disabled = None  # as one who is let in again
        session.flush()
        assert sessions.find(session, secret, LIMITS) is None
    chen.disabled = time.time()
    assert sessions.find(session, kept, LIMITS)
    session.flush()
    assert sessions.find(session, sessions.start(session, chen.id, LIMITS), LIMITS) is None


def test_a_token_gives_what_it_shares_with_its_account(session, chen):
    _, secret = tokens.add(session, chen, "t", VIEWER, days=1, areas=["b", "c"])
    found = tokens.find(session, secret)
    assert found == replace(
        accounts.caller(chen), role=VIEWER, areas=frozenset({"b"}), private=False
    )


@pytest.mark.parametrize(
    ("account", "token", "role"),
    [
        (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
        (ADMINISTRATOR, VIEWER, VIEWER),
        (VIEWER, ADMINISTRATOR, VIEWER),
        (COORDINATOR, ADMINISTRATOR, COORDINATOR),
        (WORKER, WORKER, WORKER),
        (WORKER, VIEWER, None),
        (WORKER, ADMINISTRATOR, None),
        (VIEWER, WORKER, None),
        (ADMINISTRATOR, MONITOR, MONITOR),
        (MONITOR, ADMINISTRATOR, MONITOR),
        (COORDINATOR, MONITOR, None),
        (MONITOR, COORDINATOR, None),
        (WORKER, MONITOR, None),
    ],
)
def test_the_lesser_role_counts(account, token, role):
    row = TokenRow(role=token, areas=None, private=True)
    found = accounts.narrowed(Caller("1", "x", account), row.role, row.areas, private=row.private)
    assert (found and found.role) == role
    assert found is None or not found.private


def test_a_token_of_an_account_for_all_areas_may_be_for_some(session):
    whole = accounts.add(session, "all", VIEWER, private=True)
    _, secret = tokens.add(session, whole, "t", VIEWER, days=1, areas=["b"], private=True)
    found = tokens.find(session, secret)
    assert (found.areas, found.private) == ({"b"}, True)


@pytest.mark.parametrize("end", ["revoke", "disable", "day"])
def test_a_token_ends(session, chen, end):
    row, secret = tokens.add(session, chen, "t", VIEWER, days=1)
    assert tokens.find(session, secret)
    assert tokens.find(session, secret + "x") is None
    if end == "revoke":
        assert tokens.revoke(session, row.id)
        assert not tokens.revoke(session, row.id)
    elif end == "disable":
        accounts.disable(session, chen)
    else:
        assert row.ends - row.created == 24 * 3600
        row.ends = time.time()
    session.flush()
    assert tokens.find(session, secret) is None


def test_a_link_sets_a_password_once(session, chen):
    secret = invitations.add(session, chen)
    session.flush()
    browser = sessions.start(session, chen.id, LIMITS)
    assert invitations.account_of(session, secret) is chen
    assert invitations.use(session, secret, "hash") is chen
    assert chen.password == "hash"
    assert sessions.find(session, browser, LIMITS) is None
    assert invitations.use(session, secret, "other") is None
    assert chen.password == "hash"


def test_a_new_link_voids_the_one_before(session, chen):
    first = invitations.add(session, chen)
    session.flush()
    second = invitations.add(session, chen)
    session.flush()
    assert invitations.account_of(session, first) is None
    assert invitations.account_of(session, second) is chen


def test_a_link_is_good_for_a_day(session, chen):
    secret = invitations.add(session, chen)
    session.flush()
    row = session.scalars(select(InvitationRow)).one()
    assert row.ends - row.created == 24 * 3600
    row.ends = time.time()
    session.flush()
    assert invitations.account_of(session, secret) is None
    assert invitations.use(session, secret, "hash") is None


def test_a_disabled_account_takes_no_link(session, chen):
    secret = invitations.add(session, chen)
    session.flush()
    chen.disabled = time.time()
    session.flush()
    assert invitations.account_of(session, secret) is None


def test_an_account_is_in_the_list_with_its_areas_in_order(session, chen):
    accounts.add(session, "an", WORKER, person="worker-03")
    assert [(row.name, row.areas) for row in accounts.everyone(session)] == [
        ("an", None),
        ("chen", ["a", "b"]),
    ]
    assert session.scalar(select(AccountRow.person).where(AccountRow.name == "an")) == "worker-03"
