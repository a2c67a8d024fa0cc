"""How soon a coordinator who re-plans after a cancellation is offered a roster, and what that costs.

From the post of the plan until the week's page could show what it makes of the week: asked for again and
again, as nothing but the answer says when. The CPU is that of all processes until then.
"""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.service.installation import Installation, cpu_seconds, installation
from benchmarks.service.requests import p95
from benchmarks.service.weeks import sub_district

_PAUSE = 0.02
_LIMIT_SECONDS = 2


def replan(database: str | None, times: int, steps: int) -> Iterator[str]:
    """Plans for one cancellation each, one after the other; the first of them is told apart.

    times: plans. steps: of the search for the week's roster.
    """
    body = sub_district(steps)
    with installation(database, 1, command=None) as made:
        week = made.post("/v1/weeks", body)["id"]
        visits = [visit["id"] for visit in body["instance"]["visits"]]
        done = {part["task"] for part in body["roster"]["assignments"]}
        cancelled = [visit for visit in visits if visit in done]
        each = len(cancelled) // (times + 1)
        measured = [_offered(made, week, task) for task in cancelled[::each][: times + 1]]
    yield f"the first: {_line(measured[:1])}"
    yield f"{times} more: {_line(measured[1:])}"


def _offered(made: Installation, week: str, task: str) -> tuple[float, float, float]:
    """Seconds until the plan is kept, until it is offered, and of CPU until then."""
    pids = (made.web.pid, *(worker.pid for worker in made.workers))
    plan = {
        "kind": "replan",
        "changes": [{"kind": "cancel", "task": task}],
        "limits": {"seconds": _LIMIT_SECONDS},
    }
    used, begun = cpu_seconds(*pids), time.monotonic()
    kept = made.post(f"/v1/weeks/{week}/plans", plan)
    at = f"/v1/weeks/{week}/plans/{kept['id']}"
    posted = time.monotonic() - begun
    while made.get(at)["effect"] is None:
        time.sleep(_PAUSE)
    offered = time.monotonic() - begun
    used = cpu_seconds(*pids) - used
    while made.get(f"/v1/jobs/{kept['id']}")["ended_at"] is None:
        time.sleep(0.2)
    return posted, offered, used


def _line(measured: list[tuple[float, float, float]]) -> str:
    posted, offered, used = (
        [1000 * second for second in one] for one in zip(*measured, strict=True)
    )
    return (
        f"kept after {median(posted):.0f} ms (p95 {p95(posted):.0f}), offered after {median(offered):.0f} ms"
        f" (p95 {p95(offered):.0f}), {median(used):.0f} ms of CPU (p95 {p95(used):.0f})"
    )
