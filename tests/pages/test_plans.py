"""Plans and changes in a real browser: a search is started, followed, stopped, compared, adopted; a sick call in three acts."""

import pytest

from instances import generate
from service.store import Store, jobs
from service.store.tables import JobRow
from tests.pages.conftest import expect, wait_until
from tests.pages.planner import Planner, ended, found
from tests.service.conftest import until
from tests.service.weeks.conftest import DAYS, ROSTER, WEEK

LARGE = "shizishan/community"
PRESSED_AT_THE_END = """() => new MutationObserver((_, watch) => {
    if (document.getElementById("job").dataset.state === "running") return;
    watch.disconnect();
    document.getElementById("adopt").click();
}).observe(document.getElementById("job"), { attributeFilter: ["data-state"] })"""
"""Presses while the page loads itself anew: Playwright's hands wait until that is done."""


@pytest.fixture
def small(site):
    planner = Planner(site, WEEK, ROSTER)
    yield planner
    planner.http.close()


@pytest.fixture(scope="module")
def large(site):
    instance = generate.generate(LARGE).model_dump(mode="json", exclude_none=True)
    planner = Planner(site, instance)
    yield planner
    planner.http.close()


def test_a_plan_is_started_and_adopted_and_taken_back(opened, small):
    page = opened(f"{small.path}/plans")
    page.fill("#title", "试排")
    page.reload()
    assert page.input_value("#title") == "试排"
    page.click("text=快排 20 秒")
    found(page)
    expect(page.locator("h1")).to_have_text("试排")
    expect(page.locator("#texts")).to_contain_text("走访d")
    assert "d" not in small.who()
    page.click("#adopt")
    page.wait_for_selector("#band:has-text('已采用')")
    assert "d" in small.who()
    page.click("#band [data-undo]")
    page.wait_for_selector("#band:has-text('已撤销采用')")
    assert "d" not in small.who()
    page.goto(page.url)
    expect(page.locator(".chip.good").first).to_contain_text("已采用")


def test_a_sick_call_is_replanned_and_its_texts_copied_in_three_acts(browsers, site, small):
    opened = browsers()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened.context.new_page()
    page.goto(f"{site.url}{small.path}/changes")
    page.select_option("#person", "wang")  # begun for somebody else, and left
    page.goto(f"{site.url}{small.path}/changes?kind=absence&person=li&day={DAYS[0]}")  # act 1
    assert page.input_value("#person") == "li"
    page.click("text=登记并重排")  # act 2
    ended(page)
    page.click("#adopt-copy")  # act 3
    page.wait_for_selector("#band:has-text('已复制')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "新增 走访a" in copied
    assert copied.startswith("网格员")
    who = small.who()
    assert who["a"] != "li"
    page.goto(f"{site.url}{small.path}/changes")
    assert "没有" in page.inner_text(".tray")


def test_a_change_is_looked_at_then_noted_and_filled_by_hand(opened, small):
    page = opened(f"{small.path}/changes?kind=absence&person=wang&day={DAYS[0]}")
    page.click("text=先看看影响")
    expect(page.locator("#looked")).to_contain_text("走访b")
    assert page.input_value("#person") == "wang"
    assert small.who()["b"] == "wang"
    page.click("text=只登记")
    page.wait_for_selector(".suggested button")
    expect(page.locator(".begun")).to_contain_text("网格员wang 请假")
    assert "b" not in small.who()
    page.click(".suggested button >> nth=0")
    page.wait_for_selector("#band:has-text('已安排')")
    assert small.who()["b"] in ("li", "zhao")
    page.click("#band [data-undo]")
    page.wait_for_selector(".suggested button")
    page.click("[data-undo-revision]")
    page.wait_for_selector(".tray:has-text('没有。')")


def test_faults_of_a_form_stand_beside_what_was_typed(opened, browsers, site, small):
    context = browsers()
    context.expected.append("Failed to load resource: the server responded with a status of 422")
    page = context.context.new_page()
    page.goto(f"{site.url}{small.path}/changes?kind=visit")
    page.fill("#name", "量血压")
    page.fill("#place", "没有的地方")
    page.fill("#from", "25:00")
    page.click("text=只登记")
    expect(page.locator("[role=alert] a")).to_have_text(["地点", "从几点"])
    expect(page.locator("#place-said")).to_contain_text("没有找到“没有的地方”")
    assert (page.input_value("#name"), page.input_value("#from")) == ("量血压", "25:00")
    page.wait_for_load_state()
    page.fill("#from", "下午1点半")
    page.fill("#place", "3栋")
    page.wait_for_selector("#place-found option", state="attached")
    page.fill("#place", page.get_attribute("#place-found option", "value"))
    page.click("text=只登记")
    page.wait_for_selector(".begun:has-text('新增：量血压')")


@pytest.mark.parametrize(
    ("fields", "field", "fault"),
    [
        ({"from": "17:00", "to": "9:00"}, "to", "结束不晚于开始"),
        ({"day": DAYS[1], "until": DAYS[0]}, "until", "结束不晚于开始"),
        ({"to": "24:01"}, "to", "不是一天里的时间"),
        ({"person": ""}, "person", "还没有填"),
        ({"kind": "windows", "task": "走访"}, "task", "名称里有“走访”的有 4 个"),
        ({"kind": "closure", "place": "没有的地方"}, "place", "没有找到"),
    ],
)
def test_a_fault_names_its_field(small, fields, field, fault):
    filled = {"kind": "absence", "person": "li", "day": DAYS[0], **fields, "do": "note"}
    answer = small.http.post(f"{small.path}/changes", data=filled)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert fault in answer.text


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        (
            {"kind": "absence", "person": "li", "day": DAYS[0], "from": "830", "to": "晚上7点"},
            "08:30–19:00",
        ),
        (
            {"kind": "late", "person": "li", "day": DAYS[0], "arrives": "9：15"},
            "网格员li 请假",
        ),
        ({"kind": "cancelled", "task": "走访d · 周二 · d"}, "取消：走访d"),
        (
            {"kind": "windows", "task": "c", "day": DAYS[1], "from": "11:00", "to": "12:00"},
            "走访c 改到",
        ),
        ({"kind": "closure", "place": "3栋", "day": DAYS[0], "until": DAYS[1]}, "3栋 关闭"),
        (
            {
                "kind": "case",
                "name": "回访",
                "visit_kind": "check",
                "place": "home",
                "sessions": "1",
                "every": "1",
                "duration": "20",
                "priority": "4",
            },
            "新增：回访",
        ),
    ],
)
def test_each_form_makes_its_change(small, fields, change):
    answer = small.http.post(
        f"{small.path}/changes", data={**fields, "do": "note"}, follow_redirects=True
    )
    assert answer.status_code == 200, answer.text
    assert change in answer.text


def test_two_who_agreed_to_swap_do_each_others_work(small):
    fields = {"kind": "swap", "person": "li", "other": "wang", "day": DAYS[0], "do": "note"}
    small.http.post(f"{small.path}/changes", data=fields)
    who = small.who()
    assert (who["a"], who["b"], who["c"]) == ("wang", "li", "li")


def test_plans_stand_side_by_side_and_every_page_is_in_order(browsers, site, in_order, small):
    first, second = (
        small.plan(limits={"steps": 50}),
        small.plan(kind="replan", limits={"steps": 50}),
    )
    for path in ("/plans", f"/plans/{first}", f"/plans/{first}/vs/{second}", "/changes"):
        in_order("coordinator", small.path + path)
    for kind in ("visit", "closure", "swap"):
        in_order("coordinator", f"{small.path}/changes?kind={kind}")
    page = browsers().context.new_page()
    page.goto(f"{site.url}{small.path}/plans")
    for box in page.locator("[name=plan]").all():
        box.check()
    page.click("text=对比所选两个")
    page.wait_for_url("**/vs/*")
    expect(page.locator("thead th").first).to_contain_text("少动重排")


def test_what_a_failed_search_had_found_can_be_adopted(opened, site, small):
    plan = small.plan(limits={"steps": 50})
    with Store.of(site.service.settings).session() as session:
        jobs.change(session, JobRow.id == plan, state="failed")
    page = opened(f"{small.path}/plans/{plan}")
    assert "最好的方案仍可采用" in page.inner_text(".fault")
    page.click("#adopt")
    page.wait_for_selector("#band:has-text('已采用')")
    assert "d" in small.who()


def test_what_is_changed_while_a_search_runs_stands_when_its_plan_is_adopted(opened, large):
    page = opened(f"{large.path}/plans")
    # There is nothing yet that could be planned gently.
    assert page.locator("[type=radio], [type=checkbox]").count() == 0
    page.click("text=细排 5 分钟")
    page.wait_for_selector("#progress polyline", state="attached", timeout=240_000)
    # A chart that came with the page is there before the chip, which is drawn from what the job tells.
    page.wait_for_selector("#job:has-text('正在排班')")
    task = next(visit["id"] for visit in large.get("/state")["instance"]["visits"])
    large.command({"kind": "cancel", "task": task})
    page.reload()
    page.wait_for_selector("#progress polyline", state="attached")
    # It is adopted while the page loads itself anew, since the search has just ended.
    plan = page.url.rpartition("/")[2]
    page.wait_for_selector("#adopt:not(:disabled)")
    page.evaluate(PRESSED_AT_THE_END)
    held = []
    page.route("**/v1/me", lambda route: held.append(route), times=1)
    large.post(f"/v1/jobs/{plan}/stop")
    wait_until(page, lambda: held)
    # As long as the page takes that is on its way.
    page.request.get(page.url)
    held[0].continue_()
    page.wait_for_selector("#band:has-text('已采用')")
    assert task not in large.who()
    assert len(large.who()) > 50


def test_a_search_goes_on_after_the_service_came_back(browsers, site, large):
    opened = browsers()
    opened.expected.append("Failed to load resource")
    page = opened.context.new_page()
    page.goto(f"{site.url}{large.path}/plans")
    page.click("text=细排 5 分钟")
    page.wait_for_selector("#progress polyline", state="attached", timeout=240_000)
    plan = page.url.rpartition("/")[2]
    site.service.kill(whole_group=True)
    site.service.start()
    until(lambda: large.get(f"/plans/{plan}")["job"]["attempts"] == 2)
    # The chip of every other page goes on as well, and leads back.
    page.goto(f"{site.url}{large.path}/changes")
    page.click("#job[data-state=running]")
    page.wait_for_url(f"**/plans/{plan}")
    page.click("text=停止并保留")
    ended(page)
    expect(page.locator(".card .chip").first).to_contain_text("可采用")
    page.click("text=放弃")
    page.wait_for_selector(".plan.discarded")
