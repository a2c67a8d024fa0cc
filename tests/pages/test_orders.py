"""The micro-list in a real browser: taken down at the telephone, accepted, done, rated; declined; each taken back."""

import pytest

from scheduler.due import expand
from scheduler.model import Instance
from service.access.caller import LOCAL
from service.store import Store, requests
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.pages.conftest import ensure_words, expect
from tests.service.weeks.conftest import DAYS, WEEK


@pytest.fixture
def path(site):
    """The address of a week of its own, with nobody at work."""
    store = Store.of(site.service.settings)
    week = begun(store, LOCAL, WeekState.of(expand(Instance.model_validate(WEEK))))
    store.close()
    return f"/w/{week.week.id}"


def take(page, name):
    """Take an order down as at the telephone: what is needed, and where."""
    page.fill("#name", name)
    page.fill("#place", "3栋")
    page.click("form.new button.primary")
    expect(page.locator("#band")).to_contain_text(name)


def stage(page, name):
    return page.locator(".order", has_text=name).locator(".chip").first


def test_an_order_is_taken_down_accepted_done_and_rated(opened, path, axe):
    page = opened(f"{path}/orders")
    take(page, "楼道灯不亮")
    order = page.locator(".order")
    expect(page.locator("[data-nav=orders] .counts").first).to_contain_text("1")
    expect(stage(page, "楼道灯")).to_contain_text("待接单")
    axe(page)
    order.get_by_role("button", name="接单", exact=True).click()
    expect(stage(page, "楼道灯")).to_contain_text("待派单")
    page.keyboard.press("Control+z")
    expect(stage(page, "楼道灯")).to_contain_text("待接单")
    expect(page.locator("#live")).to_have_text("已撤销。")
    order.get_by_role("button", name="接单", exact=True).click()
    expect(stage(page, "楼道灯")).to_contain_text("待派单")
    expect(page.locator("[data-nav=orders] .counts")).to_have_count(0)
    task = order.get_by_role("link", name="找人去办").get_attribute("href").split("task=")[1]
    give = {"kind": "assign", "task": task.split("&")[0], "person": "zhao"}
    give["start"] = f"{DAYS[0]}T11:00"
    body = {"changes": [give]}
    answer = page.request.post(
        f"{page.url.split('/w/')[0]}/v1/weeks/{path[3:]}/commands", data=body
    )
    assert answer.ok, answer.text()
    page.reload()
    expect(order).to_contain_text("网格员zhao 周一 11/23 11:00")
    order.get_by_role("button", name="办完了").click()
    expect(stage(page, "楼道灯")).to_contain_text("已完成")
    order.locator(".rate summary").click()
    order.get_by_label("4", exact=True).check()
    order.get_by_label("居民怎么说").fill("来得快")
    order.get_by_role("button", name="保存评价").click()
    page.locator("#group-rated summary").first.click()
    expect(order).to_contain_text("“来得快”")
    expect(order.locator(".stars")).to_contain_text("4 分")
    ensure_words(page)
    axe(page)


def test_an_order_that_waits_too_long_is_marked(opened, site, path):
    page = opened(f"{path}/orders")
    take(page, "换灯泡")
    order = page.locator(".order")
    expect(order).to_contain_text("前接单")
    expect(order.locator(".chip.alert")).to_have_count(0)
    store = Store.of(site.service.settings)
    with store.session() as session:
        [row] = requests.orders(session, path[3:])
        row.created -= 3 * 86_400
    store.close()
    page.reload()
    expect(order.locator(".chip.alert")).to_contain_text("超过期限，已等 3 天")
    give = {"kind": "assign", "task": "a", "person": "zhao", "start": f"{DAYS[0]}T11:00"}
    answer = page.request.post(f"{site.url}/v1/weeks/{path[3:]}/commands", data={"changes": [give]})
    assert answer.ok, answer.text()
    page.goto(f"{site.url}{path}/day/{DAYS[0]}?minute=600")
    expect(page.locator("main")).to_contain_text("1 件等接单，其中 1 件过了接单期限")


def test_the_orders_that_wait_are_counted_on_a_phones_menu_too(opened, path):
    page = opened(f"{path}/orders", width=360)
    take(page, "修门")
    more = page.locator(".phone summary")
    expect(more.locator(".counts")).to_contain_text("1")
    more.click()
    expect(page.locator(".phone .menu [data-nav=orders] .counts")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="接单", exact=True).click()
    expect(more.locator(".counts")).to_have_count(0)


def test_what_was_taken_down_by_mistake_is_struck_and_what_is_declined_waits_again(opened, path):
    page = opened(f"{path}/orders")
    take(page, "送米")
    page.keyboard.press("Control+z")
    expect(page.locator(".order")).to_have_count(0)
    take(page, "修水管")
    page.locator(".decline summary").click()
    page.get_by_label("怎么答复居民").fill("归物业")
    page.get_by_role("button", name="不接", exact=True).click()
    page.locator("#group-otherwise summary").first.click()
    expect(page.locator(".order")).to_contain_text("答复：归物业")
    page.locator("#band [data-undo]").click()
    expect(stage(page, "修水管")).to_contain_text("待接单")


def test_a_fault_stands_at_its_field_and_what_was_typed_stays(browsers, site, path):
    phone = browsers(width=360)
    phone.expected.append("Failed to load resource: the server responded with a status of 422")
    page = phone.context.new_page()
    page.goto(f"{site.url}{path}/orders")
    page.fill("#name", "修门")
    page.fill("#place", "没有这个地方")
    page.fill("#to", "8:00")
    page.click("form.new button.primary")
    # The form lies below the list: what is wrong is shown, not the page's beginning.
    expect(page.locator(".fault")).to_be_focused()
    expect(page.locator(".fault")).to_be_in_viewport()
    expect(page.locator("#place")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#to")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name")).to_have_value("修门")


def test_today_tells_of_orders_that_wait(opened, path):
    page = opened(f"{path}/orders")
    take(page, "送药")
    give = {"kind": "assign", "task": "a", "person": "li", "start": f"{DAYS[0]}T09:00"}
    site = page.url.split("/w/")[0]
    assert page.request.post(f"{site}/v1/weeks/{path[3:]}/commands", data={"changes": [give]}).ok
    page.goto(f"{site}{path}/day/{DAYS[0]}?minute=480")
    page.get_by_text("微清单上有 1 件等接单").first.wait_for(state="attached")
    link = page.locator("[data-part=next] a", has_text="去接单")
    assert link.get_attribute("href") == f"{path}/orders"
