"""A week of two grids, a caller who has one of them, and what a refusal names."""

from scheduler.formats.parse import parse_changes
from scheduler.model import Instance
from service.access.caller import Caller
from service.access.roles import AccountRole
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

INSIDE = {
    "places": WEEK["places"][:2],
    "people": [person("here", "corner"), person("anywhere")],
    "households": WEEK["households"][:1],
    "cases": WEEK["cases"][:1],
    "visits": WEEK["visits"][:2],
}


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


def changes(*items):
    data = {"horizon": WEEK["horizon"], "changes": list(items)}
    read, problems = parse_changes(data, week().horizon)
    assert not problems
    return read
