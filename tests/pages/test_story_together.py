"""Stories of more than one: two coordinators at once, a plan beside later commands, a session that ends in mid-work."""

import pytest

from scheduler.due import expand
from scheduler.model import Slot
from tests.pages.boards import half_done_week
from tests.pages.conftest import expect
from tests.pages.planner import Planner
from tests.report.weeks import week
from tests.service.weeks.conftest import DAYS, ROSTER, WEEK

REFUSED = "Failed to load resource: the server responded with a status of "
OTHER = "another coordinator"
PASSWORD = "three herons on the ice"


@pytest.fixture
def small(site):
    """Its week has a free visit d; li has a and c, wang has b."""
    planner = Planner(site, WEEK, ROSTER)
    yield planner
    planner.http.close()


@pytest.fixture(scope="module")
def other(site):
    """A second coordinator, who knows the password."""
    site.add_account(OTHER, PASSWORD)
    return OTHER


@pytest.fixture
def desk(browsers, site, small):
    """Opens a page of the small week. refused: statuses of answers that the test provokes."""

    def sit(path, who="coordinator", refused=(), **how):
        opened = browsers(who, **how)
        opened.expected += [f"{REFUSED}{status}" for status in refused]
        page = opened.context.new_page()
        page.goto(site.url + small.path + path)
        return page

    return sit


def on_board(page):
    page.wait_for_selector("#board:not([aria-busy])")
    return page


def band(page, words):
    page.locator("#band", has_text=words).wait_for()


def test_two_work_at_once_and_meet_only_where_they_do_the_same(desk, small, other):
    mine = on_board(desk("?sel=d~0"))
    mine.locator(".candidates .primary").wait_for()
    theirs = on_board(desk("?sel=b~0", other, refused=(409,)))
    theirs.locator("#act-off").click()
    band(theirs, "已从网格员wang取下")
    # My page has not heard of it; other work goes on top of theirs without a word.
    mine.locator(".candidates .who", has_text="网格员zhao").locator("button").click()
    band(mine, "已把“走访d”交给网格员zhao")
    assert small.who() == {"a": "li", "c": "li", "d": "zhao"}
    # Their page has not heard of d.
    theirs.goto(theirs.url.split("?")[0] + "?sel=d~0")
    on_board(theirs).locator("#act-off").wait_for()
    mine.locator("#act-off").click()
    band(mine, "已从网格员zhao取下")
    with theirs.expect_response("**/commands") as answer:
        theirs.locator("#act-off").click()
    assert answer.value.status == 409
    band(theirs, "用我的")
    expect(theirs.locator("#band")).to_contain_text("coordinator")
    theirs.click("#band button:has-text('用对方的')")
    theirs.locator("#act-off").wait_for(state="detached")
    assert small.who() == {"a": "li", "c": "li"}


def test_the_reason_that_was_typed_is_kept_when_another_did_the_same(browsers, site):
    door = week().visits[1].model_copy(update={"slots": (Slot(skills={"law": 1}),)})
    made = expand(week(visits=(week().visits[0], door)))
    id = half_done_week(site, made)
    opened = browsers()
    opened.expected.append(f"{REFUSED}409")
    page = opened.context.new_page()
    page.goto(f"{site.url}/w/{id}/undone?task=door&slot=0")
    page.locator(".remedies button").first.click()
    reason = page.locator(".shown .field input")
    reason.fill("司法所同意")
    status = page.evaluate(
        """async ([id, change]) => (await fetch(`/v1/weeks/${id}/commands`, {
            method: "POST", headers: {"Content-Type": "application/json", "Idempotency-Key": "their-key-0001"},
            body: JSON.stringify({changes: [change], reason: "他们先定了"})})).status""",
        [
            id,
            {
                "kind": "assign",
                "task": "door",
                "person": "g2",
                "start": "2026-11-24T09:00",
                "reason": "他们先定了",
            },
        ],
    )
    assert status == 200
    page.click(".shown .primary")
    band(page, "用我的")
    assert reason.input_value() == "司法所同意"


def test_what_no_longer_fits_a_plan_is_told_by_names(desk, small):
    id = small.plan(limits={"steps": 50})
    small.command({"kind": "cancel", "task": "d"})
    small.command({"kind": "move", "task": "a", "start": f"{DAYS[0]}T15:00"})
    page = desk(f"/plans/{id}")
    told = page.locator("#difference .notice li")
    expect(told).to_have_count(1)
    assert told.inner_text().startswith("走访d：网格员")
    assert "11月24日 周二" in told.inner_text()
    assert "已不在本周" in told.inner_text()
    assert page.locator("#difference code").count() == 0
    page.click("#adopt")
    band(page, "已采用")
    assert "d" not in small.who()
    starts = {one["task"]: one["start"] for one in small.get("/state")["roster"]["assignments"]}
    assert starts["a"] == f"{DAYS[0]}T15:00"


def on_sick_plan(page, site, small):
    """The page of a plan without li on the first day, whose texts can be copied; its id."""
    sick = {"kind": "absence", "person": "li", "from": f"{DAYS[0]}T00:00", "to": f"{DAYS[1]}T00:00"}
    plan = small.plan(kind="replan", changes=[sick], limits={"steps": 50})
    page.goto(f"{site.url}{small.path}/plans/{plan}")
    page.wait_for_selector("#adopt-copy:not(:disabled)")
    return plan


def test_a_plan_is_published_with_its_texts_unless_somebody_changed_the_week_since(
    browsers, site, small
):
    small.post(f"/v1/weeks/{small.id}/publications")
    people = {one["person"]: one["state"] for one in small.get("/tell")["people"]}
    assert people == {"li": "not_told", "wang": "not_told"}
    small.post(f"/v1/weeks/{small.id}/tell", people=["li", "wang"], state="told")
    page = browsers(permissions=["clipboard-read", "clipboard-write"]).context.new_page()
    on_sick_plan(page, site, small)
    small.command({"kind": "pin", "task": "c", "person": "li"})
    page.click("#adopt-copy")
    band(page, "所以没有发布")
    assert len(small.get("/publications")["publications"]) == 1
    assert {one["state"] for one in small.get("/tell")["people"]} == {"told"}
    page.click("#band [data-undo]")
    band(page, "已撤销采用")
    on_sick_plan(page, site, small)
    page.click("#adopt-copy")
    band(page, "已采用并发布")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "网格员li" in copied
    assert "走访a" in copied
    told = {one["person"]: one["state"] for one in small.get("/tell")["people"]}
    assert told["li"] == "copied"
    assert "not_told" not in told.values()
    assert len(small.get("/publications")["publications"]) == 2


def test_texts_that_were_copied_are_those_of_the_plan_that_is_adopted(browsers, site, small):
    small.post(f"/v1/weeks/{small.id}/publications")
    page = browsers(permissions=["clipboard-read", "clipboard-write"]).context.new_page()
    plan = on_sick_plan(page, site, small)
    # As if the search had found another one since the page was drawn.
    page.evaluate("document.querySelector('[data-work]').dataset.work = 'f'.repeat(64)")
    page.click("#adopt-copy")
    band(page, "还没有采用")
    assert small.get(f"/plans/{plan}")["standing"] == "open"
    assert len(small.get("/publications")["publications"]) == 1
    page.wait_for_selector("#adopt-copy:not(:disabled)")
    page.click("#adopt-copy")
    band(page, "已采用并发布")
    assert small.get(f"/plans/{plan}")["standing"] == "adopted"
    assert len(small.get("/publications")["publications"]) == 2


def test_who_is_signed_out_in_mid_work_signs_in_over_the_page_and_it_is_done_once(
    desk, site, small, other
):
    page = on_board(desk("?sel=d~0", other, refused=(401,)))
    page.locator(".candidates .primary").wait_for()
    site.sign_out(other)
    page.locator(".candidates .primary").click()
    page.locator("dialog[open]").wait_for()
    assert "d" not in small.who()
    page.fill("#again-password", PASSWORD)
    page.keyboard.press("Enter")
    band(page, "已把“走访d”交给")
    expect(page.locator("dialog")).to_have_count(0)
    assert "sel=d" in page.url
    revisions = small.get("/history")["revisions"]
    assert [one["kind"] for one in revisions] == ["command", "begin"]
    assert revisions[0]["who"] == other
