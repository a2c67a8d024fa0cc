"""A whole week by pages alone, as a coordinator lives it: from a workbook with faults to the week after."""

import re

import pytest

from scheduler.formats.workbook import write_template
from service.imports.mending import mended
from tests.pages.conftest import ensure_words

MONDAY = 10 * 60
"""Monday at ten, in minutes of the week: ``minute=`` of a day's page."""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The example's workbook, with a role that there is not and a place that there is not."""
    folder = tmp_path_factory.mktemp("books")
    write_template(folder / "good.xlsx", "zh", example=True)
    faults = {"人员!C3": "没有的角色", "走访!D3": "没有的点位"}
    (folder / "bad.xlsx").write_bytes(mended((folder / "good.xlsx").read_bytes(), faults))
    return folder / "bad.xlsx"


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
        link.click()
        ensure_words(self.page)


def test_a_week_from_a_workbook_with_faults_to_the_week_after(browsers, site, workbook):
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
    page.wait_for_url("**/w/2026-11-30*")
    week = re.search(r"/w/([\w-]+)", page.url)[1]
    path = f"{site.url}/w/{week}"

    # It is solved as a plan, which is stopped once it is good enough, and adopted.
    chen.go("plans")
    chen.press("text=快排 20 秒")
    page.wait_for_selector("#adopt:not(:disabled)", timeout=90_000)
    if page.locator("text=停止并保留").count():
        chen.press("text=停止并保留")
    page.wait_for_selector("#difference .difference", timeout=90_000)
    chen.press("#adopt")
    chen.said("已采用")
    print(page.inner_text("body"))
    for name in ("undone", "board", "tell", "changes", "history", "close"):
        if page.locator(f"[data-nav={name}]").count():
            chen.go(name)
            page.wait_for_timeout(1500)
            print("=====", name, page.url)
            print(page.inner_text("main"))
    page.goto(f"{path}/day/2026-11-30?minute={MONDAY}")
    print(page.inner_text("main"))
