"""What stands around every page: keys, the band, signing in over a page, drafts, copying, languages."""

import pytest

from scheduler.messages import catalogue
from scheduler.messages.filling import fill
from service.pages import frame
from service.pages.assets import address
from tests.pages.conftest import expect, wait_until
from tests.service.conftest import until

ROUND_TRIP = "fetch('/v1/me').then((answer) => answer.text())"
"""As long as another answer takes."""
MODULE = "async ([path, ...rest]) => {{ const module = await import(path); return ({act})(module, ...rest); }}"


def call(page, module, act, *values):
    """What a function of a module gives in the page. act: ``(module, …) => …``."""
    return page.evaluate(MODULE.format(act=act), [address(module), *values])


def test_scripts_fill_slots_as_the_server_does(opened):
    words = {
        "plain": "{name}!",
        "plural": "{count} {count:day|days}",
        "exact": "{present:=0 nobody|one person|{present} people}",
        "number": "{count:,}",
    }
    page = opened("/settings", lang="en")
    for key, message in words.items():
        for count in (0, 1, 2, 12345):
            slots = {"name": "x", "count": count, "present": count}
            said = call(
                page, "words.js", "(m, text, slots) => m.filled(text, slots)", message, slots
            )
            assert said == fill(message, "en", **slots), key


def test_pinyin_is_never_a_key(opened):
    page = opened("/settings")
    told = "(m, more) => m.keyOf(new KeyboardEvent('keydown', {key: 'Enter', ...more}))"
    assert call(page, "keys.js", told, {}) == "Enter"
    assert call(page, "keys.js", told, {"isComposing": True}) == ""
    assert call(page, "keys.js", told, {"keyCode": 229}) == ""
    assert (
        call(page, "keys.js", told, {"key": "Z", "ctrlKey": True, "shiftKey": True})
        == "Ctrl+Shift+z"
    )
    assert call(page, "keys.js", told, {"key": "Control", "ctrlKey": True}) == ""


def test_the_list_of_keys_opens_and_closes_and_gives_the_focus_back(opened, axe):
    page = opened("/settings")
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    assert "撤销" in page.inner_text("dialog")
    axe(page)
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")


def test_the_band_undoes_by_key_once(opened, axe):
    page = opened("/settings")
    page.evaluate("window.undone = 0")
    call(page, "band.js", "m => m.tell('已取下', {undo: () => window.undone++})")
    assert "已取下" in page.inner_text("#band")
    axe(page)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert page.evaluate("window.undone") == 1
    expect(page.locator("#band")).to_be_hidden()


def test_a_workers_link_opened_beside_a_page_is_told_of_and_left_from_there(opened):
    page = opened("/settings")
    left = []
    page.route("**/sign-out", lambda route: left.append(route.request.method) or route.fulfill())
    page.evaluate("document.body.dataset.account = ''")
    act = "(m, api) => import(api).then(one => m.tellFault(new one.ApiError(403, {code: 'not_allowed'})))"
    call(page, "band.js", act, address("api.js"))
    assert "工作人员的链接" in page.inner_text("#band")
    with page.expect_navigation():
        page.click("#band button:has-text('回到排班')")
    assert left == ["POST"]


def test_a_conflict_offers_each_way_in_one_band(opened):
    page = opened("/settings")
    call(
        page,
        "band.js",
        "m => m.tellConflict({detail: '改了'}, {theirs: () => (window.took = 'theirs'), mine: () => (window.took = 'mine')})",
    )
    assert page.locator("#band button").all_inner_texts() == ["用对方的", "用我的", "关闭"]
    page.click("#band button:has-text('用我的')")
    assert page.evaluate("window.took") == "mine"


def test_who_is_signed_out_in_the_middle_signs_in_over_the_page_and_goes_on(browsers, site):
    name, password = "returns", "three herons on the ice"
    site.add_account(name, password)
    opened = browsers(name)
    opened.expected.append("Failed to load resource: the server responded with a status of 401")
    page = opened.context.new_page()
    page.goto(site.url + "/settings")
    site.sign_out(name)
    page.evaluate(
        "async path => { const {get} = await import(path); window.answer = get('/v1/me'); }",
        address("api.js"),
    )
    page.locator("dialog[open]").wait_for()
    assert page.input_value("#again-name") == name
    for word, told in (("wrong", "名称或密码不正确"), (password, None)):
        page.fill("#again-password", word)
        page.keyboard.press("Enter")
        if told:
            page.locator(f"dialog .fault:has-text('{told}')").wait_for()
    page.locator("dialog").wait_for(state="detached")
    assert page.evaluate("window.answer")["name"] == name


def test_a_form_that_is_sent_after_the_session_ended_is_kept_and_sent_after_signing_in(
    browsers, site
):
    name, password = "half-way", "three herons on the ice"
    site.add_account(name, password)
    opened = browsers(name)
    opened.expected.append("Failed to load resource: the server responded with a status of 4")
    page = opened.context.new_page()
    page.goto(f"{site.url}/w/{site.week}/changes?kind=visit")
    page.fill("#name", "楼道堆物清理")
    site.sign_out(name)
    page.click("button[value=look]")
    page.locator("dialog[open]").wait_for()
    assert page.input_value("#name") == "楼道堆物清理"
    page.fill("#again-password", password)
    page.keyboard.press("Enter")
    # It is sent as it was pressed: what it lacks is told, and what was typed stands there.
    page.wait_for_selector("ul.fault")
    assert page.input_value("#name") == "楼道堆物清理"
    # Whoever reloads instead gets it back as well.
    page.goto(f"{site.url}/w/{site.week}/changes?kind=visit")
    page.fill("#name", "电动车充电")
    page.reload()
    assert page.input_value("#name") == "电动车充电"


def test_a_part_of_a_page_that_is_read_again_asks_to_sign_in_first(browsers, site):
    name, password = "reads-again", "three herons on the ice"
    site.add_account(name, password)
    opened = browsers(name)
    opened.expected.append("Failed to load resource: the server responded with a status of 401")
    page = opened.context.new_page()
    page.goto(f"{site.url}/w/{site.week}/tell")
    site.sign_out(name)
    page.evaluate(
        "async path => { const {refresh} = await import(path); window.fresh = refresh('#tell'); }",
        address("refresh.js"),
    )
    page.locator("dialog[open]").wait_for()
    page.fill("#again-password", password)
    page.keyboard.press("Enter")
    page.locator("dialog[aria-labelledby=again-title]").wait_for(state="detached")
    page.evaluate("window.fresh.then(() => true)")
    assert page.locator("#tell").count() == 1


def test_an_answer_that_was_long_on_its_way_is_never_drawn_over_a_later_one(opened, site):
    page = opened(f"/w/{site.week}/tell")
    held, sent = [], []
    page.route(
        f"**/w/{site.week}/tell",
        lambda route: held.append(route) if not held else sent.append(route) or route.continue_(),
    )
    both = "m => { window.fresh = Promise.all([m.refresh('#tell'), m.refresh('#tell')]); }"
    call(page, "refresh.js", both)
    wait_until(page, lambda: held)
    page.evaluate(ROUND_TRIP)
    held[0].fulfill(content_type="text/html", body="<section id=tell>before</section>")
    page.evaluate("window.fresh.then(() => true)")
    assert len(sent) == 1
    assert page.text_content("#tell") != "before"


def test_of_two_counts_the_one_that_was_asked_for_last_is_shown(opened, site):
    page = opened(f"/w/{site.week}/tell")
    page.locator(".pages [data-nav=tell] .counts").wait_for()
    held = []
    page.route("**/facts", lambda route: held.append(route))
    page.evaluate("for (const n of [1, 2]) document.dispatchEvent(new Event('week:changed'))")
    wait_until(page, lambda: len(held) == 2)
    for route, count in ((held[1], 7), (held[0], 3)):
        with page.expect_response("**/facts") as answer:
            route.fulfill(json={"asked": 0, "unpublished": count, "untold": 0})
        answer.value.finished()
    expect(page.locator(".pages [data-nav=tell] .counts")).to_contain_text("7")


def test_a_job_is_listened_to_once_however_often_it_is_asked_for(opened):
    page = opened("/settings")
    asked = []
    job = {"id": "x", "state": "running", "position": None, "ended_at": None}
    page.route("**/v1/jobs/x", lambda route: route.fulfill(json=job))
    page.route("**/v1/jobs/x/events", lambda route: asked.append(route))
    call(page, "job.js", "m => { m.follow('x'); m.begin(); }")
    wait_until(page, lambda: asked)
    page.evaluate(ROUND_TRIP)
    assert len(asked) == 1


def test_a_text_is_copied_without_a_clipboard(opened):
    page = opened("/settings")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    # As over plain http: the command copies.
    assert call(page, "copy.js", "m => m.copy('本周安排')") == "copied"
    page.evaluate("document.execCommand = () => false")
    title = "m => m.copy('x', document.querySelector('h1'))"
    assert call(page, "copy.js", title) == "selected"
    assert page.evaluate("getSelection().toString()") == page.inner_text("h1")


def test_moments_need_no_clock_of_the_browser(opened):
    page = opened("/settings")
    days = ["11月23日 周一", "11月24日 周二"]
    assert (
        call(page, "moments.js", "(m, days) => m.moment(1440 + 510, days)", days)
        == "11月24日 周二 08:30"
    )
    assert call(page, "moments.js", "(m, days) => m.moment(2880 + 5, days)", days) == "00:05"
    assert call(page, "moments.js", "m => m.shortly('2026-12-03T09:30')") == "12/3 09:30"
    read = "(m, texts) => texts.map(m.minutesOf)"
    texts = ["8:30", "08：30", "830", "8点半", "23:59", "24:00", "8:60", "x"]
    assert call(page, "moments.js", read, texts) == [510, 510, 510, 510, 1439, None, None, None]
    halves = [
        "上午9点",
        "下午2点",
        "下午14:00",
        "晚上7点半",
        "晚上12点",
        "中午12:15",
        "中午1点",
        "2 pm",
        "12 am",
    ]
    minutes = [540, 840, 840, 1170, None, 735, 780, 840, 0]
    assert call(page, "moments.js", read, halves) == minutes


def test_drafts_go_at_sign_out(opened, site):
    site.add_account("leaver", "three herons on the ice")
    page = opened("/settings", who="leaver")
    page.evaluate("sessionStorage.setItem('draft:/x:y', '[]'); sessionStorage.setItem('job', 'z')")
    page.click(".account summary")
    page.click("#sign-out button")
    page.wait_for_url("**/sign-in")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_language_is_kept_in_this_browser(opened):
    page = opened("/settings")
    page.click(".account summary")
    page.click(".language button")
    expect(page.locator("h1")).to_have_text("Settings")
    assert page.url.endswith("/settings")
    assert page.get_attribute("html", "lang") == "en"
    page.goto(page.url)
    assert page.inner_text("h1") == "Settings"


@pytest.mark.parametrize(("who", "shown"), [("administrator", True), ("worker", False)])
def test_a_page_leads_where_the_reader_may_go(opened, who, shown):
    page = opened("/settings", who=who)
    assert ("/settings/accounts" in page.content()) is shown


def test_every_link_of_the_bar_has_words():
    names = (*frame.BAR, *frame.RECORDS, *frame.MORE, *frame.SETTINGS, *frame.PHONE, *frame.WORKER)
    keys = {f"pages.nav.{name.removeprefix('get_').removesuffix('_page')}" for name in names}
    assert keys <= catalogue("zh").keys()


def test_every_week_and_a_new_one_are_two_presses_away_from_any_page(opened, site):
    page = opened(f"/w/{site.week}/people/g1")
    assert page.locator(".pages [data-nav=people]").get_attribute("aria-current") == "page"
    more = page.locator(".pages summary", has_text="更多")
    more.click()
    page.click(".pages [data-nav=start]")
    page.wait_for_url("**/new")
    assert page.locator("#file").count() == 1
    more.click()
    page.click(".pages [data-nav=weeks]")
    page.click(f".ways a[href='/w/{site.week}']")
    page.wait_for_url(f"**/w/{site.week}")
    # The list of all weeks is not the page that is open, though its address begins this one's.
    assert page.locator("summary.current").count() == 0
    page = opened("/w", who="viewer")
    assert page.locator(f".ways a[href='/w/{site.week}']").count() == 1
    assert page.locator("[href='/new']").count() == 0


_LEFTS = "all => all.map(one => Math.round(one.getBoundingClientRect().left))"


@pytest.mark.parametrize("width", [1440, 768])
def test_nothing_in_the_bar_moves_when_the_counts_come(browsers, site, width):
    browser = browsers(width=width)
    held = []
    browser.context.route("**/facts", lambda route: held.append(route))
    page = browser.context.new_page()
    with page.expect_request("**/facts"):
        page.goto(f"{site.url}/w/{site.week}/changes")
    items = page.locator(".pages > ul > li")
    before = items.evaluate_all(_LEFTS)
    until(lambda: held or page.wait_for_timeout(50))
    held[0].fulfill(json={"asked": 3, "ordered": 12, "unpublished": 4, "untold": 5})
    expect(page.locator(".pages .counts")).to_have_count(3)
    assert items.evaluate_all(_LEFTS) == before


def test_the_board_comes_with_as_many_days_as_its_week(opened, site):
    page = opened("/settings")
    text = page.request.get(f"{site.url}/w/{site.week}").text()
    assert text.count("data-day=") == 1 + 2


def test_what_the_band_tells_is_read_out_once(opened):
    page = opened("/settings")
    call(page, "band.js", "m => m.tell('已取下')")
    expect(page.locator("#live")).to_have_text("已取下")
    call(page, "band.js", "m => m.tellConflict({detail: '改了', problems: []}, {theirs: () => {}})")
    expect(page.locator("#alarm")).to_have_text("改了")
    # The band itself is no live region: its words would be read a second time.
    assert page.locator("#band[role=status], #band[role=alert], #band[aria-live]").count() == 0
    assert page.locator("#live").get_attribute("role") == "status"
    assert page.locator("#alarm").get_attribute("role") == "alert"
