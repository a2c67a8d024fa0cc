"""Pictures of pages to look at: ``python -m tests.pages.pictures FOLDER [PATH …]``.

Each page of `PAGES` at each width, in 中文, and the widest in the dark and in English too. With paths,
these alone. LIANXIN_SITE: the address of a service that runs already and wants nobody to sign in.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import launch
from tests.pages.conftest import HEIGHTS, LANGUAGES, TIME_ZONE, Site
from tests.pages.test_every_page import PAGES

LOOKS = [("zh", width, "light") for width in HEIGHTS] + [
    ("en", 1440, "light"),
    ("zh", 1440, "dark"),
]


def take(browser: Browser, site: str, cookie: dict | None, path: str, folder: Path) -> None:
    """Pictures of a page in each of its looks."""
    for lang, width, scheme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale=LANGUAGES[lang],
            timezone_id=TIME_ZONE,
            color_scheme=scheme,
        )
        if cookie is not None:
            context.add_cookies([cookie])
        page = context.new_page()
        page.goto(site + path, wait_until="networkidle")
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        page.screenshot(path=folder / f"{name}-{lang}-{width}-{scheme}.png")
        context.close()


def main(folder: Path, *paths: str) -> None:
    """Take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    running = os.environ.get("LIANXIN_SITE")
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play:
        site = None if running else Site(Path(data))
        browser = launch(play)
        try:
            for path in paths or PAGES:
                who = PAGES.get(path, "coordinator")
                cookie = None if site is None or who is None else site.cookie(who)
                take(browser, running or site.url, cookie, path, folder)
        finally:
            browser.close()
            if site is not None:
                site.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
