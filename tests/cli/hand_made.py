"""Weeks and rosters by hand, in files where commands are run."""

from pathlib import Path
from typing import Any

from instances.tiny import tiny
from tests.formats.week import bytes_of

CREW = tiny("crew_meets")


def put(name: str, data: dict[str, Any]) -> Path:
    """A file with JSON."""
    path = Path(name)
    path.write_bytes(bytes_of(data))
    return path


def hand_made(instance: str, *rows: tuple[str, str, str, str, str]) -> dict[str, Any]:
    """A roster of the week by hand: (task, person, place, start, end)."""
    fields = ("task", "person", "place", "start", "end")
    assignments = [{"slot": 0, **dict(zip(fields, row, strict=True))} for row in rows]
    return {
        "instance": instance,
        "horizon": {"start": "2026-11-23", "days": 7},
        "assignments": assignments,
    }


GOOD = ("visit-1", "worker-1", "plaza", "2026-11-23T10:00", "2026-11-23T10:30")
TOO_EARLY = ("visit-1", "worker-1", "plaza", "2026-11-23T08:30", "2026-11-23T09:00")
