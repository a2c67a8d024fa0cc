"""How a search went so far, as a few points: kept with a job's progress, so that a chart of it outlives a reload."""

from collections.abc import Sequence
from typing import Any

MOST = 120
"""Points that are kept: of more, every second one goes."""


def grown(progress: dict[str, Any]) -> dict[str, Any]:
    """A job's progress with a point more in its ``curve``, where it found something better or a better bound."""
    if progress.get("score") is None:
        return progress
    point = {name: progress.get(name) for name in ("seconds", "unassigned", "score", "bound")}
    points: Sequence[dict[str, Any]] = progress.get("curve", ())
    if points and {**points[-1], "seconds": point["seconds"]} == point:
        return progress
    if len(points) >= MOST:
        points = [*points[:-1:2], points[-1]]
    return {**progress, "curve": [*points, point]}
