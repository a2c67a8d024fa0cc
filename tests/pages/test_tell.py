"""From a roster to the next week in a real browser: published, told one after another, reckoned, closed."""

import re

import pytest

from scheduler.due import expand
from scheduler.formats.parse import parse_roster
from scheduler.model import Instance
from service.access.caller import LOCAL
from service.store import Store
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.pages.conftest import ensure_no_sideways_scroll, ensure_words, expect, wait_until
from tests.service.conftest import http_client
from tests.service.weeks.conftest import DAYS, ROSTER, WEEK
from tests.service.weeks.test_telling import TWO_AREAS


@pytest.fixture
def path(site):
    """The address of a week of its own, with a roster."""
    store = Store.of(site.service.settings)
    roster, problems = parse_roster(ROSTER)
    assert (roster is not None, problems) == (True, [])
    week = begun(store, LOCAL, WeekState.of(expand(Instance.model_validate(WEEK)), roster))
    store.close()
    return f"/w/{week.week.id}"


@pytest.fixture
def client(site):
    """A program with the coordinator's cookie."""
    cookie = site.cookie("coordinator")
    with http_client(site.url, cookies={cookie["name"]: cookie["value"]}) as client:
        yield client


@pytest.fixture
def send(client):
    """Sends something to a week as the coordinator."""

    def post(path, what, body):
        answer = client.post(f"/v1/weeks/{path.removeprefix('/w/')}/{what}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return post


def states(page):
    return dict(
        page.locator(".person").evaluate_all(
            "all => all.map(one => [one.dataset.person, one.dataset.state])"
        )
    )


def test_published_told_changed_and_told_again(browsers, site, path, send, axe):
    opened = browsers(permissions=["clipboard-read", "clipboard-write"])
    page = opened.context.new_page()
    page.goto(f"{site.url}{path}/tell")
    assert "还没有发布过" in page.inner_text(".heading")
    assert "网格员li" in page.inner_text(".publish .news")
    page.click("#publish")
    # Nothing is published before it is said twice, and 先不发布 leads back.
    page.click("#publish-not")
    expect(page.locator("#publish")).to_be_visible()
    page.click("#publish")
    axe(page)
    page.click("#publish-sure")
    page.wait_for_selector(".person")
    assert states(page) == {"li": "not_told", "wang": "not_told"}
    page.click("#copy-next")
    page.wait_for_selector("#person-li[data-state=copied]")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("网格员li")
    assert "走访a" in copied
    page.locator("#band", has_text="已复制给").wait_for()
    page.keyboard.press("Control+z")
    page.wait_for_selector("#person-li[data-state=not_told]")
    page.click("#copy-all")
    page.wait_for_selector("#person-wang[data-state=copied]")
    assert page.evaluate("navigator.clipboard.readText()").count("共 ") == 2
    page.click("#told-copied")
    page.wait_for_selector("text=人人都已通知")
    page.click(".known > summary")
    page.click("#person-li [data-act=received]")
    page.wait_for_selector("#person-li[data-state=received]")
    send(path, "commands", {"changes": [{"kind": "unassign", "task": "b"}]})
    page.reload()
    page.wait_for_selector(".counts:has-text('1 处未发布')")
    assert "网格员wang" in page.inner_text(".publish .withdrawn")
    send(path, "publications", {})
    page.goto(f"{site.url}{path}/tell?person=wang")
    page.wait_for_selector("#person-wang[data-state=again]")
    page.wait_for_selector("#person-wang pre:has-text('走访b')")
    ensure_words(page)
    axe(page)


def test_texts_that_lie_open_come_with_the_page(browsers, path, site, send):
    send(path, "publications", {})
    page = browsers().context.new_page()
    held = []
    asked = re.compile(r"/tell\?texts=true")
    page.route(asked, lambda route: held.append(route))
    with page.expect_request(asked):
        page.goto(site.url + path + "/tell")
    shown = page.locator(".person [data-text]").all_inner_texts()
    assert shown
    assert all("的安排" in text for text in shown)
    wait_until(page, lambda: held)
    with page.expect_response(asked):
        held[0].continue_()
    assert page.locator(".person [data-text]").all_inner_texts() == shown


def test_two_areas_are_published_one_after_the_other(opened, client, site):
    parts = [one | {"place": "far"} if one["task"] == "b" else one for one in ROSTER["assignments"]]
    body = {"instance": TWO_AREAS, "roster": ROSTER | {"assignments": parts}}
    week = client.post("/v1/weeks", json=body).json()["id"]
    page = opened(f"/w/{week}/tell")
    page.check("[name=area][value=east]")
    page.wait_for_selector("#publish:has-text('发布所选片区')")
    expect(page.locator("#whole")).not_to_be_checked()
    page.click("#publish")
    page.click("#publish-sure")
    page.wait_for_selector(".person")
    # What is published is neither offered again nor called changed.
    expect(page.locator("#whole")).to_be_checked()
    expect(page.locator(".heading .chip")).to_have_text(["部分片区已发布"])


def test_a_picture_of_a_week_is_drawn_on_a_phone(opened, path, send, axe):
    send(path, "publications", {})
    page = opened(f"{path}/tell", width=360, lang="en")
    page.click("#person-li [data-act=picture]")
    page.wait_for_selector("#picture[open] img[src^=blob]")
    drawn = page.locator("#picture-shown")
    assert drawn.evaluate("one => one.decode().then(() => one.naturalWidth)") == 750
    assert "2 pieces of work" in drawn.get_attribute("alt")
    ensure_no_sideways_scroll(page)
    axe(page)


def test_everything_is_said_and_the_next_week_is_opened(opened, path, axe):
    page = opened(f"{path}/close")
    assert "还有 3 项没有结果" in page.inner_text(".heading")
    page.click("#part-a-0 [data-act=nobody_in]")
    page.wait_for_selector("text=还有 2 项没有结果")
    page.click("#part-b-0 [data-act=otherwise]")
    form = page.locator("#part-b-0 form")
    form.locator("[name=end]").fill("11:15")
    form.locator("[name=note]").fill("聊得久")
    form.locator("[name=note]").press("Enter")
    page.wait_for_selector("text=还有 1 项没有结果")
    page.fill("#o-name", "送急救药")
    page.select_option("#o-person", "zhao")
    page.select_option("#o-place", "home")
    page.select_option("#o-day", DAYS[0])
    page.fill("#o-start", "14:00")
    page.fill("#o-end", "14:40")
    # What was typed is there after a reload.
    page.reload()
    assert page.input_value("#o-name") == "送急救药"
    # Whoever presses twice does it once.
    page.dblclick("#outside button")
    page.wait_for_selector(".sums .outside dd:text-is('1')")
    page.dblclick("#rest")
    page.wait_for_selector("#close")
    expect(page.locator("#band p")).to_have_text("其余 1 项已记为完成。")
    page.click("#band [data-undo]")
    page.wait_for_selector("#rest")
    page.click("#rest")
    page.click("#close")
    axe(page)
    page.click("#close-sure")
    page.wait_for_url("**/w/2026-11-30*")
    page.goto(page.url.split("/w/")[0] + path + "/close?show=said")
    assert "这一周已经收尾" in page.inner_text(".heading")
    assert "聊得久" in page.inner_text("#part-b-0")
    assert page.locator("[data-act]").count() == 0
    ensure_words(page)
    axe(page)


def test_who_looks_on_changes_nothing(opened, path, send):
    send(path, "publications", {})
    for page in (opened(f"{path}/tell", who="viewer"), opened(f"{path}/close", who="viewer")):
        page.wait_for_selector("main ul")
        assert page.locator("[data-act], #publish, #rest, #close, #copy-next").count() == 0
