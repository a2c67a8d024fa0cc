"""The board in a real browser: what it shows, finds and keeps in its address."""

import re
from datetime import date

import pytest

from scheduler.due import expand
from scheduler.model import Horizon
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.pages.conftest import ensure_no_sideways_scroll, expect, wait_until
from tests.report.weeks import filled, half_done, roster, week


@pytest.fixture(scope="module")
def path(site):
    store = Store.of(site.service.settings)
    made = begun(store, LOCAL, WeekState.of(expand(week()), half_done(expand(week()))))
    store.close()
    return f"/w/{made.week.id}"


@pytest.fixture
def board(opened, path):
    def open_board(query="", **how):
        page = opened(path + query, **how)
        page.wait_for_selector("#board:not([aria-busy])")
        return page

    return open_board


def test_keys_that_do_the_same_share_a_line_of_the_list(board):
    page = board()
    page.keyboard.press("?")
    line = page.locator("dialog[open] dl > div", has_text="看第 1–7 天")
    expect(line.locator("kbd")).to_have_text(["1", "2"])


def test_everybody_is_there_and_a_day_says_how_many_of_those_wanted_are(board):
    page = board()
    assert page.inner_text("#count") == "3/3 人"
    # the duty of Monday has one of two, which is its least number; Tuesday has none
    assert page.locator(".week-day .week-note").all_inner_texts() == ["到岗 1/2", "无值守"]
    assert "未安排 2 项，缺 2 人" in page.inner_text("#side")


@pytest.mark.parametrize("width", [1440, 1024])
def test_nothing_that_can_be_pressed_moves_when_the_week_comes(browsers, site, width):
    made = expand(week(horizon=Horizon(start=date(2026, 11, 23), days=7)))
    store = Store.of(site.service.settings)
    path = f"/w/{begun(store, LOCAL, WeekState.of(made, half_done(made))).week.id}"
    store.close()
    page = browsers(width=width).context.new_page()
    held = []
    page.route("**/v1/weeks/*/board", lambda route: held.append(route), times=1)
    with page.expect_request("**/v1/weeks/*/board"):
        page.goto(site.url + path)

    def tops():
        return [page.locator(one).bounding_box()["y"] for one in ("#rows", "#find", "#board")]

    wait_until(page, lambda: held)
    before = tops()
    held[0].continue_()
    page.wait_for_selector("#board:not([aria-busy])")
    assert tops() == before


def test_a_week_without_work_leads_to_planning_and_one_that_is_given_out_to_telling(opened, site):
    plain = expand(week())
    late = plain.shifts[0].model_copy(update={"start": 19 * 60 + 30})
    bare = expand(week(shifts=(late,)))
    given = filled(bare).with_assignments(
        [one for one in filled(bare).assignments if one.task == "duty"]
    )
    alone = expand(week(visits=(), shifts=(late,)))
    store = Store.of(site.service.settings)
    for made, held, onward in (
        (bare, roster(bare), "plans"),
        (bare, given, None),
        (alone, filled(alone), "tell"),
    ):
        id = begun(store, LOCAL, WeekState.of(made, held)).week.id
        page = opened(f"/w/{id}")
        page.wait_for_selector("#board:not([aria-busy])")
        links = [one.get_attribute("href") for one in page.locator("#side .next a").all()]
        assert links == ([f"/w/{id}/{onward}"] if onward else [])
        page.goto(f"{site.url}/w/{id}/undone")
        assert page.locator(f"main .heading a[href='/w/{id}/plans']").count() == (onward == "plans")
        page.goto(f"{site.url}/w/{id}/tell")
        assert page.locator("#publish").count() == (onward != "plans")
        # An evening duty is in sight whether or not somebody has it.
        assert page.request.get(f"{site.url}/v1/weeks/{id}/board").json()["drawing"]["hours"] == [
            8,
            22,
        ]
    store.close()


def test_what_is_shown_is_in_the_address_and_back_leads_back(board):
    page = board()
    page.click("[data-rows=duties]")
    page.wait_for_url("**?rows=duties")
    expect(page.locator("#count")).to_have_text("1/1 处")
    page.click("#days button:nth-child(3)")
    page.wait_for_url("**?rows=duties&day=2")
    page.reload()
    page.wait_for_selector("#board:not([aria-busy])")
    assert page.get_attribute("#days button:nth-child(3)", "aria-pressed") == "true"
    page.go_back()
    page.wait_for_url("**?rows=duties")
    expect(page.locator("#days button:nth-child(1)")).to_have_attribute("aria-pressed", "true")


def test_filters_say_how_many_they_leave_and_are_cleared_at_once(board):
    page = board("?role=party_volunteer")
    assert page.inner_text("#count").startswith("1/3 人")
    page.click("#count button")
    expect(page.locator("#count")).to_have_text("3/3 人")
    page.wait_for_url(lambda url: "?" not in url)


def test_somebody_is_found_by_initials_in_pinyin(board):
    page = board()
    page.fill("#find", "zfwgy02")
    expect(page.locator("#found [role=option]")).to_have_count(1)
    page.press("#find", "Enter")
    expect(page.locator("[role=row]:has(:focus)")).to_contain_text("走访网格员02")


def test_enter_chooses_and_the_choice_is_in_the_address(board):
    page = board()
    page.focus("#grid")
    page.keyboard.press("Enter")
    page.wait_for_url("**?sel=pair%7E0")
    expect(page.locator("#side")).to_contain_text("走访巡检")
    page.click("#side header button")
    page.wait_for_url(lambda url: "sel" not in url)


def test_a_phone_gets_a_list_by_person(board):
    page = board(width=360)
    expect(page.locator("#agenda")).to_be_visible()
    expect(page.locator("#grid")).to_be_hidden()
    assert re.search(r"09:00–09:30\s+消\s+走访巡检", page.inner_text("#agenda"))
    ensure_no_sideways_scroll(page)


def test_without_script_there_is_the_table(browsers, site, path):
    page = browsers(java_script_enabled=False).context.new_page()
    page.goto(f"{site.url}{path}/table")
    assert "09:00–09:30" in page.inner_text("main")
    assert "1/2" in page.inner_text("main")
