"""Every page, at each width and in both languages. A new page is a line in `PAGES`."""

import pytest

from tests.pages.conftest import HEIGHTS, LANGUAGES, ensure_no_sideways_scroll, ensure_words

PAGES = {
    "/": "coordinator",
    "/new": "coordinator",
    "/settings": "coordinator",
    "/sign-in": None,
    "/welcome": None,
    "/no/such/page": "coordinator",
}
"""Address → who looks at it; None: nobody has signed in."""
PROVOKED = {"/no/such/page": "Failed to load resource: the server responded with a status of 404"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_order_at_each_width_in_both_languages(browsers, site, axe, path):
    for lang in LANGUAGES:
        for width in HEIGHTS:
            opened = browsers(PAGES[path], width, lang)
            opened.expected += [PROVOKED[path]] if path in PROVOKED else []
            page = opened.context.new_page()
            page.goto(site.url + path)
            ensure_words(page)
            ensure_no_sideways_scroll(page)
            axe(page)
