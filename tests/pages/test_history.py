"""The history in a real browser: who, from what to what, why; filters in the address; taking back; from where one looks."""

import pytest

from tests.pages.boards import half_done_week
from tests.pages.conftest import expect

COMMAND = """async ([id, key, body]) => {
    const sent = await fetch(`/v1/weeks/${id}/commands`, {
        method: "POST", headers: {"Content-Type": "application/json", "Idempotency-Key": key},
        body: JSON.stringify(body)});
    if (!sent.ok) throw new Error(await sent.text());
}"""
GIVE = {"kind": "assign", "task": "door", "person": "g2", "start": "2026-11-24T09:00"}
OTHER = {"kind": "assign", "task": "pair", "slot": 0, "person": "p1"}


@pytest.fixture
def history(site, opened):
    """Opens the history of a week of its own, after two commands: the page, and the week's id."""
    id = half_done_week(site)

    def make(query="", **how):
        page = opened(f"/w/{id}/history", **how)
        for number, change in enumerate((GIVE, OTHER)):
            body = {"changes": [change], "reason": "他熟悉那里"}
            page.evaluate(COMMAND, [id, f"history-{id}-{number}", body])
        page.goto(f"{site.url}/w/{id}/history{query}")
        return page

    return make


def test_it_says_who_did_what_to_whom_from_what_to_what_and_why(history):
    page = history()
    shown = page.locator(".entry").all_inner_texts()
    assert len(shown) == 3
    assert "第 3 步" in shown[0]
    assert "coordinator" in shown[0]
    assert "指派" in shown[0]
    assert "他熟悉那里" in shown[0]
    line = page.locator("#r3 .moves li")
    assert line.locator(".work").inner_text() == "走访巡检"
    assert line.locator(".from").inner_text().startswith("走访网格员01")
    assert line.locator(".to").inner_text().startswith("走访志愿者01")
    assert "无人" in page.inner_text("#r2 .from")
    assert "建立这一周" in shown[2]


def test_filters_are_in_the_address_and_lead_to_the_board(history):
    page = history()
    page.select_option("#day", "2026-11-24")
    page.wait_for_url("**/history?day=2026-11-24")
    assert page.locator(".entry").count() == 1
    assert page.locator("#r2").count() == 1
    page.select_option("#day", "")
    page.wait_for_url("**/history")
    page.select_option("#person", "p1")
    page.wait_for_url("**/history?person=p1")
    assert page.locator(".entry h2").count() == 1
    page.go_back()
    page.wait_for_url("**/history")
    page.click("#r2 .work")
    page.wait_for_selector("#side #act-pin")
    assert page.url.endswith(("?sel=door%7E0", "?sel=door~0"))
    page.click("#side .actions a")
    page.wait_for_url("**/history?task=door")
    assert page.locator(".entry").count() == 1


def test_ones_own_step_is_taken_back_and_that_too(history):
    page = history()
    page.click("#r2 [data-undo]")
    expect(page.locator("#r4 h2")).to_contain_text("撤销第 2 步")
    page.wait_for_selector("#r2.undone")
    assert page.locator("#r2 [data-undo]").count() == 0
    page.click("#band [data-undo]")
    page.wait_for_selector("#r5")
    page.wait_for_selector("#r2:not(.undone)")


def test_who_may_only_look_takes_nothing_back(history, opened):
    mine = history()
    assert mine.locator("[data-undo]").count() == 2
    theirs = opened(f"/w/{mine.url.split('/w/')[1]}", who="viewer")
    assert theirs.locator(".entry").count() == 3
    assert theirs.locator("[data-undo]").count() == 0


def test_who_has_an_area_reads_only_what_was_done_in_it(history, opened, site):
    mine = history()
    for name, area, step, other in (("history-of-a", "a", 2, 3), ("history-of-b", "b", 3, 2)):
        site.add_account(name, "a-long-password-of-theirs", areas=[area])
        page = opened(mine.url.removeprefix(site.url), who=name)
        work = {"a": "走访上门", "b": "走访巡检"}
        assert work[area] in page.inner_text(f"#r{step}")
        assert page.inner_text(f"#r{other} .work").startswith("其他片区的走访")
        said = page.inner_text("main")
        assert not [word for key, word in work.items() if key != area and word in said]
        # What others did is theirs to take back.
        assert page.locator("[data-undo]").count() == 0


def test_a_person_and_a_day_lead_there(history, site):
    page = history()
    id = page.url.split("/w/")[1].split("/")[0]
    page.goto(f"{site.url}/w/{id}/people/g2")
    page.click("text=改动记录")
    page.wait_for_url("**/history?person=g2")
    assert page.locator("#r2").count() == 1
    page.goto(f"{site.url}/w/{id}/day/2026-11-23")
    page.click(".lead a")
    page.wait_for_url("**/history?day=2026-11-23")
    assert page.locator("#r3").count() == 1


def test_an_empty_filter_says_so(history):
    page = history("?person=p1&day=2026-11-24", width=360)
    assert "没有这样的记录" in page.inner_text("main")
    page.click("main .empty a")
    page.wait_for_selector(".entry")
