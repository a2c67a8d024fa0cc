"""Accounts and tokens over HTTP: made, changed and ended, by whom, and what never."""

import pytest
from sqlalchemy import select

from service.access import accounts, tokens
from service.access.audit import AuditRow
from service.access.roles import AccountRole
from tests.service.access.conftest import PASSWORD

NEW = "four cranes over the lake"


@pytest.fixture
def admin(office):
    with office.client("administrator") as client:
        yield client


@pytest.fixture(scope="module")
def limited(office):
    """An administrator's token for some areas, and one without the right to private cases."""
    with office.store.session() as session:
        row = accounts.named(session, "administrator")
        for name, more in (("some-areas", {"areas": ["east"]}), ("open-only", {})):
            made = tokens.add(
                session,
                row,
                name,
                AccountRole.ADMINISTRATOR,
                days=1,
                private=name == "some-areas",
                **more,
            )
            office.secrets[name] = made[1]
    return office


def made(admin, name, role="viewer", **more):
    answer = admin.post("/v1/accounts", json={"name": name, "role": role, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def faults(answer):
    assert answer.status_code == 422, answer.text
    return {(fault["code"], fault["pointer"]) for fault in answer.json()["problems"]}


def welcome(office, link, password):
    with office.client() as client:
        form = {"secret": link["url"].split("#")[1], "password": password, "again": password}
        return client.post("/welcome", data=form).status_code


def test_an_account_lives_and_goes(office, admin):
    account = made(admin, " Fang ", "coordinator", areas=["b", "a"])
    assert (account["name"], account["areas"]) == ("fang", ["a", "b"])
    assert (account["state"], account["private"]) == ("no_password", False)
    assert account["link"]["url"].startswith(f"{office.service.url}/welcome#")
    at = f"/v1/accounts/{account['id']}"
    assert welcome(office, account["link"], PASSWORD) == 303
    assert admin.get(at).json()["state"] == "active"
    with office.client() as browser:
        browser.post("/sign-in", data={"name": "fang", "password": PASSWORD})
        assert browser.get("/v1/me").json()["areas"] == ["a", "b"]
        changed = admin.patch(at, json={"role": "viewer", "areas": None})
        assert (changed.json()["role"], changed.json()["areas"]) == ("viewer", None)
        assert browser.get("/v1/me").status_code == 401
        browser.post("/sign-in", data={"name": "fang", "password": PASSWORD})
        assert browser.get("/v1/me").json()["role"] == "viewer"
        link = admin.post(f"{at}/link").json()
        assert browser.get("/v1/me").status_code == 401
    assert office.sign_in("fang").status_code == 401  # the old password is void
    assert welcome(office, link, NEW) == 303
    assert office.sign_in("fang", NEW).status_code == 303
    assert admin.patch(at, json={"disabled": True}).json()["state"] == "disabled"
    assert office.sign_in("fang", NEW).status_code == 401
    assert admin.post(f"{at}/link").json()["code"] == "account_disabled"
    assert admin.patch(at, json={"disabled": False}).json()["state"] == "active"
    assert office.sign_in("fang", NEW).status_code == 303
    listed = admin.get("/v1/accounts")
    assert "fang" in [one["name"] for one in listed.json()["accounts"]]
    assert "password" not in listed.text.replace("no_password", "")
    assert admin.delete(at).status_code == 204
    assert admin.get(at).json()["code"] == "account_not_found"
    assert office.sign_in("fang", NEW).status_code == 401
    with office.store.session() as session:
        rows = session.scalars(
            select(AuditRow).where(AuditRow.purpose.like("fang %")).order_by(AuditRow.id)
        )
        assert [(row.operation, row.who, row.purpose) for row in rows] == [
            ("user_add", "administrator", "fang coordinator"),
            ("user_change", "administrator", "fang viewer"),
            ("user_password", "administrator", "fang viewer"),
            ("user_disable", "administrator", "fang viewer"),
            ("user_enable", "administrator", "fang viewer"),
            ("user_remove", "administrator", "fang viewer"),
        ]


def test_all_that_is_wrong_is_told_at_once(admin):
    made(admin, "taken")
    wrong = {"name": "Taken ", "role": "administrator", "areas": [], "person": "p"}
    assert faults(admin.post("/v1/accounts", json=wrong)) == {
        ("account_taken", "/name"),
        ("account_person_unwanted", "/person"),
        ("account_areas_unwanted", "/areas"),
        ("account_areas_empty", "/areas"),
    }
    worker = {"name": "w", "role": "worker"}
    assert faults(admin.post("/v1/accounts", json=worker)) == {("account_person_needed", "/person")}
    long = {"name": "x" * 81, "role": "viewer", "areas": [" "]}
    assert faults(admin.post("/v1/accounts", json=long)) == {
        ("account_name_long", "/name"),
        ("account_not_an_id", "/areas"),
    }
    assert made(admin, "x" * 80)["name"] == "x" * 80


def test_the_last_administrator_stays(office, admin):
    at = f"/v1/accounts/{admin.get('/v1/me').json()['account']}"
    # One who has set no password yet could not give accounts either.
    second = made(admin, "second", "administrator")

    def refused():
        answers = (
            admin.patch(at, json={"role": "viewer"}),
            admin.patch(at, json={"disabled": True}),
            admin.post(f"{at}/link"),
            admin.delete(at),
        )
        return {answer.json().get("code") for answer in answers}

    assert refused() == {"last_administrator"}
    assert admin.patch(at, json={"private": True}).status_code == 200
    assert welcome(office, second["link"], PASSWORD) == 303
    other = f"/v1/accounts/{second['id']}"
    assert admin.patch(at, json={"disabled": True}).status_code == 200
    with office.client() as browser:
        browser.post("/sign-in", data={"name": "second", "password": PASSWORD})
        assert browser.patch(other, json={"disabled": True}).json()["code"] == "last_administrator"
        assert browser.patch(at, json={"disabled": False}).status_code == 200
    assert admin.delete(other).status_code == 204
    assert refused() == {"last_administrator"}


def test_nobody_gives_what_is_not_theirs(limited, admin):
    private = made(admin, "private-one", private=True)
    with limited.client("open-only") as client:
        asked = {"name": "n", "role": "viewer", "private": True}
        assert faults(client.post("/v1/accounts", json=asked)) == {
            ("account_private_not_yours", "/private")
        }
        at = f"/v1/accounts/{private['id']}"
        answer = client.post(f"{at}/link")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_yours_to_give")
        # Other rights of it may be changed, and this one taken away, but not given back.
        assert client.patch(at, json={"role": "coordinator"}).json()["private"] is True
        token = {"account": private["id"], "private": True}
        assert faults(client.post("/v1/tokens", json=token)) == {
            ("account_private_not_yours", "/private")
        }
        assert client.patch(at, json={"private": False}).json()["private"] is False
        assert faults(client.patch(at, json={"private": True})) == {
            ("account_private_not_yours", "/private")
        }


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/accounts"),
        ("POST", "/v1/accounts"),
        ("GET", "/v1/accounts/{id}"),
        ("PATCH", "/v1/accounts/{id}"),
        ("DELETE", "/v1/accounts/{id}"),
        ("POST", "/v1/accounts/{id}/link"),
        ("GET", "/v1/tokens"),
        ("POST", "/v1/tokens"),
        ("DELETE", "/v1/tokens/{id}"),
        ("GET", "/settings/accounts"),
        ("GET", "/settings/accounts/new"),
        ("GET", "/settings/accounts/{id}"),
        ("GET", "/settings/tokens"),
        ("GET", "/settings/retention"),
    ],
)
def test_who_is_for_some_areas_gives_no_accounts(limited, admin, method, path):
    id = admin.get("/v1/me").json()["account"]
    body = {"name": "n", "role": "viewer"} if path.endswith("accounts") else {"account": id}
    body = {"role": "viewer"} if method == "PATCH" else body
    with limited.client("some-areas") as client:
        more = {"json": body} if method in ("POST", "PATCH") else {}
        answer = client.request(method, path.replace("{id}", id), **more)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_whole")


def test_a_token_is_told_once_used_and_revoked(office, admin):
    account = made(admin, "robot", "coordinator")["id"]
    asked = {"account": account, "title": "看板", "role": "viewer", "days": 366}
    answer = admin.post("/v1/tokens", json=asked)
    token = answer.json()
    assert (token["role"], token["used_at"], token["state"]) == ("viewer", None, "active")
    office.secrets["robot"] = token["secret"]
    with office.client("robot") as client:
        assert client.get("/v1/me").json()["name"] == "robot"
        listed = admin.get("/v1/tokens")
        assert token["secret"] not in listed.text
        mine = next(one for one in listed.json()["tokens"] if one["id"] == token["id"])
        assert mine["used_at"] is not None
        assert mine["account_name"] == "robot"
        assert admin.delete(f"/v1/tokens/{token['id']}").status_code == 204
        assert client.get("/v1/me").status_code == 401
    assert admin.delete(f"/v1/tokens/{token['id']}").json()["code"] == "token_not_found"
    wrong = {"account": account, "role": "administrator", "private": True, "areas": []}
    assert faults(admin.post("/v1/tokens", json=wrong)) == {
        ("token_no_part", "/role"),
        ("token_not_private", "/private"),
        ("account_areas_empty", "/areas"),
    }
    assert admin.post("/v1/tokens", json=asked | {"days": 367}).status_code == 422
    admin.patch(f"/v1/accounts/{account}", json={"disabled": True})
    assert admin.post("/v1/tokens", json=asked).json()["code"] == "account_disabled"


def test_the_first_account_is_an_administrators_and_ends_the_open_mode(make_service):
    http = make_service(worker=False).http
    first = {"name": "first", "role": "viewer"}
    assert faults(http.post("/v1/accounts", json=first)) == {("account_first", "/role")}
    assert http.post("/v1/accounts", json=first | {"role": "administrator"}).status_code == 201
    assert http.get("/v1/accounts").status_code == 401


def test_ones_own_password_is_changed_by_who_knows_it(office):
    with office.store.session() as session:
        row = accounts.add(session, "own-password", AccountRole.WORKER, person="worker-09")
        row.password = accounts.named(session, "viewer").password

    def change(client, present, new, again=None):
        form = {"present": present, "password": new, "again": new if again is None else again}
        return client.post("/settings/password", data=form).status_code

    with office.client() as mine, office.client() as elsewhere:
        for client in (mine, elsewhere):
            client.post("/sign-in", data={"name": "own-password", "password": PASSWORD})
        assert change(mine, "something else", NEW) == 401
        assert change(mine, PASSWORD, NEW, "unlike") == 422
        assert change(mine, PASSWORD, "short") == 422
        assert change(mine, PASSWORD, NEW) == 303
        assert mine.get("/v1/me").json()["name"] == "own-password"
        assert elsewhere.get("/v1/me").status_code == 401
        assert office.sign_in("own-password").status_code == 401
        assert office.sign_in("own-password", NEW).status_code == 303
        assert [change(mine, "guess", NEW) for _ in range(6)] == [401] * 5 + [429]
