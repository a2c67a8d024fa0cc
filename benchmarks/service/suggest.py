"""How soon the service suggests where new or undone work fits into a week, and what a person could do."""

import json
import time
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from benchmarks.disruptions import single_changes
from benchmarks.service.installation import Installation, cpu_seconds, installation, until
from benchmarks.service.replan import spread
from benchmarks.service.weeks import sub_district
from scheduler.due import expand
from scheduler.explain.placements import missed
from scheduler.facts import Facts
from scheduler.model import Instance, Roster
from scheduler.model.tasks import tasks

_FIRST = 3
"""Questions that are told apart: the first has the roster read and made ready."""


def suggest(database: str | None, times: int, steps: int) -> Iterator[str]:
    """Questions about tasks, people and new visits of the sub-district, as one asks who names a job.

    times: questions of each kind. steps: of the search for the roster.
    """
    body = sub_district(1)
    instance = Instance.model_validate(body["instance"])
    with installation(database, 1, command=None) as made:
        job = made.submit(made.keep(body["instance"]), steps=steps)
        until(lambda: made.get(f"/v1/jobs/{job}")["state"] == "succeeded")
        roster = Roster.model_validate(made.get(f"/v1/jobs/{job}/roster?private=true"))
        first = [_asked(made, job, {"person": one.id}) for one in instance.people[:_FIRST]]
        yield f"the first {_FIRST}: {_line(first)}"
        for name, asked in questions(instance, roster, times).items():
            yield f"{name}: {_line([_asked(made, job, one) for one in asked])}"


def questions(instance: Instance, roster: Roster, times: int) -> dict[str, list[dict[str, Any]]]:
    """Kind → bodies of so many questions, no two alike."""
    random = Random(1)
    facts = Facts(expand(instance), roster)
    undone = [task.id for task in tasks(facts.instance) if missed(facts, task)]
    new = (
        visit
        for change in single_changes(instance, roster, 3 * times)
        if change.kind == "new"
        for visit in change.visits
    )
    people = [person.id for person in instance.people[_FIRST:]]
    return {
        "task": [{"task": id} for id in random.sample(undone, min(times, len(undone)))],
        "person": [{"person": id} for id in random.sample(people, min(times, len(people)))],
        "visit": [{"visit": json.loads(visit.model_dump_json(exclude_none=True))} for visit in new],
    }


def _asked(made: Installation, job: str, question: dict[str, Any]) -> tuple[float, float]:
    """Seconds to the answer, and of CPU."""
    used, begun = cpu_seconds(made.web.pid), time.monotonic()
    answer = made.post("/v1/suggestions", {"job_id": job, **question})
    waited = time.monotonic() - begun
    assert "suggestions" in answer, answer
    return waited, cpu_seconds(made.web.pid) - used


def _line(measured: Iterable[tuple[float, float]]) -> str:
    waited, used = zip(*measured, strict=True)
    return f"{len(waited)} questions, answered after {spread(waited)}, CPU {spread(used)}"
