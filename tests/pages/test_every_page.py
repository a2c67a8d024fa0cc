"""Every page, at each width and in both languages. A new page is a line in `PAGES`."""

import pytest

from tests.pages.conftest import (
    HEIGHTS,
    LANGUAGES,
    a_browser,
    ensure_no_sideways_scroll,
    ensure_words,
)

PAGES = {
    "/": "coordinator",
    "/new": "coordinator",
    "/settings": "coordinator",
    "/settings/accounts": "administrator",
    "/settings/accounts/new": "administrator",
    "/settings/tokens": "administrator",
    "/settings/audit?kind=all": "administrator",
    "/settings/retention": "administrator",
    "/sign-in": None,
    "/welcome": None,
    "/w/{week}/day/2026-11-23?minute=600": "coordinator",
    "/w/{week}/undone": "coordinator",
    "/w/{week}/map?person=g1": "viewer",
    "/w/{week}/tell": "coordinator",
    "/w/{week}/close": "coordinator",
    "/w/{week}/close?show=all": "viewer",
    "/w/{week}/people": "coordinator",
    "/w/{week}/people/g1": "coordinator",
    "/w/{week}/history": "coordinator",
    "/w/{week}/figures": "viewer",
    "/w/{week}/places?table=areas": "coordinator",
    "/w/{week}/places/home": "viewer",
    "/w/{week}/work?columns=all": "coordinator",
    "/w/{week}/rules": "coordinator",
    "/me": "worker",
    "/me/open": "worker",
    "/me/hours": "worker",
    "/me/offline": "worker",
    "/l": None,
    "/no/such/page": "coordinator",
}
"""Address → who looks at it; None: nobody has signed in. {week}: a small one."""
PROVOKED = {"/no/such/page": "Failed to load resource: the server responded with a status of 404"}


@pytest.fixture(scope="module")
def turned(browser, site):
    """The tab of somebody in a language, from one page to the next: what pages share is fetched once."""
    tabs = {}

    def tab(who, lang):
        if (who, lang) not in tabs:
            opened = a_browser(browser, site, who, lang=lang)
            tabs[who, lang] = opened, opened.context.new_page()
        return tabs[who, lang]

    yield tab
    for opened, _ in tabs.values():
        opened.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_order_at_each_width_in_both_languages(turned, site, axe, path):
    address = path.format(week=site.week) if "{week}" in path else path
    for lang in LANGUAGES:
        opened, page = turned(PAGES[path], lang)
        opened.expected[:] = [PROVOKED[path]] if path in PROVOKED else []
        for width, height in HEIGHTS.items():
            page.set_viewport_size({"width": width, "height": height})
            if lang == "zh" or width == max(HEIGHTS):  # in English it is narrowed as a window is
                page.goto(site.url + address)
                page.locator("main [aria-busy=true]").first.wait_for(state="detached")
            ensure_words(page)
            ensure_no_sideways_scroll(page)
            if lang == "zh" or width == max(HEIGHTS):
                axe(page)
        opened.ensure_clean(site.url)
