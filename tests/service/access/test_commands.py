"""``lianxin user``, ``lianxin token``, and what ``lianxin serve`` refuses."""

import re

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.due import expand
from service.access import audit, invitations, tokens
from service.access.audit import AuditRow
from service.access.caller import LOCAL
from service.access.exposure import check_exposed, may_be_open
from service.access.roles import AccountRole
from service.configuration import read_settings
from service.settings import ServiceSettings
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.report.weeks import week


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder: (exit code, what it printed, what it warned of)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words, code=0):
        ended = CliRunner().invoke(app, [*words, "--lang", "en"])
        assert ended.exit_code == code, ended.output
        return ended.stdout + ended.stderr

    return run


def test_the_first_administrator_gets_a_link(run, monkeypatch):
    monkeypatch.setenv("LIANXIN_PUBLIC_URL", "https://roster.example/")
    told = run("user", "add", "Chen", "--role", "administrator", "--private")
    link = re.search(r"^https://roster\.example/welcome#([\w-]{43})~chen$", told, re.MULTILINE)
    assert link
    store = Store.of(read_settings(None))
    with store.session() as session:
        row = invitations.account_of(session, link[1])
        assert (row.name, row.role, row.private) == ("chen", "administrator", True)
    store.close()


def test_a_link_begins_where_the_service_was_started_last(run, tmp_path, monkeypatch):
    monkeypatch.delenv("LIANXIN_PUBLIC_URL", raising=False)
    settings = read_settings(None)
    run("migrate")
    settings.address_path.write_text("http://127.0.0.1:8123\n", "utf-8")
    assert "http://127.0.0.1:8123/welcome#" in run("user", "add", "an", "--role", "viewer")
    monkeypatch.setenv("LIANXIN_PUBLIC_URL", "https://roster.example")
    assert "https://roster.example/welcome#" in run("user", "password", "an")


def test_areas_that_no_week_has_are_told_of_and_taken(run):
    add = ("user", "add", "--role", "coordinator", "--areas")
    assert "No week" not in run(*add, "east", "an")  # no week yet
    store = Store.of(read_settings(None))
    begun(store, LOCAL, WeekState.of(expand(week())))
    store.close()
    assert "No week has the areas east, west:" in run(*add, "east,a,west", "bo")
    assert "No week" not in run(*add, "a,s", "cai")
    assert re.search(r"bo +coordinator +a, east, west", run("user", "list"))


def test_accounts_are_listed_changed_and_disabled(run):
    run("user", "add", "an", "--role", "coordinator", "--areas", "b, a,")
    run("user", "add", "bo", "--role", "worker", "--person", "worker-03")
    told = run("user", "list")
    assert re.search(r"an +coordinator +a, b +no password yet", told)
    assert re.search(r"bo +worker +every +worker-03 +no password yet", told)
    run("user", "change", "an", "--role", "viewer", "--private")
    assert re.search(r"an +viewer +every +yes +no password yet", run("user", "list"))
    assert "#" in run("user", "password", "an")
    run("user", "disable", "an")
    assert re.search(r"an +viewer +every +yes +disabled", run("user", "list"))
    assert "an is disabled" in run("user", "password", "an", code=2)
    run("user", "enable", "an")
    assert re.search(r"an +viewer +every +yes +no password yet", run("user", "list"))
    # Nobody could give accounts any more; and the last account would leave the service open.
    assert "Somebody has to be able" in run("user", "remove", "bo", code=2)
    store = Store.of(read_settings(None))
    with store.session() as session:
        rows = session.execute(select(AuditRow.operation, AuditRow.who).order_by(AuditRow.id))
        assert [tuple(row) for row in rows] == [
            ("user_add", "an"),
            ("user_add", "bo"),
            ("user_change", "an"),
            ("user_password", "an"),
            ("user_disable", "an"),
            ("user_enable", "an"),
        ]
        assert audit.check(session) is None
    store.close()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["user", "add"], "needs a name"),
        (["user", "add", " "], "needs a name"),
        (["user", "add", "a\x1b[31m"], "needs a name"),
        (["user", "add", "x" * 81], "at most 80"),
        (["user", "add", "bo"], "needs a role"),
        (["user", "add", "bo", "--role", "worker"], "needs a person"),
        (["user", "add", "bo", "--role", "viewer", "--person", "p"], "Only a worker"),
        (["user", "add", "bo", "--role", "administrator", "--areas", "a"], "for every area"),
        (["user", "add", "bo", "--role", "worker", "--person", "p", "--areas", "a"], "every area"),
        (["user", "add", "bo", "--role", "viewer", "--areas", ","], "No area is named"),
        (["user", "add", "AN", "--role", "viewer"], "There is an account an already"),
        (["user", "disable", "bo"], "There is no account bo"),
        (["token", "add"], "Say which"),
        (["token", "add", "bo"], "There is no account bo"),
        (["token", "add", "an", "--role", "administrator"], "cannot give a token"),
        (["token", "add", "an", "--private"], "no right to private cases"),
        (["token", "revoke", "x"], "No token that still holds has the id x"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_done(run, words, told):
    run("user", "add", "an", "--role", "viewer")
    assert told in run(*words, code=2)
    listed = run("user", "list")
    assert listed.count("no password yet") == 1
    assert "active" not in run("token", "list")


def test_a_token_is_shown_once_and_revoked(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run("user", "add", "an", "--role", "administrator", "--private")
    told = run("token", "add", "an", "--role", "viewer", "--areas", "a", "--days", "2")
    secret = re.search(r"^lianxin_[\w-]{43}$", told, re.MULTILINE)[0]
    store = Store.of(read_settings(None))

    def found():
        with store.session() as session:
            return tokens.find(session, secret)

    caller = found()
    assert (caller.role, caller.areas, caller.private) == (AccountRole.VIEWER, {"a"}, False)
    listed = run("token", "list")
    assert secret not in listed
    # On a terminal of 80 columns no word is broken.
    assert {"an", "viewer", "a", "active"} <= set(listed.split())
    assert re.search(r"last used \d{4}-\d\d-\d\d", " ".join(listed.split()))
    assert max(map(len, listed.splitlines())) <= 80
    id = re.search(r"\b[0-9a-f]{32}\b", listed)[0]
    run("token", "revoke", id)
    assert found() is None
    assert "revoked" in run("token", "list")
    store.close()


@pytest.mark.parametrize(
    ("host", "allowed", "proxies", "is_open"),
    [
        ("127.0.0.1", ("127.0.0.1", "localhost", "::1"), (), True),
        ("::1", ("localhost",), (), True),
        ("127.0.0.1", ("localhost", "roster.example"), (), False),
        ("127.0.0.1", (), (), False),
        ("127.0.0.1", ("localhost",), ("127.0.0.1",), False),
        ("0.0.0.0", ("localhost",), (), False),
        ("192.168.1.5", ("roster.example",), (), False),
    ],
)
def test_where_nobody_has_to_sign_in(tmp_path, host, allowed, proxies, is_open):
    settings = ServiceSettings(
        host=host, allowed_hosts=allowed, proxies=proxies, data_dir=tmp_path / "data"
    )
    assert may_be_open(settings) is is_open
    if is_open:
        check_exposed(settings)


@pytest.mark.parametrize(
    ("words", "account", "missing"),
    [
        (["--host", "0.0.0.0"], False, {"no account", "no names"}),
        (["--host", "0.0.0.0"], True, {"no names"}),
        (["--host", "0.0.0.0", "--allowed-host", "roster.example"], False, {"no account"}),
        (["--host", "0.0.0.0", "--allowed-host", "roster.example"], True, set()),
        (["--allowed-host", "roster.example"], False, {"no account"}),
        (["--allowed-host", "roster.example"], True, set()),
        ([], False, set()),
    ],
)
def test_serve_refuses_what_would_be_open_to_others(run, monkeypatch, words, account, missing):
    started = []
    monkeypatch.setattr("service.app.run", lambda *given, **more: started.append(given))
    # Else the tests' own process would have one, where it has no threads yet.
    monkeypatch.setattr("service.children.nursery.begin", lambda: None)
    if account:
        run("user", "add", "an", "--role", "administrator")
    # Somebody else of this machine may have the usual port.
    told = run("serve", "--port", "0", *words, code=2 if missing else 0)
    assert bool(started) is not bool(missing)
    said = {"no account": "there is no account", "no names": "it is not said by which names"}
    assert {what for what, words in said.items() if words in told} == missing
    if not missing:  # where other commands tell people to go
        (settings, *_) = started[0]
        assert settings.port
        assert read_settings(None).reached == settings.address
    if "no account" in missing:
        assert "lianxin user add NAME --role administrator" in told
