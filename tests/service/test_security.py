"""Headers on every answer; other sites and other names are refused."""

import httpx2
import pytest
from fastapi import FastAPI

from service.examples import TINY
from service.middleware.security import API_POLICY, REPORT_POLICY, Guard
from service.pages import failing
from tests.service.conftest import run_aside


@pytest.mark.parametrize("path", ["/health", "/nothing", "/openapi.json", "/jobs?limit=0"])
def test_every_answer_is_sealed(http, path):
    headers = http.get(path).headers
    assert headers["content-security-policy"] == API_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "none"}, 201),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_unsafe_methods_from_other_sites_are_refused(http, headers, status):
    answer = http.post("/instances", json=TINY, headers=headers)
    assert answer.status_code == status


def test_the_own_origin_may_write(service, http):
    answer = http.post("/instances", json=TINY, headers={"Origin": service.url})
    assert answer.status_code == 201


def test_reading_from_a_link_elsewhere_is_allowed(http):
    assert http.get("/health", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", ""])
def test_other_names_for_this_machine_are_refused(http, host):
    answer = http.get("/health", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.json()["code"] == "wrong_host"


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8000"])
def test_loopback_names_are_answered(http, host):
    assert http.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "asked"),
    [("localhost:1", True), ("127.0.0.1", True), ("[::1]:80", True), ("office.example", False)],
)
def test_a_window_of_its_own_is_asked_for_where_browsers_grant_it(http, host, asked):
    """Over plain http they do on loopback alone, and complain elsewhere."""
    answer = http.get("/health", headers={"Host": host})
    assert answer.headers.get("cross-origin-opener-policy") == ("same-origin" if asked else None)


def test_a_report_may_run_its_own_script_and_reach_nothing():
    rules = dict(rule.split(" ", 1) for rule in REPORT_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert "allow-same-origin" not in rules["sandbox"]
    assert "http" not in REPORT_POLICY


def test_what_failed_is_told_as_a_page_to_a_browser_and_as_a_problem_to_programs():
    async def broken(scope, receive, send):
        scope["app"], scope["state"] = FastAPI(), {"caller": None, "open": False}
        raise ValueError("canary")

    async def asked(path, accept):
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(Guard(broken, (), failing.told)), base_url="http://x"
        ) as client:
            return await client.get(path, headers={"Accept": accept, "Accept-Language": "zh"})

    for path, accept, kind in (
        ("/w/2026-11-23", "text/html", "text/html"),
        ("/v1/weeks", "text/html", "application/problem+json"),
        ("/w/2026-11-23", "*/*", "application/problem+json"),
    ):
        answer = run_aside(asked(path, accept))
        assert answer.status_code == 500
        assert answer.headers["content-type"].startswith(kind)
        assert "服务内部出错" in answer.text
        assert "canary" not in answer.text
