"""Who gets to search what, and what is known at the end."""

import pytest

from scheduler import portfolio
from scheduler.checker import check
from scheduler.model import RuleSetting, Score, Slot
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.columns.drawn import drawn
from tests.rules.build import instance, person, visit, window


def test_a_small_week_is_proven_and_ends_by_itself() -> None:
    # One person, two visits at one moment: the one of priority 1 (1 point) is left undone.
    week = instance(
        person("anna"),
        visit("minor", priority=1, windows=(window(0, "09:00", "09:01"),)),
        visit("urgent", priority=5, windows=(window(0, "09:00", "09:01"),)),
        days=1,
    )
    roster = solve(week, Stop())
    outcome = roster.outcome
    assert outcome is not None
    assert (outcome.status, outcome.ended_by, outcome.gap) == ("optimal", "optimal", 0.0)
    assert outcome.bound == roster.score
    assert roster.score is not None
    assert roster.score.medium == 1


def test_what_no_roster_can_keep_is_told_as_infeasible() -> None:
    week = instance(
        person("anna"),
        visit("wires", Slot(skills={"wiring": 1}), windows=(window(0, "09:00", "10:00"),)),
        weights={"unassigned": RuleSetting(level="hard")},
        days=1,
    )
    proven = solve(week, Stop()).outcome
    assert proven is not None
    assert proven.status == "infeasible"
    assert proven.bound is not None
    assert proven.bound.hard > 0
    annealed = solve(week, Stop(steps=100)).outcome
    assert annealed is not None
    assert (annealed.status, annealed.bound) == ("unknown", None)


def test_a_roster_of_shifts_goes_to_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio, "SMALL", 0)
    monkeypatch.setattr(portfolio, "FIRST_SECONDS", 0.0)
    shifts = drawn(1)
    roster = solve(shifts, Stop(seconds=60))
    outcome = roster.outcome
    assert outcome is not None
    assert outcome.engine in ("columns", "construct")
    report = check(shifts, roster)
    assert report.score == roster.score
    assert outcome.bound is None or outcome.bound <= report.score


def test_steps_make_a_search_that_can_be_done_again() -> None:
    rosters = [solve(drawn(2), Stop(steps=3_000), seed=4) for _ in range(2)]
    assert rosters[0].assignments == rosters[1].assignments
    assert rosters[0].outcome is not None
    assert rosters[0].outcome.engine in ("anneal", "construct")


def test_the_gap_is_told_at_the_first_level_that_differs() -> None:
    assert Score(hard=0, medium=20, soft=7).gap(Score(medium=15, soft=9)) == 0.25
    assert Score(medium=3, soft=8).gap(Score(medium=3, soft=6)) == 0.25
    assert Score(medium=3, soft=8).gap(Score(medium=3, soft=8)) == 0.0
