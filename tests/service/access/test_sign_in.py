"""Signing in and out through the pages, sessions, links, cross-site requests, proxies, a real browser."""

import re
from types import SimpleNamespace

import pytest

from service.access import accounts, audit, invitations
from service.access.attempts import Attempts
from service.access.caller import LOCAL
from service.access.gate import Gate
from service.access.roles import AccountRole
from service.examples import TINY
from service.middleware.security import PAGE_POLICY
from service.pages.onward import our_path
from service.store import Store
from tests.service.access.conftest import PASSWORD, outcomes
from tests.service.conftest import http_client, run_aside


@pytest.fixture
def browser(office):
    """A client with cookies, as a browser has."""
    with office.client() as client:
        yield client


def sign_in(browser, name="viewer", password=PASSWORD, **more):
    return browser.post("/sign-in", data={"name": name, "password": password, **more})


def test_a_session_begins_and_ends(office, browser):
    answer = sign_in(browser, " Viewer ", next="/v1/jobs?limit=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/v1/jobs?limit=1")
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(r"lianxin=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie)
    assert browser.get("/v1/me").json() == {
        "account": browser.get("/v1/me").json()["account"],
        "name": "viewer",
        "role": "viewer",
        "areas": None,
        "private": False,
        "person": None,
    }
    assert "viewer" in browser.get("/settings").text
    stolen = dict(browser.cookies)
    left = browser.post("/sign-out")
    assert (left.status_code, left.headers["location"]) == (303, "/sign-in")
    assert re.match(r'lianxin=""; .*Max-Age=0', left.headers["set-cookie"])
    with office.client() as thief:
        thief.cookies.update(stolen)
        assert thief.get("/v1/me").status_code == 401
    assert {("sign_in", "ok"), ("sign_out", "ok")} <= set(outcomes(office, "viewer"))


def test_each_sign_in_is_a_new_session_and_ends_the_one_before(office, browser):
    sign_in(browser)
    first = dict(browser.cookies)
    sign_in(browser)
    assert dict(browser.cookies) != first
    with office.client() as thief:
        thief.cookies.update(first)
        assert thief.get("/v1/me").status_code == 401
    assert browser.get("/v1/me").status_code == 200


def test_a_session_that_somebody_else_chose_is_not_taken_over(browser):
    browser.cookies.set("lianxin", "chosen")
    sign_in(browser)
    assert any(len(cookie.value) == 43 for cookie in browser.cookies.jar)


@pytest.mark.parametrize(
    ("name", "password"), [("coordinator", "wrong password"), ("nobody at all", PASSWORD)]
)
def test_wrong_names_and_passwords_get_one_answer(office, name, password):
    answer = office.sign_in(name, password)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "名称或密码不正确" in answer.text
    assert password not in answer.text
    assert outcomes(office, name)[-1] == ("sign_in", "wrong")


def test_a_disabled_account_does_not_get_in(office):
    with office.store.session() as session:
        row = accounts.add(session, "gone", AccountRole.VIEWER)
        row.password = accounts.named(session, "viewer").password
    with office.client() as browser:
        assert sign_in(browser, "gone").status_code == 303
        with office.store.session() as session:
            accounts.disable(session, accounts.named(session, "gone"))
        assert browser.get("/v1/me").status_code == 401
        assert sign_in(browser, "gone").status_code == 401


def test_too_many_attempts_wait_and_others_do_not(office):
    answers = [office.sign_in("somebody", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert office.sign_in("viewer").status_code == 303


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("/v1/jobs?state=queued", True),
        ("/", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("/\t/evil.example", False),
        ("evil", False),
        ("", False),
    ],
)
def test_signing_in_leads_to_this_site_only(path, ours):
    assert our_path(path) == (path if ours else "/")


def test_a_page_leads_to_the_form_and_back(browser):
    page = browser.get("/v1/jobs?limit=1", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 303
    form = browser.get(page.headers["location"])
    assert 'name="next" value="/v1/jobs?limit=1"' in form.text


@pytest.mark.parametrize(
    ("method", "accept", "status"),
    [
        ("GET", "text/html,*/*", 303),
        ("HEAD", "text/html,*/*", 303),
        ("GET", "application/json", 401),
        ("POST", "text/html,*/*", 401),
        ("DELETE", "text/html,*/*", 401),
    ],
)
def test_only_who_reads_a_page_is_led_to_the_form(browser, method, accept, status):
    # What was sent would be lost on the way, and taken for done.
    path = "/v1/jobs/x" if method == "DELETE" else "/v1/jobs"
    answer = browser.request(method, path, headers={"Accept": accept})
    assert answer.status_code == status
    assert ("location" in answer.headers) is (status == 303)


def test_what_is_typed_is_text_in_the_page(office):
    answer = office.sign_in('"><script>alert(1)</script>', "wrong", next='/"><script>')
    assert "<script>alert" not in answer.text
    assert 'value="/"><script>' not in answer.text


@pytest.mark.parametrize("path", ["/sign-in", "/welcome"])
def test_pages_are_sealed_and_in_both_languages(browser, path):
    texts = []
    for lang, html in (("zh", "zh-CN"), ("en", "en")):
        page = browser.get(path, headers={"Accept-Language": lang})
        assert page.headers["content-security-policy"] == PAGE_POLICY
        assert page.headers["cache-control"] == "no-store"
        assert f'<html lang="{html}">' in page.text
        # Nothing that the policy would refuse: styles and scripts in the page itself; data may be.
        refused = (
            r'<style|style=|<script(?! type="(module" src=|application/json"))| on\w+=|https?://'
        )
        assert not re.search(refused, page.text)
        assert all(
            f'for="{name}"' in page.text for name in re.findall(r' id="(password|name)"', page.text)
        )
        texts.append(page.text)
    assert texts[0] != texts[1]
    assert PAGE_POLICY.startswith("default-src 'self';")
    assert "unsafe" not in PAGE_POLICY


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/welcome"])
@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://elsewhere.example"}, True),
        ({"Origin": "http://[::1"}, True),
    ],
)
def test_forms_of_other_sites_are_refused(browser, path, headers, refused):
    answer = browser.post(path, data={"name": "x"}, headers=headers)
    assert (answer.status_code == 403) is refused


def test_a_signed_in_browser_is_not_driven_by_another_site(browser):
    sign_in(browser, "administrator")
    crossed = browser.post("/v1/instances", json=TINY, headers={"Sec-Fetch-Site": "cross-site"})
    assert crossed.json()["code"] == "cross_site"
    own = browser.post("/v1/instances", json=TINY, headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 201
    browser.post("/sign-out")


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("application/x-www-form-urlencoded", b"name=" + b"x" * 20_000, 413),
        ("application/x-www-form-urlencoded", b"name=%ff", 400),
        ("application/x-www-form-urlencoded", "name=é".encode(), 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a=b" for _ in range(50)), 400),
        ("application/x-www-form-urlencoded", b"", 401),
        ("application/x-www-form-urlencoded", b"name=a%00b", 400),  # PostgreSQL has no such text
        ("application/x-www-form-urlencoded", b"name=a&%00=b", 400),
    ],
)
def test_forms_that_no_browser_sends(browser, kind, body, status):
    answer = browser.post("/sign-in", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status


def invited(office, name):
    """The secret of a link for a new account."""
    with office.store.session() as session:
        return invitations.add(session, accounts.add(session, name, AccountRole.VIEWER))


def test_a_password_is_set_by_a_link_once(office, browser):
    secret = invited(office, "new")
    chosen = {"secret": f" {secret} ", "password": "seven egrets asleep"}
    assert browser.post("/welcome", data=chosen | {"again": "other"}).status_code == 422
    for password in ("short", "password1234", "x" * 201):
        weak = {"secret": secret, "password": password, "again": password}
        answer = browser.post("/welcome", data=weak)
        assert answer.status_code == 422
        assert password not in answer.text
    chosen["again"] = chosen["password"]
    assert browser.post("/welcome", data=chosen).headers["location"] == "/sign-in"
    assert browser.post("/welcome", data=chosen).status_code == 404
    assert sign_in(browser, "new", "seven egrets asleep").status_code == 303
    assert ("set_password", "ok") in outcomes(office, "new")


def test_a_wrong_token_counts_though_there_is_a_session(browser):
    sign_in(browser)
    assert browser.get("/v1/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_no_secret_is_in_the_log(office):
    log = office.service.log.read_text()
    assert PASSWORD not in log
    assert not [secret for secret in office.secrets.values() if secret in log]


def test_forwarded_headers_count_only_from_a_proxy(office, make_service):
    https = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.9.9"}
    with office.client() as client:
        answer = client.get("/sign-in", headers=https)
    assert "strict-transport-security" not in answer.headers
    behind = make_service(proxies=("127.0.0.1",))
    with http_client(behind.url) as client:
        # Behind a proxy nobody is let in without an account, though the request is from loopback.
        assert client.get("/v1/jobs").status_code == 401
        assert "lianxin-mode" not in client.get("/health").headers
        answer = client.get("/sign-in", headers=https)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        left = client.post("/sign-out", headers=https | {"Origin": behind.url})
        cookie = left.headers["set-cookie"]
        assert re.match(r"__Host-lianxin=.*; Path=/; SameSite=lax; Secure", cookie)


@pytest.mark.parametrize("host", ["[::1", "[::1]x", "a@127.0.0.1", "127.0.0.1:x", "127.0.0.1/x"])
def test_a_host_that_is_none_is_refused(office, host):
    with office.client() as client:
        assert client.get("/health", headers={"Host": host}).status_code == 421


def test_where_there_is_no_account_everybody_is_let_in_and_told(service, http):
    for path in ("/health", "/v1/me", "/nothing", "/"):
        assert http.get(path).headers["lianxin-mode"] == "open", path
    assert http.get("/v1/me").json()["role"] == "administrator"
    page = http.get("/settings", headers={"Accept-Language": "en"}).text
    assert "Nobody has to sign in here" in page
    assert "/sign-out" not in page


@pytest.mark.parametrize(
    ("address", "caller"), [("127.0.0.1", LOCAL), ("::1", LOCAL), ("192.0.2.1", None)]
)
def test_where_there_is_no_account_nobody_of_another_machine_is_let_in(service, address, caller):
    async def ask():
        await Gate(handed_on, service.settings, Attempts())(scope, None, None)

    async def handed_on(scope, _receive, _send):
        found.append(scope["state"])

    store, found = Store.of(service.settings), []
    parts = SimpleNamespace(store=store)
    app = SimpleNamespace(state=SimpleNamespace(parts=parts))
    scope = {"type": "http", "scheme": "http", "headers": [], "client": (address, 1), "app": app}
    run_aside(ask())
    store.close()
    # Nor is it led to where nobody signs in once its private link is over.
    assert found == [{"caller": caller, "trouble": None, "open": caller is LOCAL}]


def test_the_first_account_ends_the_open_mode_at_once(make_service):
    service = make_service()
    assert service.http.get("/v1/jobs").status_code == 200
    store = Store.of(service.settings)
    with store.session() as session:
        accounts.add(session, "first", AccountRole.ADMINISTRATOR)
    store.close()
    answer = service.http.get("/v1/jobs")
    assert answer.status_code == 401
    assert "lianxin-mode" not in answer.headers


def test_the_audit_of_all_this_is_whole(office):
    with office.store.session() as session:
        assert audit.check(session) is None


def test_a_browser_sets_a_password_and_signs_in(office, chromium):
    secret = invited(office, "browser")
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    told = []
    page.on("console", lambda line: told.append((line.type, line.text)))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{office.service.url}/welcome#{secret}~browser")
    assert secret not in page.url
    assert page.input_value("#name") == "browser"
    # With the keyboard alone: the first field has the focus.
    page.locator("#password:focus").wait_for()
    for word in ("five cranes by the lake", "five cranes by the lake"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#name:focus").wait_for()
    page.keyboard.type("browser")
    page.keyboard.press("Tab")
    page.keyboard.type("five cranes by the lake")
    page.keyboard.press("Enter")
    page.locator("header .account summary").wait_for()
    assert "browser" in page.inner_text("header")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("header .account summary")
    page.click("#sign-out button")
    page.wait_for_url("**/sign-in")
    assert [line for line in told if line[0] in ("error", "warning")] == []
    assert all(url.startswith(office.service.url) and secret not in url for url in asked)
    page.close()


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        (AccountRole.ADMINISTRATOR, True),
        (AccountRole.COORDINATOR, True),
        (AccountRole.VIEWER, False),
    ],
)
def test_who_sees_no_week_is_shown_the_ways_to_begin_one(as_account, role, begins):
    client = as_account(f"first-{role}", role, areas=["of no week yet"])
    answer = client.get("/", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert ('action="/imports"' in answer.text) is begins
