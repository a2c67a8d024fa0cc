"""The table of rights: every route has a line, every cell holds, and it says what was agreed."""

import re
import socket
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.routing import iter_route_contexts

from scheduler.model import InputError
from service.access import accounts, managing
from service.access.caller import Caller
from service.access.gate import ensure_rights
from service.access.managing import TokenWish
from service.access.roles import AccountRole
from service.access.rules import FIELDS, NOBODY, RIGHTS, TABLE, Reach, sees
from service.app import create_app
from service.settings import ServiceSettings
from tests.service.access.conftest import RIGHTS as ACCOUNTS

ROLES = [role.value for role in AccountRole]
OWN_ACTS = {"post_received", "post_own_outcomes", "post_own_request", "delete_own_request"}
"""What somebody at work says of their own week."""
PUBLIC = {
    "get_health",
    "get_openapi",
    "get_static",
    "get_sign_in",
    "post_sign_in",
    "post_sign_out",
    "get_welcome",
    "post_welcome",
    "post_language",
    "get_offline_script",
    "get_link_page",
    "post_link_entry",
    "get_subscription",
}
"""What nobody needs to sign in for."""
OWN_PAGES = {
    "get_my_week_page",
    "get_open_duties_page",
    "get_my_hours_page",
    "get_offline_page",
    "get_my_calendar",
    "post_my_calendar",
}
"""Whose person is the account's own: no address names one."""
OWN_ACCOUNT = {"get_settings_page", "post_own_password"}
"""What everybody has who signs in by an account."""
FOR_EVERYBODY = PUBLIC | OWN_PAGES | OWN_ACCOUNT | {"get_me", "get_home"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(ServiceSettings(data_dir=tmp_path_factory.mktemp("none")))


@pytest.fixture(scope="module")
def routes(app):
    """(method, path with ids in it) by operation."""
    return {
        context.name: (
            next(iter(sorted(context.methods - {"HEAD"}))),
            re.sub(r"{\w+}", "worker-03", context.path),
        )
        for context in iter_route_contexts(app.routes)
    }


def test_every_route_has_a_line_and_every_line_a_route(routes):
    assert set(routes) == set(RIGHTS)


def test_an_application_with_a_route_without_a_line_is_not_made(app, monkeypatch):
    router = APIRouter()
    router.add_api_route("/secrets", lambda: None, name="get_secrets")
    app.include_router(router)
    with pytest.raises(ValueError, match="get_secrets"):
        ensure_rights(app)


@pytest.mark.parametrize("who", [NOBODY, *ROLES])
@pytest.mark.parametrize("operation", RIGHTS)
def test_a_cell_holds(office, routes, operation, who):
    method, path = routes[operation]
    reach = RIGHTS[operation].reach[who]
    with office.client(who) as client:
        answer = client.request(method, path)
        if reach is Reach.OWN:
            other = client.request(method, path.replace("worker-03", "worker-04"))
            assert (other.status_code, other.json()["code"]) == (403, "not_your_week")
    code = answer.json()["code"] if answer.headers.get("content-type", "").endswith("+json") else ""
    if reach is Reach.NO:
        assert (answer.status_code, code) == (
            (401, "sign_in_needed") if who == NOBODY else (403, "not_allowed")
        )
    else:
        # Let through to the route, which finds nothing of this id, or no body, or shows itself.
        assert code not in ("sign_in_needed", "not_allowed", "not_your_week"), answer.text
        assert answer.status_code < 500 or operation == "get_deep_health"


def test_nobody_reads_only_what_says_nothing_of_people():
    assert {name for name, right in RIGHTS.items() if right.of(None) is not Reach.NO} == PUBLIC


def test_a_worker_has_only_the_own_week():
    for name, right in RIGHTS.items():
        expected = Reach.YES if name in FOR_EVERYBODY else right.reach["worker"]
        assert right.reach["worker"] is expected
        assert expected in (Reach.NO, Reach.OWN) or name in FOR_EVERYBODY


def test_who_looks_on_changes_nothing():
    for name, right in RIGHTS.items():
        if right.does == "write" and name not in PUBLIC | OWN_ACCOUNT:
            assert right.reach["viewer"] is Reach.NO, name
            own = Reach.OWN if name in OWN_ACTS else Reach.NO
            own = Reach.YES if name in OWN_PAGES else own
            assert right.reach["worker"] is own, name
    for name in (
        "post_job",
        "post_replan",
        "post_stop",
        "delete_job",
        "post_child",
        "post_preview",
    ):
        assert RIGHTS[name].reach["viewer"] is Reach.NO


def test_who_coordinates_reads_and_writes_within_the_areas_alone():
    for name, right in RIGHTS.items():
        if right.what in ("instance", "roster", "job"):
            assert right.reach["coordinator"] in (Reach.AREAS, Reach.NO), name
    for name in ("post_instance", "post_job", "post_replan", "get_roster", "get_events"):
        assert RIGHTS[name].reach["coordinator"] is Reach.AREAS


def test_an_administrator_may_do_everything():
    assert {right.reach["administrator"] for right in RIGHTS.values()} <= {Reach.YES}


def test_only_own_weeks_are_told_by_an_address_with_a_person(app):
    paths = {context.name: context.path for context in iter_route_contexts(app.routes)}
    for name, right in RIGHTS.items():
        if Reach.OWN in right.reach.values():
            assert "{person}" in paths[name]


def test_who_watches_the_service_sees_nothing_of_what_it_works_on():
    seen = {name for name, right in RIGHTS.items() if right.reach["monitor"] is not Reach.NO}
    figures = {"get_metrics", "get_deep_health"}
    assert seen == FOR_EVERYBODY - OWN_PAGES | figures
    watching = Caller("1", "prometheus", AccountRole.MONITOR, private=True)
    fields = re.findall(r"^\| ([a-z]+\.?[a-z_]+)", FIELDS, re.MULTILINE)[1:]
    assert len(fields) == 5
    assert not any(sees(watching, field) for field in fields)
    # What is of the whole installation is for nobody else who is not an administrator.
    for name in figures:
        others = [who for who, reach in RIGHTS[name].reach.items() if reach is not Reach.NO]
        assert others == ["administrator", "monitor"]


def test_a_token_for_watching_is_an_administrators_and_not_for_some_areas(office):
    def figures(account, **wish):
        with office.store.session() as session:
            row = accounts.named(session, account)
            asked = TokenWish(role=AccountRole.MONITOR, **wish)
            secret = managing.add_token(session, None, row, asked)[1]
        with office.client() as client:
            client.headers["Authorization"] = f"Bearer {secret}"
            assert client.get("/v1/jobs").status_code == 403
            return client.get("/metrics")

    assert figures("administrator").text.count("lianxin_workers 1.0") == 1
    partly = figures("administrator", areas=["grid-1"])
    assert (partly.status_code, partly.json()["code"]) == (403, "not_whole")
    for account in ("coordinator", "viewer", "worker"):
        with pytest.raises(InputError) as error:
            figures(account)
        assert [problem.code for problem in error.value.problems] == ["token_no_part"]


@pytest.mark.parametrize(
    ("field", "who", "seen"),
    [
        ("private_case", "administrator", True),
        ("private_case", "viewer", False),  # the role could, but has not the right
        ("household.ratings", "viewer", False),
        ("household.ratings", "worker", False),
        ("household.ratings", "coordinator", True),
        ("area.outside", "administrator", False),  # where a token of one has areas
        ("account.password", "administrator", False),
        ("token.secret", "administrator", False),
    ],
)
def test_fields(field, who, seen):
    caller = Caller("1", who, AccountRole(who), private=bool(ACCOUNTS[who].get("private")))
    assert sees(caller, field) is seen


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1/nothing", 404),
        ("OPTIONS", "/v1/jobs", 405),
        ("PUT", "/v1/jobs", 405),
        ("GET", "/openapi.json", 200),
        ("GET", "/health", 200),
        ("GET", "/jobs", 401),  # an address of before /v1
        ("GET", "/static/tokens.css", 200),
        ("GET", "/static/..%2fdrawing.py", 404),
    ],
)
def test_what_nobody_sees_without_signing_in(office, method, path, status):
    with office.client() as client:
        answer = client.request(method, path)
    assert answer.status_code == status


def test_head_tells_nobody_more_than_get(office):
    with office.client() as client:
        assert client.head("/v1/jobs").status_code in (401, 405)


def test_it_is_refused_before_the_body_is_read(office):
    with socket.create_connection(("127.0.0.1", office.service.port), timeout=120) as line:
        # Not one byte of the body is sent: who waits for it would never answer.
        line.sendall(
            b"POST /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: 1000\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 401")


def test_a_refusal_is_told_in_both_languages(office):
    for lang, title in (("en", "Please sign in"), ("zh", "请先登录")):
        with office.client() as client:
            answer = client.get("/v1/jobs", headers={"Accept-Language": lang})
        assert answer.json()["title"] == title
        assert answer.headers["www-authenticate"] == "Bearer"


def test_the_page_shows_the_table():
    page = (Path(__file__).parents[3] / "docs" / "access.md").read_text(encoding="utf-8")
    assert TABLE.strip() in page, "copy TABLE of service/access/rules.py into docs/access.md"
    assert FIELDS.strip() in page, "copy FIELDS of service/access/rules.py into docs/access.md"
