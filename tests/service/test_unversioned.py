"""Addresses without a version go on meaning the interface; no page takes one of them away."""

from fastapi.routing import iter_route_contexts

from service.app import create_app
from service.middleware.unversioned import VERSION
from service.settings import ServiceSettings

MY_WEEK = "/me"
"""A page for people, whom nobody asks to type a version; 0.2 had no operation of this address."""


def test_no_page_has_the_address_of_an_operation(tmp_path):
    app = create_app(ServiceSettings(data_dir=tmp_path))
    paths = {context.path for context in iter_route_contexts(app.routes) if context.path}
    versioned = {path for path in paths if path.startswith(f"{VERSION}/")}
    assert len(versioned) > 50
    assert {path.removeprefix(VERSION) for path in versioned} & paths == {MY_WEEK}
