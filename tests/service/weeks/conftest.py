"""A small week of two people and four visits, and a service that keeps one of it for each test."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

DAYS = ("2026-11-23", "2026-11-24")
HORIZON = {"start": DAYS[0], "days": 2}


def _visit(id: str, day: str) -> dict[str, Any]:
    return {
        "id": id,
        "name": f"走访{id}",
        "kind": "check",
        "places": ["home"],
        "windows": [{"from": f"{day}T09:00", "to": f"{day}T16:00"}],
        "duration": 30,
    }


def _person(id: str) -> dict[str, Any]:
    return {
        "id": id,
        "name": f"网格员{id}",
        "role": "grid_worker",
        "availability": [{"from": f"{day}T08:30", "to": f"{day}T17:30"} for day in DAYS],
    }


def _part(task: str, person: str, day: str, hour: str) -> dict[str, Any]:
    return {
        "task": task,
        "slot": 0,
        "person": person,
        "place": "home",
        "start": f"{day}T{hour}:00",
        "end": f"{day}T{hour}:30",
    }


WEEK: dict[str, Any] = {
    "id": "small",
    "title": "小周",
    "horizon": HORIZON,
    "places": [{"id": "home", "name": "3栋"}],
    "people": [_person("li"), _person("wang"), _person("zhao")],
    "visits": [
        _visit("a", DAYS[0]),
        _visit("b", DAYS[0]),
        _visit("c", DAYS[1]),
        _visit("d", DAYS[1]),
    ],
    "settings": {"travel": {"kind": "matrix", "places": ["home"], "minutes": [[0]]}},
}
ROSTER: dict[str, Any] = {
    "instance": "small",
    "horizon": HORIZON,
    "assignments": [
        _part("a", "li", DAYS[0], "09"),
        _part("b", "wang", DAYS[0], "10"),
        _part("c", "li", DAYS[1], "09"),
    ],
}


class Desk:
    """A week, as somebody at a desk works on it."""

    def __init__(self, http: httpx2.Client, week: Any = WEEK, roster: Any = ROSTER):
        self.http = http
        answer = http.post("/weeks", json={"instance": week, "roster": roster})
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]

    def command(self, *changes: dict[str, Any], status: int = 200, **more: Any) -> dict[str, Any]:
        """Do changes; the answer."""
        return self.post("commands", {"changes": list(changes), **more}, status)

    def post(self, what: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
        """Ask something of the week; the answer."""
        answer = self.http.post(f"/weeks/{self.id}/{what}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, what: str = "") -> dict[str, Any]:
        """Read something of the week."""
        answer = self.http.get(f"/weeks/{self.id}{what}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def who(self) -> dict[str, str]:
        """Who does what."""
        parts = self.get("/state")["roster"]["assignments"]
        return {part["task"]: part["person"] for part in parts}


@pytest.fixture
def desk(http: httpx2.Client) -> Desk:
    """A week of its own over SQLite."""
    return Desk(http)


@pytest.fixture
def desk_of(make_service: Callable[..., Any], kind: str) -> Desk:
    """A week of its own over a kind of database."""
    return Desk(make_service(kind, worker=False).http)
