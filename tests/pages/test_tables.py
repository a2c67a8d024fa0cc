"""Tables edit as a spreadsheet does: keys, pasting, filling, faults at their cells, undo, a reload, another's change."""

import pytest

from tests.pages.conftest import expect, wait_until
from tests.service.conftest import http_client, until
from tests.service.weeks.conftest import WEEK


@pytest.fixture
def week(site):
    """A small week of its own, and a program of the same coordinator."""
    cookie = site.cookie("coordinator")
    client = http_client(site.url, cookies={cookie["name"]: cookie["value"]})
    plain = {key: value for key, value in WEEK.items() if key != "settings"}
    with client:
        answer = client.post("/v1/weeks", json={"instance": plain})
        assert answer.status_code == 201, answer.text
        yield client, answer.json()["id"]


def cell(page, row, field):
    return page.locator(f"tr[data-id='{row}'] [data-field='{field}']")


def kept(page):
    """Wait until all that was typed is kept."""
    page.wait_for_selector(".band:not([hidden])")
    page.locator(".sheet .typed, table[aria-busy]").first.wait_for(state="detached")


def paste(page, text):
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )


def test_typing_filling_and_undo_by_keys_alone(opened, axe, week):
    client, id = week
    page = opened(f"/w/{id}/people")
    page.wait_for_selector("edit-table[data-ready]")
    axe(page)
    cell(page, "li", "availability").focus()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("周一 9:00-12:00")
    page.keyboard.press("Enter")
    kept(page)
    expect(cell(page, "li", "availability")).to_have_text("周一 09:00-12:00")
    expect(page.locator("tr[data-id=wang]:has(:focus)")).to_have_count(1)
    # What the cell above says, in this one and the next.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    cell(page, "zhao", "availability").filter(has_text="12:00").wait_for()
    until(lambda: len(client.get(f"/v1/weeks/{id}/history").json()["revisions"]) == 3)
    kept(page)
    page.click(".band [data-undo]")
    cell(page, "zhao", "availability").filter(has_text="17:30").wait_for()
    assert "12:00" in cell(page, "li", "availability").inner_text()


def test_a_fault_stands_at_its_cell_and_typed_text_survives_a_reload(browsers, site, axe, week):
    client, id = week
    opened = browsers()
    opened.expected += ["Failed to load resource: the server responded with a status of 422"]
    page = opened.context.new_page()
    page.goto(f"{site.url}/w/{id}/people")
    page.wait_for_selector("edit-table[data-ready]")
    cell(page, "li", "role").focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("没有的岗位")
    page.keyboard.press("Tab")
    page.wait_for_selector("[aria-invalid] .wrong")
    assert "专职网格员" in cell(page, "li", "role").inner_text()
    axe(page)
    page.reload()
    page.wait_for_selector("[aria-invalid] .wrong")
    cell(page, "li", "role").dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("楼栋长")
    page.keyboard.press("Enter")
    kept(page)
    people = client.get(f"/v1/weeks/{id}/state").json()["instance"]["people"]
    assert people[0]["role"] == "building_captain"


def test_rows_are_pasted_from_a_spreadsheet_and_pinyin_ends_nothing(opened, week):
    client, id = week
    page = opened(f"/w/{id}/people")
    page.wait_for_selector("edit-table[data-ready]")
    page.click("[data-act=add]")
    page.keyboard.press("Escape")
    paste(page, "新人甲\t楼栋长\r\n新人乙\t微网格员\r\n")
    page.wait_for_selector("tr[data-id='新人乙']")
    kept(page)
    people = client.get(f"/v1/weeks/{id}/state").json()["instance"]["people"]
    assert [one["id"] for one in people[3:]] == ["新人甲", "新人乙"]
    # Enter takes the letters of an unfinished word; the cell stays open.
    cell(page, "li", "name").focus()
    cdp = page.context.new_cdp_session(page)
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    cdp.send("Input.imeSetComposition", {"text": "zhang", "selectionStart": 5, "selectionEnd": 5})
    cdp.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229},
    )
    expect(page.locator("td input")).to_have_count(1)
    cdp.send("Input.insertText", {"text": "张"})
    page.keyboard.press("Enter")
    kept(page)
    expect(cell(page, "li", "name")).to_have_text("张")


def test_two_who_type_into_one_row_are_told_theirs_and_mine(browsers, site, week):
    client, id = week
    opened = browsers()
    opened.expected += ["Failed to load resource: the server responded with a status of 409"]
    page = opened.context.new_page()
    page.goto(f"{site.url}/w/{id}/people?q=网格员wang&sort=-name")
    page.wait_for_selector("edit-table[data-ready]")
    assert page.locator("tbody tr[data-id]").count() == 1
    client.post(
        f"/v1/weeks/{id}/tables/people", json={"rows": [{"id": "wang", "cells": {"gender": "女"}}]}
    )
    cell(page, "wang", "role").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("楼栋长")
    page.keyboard.press("Enter")
    page.wait_for_selector(".band.alert")
    expect(cell(page, "wang", "role")).to_have_text("楼栋长")
    page.click(".band button:has-text('用我的')")

    def wang():
        person = client.get(f"/v1/weeks/{id}/state").json()["instance"]["people"][1]
        return person["role"], person["gender"]

    until(lambda: wang() == ("building_captain", "f"))


def test_work_is_copied_to_days_and_rows_go(opened, week):
    client, id = week
    page = opened(f"/w/{id}/work")
    page.wait_for_selector("edit-table[data-ready]")
    cell(page, "a", "name").click()
    page.click("[data-act=copy]")
    page.check("#copy-days input[value='1']")
    page.click("#copy-days button[value=copy]")
    page.wait_for_selector("tr[data-id='a-11-24']")
    kept(page)
    # It is taken away while what was typed into it is still on its way: that is no other's change.
    held = []
    page.route("**/tables/visits", lambda route: held.append(route), times=1)
    cell(page, "b", "name").click()
    page.keyboard.press("F2")
    page.keyboard.insert_text("改名")
    page.keyboard.press("Enter")
    page.wait_for_selector("tr.typed")
    cell(page, "b", "duration").click()
    page.click("[data-act=remove]")
    wait_until(page, lambda: held)
    held[0].continue_()
    assert held[0].request.response().status == 200
    page.wait_for_selector("tr[data-id='b']", state="detached")
    expect(page.locator(".band.alert")).to_have_count(0)
    ids = [one["id"] for one in client.get(f"/v1/weeks/{id}/state").json()["instance"]["visits"]]
    assert ids == ["a", "c", "d", "a-11-24"]
