"""How soon a coordinator who tells of a change is offered a roster, how soon a searched one, and what that costs.

From the post of the plan until the week's page could show what it makes of the week: asked for again and
again, as nothing but the answer says when. The CPU is that of all processes until then.
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

from benchmarks.disruptions import single_changes
from benchmarks.service.installation import Installation, cpu_seconds, installation
from benchmarks.service.requests import p95
from benchmarks.service.weeks import sub_district
from scheduler.model import Instance, Roster
from scheduler.model.changes import Changes

_PAUSE = 0.005
_LIMIT_SECONDS = 60
_FIRST = 3
"""Plans that are told apart: what they load and lower is kept then."""


@dataclass(frozen=True)
class TimedPlan:
    """Seconds from the post of a plan. kept: until it is; offered: until a roster can be looked at.

    kind: of its change; searched: until the search has one too; cpu: seconds of all processes until it is offered
    """

    kind: str
    kept: float
    offered: float
    searched: float
    cpu: float


def replan(database: str | None, times: int, steps: int) -> Iterator[str]:
    """Plans for one change each, one after the other: a cancelled visit, somebody ill, an urgent visit, in turns.

    times: plans. steps: of the search for the week's roster, which is published.
    """
    body = sub_district(steps)
    instance = Instance.model_validate(body["instance"])
    roster = Roster.model_validate(body["roster"])
    changes = [
        json.loads(
            Changes(horizon=instance.horizon, changes=(change,)).model_dump_json(exclude_none=True)
        )["changes"][0]
        for change in single_changes(instance, roster, times + _FIRST)
    ]
    with installation(database, 1, command=None) as made:
        week = made.post("/v1/weeks", body)["id"]
        made.post(f"/v1/weeks/{week}/publications", {})
        for change in changes[:_FIRST]:
            yield f"the first {change['kind']}: {_line([_planned(made, week, change)])}"
        plans = [_planned(made, week, change) for change in changes[_FIRST:]]
    yield from lines(plans)


def lines(plans: Sequence[TimedPlan]) -> Iterator[str]:
    """What is printed of plans, by kind and of all."""
    by_kind = sorted(plans, key=lambda plan: plan.kind)
    for kind, those in groupby(by_kind, key=lambda plan: plan.kind):
        yield f"{kind}: {_line(list(those))}"
    yield f"all: {_line(plans)}"


def _planned(made: Installation, week: str, change: dict[str, Any]) -> TimedPlan:
    pids = (made.web.pid, *(worker.pid for worker in made.workers))
    plan = {"kind": "replan", "changes": [change], "limits": {"seconds": _LIMIT_SECONDS}}
    used, begun = cpu_seconds(*pids), time.monotonic()
    kept = made.post(f"/v1/weeks/{week}/plans", plan)
    job, at = f"/v1/jobs/{kept['id']}", f"/v1/weeks/{week}/plans/{kept['id']}"
    posted = time.monotonic() - begun
    while made.get(at)["effect"] is None:
        time.sleep(_PAUSE)
    offered = time.monotonic() - begun
    used = cpu_seconds(*pids) - used
    while made.get(job)["score"] is None:
        time.sleep(_PAUSE)
    searched = time.monotonic() - begun
    made.post(f"{at}/discard", {})
    while made.get(job)["ended_at"] is None:
        time.sleep(_PAUSE)
    return TimedPlan(change["kind"], posted, offered, searched, used)


def _line(plans: Sequence[TimedPlan]) -> str:
    return f"{len(plans)} plans, " + ", ".join(
        f"{name} {spread([getattr(plan, field) for plan in plans])}"
        for name, field in (
            ("kept after", "kept"),
            ("offered after", "offered"),
            ("searched after", "searched"),
            ("CPU until offered", "cpu"),
        )
    )


def spread(seconds: Sequence[float]) -> str:
    """Median, p95 and most, in ms."""
    return f"{1000 * median(seconds):.0f} ms (p95 {1000 * p95(seconds):.0f}, most {1000 * max(seconds):.0f})"
