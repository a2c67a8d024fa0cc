"""Undone work in a real browser: a reason at once, ways on demand, one press to see, one to do, one to undo."""

import pytest

from scheduler.due import expand
from scheduler.model import Slot
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.pages.conftest import expect
from tests.report.weeks import half_done, week

DOOR = "li[data-slot='door#0']"


@pytest.fixture
def undone(site, browsers):
    """Opens the list of a week of its own. expected: what the console may say."""
    store = Store.of(site.service.settings)

    def make(query="", how=None, expected=(), **changes):
        made = expand(week(**changes))
        id = begun(store, LOCAL, WeekState.of(made, half_done(made))).week.id
        opened = browsers(**(how or {}))
        opened.expected += expected
        page = opened.context.new_page()
        page.goto(f"{site.url}/w/{id}/undone{query}")
        page.wait_for_selector("undone-list:not([aria-busy]) li[data-slot]")
        return page

    yield make
    store.close()


def law(**more):
    """The visit at the door asks for what nobody has."""
    door = week().visits[1].model_copy(update={"slots": (Slot(skills={"law": 1}),), **more})
    return {"visits": (week().visits[0], door)}


def test_one_press_shows_the_difference_the_second_does_it_and_undo_takes_it_back(undone):
    page = undone()
    assert page.locator("main .primary").count() == 1
    assert page.inner_text(".line button >> nth=0") == "看差别"
    assert "能安排" in page.inner_text(DOOR)
    page.click(f"{DOOR} .line button")
    page.wait_for_selector(f"{DOOR} .effect")
    assert "要通知 1 人" in page.inner_text(f"{DOOR} .effect")
    page.wait_for_url(lambda url: url.endswith("?task=door&slot=0"))
    expect(page.locator(":focus")).to_have_text("采用")
    page.keyboard.press("Enter")
    page.wait_for_selector("#band [data-undo]")
    page.wait_for_selector(DOOR, state="detached")
    expect(page.locator("#band")).to_contain_text("走访上门")
    page.wait_for_url(lambda url: "task=" not in url)
    page.keyboard.press("Control+z")
    page.wait_for_selector(DOOR)


def test_what_is_open_is_open_after_a_reload(undone):
    page = undone()
    page.click(f"{DOOR} .line button")
    page.wait_for_selector(f"{DOOR} .effect")
    page.reload()
    page.wait_for_selector(f"{DOOR} .effect")
    page.click(f"{DOOR} .line button")
    expect(page.locator(".effect")).to_have_count(0)


def test_nobody_can_is_apart_and_a_rule_gives_way_only_with_a_reason(undone):
    page = undone(**law())
    assert "没人能做" in page.inner_text(".part.nobody li")
    assert page.locator(".part.todo li[data-slot='door#0']").count() == 0
    page.click(f"{DOOR} .line button")
    page.wait_for_selector(".remedies button")
    page.click(".remedies button >> nth=0")
    page.wait_for_selector(".effect")
    reason = page.locator(".shown .field input")
    assert reason.input_value() != ""
    reason.fill("司法所同意")
    page.click(".shown .primary")
    page.wait_for_selector("#band [data-undo]")
    page.wait_for_selector(DOOR, state="detached")
    week_id = page.url.split("/w/")[1].split("/")[0]
    told = page.evaluate(
        "async (id) => (await (await fetch(`/v1/weeks/${id}/history`)).json()).revisions[0].reason",
        week_id,
    )
    assert told == "司法所同意"


def test_two_who_do_the_same_are_told_of_each_other(undone):
    page = undone(expected=["Failed to load resource: the server responded with a status of 409"])
    page.click(f"{DOOR} .line button")
    page.wait_for_selector(f"{DOOR} .effect")
    week_id = page.url.split("/w/")[1].split("/")[0]
    other = {"kind": "assign", "task": "door", "person": "g2", "start": "2026-11-24T09:00"}
    status = page.evaluate(
        """async ([id, change]) => (await fetch(`/v1/weeks/${id}/commands`, {
            method: "POST", headers: {"Content-Type": "application/json", "Idempotency-Key": "another-key-0001"},
            body: JSON.stringify({changes: [change]})})).status""",
        [week_id, other],
    )
    assert status == 200
    page.click(f"{DOOR} .primary")
    page.wait_for_selector("#band.alert")


def test_a_list_that_is_read_again_before_it_came_names_each_once(undone):
    page = undone()
    page.evaluate(
        "(list) => Promise.all([list.refresh(), list.refresh()])",
        page.query_selector("undone-list"),
    )
    slots = page.locator("li[data-slot]").evaluate_all("all => all.map(one => one.dataset.slot)")
    assert len(slots) == len(set(slots)) > 0


def test_on_a_phone_it_is_the_same_list(undone):
    page = undone(how={"width": 360})
    page.click(f"{DOOR} .line button")
    page.wait_for_selector(f"{DOOR} .effect")
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        <= 0
    )
