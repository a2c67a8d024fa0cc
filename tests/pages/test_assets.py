"""Files of the pages: kept for good below their digest, found nowhere else."""

import re
from gzip import compress
from os.path import normpath
from pathlib import Path

import pytest

import service.pages
from service.pages.assets import FOR_GOOD, address, assets, digest
from tests.service.conftest import http_client

TEMPLATES = Path(service.pages.__file__).with_name("templates")


@pytest.fixture(scope="module")
def http(site):
    with http_client(site.url) as client:
        yield client


def test_a_file_below_the_digest_is_kept_for_good(http):
    answer = http.get(address("api.js"))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == FOR_GOOD
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/static/api.js", "/static/000000000000/api.js"])
def test_a_file_of_another_version_is_found_and_not_kept(http, path):
    answer = http.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "name", ["none.js", "../drawing.py", "..%2fdrawing.py", "x/y/api.js", "", "%2e%2e/home.py"]
)
def test_nothing_else_is_found(http, name):
    assert http.get(f"/static/{name}").status_code == 404
    assert http.get(f"/static/{digest()}/{name}").status_code == 404


def test_only_files_of_known_types_are_served():
    assert assets()["drawings/drawings.css"].name == "drawings.css"
    assert not [name for name in assets() if name.endswith(".py")]


def test_an_unknown_file_is_a_fault_of_the_page():
    with pytest.raises(KeyError):
        address("none.js")


MOST_BYTES = 150_000
"""Of the scripts of one page as they are; of all together as they are sent."""


def scripts_of(template):
    """Names of the modules that a page of a template loads."""
    text = (TEMPLATES / template).read_text("utf-8") + (TEMPLATES / "base.html").read_text("utf-8")
    wanted, found = re.findall(r"static\('([\w/]+\.js)'\)", text), set()
    while wanted:
        name = wanted.pop()
        if name not in found:
            found.add(name)
            asked = re.findall(r'(?:from|import) "(\.[\w./]+)"', assets()[name].read_text("utf-8"))
            wanted += [normpath(Path(name).parent / one) for one in asked]
    return found


def test_no_page_loads_much_script():
    sizes = {
        one.name: sum(assets()[name].stat().st_size for name in scripts_of(one.name))
        for one in TEMPLATES.glob("*.html")
    }
    assert sizes["board.html"] > sizes["home.html"] > 0
    assert max(sizes.values()) < MOST_BYTES
    every = [path.read_bytes() for name, path in assets().items() if name.endswith(".js")]
    assert sum(len(compress(text)) for text in every) < MOST_BYTES
