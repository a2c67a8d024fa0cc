"""A tiny instance: the example in the documentation, and what the deep health check solves."""

from typing import Any

TINY: dict[str, Any] = {
    "id": "tiny",
    "title": "一人一访",
    "horizon": {"start": "2026-11-23", "days": 1},
    "places": [
        {"id": "station", "name": "社区服务站"},
        {"id": "building-3", "name": "3栋"},
    ],
    "people": [
        {
            "id": "worker-03",
            "name": "专职网格员03",
            "role": "grid_worker",
            "start_place": "station",
            "end_place": "station",
            "availability": [{"from": "2026-11-23T08:30", "to": "2026-11-23T17:30"}],
        }
    ],
    "visits": [
        {
            "id": "visit-1",
            "name": "探访高龄独居老人",
            "kind": "welfare_check",
            "places": ["building-3"],
            "windows": [{"from": "2026-11-23T09:00", "to": "2026-11-23T11:00"}],
            "duration": 30,
        }
    ],
    "settings": {
        "travel": {
            "kind": "matrix",
            "places": ["station", "building-3"],
            "minutes": [[0, 10], [10, 0]],
        }
    },
}
TINY_ROSTER: dict[str, Any] = {
    "instance": "tiny",
    "horizon": TINY["horizon"],
    "assignments": [
        {
            "task": "visit-1",
            "slot": 0,
            "person": "worker-03",
            "place": "building-3",
            "start": "2026-11-23T09:00",
            "end": "2026-11-23T09:30",
        }
    ],
}
CHANGES: dict[str, Any] = {
    "horizon": TINY["horizon"],
    "changes": [
        {
            "kind": "absence",
            "person": "worker-03",
            "from": "2026-11-23T08:00",
            "to": "2026-11-23T12:00",
        }
    ],
}
"""The only worker is away in the morning."""
PATCH: dict[str, Any] = {"title": "一人一访（改）", "horizon": {"days": 2}}
LABELS: dict[str, Any] = {"labels": {"ERP": "2026-W48", "社区": "一社区"}}
WEBHOOK: dict[str, Any] = {"url": "https://erp.example.cn/lianxin", "events": ["job.succeeded"]}


def example(name: str, value: Any) -> dict[str, Any]:
    """One named example, as OpenAPI has them."""
    return {name: {"value": value}}
