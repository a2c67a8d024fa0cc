"""A week in the shape of INRC-II: short of nurses by three.

Five nurses, two of them no head nurses, have 13 demands of one nurse and 13 that are wished for on top.
"""

import pytest

from scheduler.checker import check
from scheduler.engines.exact import solve_exact
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import (
    Instance,
    Level,
    Limits,
    Need,
    Person,
    PersonHistory,
    RuleSetting,
    Window,
)
from scheduler.rules.lower import lower
from tests.rules.build import DAY, amounts, at, instance, person, shift

STARTS = {"Early": "07:00", "Late": "15:00", "Night": "23:00"}
DEMAND = """
Early head  1-  -   -   -   -   -   -
Early nurse 01  01  11  12  -   12  01
Late  head  -   -   -   -   1-  -   -
Late  nurse 11  12  -   12  01  11  -
Night nurse 12  -   01  11  12  01  12
"""
"""Minimum and target of each day; a dash: no such shift, or no target beyond the minimum."""


def shifts() -> list:
    found = []
    for kind, skill, *days in (line.split() for line in DEMAND.split("\n") if line):
        for day, (least, *target) in enumerate(days):
            if least == "-":
                continue
            wanted = None if target == ["-"] else int(target[0])
            need = Need(
                skills={skill: 1}, minimum=int(least), target=wanted, maximum=3, under_points=30
            )
            start = at(day, STARTS[kind])
            name = f"{kind} {skill} {day}"
            found.append(shift(name, start, need, duration=480, kind=kind))
    return found


def nurse(name: str, skills: str, days_off: int) -> Person:
    limits = Limits(
        daily_tasks=1, days_in_row_max=5, days_in_row_min=3, days_off_min=days_off, weekends=1
    )
    there = (Window(start=0, end=8 * DAY),)
    own = dict.fromkeys(skills.split(), 1)
    return person(name, skills=own, limits=limits, availability=there)


def week() -> Instance:
    soft = RuleSetting(level=Level.SOFT, weight=30)
    return instance(
        nurse("patrick", "nurse head", 2),
        nurse("andrea", "nurse head", 2),
        nurse("stefaan", "nurse head", 3),
        nurse("sara", "nurse", 3),
        nurse("nguyen", "nurse", 2),
        *shifts(),
        history={
            "patrick": PersonHistory(run_on=1, last_kinds=("Night",)),
            "andrea": PersonHistory(run_on=3, last_kinds=("Early",)),
            "stefaan": PersonHistory(run_off=3),
            "sara": PersonHistory(run_on=1, last_kinds=("Late",)),
            "nguyen": PersonHistory(run_off=1),
        },
        weights={
            **dict.fromkeys(
                ("least_days_in_row", "days_in_row", "least_days_off", "weekends"), soft
            ),
            **dict.fromkeys(("fairness", "weekends_in_turn", "even_days"), RuleSetting(on=False)),
        },
        limits={},
        forbidden_sequences=(("Late", "Early"), ("Night", "Early"), ("Night", "Late")),
    )


def test_the_best_week_is_short_of_three_nurses():
    found = week()
    lowered = lower(found)
    best = solve_exact(lowered, seconds=60)
    assert best.status == "optimal"
    assert best.dense is not None
    report = check(found, to_roster(lowered, best.dense))
    assert (report.score.hard, report.score.medium) == (0, 0)
    scores = {one.rule.rule.id: one.score.soft for one in report.rules if one.score.soft}
    assert sum(scores.values()) == 90
    assert best.bound == best.points == 90


@pytest.mark.parametrize(("days", "lacking"), [((), 2), ((0,), 1), ((0, 1), 0), ((1, 2, 3), 2)])
def test_a_single_day_before_the_week_is_judged_in_it(days, lacking):
    # Sara worked on Sunday alone, and three days in a row are the least; her week may go on after.
    found = week().changed(history={"sara": PersonHistory(run_on=1, kind_runs={"Late": 1})})
    rows = [("Late nurse 0", 0), ("Late nurse 1", 0), ("Early nurse 2", 0), ("Late nurse 3", 0)]
    rows = [
        (rows[day][0], rows[day][1], "sara", "P", found.task_by_id[rows[day][0]].start)
        for day in days
    ]
    assert sum(amounts("least_days_in_row", found, *rows).get("sara", [])) == lacking
