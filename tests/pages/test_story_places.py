"""Stories of where and who: plain http in an office, and accounts that may not do everything."""

import socket

import pytest

from service.store import Store, publications
from tests.pages.boards import half_done_week
from tests.pages.conftest import TIME_ZONE, Opened, Site, ensure_words
from tests.pages.planner import Planner
from tests.service.weeks.conftest import ROSTER, WEEK

REFUSED = "Failed to load resource: the server responded with a status of "
LOCAL_COORDINATOR = "only-here"


def own_address():
    """An address of this machine that is not its loopback; None where it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith("127.") else address


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A service in an office's network, without https."""
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but its own name")
    site = Site(tmp_path_factory.mktemp("office"), address)
    yield site
    site.close()


@pytest.fixture
def here(site):
    """A week of two communities, and a coordinator of the first."""
    return f"{site.url}/w/{half_done_week(site)}"


def on_board(page, path):
    page.goto(path)
    page.wait_for_selector("#board:not([aria-busy])")
    return page


def band(page, words):
    page.locator("#band", has_text=words).wait_for()


def test_over_plain_http_a_text_is_copied_and_the_page_says_that_others_may_read(browser, office):
    planner = Planner(office, WEEK, ROSTER)
    planner.post(f"/v1/weeks/{planner.id}/publications")
    context = browser.new_context(locale="zh-CN", timezone_id=TIME_ZONE)
    context.set_default_timeout(120_000)
    context.add_cookies([office.cookie("coordinator")])
    opened = Opened(context)
    context.on("console", lambda line: line.type == "error" and opened.said.append(line.text))
    page = context.new_page()
    page.goto(f"{office.url}{planner.path}/tell")
    assert page.evaluate("[isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]
    assert "此连接未加密" in page.inner_text("[role=note]")
    page.check("#with-link")
    page.click("#copy-next")
    page.wait_for_selector(".person[data-state=copied]")
    # What was copied is what one pastes.
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('textarea'), {id: 'chat'}))"
    )
    page.focus("#chat")
    page.keyboard.press("Control+v")
    page.wait_for_function("() => document.getElementById('chat').value")
    pasted = page.input_value("#chat")
    assert pasted.startswith("网格员li")
    assert f"{office.url}/l#" in pasted
    planner.http.close()
    context.close()
    opened.ensure_clean(office.url)


def test_a_coordinator_of_an_area_changes_what_is_theirs_and_sees_whom_to_ask(browsers, site, here):
    site.add_account(LOCAL_COORDINATOR, "a-long-password-of-hers", areas=["a"])
    page = browsers(LOCAL_COORDINATOR).context.new_page()
    on_board(page, f"{here}?sel=door~0")
    page.locator(".candidates .primary").click()
    band(page, "已把“走访上门”交给")
    # The pair goes to the other community: busy, and whom to ask about it; no verb of mine.
    answer = page.request.get(f"{here.replace('/w/', '/v1/weeks/')}/board").json()["drawing"]
    (position,) = answer["ask"]
    on_board(page, f"{here}?sel={answer['task_ids'][int(position)]}~1")
    # A community of one place would give the place away: the area above it is named.
    page.locator("#side", has_text="占用：请问走访街道的协调员").wait_for()
    assert "走访巡检" not in page.inner_text("body")
    assert page.locator("#act-pin, #act-off, #act-grab, .candidates").count() == 0
    # Only the own community is published.
    page.goto(f"{here}/tell")
    page.click("#publish")
    page.click("#publish-sure")
    page.wait_for_selector(".person")
    with Store.of(site.service.settings).session() as session:
        (row,) = publications.published(session, here.rpartition("/")[2])
    assert row.areas["ids"] == ["a"]


def test_a_viewer_reads_everything_and_is_offered_nothing_that_is_not_theirs(browsers, here):
    """Of what the table of rights refuses, no page has a button."""
    page = browsers("viewer").context.new_page()
    acts = "main form[method=post], #side [id^=act-]:not(#act-day), .candidates, #all-to"
    on_board(page, f"{here}?sel=duty~0")
    assert "走访志愿者01" in page.inner_text("#side")
    page.locator("#side summary", has_text="为什么这样排").wait_for()
    # No key takes it up, off or locks it either.
    page.focus("#grid")
    for key in ("m", "s", "l", "Delete", "Control+z"):
        page.keyboard.press(key)
    assert page.locator(acts).count() == 0
    assert page.locator("#band").is_hidden()
    on_board(page, f"{here}?sel=duty~0,duty~1")
    page.locator("#side li").nth(1).wait_for()
    assert page.locator(acts).count() == 0
    page.goto(f"{here}/undone")
    page.locator(".line button").first.click()
    page.locator(".remedies li, .ways > p").first.wait_for()
    assert page.locator(".ways button, .ways .primary").count() == 0
    for name in ("plans", "tell", "close", "rules", "people", "history", "day/2026-11-23"):
        page.goto(f"{here}/{name}")
        ensure_words(page)
        assert page.locator(acts).count() == 0
        assert page.locator("main .primary:visible").count() == 0
    assert page.locator("[data-nav=changes]").count() == 0


def test_a_worker_is_led_to_their_own_week_and_told_that_the_board_is_not_theirs(browsers, here):
    opened = browsers("worker", 360)
    opened.expected.append(f"{REFUSED}403")
    page = opened.context.new_page()
    page.goto(here)
    assert page.locator("#board").count() == 0
    assert page.locator("h1").is_visible()
    ensure_words(page)
    page.click(".phone [data-nav=my_week]")
    page.wait_for_url("**/me")
