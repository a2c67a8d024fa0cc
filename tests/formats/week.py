"""A small sound week as a file has it, to be spoilt by tests."""

import copy
import json
from typing import Any

_WEEK: dict[str, Any] = {
    "id": "week",
    "horizon": {"start": "2026-11-23", "days": 7},
    "areas": [
        {"id": "street", "name": "狮子山街道", "kind": "street"},
        {"id": "jiahong", "name": "佳宏路社区", "kind": "community", "parent": "street"},
    ],
    "places": [
        {"id": "station", "name": "社区工作站", "point": {"longitude": 104.1, "latitude": 30.6}},
        {"id": "plaza", "name": "小广场", "point": {"longitude": 104.11, "latitude": 30.61}},
    ],
    "people": [
        {
            "id": "worker-1",
            "name": "专职网格员01",
            "role": "grid_worker",
            "availability": [{"from": "2026-11-23T08:30", "to": "2026-11-23T17:30"}],
        },
        {
            "id": "worker-2",
            "name": "心理咨询员01",
            "role": "counsellor",
            "skills": {"counselling": 2},
            "availability": [{"from": "2026-11-24T09:00", "to": "2026-11-24T12:00"}],
        },
    ],
    "households": [{"id": "home-1", "name": "住户01", "place": "plaza"}],
    "visits": [
        {
            "id": "visit-1",
            "name": "入户走访",
            "kind": "door",
            "places": ["plaza"],
            "windows": [{"from": "2026-11-23T09:00", "to": "2026-11-23T11:00"}],
            "duration": 30,
        },
        {
            "id": "visit-2",
            "name": "入户走访",
            "kind": "door",
            "places": ["plaza"],
            "windows": [{"from": "2026-11-23T09:00", "to": "2026-11-23T16:00"}],
            "duration": 30,
        },
    ],
    "shifts": [
        {
            "id": "shift-1",
            "name": "阵地值守",
            "kind": "venue",
            "place": "plaza",
            "start": "2026-11-23T14:00",
            "duration": 120,
            "needs": [{"roles": ["grid_worker"], "minimum": 1}],
        }
    ],
}


def week(**changed: Any) -> dict[str, Any]:
    """The week, with fields at its root replaced."""
    return {**copy.deepcopy(_WEEK), **changed}


def spoilt(path: str, value: Any) -> dict[str, Any]:
    """The week with another value at a place such as ``visits/0/duration``."""
    data = week()
    *way, last = [int(part) if part.isdecimal() else part for part in path.split("/")]
    node: Any = data
    for part in way:
        node = node[part]
    if isinstance(node, list) and last == len(node):
        node.append(value)
    else:
        node[last] = value
    return data


def bytes_of(data: Any) -> bytes:
    """A JSON file of the data."""
    return json.dumps(data, ensure_ascii=False).encode()
