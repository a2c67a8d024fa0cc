"""A grid worker is away on Thursday: each person whom a re-plan may move more is put to use."""

import os
from datetime import date
from pathlib import Path

import pytest

from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.formats.json_file import read_instance, read_roster
from scheduler.model import Instance, Roster
from scheduler.model.changes import Absence, Changes
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.replan import apply
from scheduler.weeks.replan.search import ReplanResult, replan

WHO = "grid_worker-001"
STEPS = 250_000
FILES = Path(os.environ.get("LIANXIN_BENCHMARKS", "nowhere")).parent / "cases" / "24-replan-cancel"


def absence(week: Instance) -> Changes:
    horizon = week.horizon
    first = horizon.day(date(2026, 11, 26)) * horizon.day_ticks
    away = Absence(person=WHO, **{"from": first, "to": first + horizon.day_ticks})
    return Changes(horizon=horizon, changes=(away,))


def bounded(week: Instance, roster: Roster) -> list[ReplanResult]:
    """Re-plans that may move nobody else, one person, two people."""
    return [
        replan(week, roster, absence(week), Stop(steps=STEPS), most_moved=most) for most in range(3)
    ]


def test_a_larger_bound_places_more_and_none_is_worse_than_replanning_who_is_away() -> None:
    week = expand(generate("shizishan/community", 1))
    roster = solve(week, Stop(steps=60_000), seed=2)
    found = bounded(week, roster)
    scores = [check(one.instance, one.roster).score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[1].medium < scores[0].medium
    assert [len(one.difference.moved) <= most for most, one in enumerate(found)] == [True] * 3
    assert {one.instance.affected for one in found} == {(WHO,)}
    applied = apply(week, roster, absence(week))
    others = [person.id for person in week.people if person.id != WHO]
    alone = solve(applied.instance, Stop(steps=20_000), start=applied.remaining, held=others)
    assert alone.score is not None
    assert scores[0] <= alone.score < check(applied.instance, applied.remaining).score


@pytest.mark.skipif(not FILES.exists(), reason="the shared cases are not here")
def test_the_published_week_of_the_case() -> None:
    week = expand(read_instance(FILES / "week.json"))
    found = bounded(week, read_roster(FILES / "roster.json"))
    medium = [check(one.instance, one.roster).score.medium for one in found]
    assert medium == sorted(medium, reverse=True)
    assert medium[0] <= 172
    assert medium[1] <= 162
