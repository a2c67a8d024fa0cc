"""Stories of hands on a keyboard: a crew moved and a week published without a mouse, and pinyin as it is typed."""

import pytest

from tests.pages.boards import half_done_week, heard
from tests.pages.conftest import expect
from tests.pages.planner import Planner
from tests.service.weeks.conftest import ROSTER, WEEK


@pytest.fixture
def small(site):
    planner = Planner(site, WEEK, ROSTER)
    yield planner
    planner.http.close()


def test_by_keys_alone_a_crew_moves_in_time_and_the_week_is_published(browsers, site):
    id = half_done_week(site)
    page = browsers(permissions=["clipboard-read", "clipboard-write"]).context.new_page()
    page.goto(f"{site.url}/w/{id}?sel=pair~1")
    page.locator("#act-pin").wait_for()
    page.keyboard.press("m")
    heard(page, "人能来")
    page.keyboard.press("Shift+ArrowRight")
    heard(page, "走访网格员02 · .*; 09:05")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    heard(page, "; 09:15")
    page.keyboard.press("Shift+ArrowLeft")
    heard(page, "; 09:10")
    page.keyboard.press("Enter")
    heard(page, "已把“走访巡检”交给走访网格员02：.* 09:10")
    state = page.request.get(f"{site.url}/v1/weeks/{id}/state").json()
    starts = {
        (part["task"], part["person"]): part["start"][11:]
        for part in state["roster"]["assignments"]
    }
    assert (starts["pair", "g1"], starts["pair", "g2"]) == ("09:10", "09:10")
    page.keyboard.press("Control+z")
    heard(page, "已撤销")
    # The way to the list of people, and through it.
    page.goto(f"{site.url}/w/{id}/tell")
    page.wait_for_selector("#publish")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "publish":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#publish-sure")).to_be_focused()
    page.keyboard.press("Enter")
    heard(page, "已发布")
    expect(page.locator("#copy-next")).to_be_focused()
    page.keyboard.press("c")
    heard(page, "已复制给")
    page.keyboard.press("Control+z")
    page.wait_for_selector(".person[data-state=copied]", state="detached")


def compose(page, text):
    """Type pinyin and press the Enter that confirms it: to the page it is key 229."""
    cdp = page.context.new_cdp_session(page)
    cdp.send(
        "Input.imeSetComposition",
        {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
    )
    for kind in ("rawKeyDown", "keyUp"):
        cdp.send(
            "Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "windowsVirtualKeyCode": 229}
        )
    return cdp


def test_the_enter_that_confirms_pinyin_neither_leaves_a_cell_nor_sends_it(browsers, site, small):
    page = browsers().context.new_page()
    sent = []
    page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    page.goto(f"{site.url}{small.path}/people")
    page.wait_for_selector("edit-table[data-ready]")
    cell = page.locator("tr[data-id='li'] [data-field='name']")
    cell.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    cdp = compose(page, "wangli")
    expect(cell.locator("input")).to_be_visible()
    cdp.send("Input.insertText", {"text": "王丽"})
    expect(cell.locator("input")).to_have_value("王丽")
    assert sent == []
    with page.expect_response(lambda one: one.request.method == "POST"):
        page.keyboard.press("Enter")
    people = small.get("/state")["instance"]["people"]
    assert people[0]["name"] == "王丽"


def test_the_enter_that_confirms_pinyin_sends_no_form(browsers, site, small):
    page = browsers().context.new_page()
    sent = []
    page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    page.goto(f"{site.url}{small.path}/changes?kind=visit")
    page.focus("#name")
    compose(page, "liangxueya").send("Input.insertText", {"text": "量血压"})
    expect(page.locator("#name")).to_have_value("量血压")
    assert sent == []
    assert page.url.endswith("/changes?kind=visit")
