"""The page of one reader in a real browser: on a phone, in both languages, and on paper."""

import pytest

from scheduler.facts import Facts
from scheduler.report import Audience, Part, write_part
from tests.chromium import CHROMIUM
from tests.report.test_browser import opened
from tests.report.weeks import HOSTILE, half_done, week

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine's PATH")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("part") / "part.html"
    of = week(HOSTILE)
    write_part(Part(Facts(of, half_done(of)), Audience("person", "g1")), path)
    return path


def test_it_asks_for_nothing_and_switches_its_language(browser, file):
    with opened(browser, file) as (page, faults):
        assert page.is_visible("text=无安排")
        page.click("[data-lang=en]")
        assert page.is_visible("text=Nothing")
        assert not page.is_visible("text=无安排")
        assert page.get_attribute("[data-lang=en]", "aria-pressed") == "true"
        assert page.get_attribute("[data-lang=zh]", "aria-pressed") == "false"
        assert faults == []


def test_a_phone_shows_it_without_scrolling_sideways(browser, file):
    with opened(browser, file, viewport={"width": 360, "height": 700}) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_week_of_a_few_visits_is_one_sheet_of_paper(browser, file):
    with opened(browser, file) as (page, _):
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
