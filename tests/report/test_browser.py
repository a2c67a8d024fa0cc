"""The file in a real browser: it asks for nothing, complains of nothing, and answers keys and taps."""

from contextlib import contextmanager

import pytest

from scheduler.report import write_report
from tests.chromium import CHROMIUM
from tests.report.weeks import HOSTILE, half_done, week

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine's PATH")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "week.html"
    write_report(week(HOSTILE), half_done(week(HOSTILE)), path)
    return path


@contextmanager
def opened(browser, file, **options):
    """A page, and what it asked for or complained of while it was open."""
    context = browser.new_context(**options)
    page = context.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on(
        "request",
        lambda request: request.url == file.as_uri() or faults.append(request.url),
    )
    page.goto(file.as_uri())
    try:
        yield page, faults
    finally:
        context.close()


def test_no_request_leaves_and_nothing_complains(browser, file):
    with opened(browser, file) as (page, faults):
        page.click("[data-lang=en]")
        page.click("#board-days button:nth-child(2)")
        page.select_option("#map-person", index=1)
        page.wait_for_timeout(50)
        assert faults == []


def test_the_language_switch_shows_one_language(browser, file):
    with opened(browser, file) as (page, _):
        assert page.is_visible("h2 >> text=未安排及原因")
        assert not page.is_visible("h2 >> text=Unassigned and why")
        page.click("[data-lang=en]")
        assert page.is_visible("h2 >> text=Unassigned and why")
        assert not page.is_visible("h2 >> text=未安排及原因")
        assert page.inner_text("#board-days button:first-child") == "Week"


def focused(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_arrow_keys_go_from_bar_to_bar_and_are_read_out(browser, file):
    with opened(browser, file) as (page, _):
        page.focus("#board-grid")
        assert "09:00–09:30" in focused(page)
        assert page.is_visible(".week-tip")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert "14:00–16:00" in focused(page)
        page.keyboard.press("ArrowDown")
        assert "14:00–16:00" in focused(page)  # there is no row beneath
        page.keyboard.press("Escape")
        assert not page.is_visible(".week-tip")


def test_names_and_days_are_text_and_only_the_row_in_focus_has_cells(browser, file):
    with opened(browser, file) as (page, _):
        grid = page.locator("#board-grid")
        assert grid.get_attribute("aria-rowcount") == "6"  # days, two roles, three people
        assert (
            page.locator("#board-grid [role=rowheader]").all_inner_texts()[1].endswith("网格员01")
        )
        assert page.locator("#board-grid [role=columnheader]").count() == 3
        assert page.locator("#board-grid [role=gridcell]").count() == 0
        page.focus("#board-grid")
        assert page.locator("[role=row][aria-rowindex='3'] [role=gridcell]").count() == 1
        page.keyboard.press("ArrowDown")
        assert page.locator("#board-grid [role=gridcell]").count() == 1
        assert page.locator("[role=row][aria-rowindex='4'] [role=gridcell]").count() == 1


def test_a_route_lists_its_stops(browser, file):
    with opened(browser, file) as (page, _):
        page.select_option("#map-person", index=1)
        assert page.locator("#map-list li").count() == 1
        assert page.locator("[data-layer=stops] .stop").count() == 1


@pytest.mark.parametrize("width", [360, 800, 1440])
def test_the_page_never_scrolls_sideways(browser, file, width):
    with opened(browser, file, viewport={"width": width, "height": 800}) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_gets_the_timeline_and_the_whole_roster(browser, file):
    with opened(browser, file) as (page, _):
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#board-print canvas").count() == 1
        assert page.is_visible("#grid table")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#board-print canvas").count() == 0


def test_without_script_the_tables_remain(browser, file):
    with opened(browser, file, java_script_enabled=False) as (page, _):
        assert page.is_visible("#grid table")
        assert not page.is_visible("#board-grid")
