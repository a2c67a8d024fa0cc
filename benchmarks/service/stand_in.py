"""A search that only takes its time: an instance's title says how many seconds, from 09:00 on a minute better each tenth.

``python -m benchmarks.service.stand_in`` is a search process that asks it in the solver's place.
"""

import time
from collections.abc import Callable
from typing import Any

from scheduler.model import Assignment, Instance, Outcome, Roster, Score
from scheduler.solver import Progress
from scheduler.stop import Stop
from service.search_child import main

_TENTH = 0.1
_NINE = 540


def solve(
    instance: Instance,
    stop: Stop,
    *,
    on_progress: Callable[[Progress], None],
    on_roster: Callable[[Roster], None],
    **_: Any,
) -> Roster:
    """Wait, and have the first visit done by the first person."""
    seconds, begun, steps = float(instance.title), time.monotonic(), 0
    while (left := begun + seconds - time.monotonic()) > 0 and stop.reason(steps) is None:
        time.sleep(min(left, _TENTH))
        steps += 1
        if left > _TENTH:
            on_roster(roster(instance, _NINE + steps))
            on_progress(Progress(steps * _TENTH, Score(soft=-steps), 0, steps, 10.0, True))
    outcome = Outcome(ended_by="steps", versions={"lianxin": "stand-in"})
    return roster(instance, _NINE + steps).model_copy(update={"outcome": outcome})


def roster(instance: Instance, start: int) -> Roster:
    """The first visit done by the first person, so many ticks from midnight; the later, the better."""
    visit = instance.visits[0]
    done = Assignment(
        task=visit.id,
        slot=0,
        person=instance.people[0].id,
        place=visit.places[0],
        start=start,
        end=start + visit.duration,
    )
    return Roster(
        instance=instance.id,
        horizon=instance.horizon,
        assignments=(done,),
        score=Score(soft=1000 - start),
    )


if __name__ == "__main__":
    main(solve)
