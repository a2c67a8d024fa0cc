"""What an account with areas sees, and that it changes nothing outside them."""

import copy
import json
from dataclasses import replace

import pytest

from scheduler.formats.parse import parse_changes
from scheduler.model import Instance, Roster
from scheduler.weeks.replan import apply
from service.access.caller import Caller
from service.access.mask import CallerView
from service.access.roles import AccountRole
from service.access.scope import (
    Within,
    ensure_changes_inside,
    ensure_inside,
    ensure_roster_inside,
    ensure_whole,
    held_outside,
)
from service.access.within import lying_outside
from service.problems import ServiceError

COORDINATOR = Caller("1", "chen", AccountRole.COORDINATOR)
DAY = "2026-11-23"
PRESENT = [{"from": f"{DAY}T08:30", "to": f"{DAY}T17:30"}]
WINDOW = [{"from": f"{DAY}T09:00", "to": f"{DAY}T11:00"}]


def person(id, *areas):
    return {
        "id": id,
        "name": id,
        "role": "grid_worker",
        "areas": list(areas),
        "availability": PRESENT,
    }


def visit(id, *places, **more):
    record = {"id": id, "name": id, "kind": "welfare_check", "places": list(places)}
    return record | {"windows": WINDOW, "duration": 30} | more


def shift(id, place):
    record = {"id": id, "name": id, "kind": "patrol", "place": place, "needs": [{}]}
    return record | {"start": f"{DAY}T09:00", "duration": 30}


WEEK = {
    "id": "two-grids",
    "horizon": {"start": DAY, "days": 1},
    "areas": [
        {"id": "street", "name": "街道", "kind": "street"},
        {"id": "grid-1", "name": "一格", "kind": "grid", "parent": "street"},
        {"id": "corner", "name": "一角", "kind": "micro_grid", "parent": "grid-1"},
        {"id": "grid-2", "name": "二格", "kind": "grid", "parent": "street"},
    ],
    "places": [
        {"id": "home-1", "name": "一", "area": "grid-1"},
        {"id": "home-c", "name": "角", "area": "corner"},
        {"id": "home-2", "name": "二", "area": "grid-2"},
        {"id": "hall", "name": "厅"},
    ],
    "people": [
        person("here", "grid-1"),
        person("there", "grid-2"),
        person("both", "grid-1", "grid-2"),
        person("anywhere"),
    ],
    "households": [
        {"id": "chen", "name": "陈", "place": "home-1"},
        {"id": "li", "name": "李", "place": "home-2"},
    ],
    "visits": [
        visit("v1", "home-1", household="chen"),
        visit("vc", "home-c"),
        visit("v2", "home-2", household="li"),
        visit("either", "home-1", "home-2"),
        visit("hall-visit", "hall"),
    ],
    "cases": [
        {"id": "case-1", "name": "一", "kind": "talk", "household": "chen"},
        {"id": "case-2", "name": "二", "kind": "talk", "household": "li"},
    ],
}
ROSTER = {
    "instance": "two-grids",
    "horizon": WEEK["horizon"],
    "assignments": [
        {
            "task": task,
            "slot": 0,
            "person": who,
            "place": place,
            "start": f"{DAY}T09:00",
            "end": f"{DAY}T09:30",
        }
        for task, who, place in (("v1", "here", "home-1"), ("v2", "there", "home-2"))
    ],
}
CALLER = Caller("1", "chen", AccountRole.COORDINATOR, frozenset({"grid-1"}))


def week(**changes):
    return Instance.model_validate(WEEK | changes)


NEUTRAL = {
    "v2": "elsewhere/3",
    "hall-visit": "elsewhere/5",
    "there": "elsewhere/person/2",
    "home-2": "elsewhere/place/3",
    "li": "elsewhere/household/2",
    "case-2": "elsewhere/case/2",
}
"""What is hidden of the week, as a refusal names it."""


def refused(act):
    """What a refusal names; None: it was not refused."""
    try:
        act()
    except ServiceError as error:
        return error.slots["found"] if error.code == "outside_areas" else error.code
    return None


def ids(within, kind, may):
    return {record["id"] for record in WEEK[kind] if may(within)(kind, record["id"])}


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


INSIDE = {
    "places": WEEK["places"][:2],
    "people": [person("here", "corner"), person("anywhere")],
    "households": WEEK["households"][:1],
    "cases": WEEK["cases"][:1],
    "visits": WEEK["visits"][:2],
}


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


def changed(kind, id, **fields):
    """The week with other fields in one record, or without it where there are none."""
    records = copy.deepcopy(WEEK[kind])
    if not fields:
        return week(**{kind: [record for record in records if record["id"] != id]})
    for record in records:
        if record["id"] == id:
            record.update(fields)
    return week(**{kind: records})


EXCUSED = {"rule": "skill", "person": "here", "reason": "r"}


def added(kind, record):
    return week(**{kind: [*WEEK[kind], record]})


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (week(), None),
        (week(title="试排"), None),
        (changed("visits", "v1", duration=60), None),
        (changed("visits", "vc", duration=60), None),
        (changed("visits", "v1"), None),
        (changed("visits", "v2", duration=60), "v2"),
        (changed("visits", "v2"), "v2"),
        (changed("visits", "either", duration=60), "either"),
        (changed("visits", "hall-visit", duration=60), "hall-visit"),
        (changed("visits", "v1", places=["home-2"], household=None), "v1"),
        (changed("visits", "v2", places=["home-1"], household=None), "v2"),
        (added("visits", visit("new", "home-c")), None),
        (added("visits", visit("new", "home-2")), "new"),
        (added("places", {"id": "p", "name": "p", "area": "corner"}), None),
        (added("places", {"id": "p", "name": "p", "area": "street"}), "p"),
        (changed("places", "home-2", area="grid-1"), "home-2"),
        (changed("people", "here", clearance=True), None),
        (changed("people", "there", clearance=True), "there"),
        (changed("people", "both", clearance=True), "both"),
        (changed("people", "anywhere", clearance=True), "anywhere"),
        (changed("people", "here", areas=["grid-2"]), "here"),
        (changed("households", "chen", risk="high"), None),
        (changed("households", "li", risk="high"), "li"),
        (changed("cases", "case-1", sessions=1), None),
        (week(pins=[{"task": "v1", "person": "here"}]), None),
        (week(pins=[{"task": "v2", "person": "here"}]), "v2"),
        (week(exceptions=[EXCUSED | {"task": "v1"}]), None),
        (week(exceptions=[EXCUSED | {"task": "v2"}]), "v2"),
        (week(settings={"travel": {"kind": "straight_line", "other_area_minutes": 9}}), "settings"),
        (week(horizon={"start": DAY, "days": 2}), "horizon"),
        (week(pairs=[{"people": ["here", "there"], "together": "never"}]), "pairs"),
        (changed("areas", "grid-2", parent="grid-1"), "areas"),
    ],
)
def test_a_child_changes_only_what_lies_inside(after, found):
    assert refused(lambda: ensure_inside(CALLER, json.dumps(WEEK), after)) == NEUTRAL.get(
        found, found
    )


def test_a_refusal_names_a_few():
    many = week(visits=[visit(f"n{number}", "home-2") for number in range(9)])
    found = refused(lambda: ensure_inside(CALLER, json.dumps(WEEK), many))
    assert found == "either, elsewhere/5, n0, n1, n2, …"


def changes(*items):
    data = {"horizon": WEEK["horizon"], "changes": list(items)}
    read, problems = parse_changes(data, week().horizon)
    assert not problems
    return read


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"kind": "cancel", "task": "v1"}, None),
        ({"kind": "cancel", "task": "v2"}, "v2"),
        ({"kind": "cancel", "case": "case-1"}, None),
        ({"kind": "absence", "person": "here", **PRESENT[0]}, None),
        ({"kind": "absence", "person": "there", **PRESENT[0]}, "there"),
        ({"kind": "absence", "person": "anywhere", **PRESENT[0]}, "anywhere"),
        ({"kind": "assign", "task": "v1", "person": "anywhere"}, None),
        ({"kind": "assign", "task": "v1", "person": "there"}, "there"),
        ({"kind": "assign", "task": "v2", "person": "here"}, "v2"),
        ({"kind": "assign", "task": "v1", "person": "here", "place": "home-2"}, "home-2"),
        ({"kind": "unassign", "task": "v2"}, "v2"),
        ({"kind": "swap", "first": "here", "second": "there"}, "there"),
        ({"kind": "swap", "first": "there", "second": "here"}, "there"),
        ({"kind": "swap", "first": "here", "second": "here", "task": "v1", "other": "v2"}, "v2"),
        ({"kind": "swap", "first": "here", "second": "anywhere"}, "anywhere"),
        ({"kind": "move", "task": "v2", "start": f"{DAY}T10:00"}, "v2"),
        ({"kind": "move", "task": "v1", "place": "home-2"}, "home-2"),
        ({"kind": "closure", "place": "home-2", **PRESENT[0]}, "home-2"),
        ({"kind": "closure", "place": "home-1", "instead": "home-2", **PRESENT[0]}, "home-2"),
        ({"kind": "cancel", "case": "case-2"}, "case-2"),
        ({"kind": "windows", "visit": "v2", "windows": WINDOW}, "v2"),
        ({"kind": "pin", "person": "both"}, "both"),
        ({"kind": "unpin", "task": "v2"}, "v2"),
        ({"kind": "lock", "before": f"{DAY}T10:00"}, "lock"),
        ({"kind": "new", "visits": [visit("n", "home-1")]}, None),
        ({"kind": "new", "visits": [visit("n", "home-2")]}, "n"),
        ({"kind": "new", "people": [person("n", "corner")]}, None),
        ({"kind": "new", "people": [person("n")]}, "n"),
        ({"kind": "new", "visits": [visit("n", "nowhere")]}, "n"),
        ({"kind": "new", "households": [{"id": "n", "name": "n", "place": "home-2"}]}, "n"),
        ({"kind": "new", "shifts": [shift("n", "home-1")]}, None),
        ({"kind": "new", "shifts": [shift("n", "home-2")]}, "n"),
    ],
)
def test_changes_name_only_what_lies_inside(change, found):
    read = changes(change)
    assert refused(lambda: ensure_changes_inside(CALLER, week(), read)) == NEUTRAL.get(found, found)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"kind": "assign", "task": "vc", "person": "there"}, None),
        ({"kind": "unassign", "task": "v1", "person": "there"}, None),
        ({"kind": "assign", "task": "v2", "person": "there"}, "v2"),
        ({"kind": "absence", "person": "there", **PRESENT[0]}, "there"),
        ({"kind": "swap", "first": "here", "second": "there"}, "there"),
    ],
)
def test_who_works_inside_is_seen_and_may_be_given_more_work_there(change, found):
    parts = [ROSTER["assignments"][0] | {"person": "there"}]
    helped = Roster.model_validate(ROSTER | {"assignments": parts})
    read = changes(change)
    told = refused(lambda: ensure_changes_inside(CALLER, week(), read, helped))
    assert told == NEUTRAL.get(found, found)
    assert refused(lambda: ensure_changes_inside(CALLER, week(), read)) is not None


@pytest.mark.parametrize(
    ("task", "seen"), [("v1", True), ("vc", True), ("either", True), ("v2", False)]
)
def test_who_works_at_what_lies_here_too_is_seen(task, seen):
    part = ROSTER["assignments"][0] | {"task": task, "person": "there"}
    roster = Roster.model_validate(ROSTER | {"assignments": [part]})
    assert ("there" not in lying_outside(week(), {"grid-1"}, roster)["person"]) is seen
    # By a roster that comes in nobody may make it so.
    told = refused(lambda: ensure_roster_inside(CALLER, week(), roster))
    assert told == (NEUTRAL["there"] if seen else None)


def test_a_search_leaves_what_lies_outside_as_it_was():
    applied = apply(
        week(), Roster.model_validate(ROSTER), changes({"kind": "cancel", "task": "vc"})
    )
    held = held_outside(CALLER, applied)
    assert [(pin.task, pin.person, pin.place) for pin in held.instance.pins] == [
        ("v2", "there", "home-2")
    ]
    everywhere = Caller("1", "chen", AccountRole.COORDINATOR)
    assert held_outside(everywhere, applied).instance.pins == ()
