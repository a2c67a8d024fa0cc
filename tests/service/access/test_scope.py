"""What an account with areas sees, and which areas may have what."""

import json
from dataclasses import replace

import pytest

from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.roles import AccountRole
from service.access.scope import (
    Within,
    ensure_inside,
    ensure_whole,
)
from service.problems import ServiceError
from tests.service.access.two_grids import (
    CALLER,
    COORDINATOR,
    DAY,
    INSIDE,
    NEUTRAL,
    WEEK,
    ids,
    person,
    refused,
    week,
)


@pytest.mark.parametrize(
    ("areas", "closed"),
    [
        ({"grid-1"}, {"grid-1", "corner"}),
        ({"corner"}, {"corner"}),
        ({"street"}, {"street", "grid-1", "corner", "grid-2"}),
        ({"elsewhere"}, set()),
        (set(), set()),
    ],
)
def test_an_area_holds_all_below_it(areas, closed):
    assert Within(week(), areas).areas == closed


@pytest.mark.parametrize(
    ("kind", "seen", "changed"),
    [
        ("places", {"home-1", "home-c"}, {"home-1", "home-c"}),
        ("people", {"here", "both", "anywhere"}, {"here"}),
        ("households", {"chen"}, {"chen"}),
        ("cases", {"case-1"}, {"case-1"}),
        ("visits", {"v1", "vc", "either"}, {"v1", "vc"}),
    ],
)
def test_what_is_seen_and_what_is_changed(kind, seen, changed):
    within = Within(week(), {"grid-1"})
    assert ids(within, kind, lambda it: it.sees) == seen
    assert ids(within, kind, lambda it: it.changes) == changed


@pytest.mark.parametrize(
    ("changes", "whole"),
    [
        ({}, True),
        ({"people": [person("both", "corner", "grid-2"), person("anywhere")]}, True),
        ({"people": [person("there", "grid-2")]}, False),
        ({"places": WEEK["places"]}, False),
    ],
)
def test_a_week_is_whole_whose_places_and_people_are_of_the_areas(changes, whole):
    assert Within(week(**INSIDE | changes), {"grid-1"}).whole is whole


def test_what_lies_outside_in_either_of_two_weeks_is_hidden_in_both():
    fewer = week(people=[one for one in WEEK["people"] if one["id"] != "there"])
    view = CallerView(COORDINATOR, areas=frozenset({"grid-1"}))
    for one, other in ((week(), fewer), (fewer, week())):
        hidden = view.mask(one, other).neutral.ids
        assert "there" in hidden["person"]
        assert "v2" in hidden["task"]


def test_views_that_show_different_things_are_told_apart():
    views = [
        CallerView(COORDINATOR),
        CallerView(COORDINATOR, private=True),
        CallerView(COORDINATOR, areas=frozenset({"grid-1"})),
        CallerView(COORDINATOR, ratings=False),
        CallerView(replace(COORDINATOR, private=True)),
    ]
    assert len({view.key for view in views}) == len(views)


@pytest.mark.parametrize(
    ("body", "view", "shown"),
    [
        ('{"ratings": {}}', {}, True),
        ('{"ratings": {}}', {"ratings": False}, False),
        ("{}", {"ratings": False}, True),
        ("{}", {"areas": frozenset()}, False),
        ('{"private": true}', {}, False),
    ],
)
def test_a_stored_week_goes_out_as_it_is_where_nothing_of_it_can_be_hidden(body, view, shown):
    assert CallerView(COORDINATOR, **view).shows(body) is shown


def test_visits_and_shifts_are_tasks():
    within = Within(week(), {"grid-1"})
    assert within.sees("tasks", "v1")
    assert not within.sees("tasks", "v2")


def test_who_is_for_every_area_may_change_everything():
    everywhere = Caller("1", "chen", AccountRole.COORDINATOR)
    assert refused(lambda: ensure_whole(everywhere, week())) is None
    assert refused(lambda: ensure_inside(everywhere, None, week())) is None


def test_nobody_may_change_anything():
    with pytest.raises(ServiceError) as error:
        ensure_whole(None, week())
    assert error.value.code == "sign_in_needed"


def test_a_new_instance_lies_inside():
    assert refused(lambda: ensure_inside(CALLER, None, week(**INSIDE))) is None
    assert refused(lambda: ensure_inside(CALLER, None, week())) == "home-2, hall, there"
    stranger = INSIDE | {"people": [person("there", "grid-2")]}
    assert refused(lambda: ensure_inside(CALLER, None, week(**stranger))) == "there"


def test_all_of_an_instance_inside_may_be_changed():
    parent = json.dumps(WEEK | INSIDE)
    later = week(**INSIDE, horizon={"start": DAY, "days": 2})
    assert refused(lambda: ensure_inside(CALLER, parent, later)) is None


def test_a_child_is_not_inside_because_all_that_lies_outside_is_gone():
    found = refused(lambda: ensure_inside(CALLER, json.dumps(WEEK), week(**INSIDE)))
    assert NEUTRAL["home-2"] in found
