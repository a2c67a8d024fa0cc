"""我的一周 in a browser: one tap, one line to take it back; offline; hours painted by finger and keys; a private link."""

import pytest

from tests.pages.conftest import ensure_no_sideways_scroll, ensure_words, expect, wait_until
from tests.service.conftest import http_client
from tests.service.own_week import ME, SECRET, begun, today

KEPT = "async () => { while (!(await caches.match('/me/offline'))) await new Promise(requestAnimationFrame); }"
"""Waits until the phone has the days."""


@pytest.fixture(scope="module")
def desk(site):
    """A coordinator's program."""
    cookie = site.cookie("coordinator")
    cookies = {cookie["name"]: cookie["value"]}
    with http_client(site.url, cookies=cookies) as client:
        yield client


@pytest.fixture(scope="module")
def week(desk):
    return begun(desk, today())


def said(page):
    """What the band says."""
    page.locator("#band:not([hidden])").wait_for()
    return page.inner_text("#band p")


def stop(page, task):
    return page.locator(f".stop[data-task='{task}']")


def test_a_stop_is_done_by_one_tap_and_taken_back_by_another(opened, axe, desk, week):
    page = opened("/me", who="worker", width=360)
    assert page.locator(".stop[data-task=a] h3").inner_text() == "走访a"
    assert SECRET not in page.content()
    page.click("#receive")
    page.wait_for_selector(".receive .chip.good")
    stop(page, "a").locator("[data-mark=done]").click()
    page.wait_for_selector(".stop[data-task=a].finished")
    page.click("[data-undo]")
    page.wait_for_selector(".stop[data-task=a]:not(.finished)")
    stop(page, "a").locator("[data-open=longer]").click()
    axe(page)
    stop(page, "a").locator("[data-minutes='30']").click()
    page.locator("#band p", has_text="30").wait_for()
    private = page.locator(".stop.private").first
    private.locator("[data-open=swap]").click()
    private.locator("[data-form=swap] input").fill("和小王换到明天")
    with page.expect_response("**/requests"):
        page.keyboard.press("Enter")
    page.reload()
    expect(stop(page, "a").locator(".said > :last-child")).to_have_text("已完成，多用 30 分钟")
    expect(private.locator(".asked")).to_be_visible()
    page.click(".asks [data-withdraw]")
    page.wait_for_selector(".asks [data-withdraw]", state="detached")
    assert desk.get(f"/v1/weeks/{week}/requests").json()["requests"] == []
    counts = desk.get(f"/v1/weeks/{week}/reconciliation").json()["counts"]
    assert counts["done"] == 1


def test_on_a_slow_line_what_was_pressed_first_arrives_first(opened, desk, week):
    said = desk.get(f"/v1/weeks/{week}/reconciliation").json()["counts"]
    page = opened("/me", who="worker", width=360)
    held = []
    address = "**/outcomes"
    page.route(address, lambda route: held.append(route) if not held else route.continue_())
    private = page.locator(".stop.private").first
    private.locator("[data-mark=done]").click()
    page.wait_for_selector(".stop.private.finished")
    private.locator("[data-mark='']").click()
    page.wait_for_selector(".stop.private.finished", state="detached")
    wait_until(page, lambda: held)
    # As long as another answer takes.
    page.evaluate("fetch('/v1/me').then((answer) => answer.text())")
    held[0].continue_()
    assert held[0].request.response().ok
    page.locator("#band p", has_text="已撤销").wait_for()
    assert desk.get(f"/v1/weeks/{week}/reconciliation").json()["counts"] == said


def test_a_mark_survives_a_page_that_is_left_before_it_arrives(opened, site, desk, week):
    def counts():
        return desk.get(f"/v1/weeks/{week}/reconciliation").json()["counts"]

    before = counts()
    page = opened("/me", who="worker", width=360)
    page.route("**/outcomes", lambda route: None)
    private = page.locator(".stop.private").first
    private.locator("[data-mark=nobody_in]").click()
    private.locator("[data-mark='']").click()
    private.locator("[data-mark=nobody_in]").click()
    # Whatever of it goes out while the page is left, it is said once.
    page.goto(site.url + "/me/hours")
    page.unroute_all()
    page.goto(site.url + "/me")
    page.locator("#band p", has_text="已送出").wait_for()
    page.wait_for_function("() => localStorage.length === 0")
    assert counts()["nobody_in"] == before["nobody_in"] + 1
    page.reload()
    private.locator("[data-mark='']").click()
    page.locator("#band p", has_text="已撤销").wait_for()
    assert counts() == before


def test_every_day_is_printed_and_no_button(opened, week):
    page = opened("/me", who="worker", width=360)
    page.eval_on_selector_all("details.day", "all => all.forEach(day => (day.open = false))")
    folded = page.locator("details.day").count()
    assert folded
    page.evaluate(
        "addEventListener('beforeprint', () => (window.seen = document.querySelectorAll('details.day:not([open])').length))"
    )
    page.emulate_media(media="print")
    page.pdf()
    assert page.evaluate("window.seen") == 0
    assert page.locator("details.day:not([open])").count() == folded
    assert page.locator("main button:visible, main input:visible").count() == 0


def test_what_became_of_work_is_asked_from_its_day_on(opened, week):
    page = opened("/me", who="worker", width=360)
    assert stop(page, "a").locator("[data-mark=done], [data-open=longer]").count() == 2
    assert "到了这一天才能记完成情况" in page.inner_text("section[aria-labelledby=later]")
    assert stop(page, "c").locator("[data-mark], [data-form=longer]").count() == 0
    assert stop(page, "c").locator("[data-open=swap], [data-open=decline]").count() == 2


def test_open_duties_of_two_weeks_are_in_order(opened, axe, desk, week):
    begun(desk, today())
    page = opened("/me/open", who="worker", width=360)
    assert page.locator(".duty").count() == 2
    axe(page)


def test_a_sick_call_reaches_the_coordinator(opened, desk, week):
    page = opened("/me", who="worker", width=360, lang="en")
    page.click("details.sick summary")
    page.fill("#sick-words", "发烧")
    with page.expect_response("**/requests"):
        page.dblclick("#sick button")
    assert said(page) == "The coordinator knows"
    (one,) = desk.get(f"/v1/weeks/{week}/requests").json()["requests"]
    assert (one["kind"], one["words"]) == ("sick", "发烧")
    page.click("[data-undo]")
    page.locator("#band p", has_text="Taken back").wait_for()


def test_without_network_ones_own_days_stay_and_marks_wait(browsers, site, desk, week):
    mine = browsers("worker", 360)
    mine.expected += ["Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]
    page = mine.context.new_page()
    page.goto(site.url + "/me")
    page.evaluate("navigator.serviceWorker.ready")
    page.evaluate(KEPT)
    mine.context.set_offline(True)
    page.locator(".stop.private").first.locator("[data-mark=nobody_in]").click()
    page.locator("#waiting:not([hidden])").wait_for()
    page.reload()
    assert "走访a" in page.inner_text("main")
    expect(page.locator("#age")).to_contain_text("刚刚存下")
    assert SECRET not in page.content()
    mine.context.set_offline(False)
    page.goto(site.url + "/me")
    page.locator("#waiting[hidden]").wait_for(state="attached")
    page.wait_for_function("() => localStorage.length === 0")
    assert desk.get(f"/v1/weeks/{week}/reconciliation").json()["counts"]["nobody_in"] == 1
    # Signing out leaves nothing on the phone.
    page.click(".account summary")
    secret = site.cookie("worker")
    page.click("#sign-out button")
    page.wait_for_url("**/sign-in")
    page.wait_for_function("caches.keys().then((names) => names.length === 0)")
    site.sign_in_again("worker", secret["value"])


def test_hours_are_painted_by_finger_and_by_keys(opened, axe, desk, week):
    page = opened("/me/hours", who="worker", width=360)
    axe(page)
    strips = page.locator(".strip")
    assert strips.count() == 2
    section = page.locator(".day-hours").first
    section.locator("[data-fill='']").click()
    expect(section.locator(".sum")).to_have_text("不能来")
    box = strips.first.bounding_box()
    half = box["width"] / 34
    page.mouse.move(box["x"] + 4.5 * half, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 7.5 * half, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(section.locator(".sum")).to_have_text("08:00–10:00")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("Space")
    page.locator("#live", has_text="22:30–23:00").wait_for(state="attached")
    page.reload()
    expect(section.locator(".sum")).to_have_text("08:00–10:00 22:30–23:00")
    with page.expect_response("**/requests"):
        page.click(".foot .primary")
    (one,) = desk.get(f"/v1/weeks/{week}/requests").json()["requests"]
    assert one["kind"] == "hours"


def test_a_private_link_opens_without_a_name_and_leaves_no_secret_in_the_address(
    browsers, site, desk, week
):
    url = desk.post(f"/v1/weeks/{week}/people/{ME}/link").json()["url"]
    page = browsers(None, 360).context.new_page()
    page.goto(url)
    page.wait_for_url("**/me")
    expect(stop(page, "a")).to_be_visible()
    ensure_words(page)
    ensure_no_sideways_scroll(page)
    page.go_back()
    assert "#" not in page.url


def test_what_a_worker_asks_is_answered_by_a_coordinator(opened, axe, desk):
    week = begun(desk, today(), publish=False)
    for body in (
        {"kind": "swap", "task": "a", "words": "和小王换"},
        {"kind": "decline", "task": "c"},
    ):
        asked = desk.post(f"/v1/weeks/{week}/people/{ME}/requests", json=body)
        assert asked.status_code == 201, asked.text
    page = opened(f"/w/{week}/day/{today()}")
    assert "2 件事等您答复" in page.inner_text("[data-part=next]")
    page.click("text=去答复")
    page.wait_for_selector("#asked [data-request]:last-child optgroup", state="attached")
    axe(page)
    swap, decline = page.locator("#asked [data-request]").all()
    assert "和小王换" in swap.inner_text()
    # Who does it instead has to be said.
    swap.locator("[data-answer=acceptance]").click()
    assert swap.locator("select:invalid").count() == 1
    decline.locator("input").fill("这次走不开")
    decline.locator("[data-answer=refusal]").click()
    page.wait_for_selector("#band:has-text('已回复不同意')")
    able = swap.locator("optgroup").first.locator("option").first.get_attribute("value")
    swap.locator("select").select_option(able)
    swap.locator("[data-answer=acceptance]").click()
    page.wait_for_selector("#band:has-text('已登记')")
    expect(page.locator("#asked")).to_have_count(0)
    found = desk.get(f"/v1/weeks/{week}/requests?state=all").json()["requests"]
    assert {one["kind"]: (one["state"], one["answer"]) for one in found} == {
        "swap": ("accepted", ""),
        "decline": ("refused", "这次走不开"),
    }
    state = desk.get(f"/v1/weeks/{week}/state").json()
    assert {"a": able, "c": ME}.items() <= {
        one["task"]: one["person"] for one in state["roster"]["assignments"]
    }.items()


def test_one_page_of_the_bar_is_the_one_that_is_open(opened, week):
    for path in ("/me", "/me/open", "/me/hours"):
        bar = opened(path, who="worker", width=360).locator("nav.phone [aria-current]")
        assert bar.evaluate_all("all => all.map(one => one.pathname)") == [path]


def test_nobody_is_back_before_they_are_away(opened, week):
    page = opened("/me", who="worker", width=360)
    page.click("details.sick summary")
    last = page.locator("#sick-from option").last.get_attribute("value")
    page.select_option("#sick-from", last)
    expect(page.locator("#sick-to")).to_have_value(last)


def test_a_request_is_handled_otherwise_and_each_answer_can_be_taken_back(opened, axe, desk):
    week = begun(desk, today(), publish=False)
    for task in ("a", "c"):
        body = {"kind": "decline", "task": task}
        assert desk.post(f"/v1/weeks/{week}/people/{ME}/requests", json=body).status_code == 201
    page = opened(f"/w/{week}/changes")
    page.wait_for_selector("#asked [data-request]:last-child optgroup", state="attached")
    # How many requests the bar counts, beside the page where they are answered.
    waiting = page.locator(".pages [data-nav=changes] .counts > [aria-hidden]")
    expect(waiting).to_have_text("2")
    axe(page)
    first = page.locator("#asked [data-request]").first
    first.locator("input").fill("跟家属说好了")
    with page.expect_response("**/facts"):
        first.locator("[data-answer=handling]").click()
    page.wait_for_selector("#band:has-text('已记为另行处理')")
    expect(page.locator("#asked-title .chip")).to_have_text("1")
    expect(waiting).to_have_text("1")
    page.reload()
    page.wait_for_selector("#asked [data-request]:last-child optgroup", state="attached")
    page.locator("[data-answer=refusal]").click()
    page.wait_for_selector("#asked", state="hidden")
    page.click("[data-undo]")
    page.wait_for_selector("#band:has-text('又在等您答复')")
    # What was accepted waits again once its command is undone.
    page.locator("[data-answer=acceptance]").click()
    page.wait_for_url("**/changes*")
    page.wait_for_selector("#band:has-text('已登记')")
    expect(page.locator("#asked")).to_have_count(0)
    page.click("[data-undo]")
    page.wait_for_selector("#asked")
    found = desk.get(f"/v1/weeks/{week}/requests?state=all").json()["requests"]
    assert {one["task"]: (one["state"], one["answer"]) for one in found} == {
        "a": ("handled", "跟家属说好了"),
        "c": ("open", ""),
    }
