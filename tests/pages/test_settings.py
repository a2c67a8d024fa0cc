"""Settings: an account added and opened by its link, a token made once, somebody erased, the audit read."""

import re

import pytest

from tests.pages.conftest import Site, a_browser, expect
from tests.service.weeks.conftest import WEEK


@pytest.fixture
def admin(opened):
    """Opens pages as an administrator."""
    return lambda path, **how: opened(path, who="administrator", **how)


def test_an_account_is_added_and_its_link_shown_once(admin, axe):
    page = admin("/settings/accounts")
    page.click("main .primary")
    page.wait_for_url("**/accounts/new")
    page.fill("#name", "新同事")
    # What does not belong to the role is not asked for.
    expect(page.locator(".areas")).to_be_visible()
    page.check("[name=role][value=worker]")
    expect(page.locator(".areas")).to_be_hidden()
    expect(page.locator("#person")).to_be_visible()
    page.check("[name=role][value=viewer]")
    expect(page.locator("#person")).to_be_hidden()
    axe(page)
    page.click("main form .primary")
    expect(page.locator("#secret")).to_have_value(
        re.compile(r"/welcome#[\w-]{43}~%E6%96%B0%E5%90%8C%E4%BA%8B$")
    )
    page.wait_for_load_state()
    axe(page)
    page.click("[data-copy]")
    page.locator(".band:not([hidden])").wait_for()
    page.click("main a.button")
    row = page.locator("tr", has_text="新同事")
    expect(row).to_contain_text("还没设密码")
    row.locator("a").click()
    page.click("button[value=disable]")
    expect(row).to_contain_text("已停用")
    row.locator("a").click()
    page.click("details summary:has-text('删除账号')")
    page.click("button[value=remove]")
    page.wait_for_url("**/settings/accounts")
    assert row.count() == 0


def test_a_token_is_made_once_however_often_the_form_is_sent(browsers, site, axe):
    opened = browsers("administrator")
    page = opened.context.new_page()
    page.goto(site.url + "/settings/tokens")
    if page.locator("details.fold[open]").count() == 0:
        page.click("details.fold summary")
    page.fill("#title", "区平台")
    form = {name: page.input_value(f"[name={name}]") for name in ("id", "account", "days")}
    page.click("main form .primary")
    expect(page.locator("#secret")).to_have_value(re.compile("^lianxin_"))
    again = page.request.post(f"{site.url}/settings/tokens", form=form)
    assert again.status == 409
    assert "lianxin_" not in again.text()
    page.goto(site.url + "/settings/tokens")
    rows = page.locator("tr", has_text="区平台")
    assert rows.count() == 1
    axe(page)
    page.get_by_role("button", name="作废 区平台").click()
    expect(rows).to_contain_text("已作废")
    page.goto(site.url + "/settings/audit?kind=accounts")
    assert "作废令牌" in page.locator("tbody tr").first.inner_text()
    page.select_option("#kind", "private")
    page.fill("#who", "nobody-of-this-name")
    page.click("main form .primary")
    page.locator(".empty").wait_for()


@pytest.fixture
def bare(tmp_path):
    """A site of its own: erasing looks through all weeks, and other tests' are many."""
    made = Site(tmp_path)
    yield made
    made.close()


def test_one_person_is_erased_once_their_name_is_typed_again(browser, bare, axe):
    week = {**WEEK, "people": [dict(one) for one in WEEK["people"]]}
    week["people"][2] |= {"id": "to-be-erased", "name": "要抹去的人"}
    opened = a_browser(browser, bare, "administrator")
    refused = "Failed to load resource: the server responded with a status of 422"
    opened.expected += [refused]
    page = opened.context.new_page()
    made = page.request.post(f"{bare.url}/v1/weeks", data={"instance": week})
    assert made.ok, made.text()
    page.goto(bare.url + "/settings/retention")
    page.fill("#who", "要抹去的人")
    page.click("button[value=look]")
    expect(page.locator(".found")).to_contain_text("1 个排班周")
    page.wait_for_load_state()
    axe(page)
    page.fill("#confirm", "别人")
    page.click("button[value=erase]")
    expect(page.locator("main [role=alert]")).to_have_count(1)
    page.fill("#confirm", "要抹去的人")
    page.click("button[value=erase]")
    page.locator("[role=status].notice").wait_for()
    told = page.request.get(f"{bare.url}/v1/weeks/{made.json()['id']}/state").text()
    assert "要抹去的人" not in told
    assert "to-be-erased" not in told
    opened.context.close()
    opened.ensure_clean(bare.url)
