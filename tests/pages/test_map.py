"""Routes of a day on the map and beside it as a list; where only an area may be known, nothing else is told."""

import json

import pytest

from scheduler.drawings.geometry import draw_map
from scheduler.drawings.reader import Reader
from scheduler.model import Point
from service.access.caller import LOCAL
from service.weeks.day_routes import DayRoutes, first_day
from service.weeks.opening import begun
from service.weeks.state import WeekState
from tests.pages.conftest import expect
from tests.report.weeks import CANARY, half_done, roster, secret, secret_roster, week

MONDAY = "?day=2026-11-23"


def begin(site, instance, roster):
    return begun(site._store, LOCAL, WeekState.of(instance, roster)).week.id


def island(page):
    return json.loads(page.locator("#data").text_content())


def test_a_persons_stops_are_numbered_on_the_map_and_lead_to_the_list_and_the_board(opened, site):
    page = opened(f"/w/{site.week}/map{MONDAY}&person=g1&person=p1")
    numbers = page.locator("[data-layer=stops] .stop text").all_text_contents()
    assert numbers == ["A1", "B1"]
    page.locator("[data-id$='-1'] rect").first.click()
    link = page.locator(".route-card .at a").first
    expect(link).to_be_focused()
    expect(page.locator(".stop").first).to_contain_class("here")
    link.click()
    page.wait_for_url("**/w/*?day=1&sel=pair~0")
    # What nobody does on Tuesday is a hollow mark there, and leads to why.
    page.go_back()
    page.locator(".days a").nth(1).click()
    page.wait_for_url("**/map?day=2026-11-24&person=g1&person=p1")
    assert page.locator(".missed path").count() == 1
    page.locator(".missed path").click()
    assert (
        page.locator("#missed[open] a").get_attribute("href").endswith("/undone?task=door&slot=0")
    )


def test_marks_that_would_touch_are_one_with_their_number_until_one_comes_near(opened, site):
    plain = week()
    beside = Point(longitude=104.10015, latitude=30.6)
    places = [
        one.model_copy(update={"point": beside}) if one.id == "lobby" else one
        for one in plain.places
    ]
    pair, door = plain.visits
    made = plain.changed(
        places=tuple(places), visits=(pair, door.model_copy(update={"windows": pair.windows}))
    )
    page = opened(f"/w/{begin(site, made, roster(made))}/map{MONDAY}")
    marks = page.locator("[data-layer=undone] .missed")
    page.click("#missed summary")
    told = page.locator("#missed li").count()
    ids = [one.get_attribute("data-id").split() for one in marks.all()]
    assert sorted(map(len, ids)) == [1, 2]
    assert sum(map(len, ids)) == told == 3
    [both] = [one for one in marks.all() if " " in one.get_attribute("data-id")]
    assert both.locator("text").text_content() == "2"
    for id in both.get_attribute("data-id").split():
        page.focus(f"#{id} a")
        expect(both).to_contain_class("here")
    for _ in range(6):
        page.click("[data-zoom=in]")
    expect(marks).to_have_count(told)


def test_people_are_found_and_added_and_the_list_does_without_script(opened, browsers, site):
    page = opened(f"/w/{site.week}/map{MONDAY}")
    assert page.locator(".basemap .routes").count() == 0  # nobody has two stops on the map
    page.fill("#find", "zyz")
    expect(page.locator(".everybody .one:visible").first).to_contain_text("走访志愿者01")
    page = browsers(java_script_enabled=False, width=360).context.new_page()
    page.goto(f"{site.url}/w/{site.week}/map{MONDAY}")
    page.click(".one a >> nth=0")
    page.wait_for_url("**person=*")
    page.click(".one .button >> nth=0")
    expect(page.locator(".route-card li.at")).to_have_count(2)
    assert page.locator(".basemap").is_hidden()
    page.click(".sees a >> nth=1")
    expect(page.locator(".basemap svg")).to_be_visible()


def test_without_coordinates_there_is_a_list_by_area(opened, site):
    plain = week()
    bare = tuple(place.model_copy(update={"point": None}) for place in plain.places)
    id = begin(site, plain.changed(places=bare), half_done(plain))
    page = opened(f"/w/{id}/map{MONDAY}")
    assert page.locator(".basemap").count() == 0
    areas = [text.split()[0] for text in page.locator(".off-map summary").all_inner_texts()]
    assert areas == ["走访甲社区", "走访乙社区"]
    assert page.locator(".off-map li").count() == 3
    # One place alone: its stops are listed beneath the map.
    one = (plain.places[0].model_copy(update={"point": None}), *plain.places[1:])
    id = begin(site, plain.changed(places=one), half_done(plain))
    page = opened(f"/w/{id}/map{MONDAY}&person=p1")
    assert page.locator(".basemap").count() == 1
    assert page.locator(".off-map li").count() == 1


def test_a_hidden_place_is_nowhere_on_the_map_nor_in_the_middle_of_its_area(opened, site):
    hidden = secret()
    reader = Reader(hidden)
    ground = draw_map(reader)
    assert reader.places
    assert not reader.places & set(ground.at)
    # Wherever the hidden places are, nothing that is drawn changes.
    moved = [
        place.model_copy(update={"point": Point(longitude=104.0, latitude=30.5)})
        if place.id in reader.places
        else place
        for place in hidden.places
    ]
    assert draw_map(Reader(hidden.changed(places=tuple(moved)))) == ground
    id = begin(site, hidden, secret_roster())
    page = opened(f"/w/{id}/map{MONDAY}")
    assert CANARY not in page.content()
    page = opened(f"/w/{id}/places/private/place/1")
    assert island(page)["map"]["here"] is None


BARS = [
    [0, 1, 1500, 1560, 0, 5, 0],
    [0, 0, 1380, 1470, 0, 10, 2],
    [0, -1, 1470, 1485, -1, 15],
    [1, 1, 1440, 1450, 1, 0, 1],
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(0, {0: ([(0, 2, 10)], 15)}), (1, {0: ([(1, 0, 5)], 0), 1: ([(1, 1, 0)], 0)}), (2, {})],
)
def test_a_night_is_of_the_day_on_which_it_begins_with_the_way_back(day, expected):
    routes = DayRoutes({"bars": BARS}, day).by_person
    told = {
        person: ([(stop.task, stop.slot, stop.way) for stop in route.stops], route.back)
        for person, route in routes.items()
    }
    assert told == expected
    assert first_day({"bars": BARS}) == 0
    assert [route.way for route in routes.values()] == [
        sum(way for *_, way in stops) + back for stops, back in expected.values()
    ]
