"""Hours painted on a week, a place set on the map, rules tried otherwise."""

import pytest

from tests.pages.conftest import expect
from tests.service.conftest import http_client
from tests.service.weeks.conftest import WEEK


@pytest.fixture
def week(site):
    """A small week of its own with two places that have points, and a program of the same coordinator."""
    cookie = site.cookie("coordinator")
    client = http_client(site.url, cookies={cookie["name"]: cookie["value"]})
    plain = {key: value for key, value in WEEK.items() if key != "settings"}
    points = ((104.10, 30.60), (104.12, 30.62))
    plain["places"] = [
        {"id": id, "name": name, "point": {"longitude": east, "latitude": north}}
        for (id, name), (east, north) in zip(
            (("home", "3栋"), ("hall", "活动室")), points, strict=True
        )
    ]
    with client:
        answer = client.post("/v1/weeks", json={"instance": plain})
        assert answer.status_code == 201, answer.text
        yield client, answer.json()["id"]


def instance(client, id):
    return client.get(f"/v1/weeks/{id}/state").json()["instance"]


def spans(client, id):
    person = instance(client, id)["people"][0]
    return [(span["from"][8:], span["to"][8:]) for span in person["availability"]]


def test_hours_are_painted_by_keys_and_by_dragging(opened, axe, week):
    client, id = week
    page = opened(f"/w/{id}/people/li")
    axe(page)
    assert page.locator(".hours .in").count() == 36
    # From 17:30 on, two cells more.
    page.locator("[data-at='1050']").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_selector(".band:not([hidden])")
    assert spans(client, id)[0] == ("23T08:30", "23T18:30")
    # Noon is free on both days; the drag begins where it is painted, so that it takes away.
    page.locator("[data-at='720']").hover()
    page.mouse.down()
    page.locator("[data-at='2190']").hover()
    with page.expect_response("**/tables/people"):
        page.mouse.up()
    page.locator("[data-at='2190']:not(.in)").wait_for()
    assert spans(client, id) == [
        ("23T08:30", "23T12:00"),
        ("23T13:00", "23T18:30"),
        ("24T08:30", "24T12:00"),
        ("24T13:00", "24T17:30"),
    ]
    page.check("#copy-day input[value='1']")
    with page.expect_response("**/tables/people"):
        page.click("#copy-day button")
    assert spans(client, id)[3] == ("24T13:00", "24T18:30")


def test_a_place_is_set_by_a_click_by_typing_or_not_at_all(browsers, site, axe, week):
    client, id = week
    opened = browsers()
    opened.expected += ["Failed to load resource: the server responded with a status of 422"]
    page = opened.context.new_page()
    page.goto(f"{site.url}/w/{id}/places/home")
    axe(page)
    box = page.locator(".basemap svg").bounding_box()
    with page.expect_response("**/tables/places"):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # Until then the field is given what was set.
    page.wait_for_selector(".band:not([hidden])")
    point = instance(client, id)["places"][0]["point"]
    assert point["longitude"] == pytest.approx(104.11, abs=1e-3)
    assert point["latitude"] == pytest.approx(30.61, abs=1e-3)
    page.fill("#coordinates", "somewhere")
    page.keyboard.press("Enter")
    page.locator("#point-said").filter(has_text="somewhere").wait_for()
    with page.expect_response("**/tables/places"):
        page.click("[data-act=clear]")
    assert instance(client, id)["places"][0].get("point") is None


def test_the_first_place_of_a_week_is_where_one_stands_and_the_map_comes_by_itself(
    browsers, site, week
):
    client, id = week
    edits = [
        {"kind": "edit", "collection": "places", "id": one["id"], "record": one | {"point": None}}
        for one in instance(client, id)["places"]
    ]
    assert client.post(f"/v1/weeks/{id}/commands", json={"changes": edits}).status_code == 200
    context = browsers(geolocation={"longitude": 104.103, "latitude": 30.603}).context
    page = context.new_page()
    page.goto(f"{site.url}/w/{id}/places/home")
    assert page.locator(".basemap").count() == 0
    # Whoever is not let, or is in the dark, is told so.
    page.click("[data-act=locate]")
    page.locator("#point-said", has_text="说不出自己在哪里").wait_for()
    context.grant_permissions(["geolocation"])
    page.click("[data-act=locate]")
    page.wait_for_selector(".basemap [data-at]")
    assert page.input_value("#coordinates") == "104.103000, 30.603000"
    assert instance(client, id)["places"][0]["point"] == {"longitude": 104.103, "latitude": 30.603}


def test_rules_are_tried_as_a_plan_or_kept(opened, axe, week):
    client, id = week
    page = opened(f"/w/{id}/rules")
    axe(page)
    rule = page.locator("[data-rule=known_face]")
    page.fill("#find", "熟悉")
    expect(page.locator("[data-rule]:visible")).to_have_count(1)
    rule.locator("input[type=number]").fill("77")
    rule.locator("select").select_option("medium")
    # What was changed survives a reload.
    page.reload()
    assert page.locator("[data-rule=known_face] input[type=number]").input_value() == "77"
    page.click("[data-act=try]")
    page.wait_for_url("**/plans/*")
    assert "rules" not in instance(client, id)["settings"]
    page = opened(f"/w/{id}/rules")
    page.locator("[data-rule=known_face] input[type=number]").fill("78")
    page.click("[data-act=keep]")
    page.wait_for_selector(".band:not([hidden])")
    kept = instance(client, id)["settings"]["rules"]["known_face"]
    assert kept["weight"] == 78
    with page.expect_navigation():
        page.click(".band [data-undo]")
    assert "rules" not in instance(client, id)["settings"]
