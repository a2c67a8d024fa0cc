"""A small week for the tests of weeks: three people, four visits and a shift over two days."""

from typing import Any


def visit(id: str, day: str, **more: Any) -> dict[str, Any]:
    """A visit of half an hour on a day of the week, at any hour of it."""
    window = {"from": f"{day}T09:00", "to": f"{day}T16:00"}
    return {"id": id, "kind": "check", "places": ["home"], "windows": [window], **more} | {
        "slots": [{"duration": "PT30M"}]
    }


def assignment(task: str, person: str, start: str, end: str, place: str = "home") -> dict[str, Any]:
    """Somebody's part in a task."""
    return {
        "task": task,
        "slot": 0,
        "person": person,
        "place": place,
        "start": start,
        "end": end,
    }
