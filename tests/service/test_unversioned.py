"""Addresses without a version go on meaning the interface; no page takes one of them away."""

import pytest
from fastapi.routing import iter_route_contexts
from starlette.types import Message, Receive, Scope, Send

from service.app import create_app
from service.middleware.unversioned import VERSION, Unversioned
from service.settings import ServiceSettings
from tests.service.conftest import run_aside

MY_WEEK = "/me"
"""A page for people, whom nobody asks to type a version; 0.2 had no operation of this address."""


def test_no_page_has_the_address_of_an_operation(tmp_path):
    app = create_app(ServiceSettings(data_dir=tmp_path))
    paths = {context.path for context in iter_route_contexts(app.routes) if context.path}
    versioned = {path for path in paths if path.startswith(f"{VERSION}/")}
    assert len(versioned) > 50
    assert {path.removeprefix(VERSION) for path in versioned} & paths == {MY_WEEK}


@pytest.mark.parametrize(
    ("path", "raw", "now"),
    [
        ("/jobs/é", b"/jobs/%C3%A9", (f"{VERSION}/jobs/é", f"{VERSION}/jobs/%C3%A9".encode())),
        ("/jobs", None, (f"{VERSION}/jobs", f"{VERSION}/jobs".encode())),
        ("/people/7", b"/people/7", ("/people/7", b"/people/7")),
        (f"{VERSION}/jobs", b"/v1/jobs", (f"{VERSION}/jobs", b"/v1/jobs")),
    ],
)
def test_an_address_without_a_version_goes_on_with_it_as_text_and_as_it_was_sent(path, raw, now):
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        return None

    scope: Scope = {"type": "http", "path": path} | ({} if raw is None else {"raw_path": raw})
    run_aside(Unversioned(app, [f"{VERSION}/jobs/{{id}}", "/people"])(scope, receive, send))
    assert (seen[0]["path"], seen[0].get("raw_path")) == now
