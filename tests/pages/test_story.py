"""A whole week by pages alone, as a coordinator lives it: from a workbook with faults to the week after."""

import re
from datetime import timedelta

import pytest

from scheduler.formats.workbook import write_template
from service.imports.mending import mended
from tests.pages.conftest import ensure_words, expect
from tests.pages.planner import ended
from tests.service.own_week import today


@pytest.fixture(scope="module")
def monday():
    """Of this week, where the office is: private links end with their week."""
    return today() - timedelta(today().weekday())


@pytest.fixture(scope="module")
def workbook(tmp_path_factory, monday):
    """The example's workbook in this week, with two faults, and a class that is for those who do not work then."""
    folder = tmp_path_factory.mktemp("books")
    write_template(folder / "good.xlsx", "zh", example=True)
    typed = {
        "周期与设置!B4": monday.isoformat(),
        "周期与设置!B7": "",
        "人员!C3": "没有的角色",
        "走访!D3": "没有的点位",
        "班次!G6": "专职网格员",
    }
    (folder / "bad.xlsx").write_bytes(mended((folder / "good.xlsx").read_bytes(), typed))
    return folder / "bad.xlsx"


STOP = "[...document.querySelectorAll('button')].find(one => one.textContent.includes('停止并保留'))?.click()"


class Coordinator:
    """Somebody at the pages of a week. acts: what they pressed since it was emptied."""

    def __init__(self, page):
        self.page = page
        self.acts = []

    def press(self, what):
        """One act: a press of a link or button."""
        self.acts.append(what)
        self.page.click(what)

    def said(self, words):
        """Wait for the band at the foot to say so."""
        self.page.locator("#band", has_text=re.compile(words)).wait_for(timeout=60_000)

    def copied(self):
        """What lies in the clipboard."""
        return self.page.evaluate("navigator.clipboard.readText()")

    def go(self, name):
        """Follow a link of the bar, as it is named."""
        link = self.page.locator(f".bar [data-nav={name}]").first
        if not link.is_visible():
            link.locator("xpath=ancestor::details/summary").click()
        to = link.get_attribute("href")
        link.click()
        self.page.wait_for_url(f"**{to}")
        ensure_words(self.page)


def test_a_week_from_a_workbook_with_faults_to_the_week_after(browsers, site, workbook, monday):
    desk = browsers(permissions=["clipboard-read", "clipboard-write"])
    page = desk.context.new_page()
    chen = Coordinator(page)

    # A workbook with two faults is dropped, and mended where it is shown.
    page.goto(f"{site.url}/new")
    page.set_input_files("#file", workbook)
    page.wait_for_selector("h1:has-text('还有 2 处要改')")
    page.locator(".grid .faulty").first.fill("专职网格员")
    page.locator(".grid .faulty").last.fill("5栋")
    chen.press("text=改好并继续")
    # What is right and yet odd is told before the week begins.
    page.wait_for_selector("h1:has-text('可以开始这一周')")
    chen.press("button:has-text('开始这一周')")
    page.wait_for_url(f"**/w/{monday}*")
    week = re.search(r"/w/([\w-]+)", page.url)[1]
    path = f"{site.url}/w/{week}"

    # It is solved as a plan, which is stopped once it is good enough, and adopted.
    chen.go("plans")
    chen.press("text=快排 20 秒")
    page.wait_for_selector("#adopt:not(:disabled)", timeout=240_000)
    page.evaluate(STOP)  # unless it has just ended by itself
    ended(page)
    chen.press("#adopt")
    chen.said("已采用")

    # Why nobody gives the class, and a remedy for it, which is pinned.
    chen.go("undone")
    page.wait_for_selector("undone-list:not([aria-busy]) li[data-slot]")
    chen.press("undone-list .line button >> nth=0")
    page.wait_for_selector(".remedies button")
    expect(page.locator("undone-list")).to_contain_text("2 人符合条件，但都排不进去")
    chen.press(".remedies button >> nth=0")
    page.wait_for_selector(".effect")
    chen.press("undone-list .shown .primary")
    chen.said("书法课")
    page.locator("undone-list li[data-slot]").wait_for(state="detached")
    chen.go("board")
    page.wait_for_selector("#board:not([aria-busy])")
    page.keyboard.press("/")
    page.keyboard.type("sfk")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#act-pin", has_text="锁定").wait_for()
    page.keyboard.press("l")
    chen.said("已锁定“书法课”")

    # It is published; one gets a link of his own, the others a message to the group.
    chen.go("tell")
    chen.press("#publish")
    chen.press("#publish-sure")
    page.wait_for_selector(".person")
    page.check("#with-link")
    chen.press("#copy-next")
    page.wait_for_selector(".person[data-state=copied]")
    # Of the first day, so that on any day something has become of it.
    parts = page.request.get(f"{site.url}/v1/weeks/{week}/state").json()["roster"]["assignments"]
    worker = next(one["person"] for one in parts if one["start"].startswith(f"{monday}"))
    chen.press(f"#person-{worker} [data-act=copy]")
    page.wait_for_selector(f"#person-{worker}[data-state=copied]")
    link = re.search(r"http\S+/l#\S+", chen.copied())[0]
    assert page.is_checked("#with-link")
    chen.press("#copy-all")
    chen.said("群消息")
    assert "/l#" not in chen.copied()
    chen.press("#told-copied")
    page.wait_for_selector("text=人人都已通知")

    # A sick call: from Today to the texts that are copied in three acts.
    tuesday = monday + timedelta(1)
    page.goto(f"{path}/day/{tuesday}?minute={24 * 60 + 8 * 60}")
    assert "这一周还没有发布" not in page.inner_text("main")
    sick = "李强"
    chen.acts.clear()
    chen.press(f"li.person:has([data-person='{sick}']) > a")
    chen.press("text=登记并重排")
    # What is copied is of the roster that is shown: it is adopted once the search finds no other.
    ended(page)
    chen.press("#adopt-copy")
    chen.said("已采用并发布，给 ")
    assert len(chen.acts) == 3
    news = chen.copied().split("\n\n")
    assert "/l#" not in chen.copied()
    chen.go("tell")
    copied = page.locator(".person[data-state=copied] strong").all_inner_texts()
    assert sick in copied
    assert [name for name in copied if any(one.startswith(name) for one in news)] == copied
    assert len(news) == len(copied)
    assert page.locator(".person[data-state=not_told], .person[data-state=again]").count() == 0
    chen.press("#told-copied")
    page.wait_for_selector("text=人人都已通知")

    # The worker opens the link, and says that something is done.
    hand = browsers(None, 360)
    phone = hand.context.new_page()
    phone.goto(link)
    phone.wait_for_url("**/me")
    ensure_words(phone)
    if phone.locator("#receive").count():
        phone.click("#receive")
        phone.wait_for_selector(".receive .chip.good")
    phone.eval_on_selector_all("details.day", "all => all.forEach(day => (day.open = true))")
    phone.locator(".stop [data-mark=done]").first.click()
    phone.wait_for_selector(".stop.finished")

    # The week is closed; the next one begins.
    chen.go("close")
    chen.press("#rest")
    chen.press("#close")
    chen.press("#close-sure")
    page.wait_for_url(f"**/w/{monday + timedelta(7)}*")
    page.wait_for_selector("#board:not([aria-busy])")
