"""A real service with accounts and a week, and a real browser in another time zone.

`opened` opens a page as somebody and holds whatever is done on it to this: nothing on the console, no
request that leaves the machine, no key of a message where there should be words. `axe` looks for what
keeps people out.
"""

import json
import re
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from scheduler.due import expand
from scheduler.messages import catalogue
from service.access import accounts, sessions
from service.access.caller import LOCAL
from service.access.roles import AccountRole
from service.access.secrets import key
from service.access.tables import SessionRow
from service.settings import ServiceSettings
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.report.weeks import half_done, week
from tests.service.conftest import OFFICE, PATIENCE, Service

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TIME_ZONE = "America/New_York"
"""Where another day it is than in the office."""
ACCOUNTS: dict[str, dict[str, Any]] = {
    "administrator": {"private": True},
    "coordinator": {},
    "worker": {"person": "worker-03"},
    "viewer": {},
}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
HEIGHTS = {1440: 900, 768: 1024, 360: 740}


class Site:
    """The service that the pages are of, and the cookie of somebody who is signed in there."""

    def __init__(self, folder: Path, address: str = "127.0.0.1"):
        listens = {"host": address, "allowed_hosts": (address, "127.0.0.1")}
        settings = ServiceSettings(
            data_dir=folder / "data",
            heartbeat_seconds=1.0,
            search_niceness=0,
            time_zone=OFFICE,
            **listens,
        )
        self.service = Service(settings, folder / "log", address=address)
        self.service.start()
        self.url = self.service.url
        self._store = Store.of(self.service.settings)
        with self._store.session() as session:
            rows = {
                name: accounts.add(session, name, AccountRole(name), **rights)
                for name, rights in ACCOUNTS.items()
            }
            # As an administrator has who may remove others: nobody signs in with it.
            rows["administrator"].password = "of nobody"
            limits = sessions.SessionLimits.of(self.service.settings)
            self._secrets = {
                name: sessions.start(session, row.id, limits) for name, row in rows.items()
            }

    def add_account(self, name: str, password: str, areas: Collection[str] | None = None) -> None:
        """A further coordinator, who is signed in and knows the password. areas: None: all."""
        quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64),)).hash(password)
        with self._store.session() as session:
            row = accounts.add(session, name, AccountRole.COORDINATOR, areas=areas)
            row.password = quick
            limits = sessions.SessionLimits.of(self.service.settings)
            self._secrets[name] = sessions.start(session, row.id, limits)

    def add_worker(self, name: str, person: str) -> None:
        """An account of somebody whom a week has work for, who is signed in."""
        with self._store.session() as session:
            row = accounts.add(session, name, AccountRole.WORKER, person=person)
            limits = sessions.SessionLimits.of(self.service.settings)
            self._secrets[name] = sessions.start(session, row.id, limits)

    def cookie(self, who: str) -> dict[str, Any]:
        """The cookie of an account's session, for a browser."""
        return {"name": sessions.PLAIN, "value": self._secrets[who], "url": self.url}

    @cached_property
    def week(self) -> str:
        """The id of a small week, half of it done."""
        made = expand(week())
        return begun(self._store, LOCAL, WeekState.of(made, half_done(made))).week.id

    def sign_out(self, who: str) -> None:
        """End the session of an account, as time does."""
        with self._store.session() as session:
            sessions.end(session, self._secrets[who])

    def sign_in_again(self, who: str, secret: str) -> None:
        """Let an account's cookie be good again that a test signed out with."""
        with self._store.session() as session:
            account = accounts.named(session, who)
            assert account is not None
            now = time.time()
            session.add(SessionRow(key=key(secret), account_id=account.id, created=now, seen=now))

    def close(self) -> None:
        """End the service."""
        self._store.close()
        self.service.stop()


@dataclass
class Opened:
    """Somebody's browser, and what it was heard to say."""

    context: "BrowserContext"
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Beginnings of what it may say in this test, such as of an answer that the test provokes."""

    def ensure_clean(self, site: str) -> None:
        """Assert that all went well on every page so far."""
        said = [line for line in self.said if not line.startswith(tuple(self.expected))]
        assert said == []
        assert [url for url in self.asked if not url.startswith((site, "blob:", "data:"))] == []


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    yield made
    made.close()


def a_browser(
    browser: "Browser",
    site: Site,
    who: str | None = "coordinator",
    width: int = 1440,
    lang: str = "zh",
    **more: Any,
) -> Opened:
    """A browser that is signed in. who: None: nobody."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS.get(width, 900)},
        locale=LANGUAGES[lang],
        timezone_id=TIME_ZONE,
        has_touch=width < 700,
        **more,
    )
    if who is not None:
        context.add_cookies([site.cookie(who)])
    context.set_default_timeout(PATIENCE * 1000)
    opened = Opened(context)
    context.on("console", lambda line: _note(opened, line))
    context.on("weberror", lambda error: opened.said.append(str(error.error)))
    context.on("request", lambda request: opened.asked.append(request.url))
    return opened


@pytest.fixture
def browsers(browser: "Browser", site: Site) -> Iterator[Callable[..., Opened]]:
    """Makes browsers that are signed in; each is asserted to have had nothing to complain of."""
    made: list[Opened] = []

    def make(*who: Any, **how: Any) -> Opened:
        made.append(a_browser(browser, site, *who, **how))
        return made[-1]

    yield make
    for opened in made:
        opened.context.close()
    for opened in made:
        opened.ensure_clean(site.url)


def _note(opened: Opened, line: Any) -> None:
    if line.type in ("error", "warning"):
        opened.said.append(line.text)


@pytest.fixture
def opened(browsers: Callable[..., Opened], site: Site) -> Callable[..., "Page"]:
    """Opens a page: ``opened("/w/2026-11-23", width=360, lang="en", who="viewer")``."""

    def open_page(path: str, **how: Any) -> "Page":
        page = browsers(**how).context.new_page()
        page.goto(site.url + path)
        ensure_words(page)
        return page

    return open_page


_DOTTED = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")


def expect(what: Any) -> Any:
    """Playwright's assertions, which wait until they hold: of what scripts or another page have yet to show."""
    from playwright.sync_api import expect as asserted

    asserted.set_options(timeout=PATIENCE * 1000)
    return asserted(what)


def wait_until(page: "Page", holds: Callable[[], object]) -> None:
    """Wait until something holds that events of the page bring about, such as that a request was held up."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "waited too long"
        page.wait_for_timeout(20)


def ensure_words(page: "Page") -> None:
    """Assert that the page shows no key of a message."""
    keys = catalogue("en").keys()
    shown = set(_DOTTED.findall(page.inner_text("body")))
    assert {word for word in shown if word in keys or f"pages.{word}" in keys} == set()


def ensure_no_sideways_scroll(page: "Page") -> None:
    """Assert that the page is no wider than its window."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


_UNSEEN = """() => {
    const ground = (one) => {
        for (; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor;
            if (colour !== "rgba(0, 0, 0, 0)") return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), unseen = [];
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim(), one = texts.currentNode.parentElement;
        if (text && one.checkVisibility() && getComputedStyle(one).color === ground(one)) unseen.push(text);
    }
    return unseen;
}"""


def ensure_seen(page: "Page") -> None:
    """Assert that no words have the colour of their ground: axe does not count those."""
    assert page.evaluate(_UNSEEN) == []


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Asserts that axe-core finds nothing on a page. contrast: of colours too, which takes it most of its time."""
    if find_spec("axe_playwright_python") is None:
        pytest.skip("needs axe-playwright-python")
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")

    def look(page: "Page", contrast: bool = True) -> None:
        page.evaluate(source)
        rules = {} if contrast else {"color-contrast": {"enabled": False}}
        asked = {"resultTypes": ["violations"], "rules": rules}
        found = page.evaluate("(asked) => axe.run(document, asked)", asked)
        told = [
            (violation["id"], [node["html"][:200] for node in violation["nodes"]])
            for violation in found["violations"]
        ]
        assert told == [], json.dumps(told, ensure_ascii=False, indent=1)

    return look


@pytest.fixture(scope="module")
def in_order(
    browser: "Browser", site: Site, axe: Callable[..., None]
) -> Iterator[Callable[..., None]]:
    """Asserts that a page is in order at each width and in both languages, as somebody sees it.

    Who sees the next page opens it in the same tab: what pages share is fetched once.
    """
    tabs: dict[tuple[str | None, str], tuple[Opened, Page]] = {}

    def look(who: str | None, path: str, expected: Collection[str] = ()) -> None:
        for lang in LANGUAGES:
            if (who, lang) not in tabs:
                opened = a_browser(browser, site, who, lang=lang)
                tabs[who, lang] = opened, opened.context.new_page()
            opened, page = tabs[who, lang]
            opened.expected[:] = expected
            for width, height in HEIGHTS.items():
                page.set_viewport_size({"width": width, "height": height})
                # To other widths it is narrowed as a window is; on a phone it is opened.
                anew = width == max(HEIGHTS) or (lang == "zh" and width == min(HEIGHTS))
                if anew:
                    page.goto(site.url + path)
                    page.locator("main [aria-busy=true]").first.wait_for(state="detached")
                ensure_words(page)
                ensure_no_sideways_scroll(page)
                if anew:
                    ensure_seen(page)
                    # Colours are those of either language: no sheet of styles gives one a colour of its own.
                    axe(page, contrast=lang == "zh")
            opened.ensure_clean(site.url)

    yield look
    for opened, _ in tabs.values():
        opened.context.close()
