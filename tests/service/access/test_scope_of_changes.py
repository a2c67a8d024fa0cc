"""An account with areas changes nothing outside them."""

import copy
import json

import pytest

from scheduler.model import Roster
from scheduler.weeks.replan import apply
from service.access.caller import Caller
from service.access.roles import AccountRole
from service.access.scope import (
    ensure_changes_inside,
    ensure_inside,
    ensure_roster_inside,
    held_outside,
)
from service.access.within import lying_outside
from tests.service.access.two_grids import (
    CALLER,
    DAY,
    NEUTRAL,
    PRESENT,
    ROSTER,
    WEEK,
    WINDOW,
    changes,
    person,
    refused,
    shift,
    visit,
    week,
)


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
