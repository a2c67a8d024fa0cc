"""A week with a canary in every private field: a word that may go out only to whom the table of rights allows."""

from typing import Any

CANARY = "canary"
DAY = "2026-11-23"


def at(clock: str, day: str = DAY) -> str:
    """A moment of the week."""
    return f"{day}T{clock}"


def _window(start: str, end: str) -> dict[str, str]:
    return {"from": at(start), "to": at(end)}


PRIVATE_VISIT: dict[str, Any] = {
    "id": "canary-visit",
    "name": "canary visit name",
    "kind": "canary-kind",
    "places": ["canary-home", "room"],
    "windows": [_window("09:00", "11:00")],
    "duration": 30,
    "slots": [{"skills": {"canary-skill": 1}, "people": ["cleared"]}],
    "household": "canary-household",
    "case": "canary-case",
    "duty": "canary-duty",
    "private": True,
    "preferred": ["cleared"],
    "excluded": ["other"],
    "bundle": "canary-bundle",
    "tie": "canary-tie",
    "skill_mix": [{"skill": "canary-mix", "level": 1}],
}
WEEK: dict[str, Any] = {
    "id": "week of canary household",
    "title": "canary household is visited",
    "horizon": {"start": DAY, "days": 1},
    "areas": [
        {"id": "street", "name": "街道", "kind": "street"},
        {"id": "east", "name": "东社区", "kind": "community", "parent": "street"},
        {"id": "west", "name": "西社区", "kind": "community", "parent": "street"},
        {"id": "lane", "name": "里弄", "kind": "micro_grid", "parent": "east"},
    ],
    "places": [
        {
            "id": "station",
            "name": "服务站",
            "area": "east",
            "point": {"longitude": 104.0, "latitude": 30.6},
        },
        {
            "id": "plaza",
            "name": "广场",
            "area": "east",
            "point": {"longitude": 104.001, "latitude": 30.6},
        },
        {
            "id": "hall",
            "name": "礼堂",
            "area": "west",
            "point": {"longitude": 104.02, "latitude": 30.6},
        },
        {
            "id": "room",
            "name": "谈心室",
            "area": "east",
            "private": True,
            "point": {"longitude": 104.002, "latitude": 30.6},
        },
        {
            "id": "canary-home",
            "name": "canary home",
            "area": "lane",
            "kind": "canary place kind",
            "private": True,
            "point": {"longitude": 104.0031415, "latitude": 30.6027182},
        },
    ],
    "people": [
        {
            "id": "cleared",
            "name": "心理咨询师01",
            "role": "counsellor",
            "clearance": True,
            "skills": {"canary-skill": 2, "canary-mix": 1},
            "skill_until": {"canary-skill": "2027-01-01"},
            "start_place": "station",
            "availability": [_window("08:30", "17:30")],
            "limits": {
                "kind_counts": {"canary-kind": 9},
                "kind_in_row_max": {"canary-kind": 5},
                "kind_in_row_min": {"canary-kind": 1},
                "rest_after_run": {"canary-kind": 60},
                "rest_after_run_from": {"canary-kind": 2},
            },
            "wishes": [{"want": False, "kind": "canary-kind", "place": "canary-home", "weight": 7}],
        },
        {
            "id": "other",
            "name": "专职网格员02",
            "role": "grid_worker",
            "areas": ["east"],
            "kin": ["canary-household"],
            "home": "canary-home",
            "end_place": "canary-home",
            "agreed": ["canary-kind", "patrol", "welfare_check"],
            "availability": [_window("08:30", "17:30")],
        },
    ],
    "households": [
        {
            "id": "canary-household",
            "name": "canary household",
            "place": "canary-home",
            "risk": "high",
            "known_people": ["cleared"],
            "ratings": {"cleared": 5},
            "gender": "f",
        },
        {"id": "home-2", "name": "住户02", "place": "plaza"},
    ],
    "duties": [
        {
            "id": "canary-duty",
            "household": "canary-household",
            "name": "canary duty name",
            "kind": "canary-duty-kind",
            "last_done": "2026-11-20",
            "last_outcome": "canary-outcome",
            "person": "other",
            "ways": [{"kind": "canary-way", "duration": 20, "skills": {"canary-way-skill": 1}}],
        }
    ],
    "cases": [
        {
            "id": "canary-case",
            "name": "canary case name",
            "kind": "canary-case-kind",
            "household": "canary-household",
            "private": True,
            "same_person": False,
            "person": "cleared",
            "places": ["canary-home"],
            "skills": {"canary-case-skill": 1},
        }
    ],
    "visits": [
        PRIVATE_VISIT,
        PRIVATE_VISIT
        | {"id": "canary-second", "name": "canary second", "windows": [_window("13:00", "15:00")]},
        {
            "id": "open-visit",
            "name": "探访老人",
            "kind": "welfare_check",
            "places": ["plaza"],
            "windows": [_window("09:00", "16:00")],
            "duration": 30,
            "household": "canary-household",
        },
        {
            "id": "west-visit",
            "name": "西边的走访",
            "kind": "welfare_check",
            "places": ["hall"],
            "windows": [_window("09:00", "16:00")],
            "duration": 30,
        },
    ],
    "shifts": [
        {
            "id": "canary-shift",
            "name": "canary shift name",
            "kind": "canary-kind",
            "place": "canary-home",
            "start": at("16:00"),
            "duration": 30,
            "needs": [{"skills": {"canary-skill": 1}}],
            "case": "canary-case",
            "bundle": "canary-bundle",
            "tie": "canary-tie",
            "skill_mix": [{"skill": "canary-mix"}],
        },
        {
            "id": "open-shift",
            "name": "值守",
            "kind": "patrol",
            "place": "plaza",
            "start": at("12:00"),
            "duration": 60,
            "needs": [{}],
        },
    ],
    "gaps": [{"first": "canary-visit", "second": "canary-second", "least_minutes": 30}],
    "pins": [{"task": "canary-visit", "place": "canary-home", "person": "cleared"}],
    "exceptions": [
        {
            "rule": "skill",
            "task": "canary-visit",
            "person": "cleared",
            "reason": "canary reason",
            "skill_until": {"canary-skill": "2027-01-01"},
            "place": "canary-home",
        }
    ],
    "published": [
        {
            "task": "canary-visit",
            "person": "cleared",
            "place": "canary-home",
            "start": at("09:00"),
        }
    ],
    "history": {
        "cleared": {
            "last_kinds": ["canary-kind"],
            "kind_runs": {"canary-kind": 1},
            "stops": [
                {
                    "kind": "canary-kind",
                    "place": "canary-home",
                    "start": at("09:00", "2026-11-22"),
                    "end": at("09:30", "2026-11-22"),
                }
            ],
        }
    },
    "settings": {
        "forbidden_sequences": [["canary-kind", "night_patrol"]],
        "counselling_kinds": ["canary-kind"],
        "calendar": {"open_kinds": ["canary-kind"]},
        "travel": {
            "kind": "straight_line",
            "known_minutes": {"station": {"canary-home": 8}, "canary-home": {"plaza": 6}},
        },
    },
}


def _part(
    task: str, person: str, place: str, start: str, end: str, slot: int = 0
) -> dict[str, Any]:
    return {
        "task": task,
        "slot": slot,
        "person": person,
        "place": place,
        "start": at(start),
        "end": at(end),
    }


ROSTER: dict[str, Any] = {
    "instance": WEEK["id"],
    "horizon": WEEK["horizon"],
    "assignments": [
        _part("canary-visit", "cleared", "canary-home", "09:00", "09:30"),
        _part("canary-second", "cleared", "room", "13:00", "13:30"),
        _part("open-shift", "other", "plaza", "12:00", "13:00"),
        _part("canary-shift", "cleared", "canary-home", "16:00", "16:30"),
    ],
}
