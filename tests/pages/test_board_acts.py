"""Acting on the board in a real browser: each act is one command, told and taken back; by keyboard alone, too."""

import re

import pytest

from scheduler.due import expand
from scheduler.model import Person, Role, Window
from tests.pages.boards import half_done_week, heard
from tests.pages.conftest import expect
from tests.report.weeks import DAY, week

OFFICE = tuple(Window(start=day * DAY + 480, end=day * DAY + 1080) for day in range(2))
SPARE = Person(id="g3", name="走访网格员03", role=Role.GRID_WORKER, availability=OFFICE)
MORNING = Person(
    id="p2",
    name="走访志愿者02",
    role=Role.PARTY_VOLUNTEER,
    availability=(Window(start=480, end=660),),
)


@pytest.fixture
def path(site):
    """A week of its own for each test, with somebody who is free and somebody who goes at eleven."""
    plain = week()
    made = expand(week(people=(*plain.people, SPARE, MORNING)))
    return f"/w/{half_done_week(site, made)}"


@pytest.fixture
def board(browsers, site, path):
    """Opens the board as somebody; refused: statuses of answers that the test provokes."""

    def open_board(query="", refused=(), **how):
        opened = browsers(**how)
        opened.expected += [
            f"Failed to load resource: the server responded with a status of {status}"
            for status in refused
        ]
        page = opened.context.new_page()
        page.goto(site.url + path + query)
        page.wait_for_selector("#board:not([aria-busy])", timeout=60_000)
        return page

    return open_board


def bars(page):
    """Who does what, as the service has it: (task, slot) → person."""
    answer = page.request.get(f"{page.url.split('/w/')[0]}/v1/weeks/{week_of(page)}/board").json()
    drawing = answer["drawing"]
    return {
        (drawing["task_ids"][bar[1]], bar[6]): drawing["people_ids"][bar[0]]
        for bar in drawing["bars"]
        if bar[1] >= 0
    }


def week_of(page):
    return re.search(r"/w/([\w-]+)", page.url)[1]


def test_by_keyboard_one_finds_asks_why_moves_and_takes_back(board):
    page = board()
    page.keyboard.press("/")
    page.keyboard.type("zfwgy02")
    page.keyboard.press("Enter")
    heard(page, "走访网格员02")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".candidates li").first.wait_for()
    page.wait_for_url("**sel=pair%7E1*")
    page.locator(".why summary").wait_for()
    page.focus(".why summary")
    page.keyboard.press("Enter")
    expect(page.locator(".why details")).to_contain_text("走访网格员02", use_inner_text=True)
    page.keyboard.press("m")
    assert "走访巡检" in heard(page, "人能来")
    page.keyboard.press("ArrowDown")
    heard(page, "走访网格员03")
    page.keyboard.press("ArrowUp")
    heard(page, "走访网格员02 · .*; 09:00")
    page.keyboard.press("Escape")
    heard(page, "没有移动")
    page.keyboard.press("m")
    heard(page, "人能来")
    page.keyboard.press("ArrowDown")
    heard(page, "走访网格员03")
    page.keyboard.press("Enter")
    heard(page, "已把“走访巡检”交给走访网格员03：.* 09:00")
    assert bars(page)["pair", 1] == "g3"
    expect(page.locator("#band")).to_contain_text("撤销")
    page.keyboard.press("Control+z")
    heard(page, "已撤销")
    assert bars(page)["pair", 1] == "g2"
    page.keyboard.press("Control+y")
    heard(page, "已重做")
    assert bars(page)["pair", 1] == "g3"


def test_what_is_undone_is_assigned_to_the_best_at_once(board):
    page = board()
    page.locator("#side li button", has_text="走访上门").click()
    page.locator(".candidates .primary").click()
    heard(page, "已把“走访上门”交给")
    assert ("door", 0) in bars(page)
    page.locator("#side .marks", has_text="手动安排").wait_for()
    page.click("#band [data-undo]")
    heard(page, "已撤销")
    assert ("door", 0) not in bars(page)


def test_pin_and_take_off_are_one_key_each(board):
    page = board("?sel=duty~0")
    page.locator("#act-pin", has_text="锁定").wait_for()
    page.keyboard.press("l")
    heard(page, "已锁定“走访值守”")
    page.locator("#act-pin", has_text="解锁").wait_for()
    page.keyboard.press("l")
    heard(page, "已解锁")
    page.locator("#act-pin", has_text="锁定").wait_for()
    page.keyboard.press("Delete")
    heard(page, "已从走访志愿者01取下")
    assert ("duty", 0) not in bars(page)


def test_two_swap_their_work(board):
    page = board("?sel=duty~0")
    page.keyboard.press("s")
    heard(page, "与“走访值守”对换")
    page.focus("#grid")
    page.keyboard.press("Enter")
    heard(page, "已对换")
    now = bars(page)
    assert (now["duty", 0], now["pair", 0]) == ("g1", "p1")


def test_several_go_to_one_person_as_one_command(board):
    page = board("?sel=pair~0,duty~0")
    page.select_option("#all-to", "g3")
    page.click("#side .primary")
    heard(page, "已把 2 项交给走访网格员03")
    assert {bars(page)["pair", 0], bars(page)["duty", 0]} == {"g3"}
    page.keyboard.press("Control+z")
    heard(page, "已撤销")
    assert (bars(page)["pair", 0], bars(page)["duty", 0]) == ("g1", "p1")


def test_the_mouse_carries_work_to_another_row_but_not_by_a_slip(board):
    page = board("?day=1")
    page.keyboard.press("d")
    box = page.locator("#grid").bounding_box()

    def at(name, minute):
        row = page.locator(".week-row", has=page.get_by_text(name, exact=True)).bounding_box()
        days = page.locator(".week-day").bounding_box()
        share = (minute / 60 - 8) / 10  # hours from 8 to 18 are drawn
        return days["x"] + share * days["width"], row["y"] + row["height"] / 2

    x, y = at("走访志愿者01", 900)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 5, y)
    page.mouse.up()
    page.wait_for_url(re.compile("sel=duty%7E0"))
    assert bars(page)["duty", 0] == "p1"
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 20, steps=3)
    x, y = at("走访网格员03", 900)
    page.mouse.move(x, y, steps=3)
    heard(page, "人能来")
    page.mouse.up()
    heard(page, "已把“走访值守”交给走访网格员03")
    assert bars(page)["duty", 0] == "g3"
    assert box == page.locator("#grid").bounding_box()


def test_a_rule_in_the_way_is_named_and_gives_way_for_a_reason(board):
    page = board("?sel=duty~0", refused=(422,))
    page.locator(".who-else summary").click()
    page.locator(".who-else details li", has_text="走访志愿者02").locator("button").click()
    page.locator("#reason").wait_for()
    expect(page.locator(".broken li")).to_contain_text("走访志愿者02")
    assert bars(page)["duty", 0] == "p1"
    page.fill("#reason", "本人同意留下")
    page.click(".broken .primary")
    heard(page, "已把“走访值守”交给走访志愿者02")
    assert bars(page)["duty", 0] == "p2"


def test_two_who_change_the_same_see_theirs_and_mine(board, site):
    mine = board("?sel=duty~0", refused=(409,))
    mine.locator("#act-pin").wait_for()
    site.add_account("second", "a-long-password-of-hers")
    theirs = board("?sel=duty~0", who="second")
    theirs.locator("#act-pin").wait_for()
    theirs.keyboard.press("Delete")
    heard(theirs, "已从走访志愿者01取下")
    mine.locator(".candidates .who", has_text="走访网格员03").locator("button").click()
    mine.locator("#band", has_text="用我的").wait_for()
    assert ("duty", 0) not in bars(mine)
    mine.locator("#band button", has_text="用我的").click()
    heard(mine, "已把“走访值守”交给走访网格员03")
    assert bars(mine)["duty", 0] == "g3"


def test_pinyin_that_is_being_composed_is_no_key(board):
    page = board("?sel=duty~0")
    page.focus("#find")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.imeSetComposition", {"text": "l", "selectionStart": 1, "selectionEnd": 1})
    expect(page.locator("#find")).to_have_value("l")
    assert page.is_hidden("#found")
    cdp.send("Input.insertText", {"text": "走访值守"})
    page.locator("#found [role=option]", has_text="走访值守").wait_for()
    page.keyboard.press("Enter")
    heard(page, "走访")
    assert bars(page)["duty", 0] == "p1"
