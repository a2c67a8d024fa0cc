"""What comes out of the printer: the week as a table in black and white, one person's week, one's own."""

import pytest

INK = """() => [...new Set([...document.querySelectorAll("main :is(th, td, small, b, .mark)")]
    .filter((one) => one.checkVisibility())
    .flatMap((one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]))].sort()"""
BLACK_AND_NONE = ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_prints_the_table_of_the_week_in_black(opened, site, scheme):
    page = opened(f"/w/{site.week}")
    page.wait_for_selector("#board:not([aria-busy])")
    assert page.is_visible(".board-head [data-print]")
    page.emulate_media(media="print", color_scheme=scheme)
    # Printing is what fetches the table.
    assert page.locator(".on-paper table").count() == 0
    page.pdf()
    assert page.locator(".on-paper table").count() == 2
    text = page.inner_text("main")
    assert "走访网格员01" in text
    assert "09:00–09:30" in text
    assert not page.is_visible("#board")
    assert not page.is_visible(".on-paper button")
    assert page.evaluate(INK) == BLACK_AND_NONE


def test_the_button_prints(opened, site):
    page = opened(f"/w/{site.week}/table")
    page.evaluate("window.print = () => (document.title = 'printed')")
    page.click("[data-print]")
    assert page.title() == "printed"


def test_a_persons_week_is_a_table_by_day(opened, site):
    page = opened(f"/w/{site.week}/people/g1")
    page.click("text=打印这一周")
    page.wait_for_url("**/table?person=g1")
    assert "走访网格员01" in page.inner_text("h1")
    rows = page.locator("tbody tr").all_inner_texts()
    assert rows[0].split("\t") == [
        "周一 11/23",
        "09:00–09:30",
        "走访巡检",
        "走访远处",
        "走访网格员02",
    ]
    assert any("没有安排" in row for row in rows)
    page.emulate_media(media="print")
    assert page.evaluate(INK) == BLACK_AND_NONE


def test_nobody_prints_the_week_of_who_is_not_there(opened, site):
    page = opened(f"/w/{site.week}", who="viewer")
    answer = page.request.get(f"{site.url}/w/{site.week}/table?person=nobody")
    assert answer.status == 404
