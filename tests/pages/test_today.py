"""A day in a real browser: what needs a person next, what is noted with one tap, and how it is taken back."""

from datetime import date

import pytest

from scheduler.due import expand
from scheduler.model import Calendar, Horizon, Window
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.pages.conftest import expect
from tests.report.weeks import DAY, half_done, week
from tests.service.conftest import http_client

TEN = "minute=600"
"""Monday 10:00, after the pair's visit (9:00 to 9:30) and before the duty (14:00)."""


@pytest.fixture
def begin(site):
    """Begins a week of its own."""
    store = Store.of(site.service.settings)

    def make(**changes):
        made = expand(week(**changes))
        return f"/w/{begun(store, LOCAL, WeekState.of(made, half_done(made))).week.id}"

    yield make
    store.close()


def test_before_its_week_begins_no_day_is_called_today(opened, begin, site):
    path = begin(horizon=Horizon(start=date(2099, 1, 5), days=2))
    page = opened(f"{path}/day/2099-01-05", who="administrator")
    assert page.inner_text("h1") == "1月5日 周一"
    assert page.locator(".people .person").count() == 3
    page.goto(f"{site.url}{path}/close")
    assert "到1月6日 周二才结束" in page.inner_text(".early")
    assert page.request.delete(f"{site.url}/v1{path.replace('/w/', '/weeks/')}").status == 204


def test_a_holiday_has_its_name_wherever_one_looks_at_a_day(opened, begin, site):
    settings = week().settings.model_copy(update={"calendar": Calendar(country="cn")})
    path = begin(horizon=Horizon(start=date(2026, 10, 7), days=4), settings=settings)
    page = opened(f"{path}/day/2026-10-07?{TEN}")
    assert "国庆节" in page.inner_text("h1")
    named = page.locator(".days a").all_inner_texts()
    assert ["国庆节" in name for name in named] == [True, False, False, True]
    assert "调休上班" in named[3]
    page.goto(f"{site.url}{path}/changes")
    assert "国庆节" in page.locator("#day option").first.inner_text()


def stop(page, task, slot=0):
    return page.locator(f'[id="s-{task}-{slot}"]')


def test_the_next_thing_stands_on_top_with_one_button_that_leads_to_it(opened, begin):
    path = begin()
    page = opened(f"{path}/day/2026-11-23?{TEN}")
    assert page.inner_text("h1") == "今天 · 11月23日 周一"
    assert page.inner_text(".lead") == "3 人有工作，岗位到岗 1/2 · 改动记录"
    assert "还没有发布" in page.inner_text(".next .big")
    assert page.get_attribute(".next .primary", "href") == f"{path}/tell"
    assert page.locator("main .primary").count() == 1
    # On Tuesday nobody does the visit at the door.
    page.click(".days a:nth-child(2)")
    expect(page.locator("h1")).to_have_text("11月24日 周二")
    page.click(".next .primary")
    page.wait_for_url(lambda url: url.endswith(f"{path}/undone?task=door&slot=0"))


def test_a_line_for_now_lies_between_what_was_and_what_comes(opened, begin):
    page = opened(f"{begin()}/day/2026-11-23?{TEN}")
    page.click("#p-p1 summary")
    expect(page.locator("#p-p1 .stops > li").first).to_have_text("现在 10:00")
    page.click("#p-g1 summary")
    expect(page.locator("#p-g1 .stops > li").last).to_have_text("现在 10:00")
    # Where now is on the strip: minutes from 8:00, its first hour.
    assert page.get_attribute("#p-p1 line.now", "x1") == "120"
    # A date beyond the week leads to its nearest day.
    other = opened(f"{begin()}/day/2026-11-28")
    assert other.url.endswith("/day/2026-11-24")
    assert other.locator("line.now").count() == 0


def test_one_tap_notes_what_became_of_a_stop_and_one_takes_it_back(opened, begin):
    page = opened(f"{begin()}/day/2026-11-23?{TEN}")
    page.click("#p-g1 summary")
    pair = stop(page, "pair")
    assert "未登记" in pair.inner_text()
    pair.locator("[data-act=nobody_in]").click()
    page.locator("#band [data-undo]").wait_for()
    expect(pair.locator(".chip")).to_contain_text("没见到人")
    page.click("#band [data-undo]")
    expect(page.locator("#band [data-undo]")).to_have_count(0)
    pair.locator("[data-act=longer]").wait_for()
    expect(pair).to_contain_text("未登记")
    # It took longer: what is no time of day is asked for again.
    pair.locator("[data-act=longer]").click()
    field = pair.locator("input")
    assert field.input_value() == "09:30"
    field.fill("later")
    field.press("Enter")
    expect(pair.locator(".wrong")).to_be_visible()
    field.fill("10：05")
    field.press("Enter")
    pair.locator("[data-act=back]").wait_for()
    page.reload()
    page.click("#p-g1 summary")
    assert "完成，到 10:05" in pair.inner_text()


def test_all_that_is_over_is_done_in_one_tap_and_one_undo(opened, begin):
    page = opened(f"{begin()}/day/2026-11-23?{TEN}&show=over")
    assert page.locator(".person").count() == 2
    assert page.inner_text("#all-done") == "2 项都完成了"
    page.click("#all-done")
    page.locator("#band [data-undo]").wait_for()
    expect(page.locator("#all-done")).to_have_count(0)
    page.click("#band [data-undo]")
    page.locator("#all-done").wait_for()


def test_who_is_late_for_the_next_stop_is_told_of(opened, site, begin):
    soon = (Window(start=600, end=601),)
    visit = week().visits[1].model_copy(update={"windows": soon, "id": "next"})
    path = begin(visits=(*week().visits, visit))
    assign = {"kind": "assign", "task": "next", "person": "g1", "start": "2026-11-23T10:00"}
    noted = {"task": "pair", "result": "done", "end": "2026-11-23T10:05"}
    cookie = site.cookie("coordinator")
    with http_client(f"{site.url}/v1/weeks/{path[3:]}") as http:
        http.cookies.set(cookie["name"], cookie["value"])
        http.headers["Origin"] = site.url
        for what, body in (
            ("commands", {"changes": [assign]}),
            ("outcomes", {"outcomes": [noted]}),
        ):
            answer = http.post(f"/{what}", json=body)
            assert answer.status_code == 200, answer.text
    page = opened(f"{path}/day/2026-11-23?minute=595&show=late")
    assert page.locator(".person").count() == 1
    assert "赶不上 1 项" in page.inner_text(".person summary")
    assert "走访网格员01 赶不上" in page.inner_text(".next")


def test_all_that_says_somebody_cannot_come_leads_to_where_it_is_noted(opened, begin, site):
    path = begin()
    away = {"kind": "absence", "person": "g2", "from": "2026-11-23T14:00"}
    page = opened(f"{path}/day/2026-11-23?{TEN}")
    answer = page.request.post(
        f"{site.url}/v1/weeks/{path[3:]}/commands",
        data={"changes": [away | {"to": "2026-11-24T00:00"}]},
        headers={"Origin": site.url},
    )
    assert answer.status == 200, answer.text()
    page.reload()
    said = page.get_by_text("来不了")
    assert said.count() == page.locator(".person").count() > 0
    for one in said.all():
        assert one.get_attribute("href").startswith(f"{path}/changes?kind=absence&person=")
    said.first.click()
    page.wait_for_url("**/changes?*")
    assert page.input_value("#person") == "g1"


def test_a_page_that_is_read_again_leaves_what_is_pressed(opened, begin):
    page = opened(f"{begin()}/day/2026-11-23?{TEN}&show=over")
    link = page.locator(".person > a").first
    link.hover()
    with page.expect_response(lambda answer: "/day/" in answer.url) as read:
        page.mouse.down()
        # As a tap elsewhere does, or a page that was left for long.
        page.evaluate("document.getElementById('all-done').click()")
    read.value.finished()
    page.mouse.up()
    page.wait_for_url("**/changes?*")


def test_a_viewer_reads_and_notes_nothing(opened, begin):
    page = opened(f"{begin()}/day/2026-11-23?{TEN}", who="viewer", width=360)
    page.click("#p-g1 summary")
    assert "未登记" in stop(page, "pair").inner_text()
    assert page.locator(".acts, #all-done").count() == 0


def test_a_week_without_a_roster_says_how_to_plan_it(opened, site):
    store = Store.of(site.service.settings)
    path = f"/w/{begun(store, LOCAL, WeekState.of(expand(week()))).week.id}"
    store.close()
    page = opened(f"{path}/day/2026-11-23?minute={DAY}")
    assert "还没有排班" in page.inner_text("main")
    assert page.get_attribute("main .primary", "href") == f"{path}/plans"
