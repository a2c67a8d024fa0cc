"""Beginning a week: a workbook with faults is dropped, mended in the browser, and becomes a week."""

import json

import pytest

from scheduler.formats.workbook import write_template
from service.examples import TINY
from service.imports.mending import mended
from service.inputs import WORKBOOK
from tests.pages.conftest import expect
from tests.service.conftest import http_client


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A folder with a sound workbook and one with two faults."""
    folder = tmp_path_factory.mktemp("books")
    write_template(folder / "good.xlsx", "zh", example=True)
    faults = {"人员!C3": "没有的角色", "走访!D3": "没有的点位", "人员!G6": ""}
    (folder / "bad.xlsx").write_bytes(mended((folder / "good.xlsx").read_bytes(), faults))
    return folder


@pytest.fixture
def client(site):
    """A program with a coordinator's cookie."""

    def make(who="coordinator"):
        cookie = site.cookie(who)
        return http_client(site.url, cookies={cookie["name"]: cookie["value"]})

    return make


def send(client, name, body):
    return client.post("/imports", files={"file": (name, body)})


def test_faults_are_mended_in_the_browser_and_the_week_begins(opened, axe, books):
    page = opened("/new")
    page.set_input_files("#file", books / "bad.xlsx")
    page.wait_for_url("**/imports/*")
    address = page.url
    assert page.inner_text("h1") == "还有 2 处要改"
    axe(page)
    faulty = page.locator(".grid .faulty")
    assert faulty.evaluate_all("all => all.map(one => one.value)") == ["没有的角色", "没有的点位"]
    said = faulty.first.get_attribute("aria-describedby").strip()
    assert "没有的角色" in page.inner_text(f"[id='{said}']")
    # What was typed survives a reload; Enter leads to the next fault.
    faulty.first.fill("专职网格员")
    page.reload()
    assert faulty.first.input_value() == "专职网格员"
    faulty.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_value("没有的点位")
    page.click("text=改好并继续")
    page.wait_for_selector("h1:has-text('还有 1 处要改')")
    page.locator(".grid .faulty").fill("5栋")
    page.click("text=改好并继续")
    # That somebody has no hours is only seen once nothing is wrong: it is told before the week begins.
    page.wait_for_selector("h1:has-text('可以开始这一周，另有 2 处提醒')")
    expect(page.locator("#mend")).to_contain_text("周涛 · 可工作时间", use_inner_text=True)
    page.click("button:has-text('开始这一周')")
    page.wait_for_url(lambda url: "/imports/" not in url)
    assert "/new" not in page.url
    page.goto(address)
    assert "这一周已经开始" in page.inner_text("main")


def test_a_sound_workbook_waits_for_a_word(opened, axe, books):
    page = opened("/new", width=360, lang="en")
    page.set_input_files("#file", books / "good.xlsx")
    page.wait_for_url("**/imports/*")
    assert page.inner_text("h1") == "The week can begin, with 1 thing to know"
    axe(page)


def test_a_file_is_seen_by_who_dropped_it_alone(client, books):
    with client() as chen, client("administrator") as admin, client("viewer") as viewer:
        path = send(chen, "a.xlsx", (books / "bad.xlsx").read_bytes()).headers["location"]
        assert chen.get(path).status_code == 200
        for method, address in (("GET", path), ("POST", path), ("GET", f"{path}/workbook")):
            form = {"data": {"do": "begin"}} if method == "POST" else {}
            assert admin.request(method, address, **form).status_code == 404
            assert viewer.request(method, address, **form).status_code == 403


def test_the_marked_workbook_comes_back(client, books):
    with client() as chen:
        path = send(chen, "a.xlsx", (books / "bad.xlsx").read_bytes()).headers["location"]
        answer = chen.get(f"{path}/workbook")
    assert answer.headers["content-type"] == WORKBOOK
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"PK")


def test_a_week_is_begun_once_from_a_file(client):
    with client() as chen:
        path = send(chen, "tiny.json", json.dumps(TINY).encode()).headers["location"]
        assert 'id="mend"' in chen.get(path).text
        begun = [chen.post(path, data={"do": "begin"}) for _ in range(2)]
        assert [answer.status_code for answer in begun] == [303, 303]
        assert begun[0].headers["location"] == begun[1].headers["location"]
        assert 'id="mend"' not in chen.get(path).text
        assert chen.get(f"{path}/workbook").status_code == 404


@pytest.mark.parametrize("body", [b"no week at all", b"PK\x03\x04 broken", b"{"])
def test_what_is_no_week_is_told_on_the_page(client, body):
    with client() as chen:
        path = send(chen, "<b>x.xlsx", body).headers["location"]
        answer = chen.get(path, headers={"Accept-Language": "zh"})
    assert answer.status_code == 200
    assert "还有 1 处要改" in answer.text
    assert "<b>" not in answer.text


def test_a_form_without_a_file_leads_back(client):
    with client() as chen:
        answer = chen.post("/imports", files={"other": ("x", b"x")})
        assert answer.headers["location"] == "/new"
        assert chen.post("/imports", data={"file": "x"}).status_code == 415


@pytest.mark.parametrize("kind", ["blank", "example"])
def test_a_workbook_to_fill_in_is_given(client, kind):
    with client() as chen:
        assert chen.get(f"/new/workbook?kind={kind}").content.startswith(b"PK")
        assert chen.get("/new/workbook?kind=other").status_code == 422


def test_the_example_and_the_week_after_it_begin(opened):
    page = opened("/new")
    page.click("text=打开示例")
    page.wait_for_url(lambda url: "/new" not in url)
    page.goto("/".join(page.url.split("/")[:3]) + "/new")
    # The last week is the one to follow.
    followed = page.inner_text("form[action='/new/following'] .hint")
    page.click("form[action='/new/following'] button")
    page.wait_for_url(lambda url: "/new" not in url)
    page.goto("/".join(page.url.split("/")[:3]) + "/new")
    assert page.inner_text("form[action='/new/following'] .hint") != followed
