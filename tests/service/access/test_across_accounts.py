"""What one account was given is no way to what is another's: keys of requests, tags of answers, cursors, files."""

import pytest

from service.access.roles import AccountRole
from tests.service.access.test_leaks import kept
from tests.service.canaries import CANARY, ROSTER, WEEK

QUICK = {"instance": WEEK | {"title": "quick"}, "limits": {"steps": 10}}
BEGUN = {"instance": WEEK | {"title": "quick"}, "roster": ROSTER}
SICK = {"kind": "sick", "span": {"start": "2026-11-23T08:00", "end": "2026-11-23T18:00"}}
PINNED = {"changes": [{"kind": "pin", "task": "open-shift", "person": "other"}]}


@pytest.fixture(scope="module")
def week(cleared):
    answer = cleared.post("/weeks", json=BEGUN)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.mark.parametrize(
    ("path", "body", "made"),
    [
        ("/jobs", QUICK, "id"),
        ("/instances", QUICK["instance"], "id"),
        ("/weeks", BEGUN, "id"),
        ("/weeks/{}/plans", {"limits": {"steps": 10}}, "id"),
        ("/weeks/{}/commands", PINNED, "revision"),
        ("/weeks/{}/people/other/requests", SICK, "id"),
    ],
)
def test_a_key_is_its_accounts_own(week, cleared, plain, path, body, made):
    if made == "revision":
        week = cleared.post("/weeks", json=BEGUN).json()["id"]
    key = {"Idempotency-Key": f"of everybody {path}"}
    answers = [one.post(path.format(week), json=body, headers=key) for one in (cleared, plain) * 2]
    assert {answer.status_code for answer in answers} <= {200, 201, 202}, answers[1].text
    first, second, again, second_again = [answer.json()[made] for answer in answers]
    assert (again, second_again) == (first, second)
    assert first != second


@pytest.mark.parametrize(
    "path", ["/instances/{instance}", "/instances/{instance}?private=true", "/weeks/{week}/board"]
)
def test_a_tag_of_another_tells_nothing(week, cleared, plain, east, path):
    path = path.format(week=week, instance=kept(cleared))
    shown = {client: client.get(path) for client in (cleared, plain, east)}
    tag = shown[cleared].headers["etag"]
    assert shown[cleared].headers["cache-control"] == "no-store"
    for client, before in shown.items():
        for known in (tag, f"W/{tag}", f'"x", {tag}'):
            answer = client.get(path, headers={"If-None-Match": known})
            own = client is cleared
            assert answer.status_code == (304 if own else before.status_code)
            assert client is cleared or CANARY not in answer.text


def test_a_cursor_of_another_leads_to_nothing_else(cleared, as_account):
    far = as_account("far-from-all", AccountRole.COORDINATOR, areas=["nowhere at all"])
    for path in ("/jobs", "/instances", "/weeks"):
        for _ in range(2):
            assert cleared.post(path, json=_body(path)).status_code in (201, 202)
        cursor = cleared.get(path, params={"limit": 1}).json()["next"]
        answer = far.get(path, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["total"]) == (200, 0), path
        assert answer.json()[path[1:]] == []


def _body(path):
    return {"/jobs": QUICK, "/instances": QUICK["instance"], "/weeks": BEGUN}[path]


def test_a_dropped_file_is_seen_by_who_dropped_it(office, cleared, plain):
    book = cleared.get("/new/workbook", params={"kind": "example"})
    dropped = cleared.post("/imports", files={"file": ("week.xlsx", book.content)})
    assert dropped.status_code == 303, dropped.text
    address = dropped.headers["location"]
    with office.client("administrator") as administrator:
        for path in (address, f"{address}/workbook"):
            assert cleared.get(path).status_code == 200
            assert [one.get(path).status_code for one in (plain, administrator)] == [404, 404]
        assert plain.post(address, data={"x": "y"}).status_code == 404


def test_the_auditor_finds_what_somebody_was_refused(office, week, cleared, plain):
    instance, viewer = kept(cleared), office.client("viewer")
    long = "a" * 33
    with viewer:
        for client, method, path in (
            (plain, "GET", f"/weeks/{week}/state?private=true"),
            (plain, "GET", f"/instances/{instance}?private=true"),
            (plain, "GET", f"/jobs/{instance}/roster?private=true"),
            (viewer, "DELETE", f"/v1/instances/{instance}"),
            (viewer, "DELETE", f"/v1/instances/{long}"),
        ):
            assert client.request(method, path).status_code == 403, path
    with office.client("administrator") as administrator:
        entries = administrator.get("/audit?kind=refused&limit=200").json()["entries"]
    told = [(one["who"], one["operation"], one["instance"], one["job"]) for one in entries]
    for expected in (
        ("plain", "get_week_state", week, None),
        ("plain", "get_instance", instance, None),
        ("plain", "get_roster", None, instance),
        ("viewer", "delete_instance", instance, None),
        ("viewer", "delete_instance", None, None),
    ):
        assert expected in told


def test_a_plan_belongs_to_its_week(week, cleared):
    other = cleared.post("/weeks", json=BEGUN).json()["id"]
    plan = cleared.post(f"/weeks/{week}/plans", json={"limits": {"steps": 10}}).json()["id"]
    for method, path in (
        ("GET", f"/v1/weeks/{other}/plans/{plan}"),
        ("POST", f"/v1/weeks/{other}/plans/{plan}/adoption"),
        ("POST", f"/v1/weeks/{other}/plans/{plan}/discard"),
        ("GET", f"/w/{other}/plans/{plan}"),
    ):
        body = {} if method == "POST" else None
        assert cleared.request(method, path, json=body).status_code == 404, path
    assert cleared.get(f"/weeks/{week}/plans/{plan}").status_code == 200
