"""The pictures of the README: ``python -m tests.pages.readme [FOLDER]``, else into docs/pictures.

Six pages of the example week as somebody finds them who has typed ``python3 dev.py demo`` and gone on from
there: solved, with two plans beside it, published. Beside the pictures stands what their pages are called
and lead to, so that a test misses no page that was changed and not taken again.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page, sync_playwright

from service.demo import prepare_example
from service.settings import ServiceSettings
from tests.chromium import launch
from tests.pages.conftest import LANGUAGES, TIME_ZONE, Site
from tests.service.conftest import ROOT, http_client, until

WISHES = ({"kind": "solve", "seed": 2}, {"kind": "replan", "seed": 2, "most_moved": 2})
"""Of two plans for one sick call that differ in what a coordinator weighs: all is planned anew, or few hear of it."""
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 120_000
DESK, PHONE = (1280, 800), (390, 780)
WORDS = "words.json"
_QUALITY = 75
_FRAME = ".bar a, nav a, h1"
"""What a page is called and where it leads: nothing of it hangs on the data."""


@dataclass(frozen=True)
class Scene:
    """A picture: who looks at which page at which size, and what is pressed or waited for before."""

    path: str
    size: tuple[int, int] = DESK
    who: str = "coordinator"
    ready: Callable[[Page], Any] = lambda page: None


def _open_remedy(page: Page) -> None:
    """Open the ways of the most urgent work that is undone."""
    page.wait_for_selector("undone-list:not([aria-busy]) li[data-slot]")
    page.click("li[data-slot] .line button >> nth=0")
    page.wait_for_selector(".effect, .remedies")


SCENES = {
    "today": Scene("/w/{week}/day/{day}?minute=520"),
    "board": Scene(
        "/w/{week}", ready=lambda page: page.wait_for_selector("#board:not([aria-busy])")
    ),
    "undone": Scene("/w/{week}/undone", ready=_open_remedy),
    "plans": Scene("/w/{week}/plans/{first}/vs/{second}"),
    "tell": Scene("/w/{week}/tell"),
    "my-week": Scene("/me", PHONE, "helper"),
}


@contextmanager
def example_site(folder: Path, seconds: float) -> Iterator[tuple[Site, dict[str, str]]]:
    """A service with the example week, two plans and what is published of it; the ids that addresses have."""
    settings = ServiceSettings(data_dir=folder / "data")
    settings.data_dir.mkdir()
    _prepared(settings, seconds)
    site = Site(folder)
    try:
        cookie = site.cookie("coordinator")
        with http_client(f"{site.url}/v1", cookies={cookie["name"]: cookie["value"]}) as http:
            [week] = http.get("/weeks").json()["weeks"]
            http.post(f"/weeks/{week['id']}/publications", json={"areas": None}).raise_for_status()
            parts = http.get(f"/weeks/{week['id']}/state").json()["roster"]["assignments"]
            helper = _busiest(parts)
            away = {"kind": "absence", "person": helper, "from": f"{week['start']}T00:00"}
            away["to"] = f"{date.fromisoformat(week['start']) + timedelta(3)}T00:00"
            plans = [
                _plan(http, week["id"], {**wish, "changes": [away]}, seconds) for wish in WISHES
            ]
        site.add_worker("helper", helper)
        names = dict(zip(("first", "second"), plans, strict=True))
        yield site, {"week": week["id"], "day": week["start"], **names}
    finally:
        site.close()


def _prepared(settings: ServiceSettings, seconds: float) -> None:
    from service.migrate import migrate

    migrate(settings)
    prepare_example(settings, seconds)


def _plan(http: httpx2.Client, week: str, wish: dict[str, Any], seconds: float) -> str:
    """A plan whose search has ended; its id."""
    body = {**wish, "limits": {"seconds": seconds}}
    id = str(http.post(f"/weeks/{week}/plans", json=body).raise_for_status().json()["id"])
    until(lambda: http.get(f"/weeks/{week}/plans/{id}").json()["job"]["state"] == "succeeded")
    return id


def _busiest(parts: list[dict[str, Any]]) -> str:
    """Who has the most to do."""
    people = [part["person"] for part in parts]
    return max(sorted(set(people)), key=people.count)


def take(folder: Path, browser: Browser, site: Site, ids: dict[str, str]) -> None:
    """Write every picture, and what their pages are called and lead to."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {}
    for name, scene in SCENES.items():
        context = browser.new_context(
            viewport=dict(zip(("width", "height"), scene.size, strict=True)),
            locale=LANGUAGES["zh"],
            timezone_id=TIME_ZONE,
            color_scheme="light",
        )
        context.add_cookies([site.cookie(scene.who)])
        page = context.new_page()
        page.goto(site.url + scene.path.format(**ids), wait_until="networkidle")
        scene.ready(page)
        page.wait_for_load_state("networkidle")
        shot = context.new_cdp_session(page).send(
            "Page.captureScreenshot", {"format": "webp", "quality": _QUALITY}
        )
        (folder / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))
        words[name] = frame_words(page)
        context.close()
    text = json.dumps(words, ensure_ascii=False, indent=1)
    (folder / WORDS).write_text(text + "\n", encoding="utf-8")


def frame_words(page: Page) -> list[str]:
    """The words of a page that hang on no data, sorted; what holds a date, a number or a name is left out."""
    texts = page.locator(_FRAME).all_inner_texts()
    plain = {" ".join(text.split()) for text in texts}
    return sorted(text for text in plain if text and not any(map(str.isdigit, text)))


def main(folder: Path = FOLDER, seconds: float = 5) -> None:
    """Take the pictures."""
    with (
        tempfile.TemporaryDirectory() as data,
        example_site(Path(data), seconds) as (site, ids),
        sync_playwright() as play,
    ):
        browser = launch(play)
        take(folder, browser, site, ids)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
