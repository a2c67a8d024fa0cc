"""Three sub-districts side by side: each alone, and all in one week of 600 people and 6,000 visits.

Nobody works in two of them and nothing ties them, so the least cost of all is the sum of the three. The
cost shown is the medium level, what is left undone.
"""

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.families.case import BenchmarkCase, matches
from benchmarks.families.weeks import medium, save_week
from instances.generate import generate
from scheduler.model import Instance

PARTS = (1, 2, 3)
"""Seeds of the sub-districts."""
APART = 0.1
"""Degrees of longitude between two of them; 9.6 km."""
_NAMING = frozenset(
    (
        *("id", "parent", "area", "areas", "place", "places", "start_place", "end_place", "home"),
        *("household", "kin", "known_people", "person", "people", "preferred", "excluded"),
        *("case", "duty", "bundle", "tie", "task", "first", "second"),
    )
)
"""Fields that hold ids."""
_KEYED = frozenset({"ratings", "history"})
"""Fields whose keys are ids."""


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The three parts and the whole whose name matches; `data` is not read."""
    weeks = {f"part-{seed}": partial(part, seed) for seed in PARTS} | {"whole": whole}
    return [
        BenchmarkCase(name=name, load=load, cost=medium, best_known=None, save=save_week)
        for name, load in weeks.items()
        if matches(name, only)
    ]


def part(seed: int) -> Instance:
    """A sub-district of its own: ids begin with its number, and whoever goes anywhere stays in it."""
    week = generate("shizishan/sub_district", seed).model_dump(mode="json", exclude_none=True)
    for person in week["people"]:
        person["areas"] = person.get("areas") or ["street"]
    for place in week["places"]:
        place["point"]["longitude"] += (seed - 1) * APART
    return Instance.model_validate(numbered(week, f"{seed}/") | {"id": f"part-{seed}"})


def whole() -> Instance:
    """All three in one week."""
    first, *others = map(part, PARTS)
    fields = [name for name in Instance.model_fields if isinstance(getattr(first, name), tuple)]
    joined = {
        name: sum((getattr(o, name) for o in others), getattr(first, name)) for name in fields
    }
    history = first.history | others[0].history | others[1].history
    return first.changed(id="whole", history=history, **joined)


def numbered(node: Any, number: str, field: str = "") -> Any:
    """A JSON value with a number before each id."""
    if isinstance(node, dict):
        return {
            (number + name if field in _KEYED else name): numbered(one, number, name)
            for name, one in node.items()
        }
    if isinstance(node, list):
        return [numbered(one, number, field) for one in node]
    return number + node if field in _NAMING and isinstance(node, str) else node
