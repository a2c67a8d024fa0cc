"""Who gets to search what, and what is known at the end."""

import pytest

from scheduler.checker import check
from scheduler.engines import portfolio
from scheduler.engines.search.search import Annealing, Slice
from scheduler.model import Instance, Limits, RuleSetting, Score, Slot, Wish
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.engines.columns.drawn import drawn
from tests.rules.build import at, instance, person, roster, shift, visit, window


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


def shifts_and_a_visit() -> Instance:
    """A shift that anna would rather not do, and a visit."""
    limits = Limits(breaks=None)
    return instance(
        person("anna", limits=limits, wishes=(Wish(want=False, kind="desk", weight=9),)),
        person("ben", limits=limits),
        shift("s", at(0, "09:00"), kind="desk"),
        visit("v", windows=(window(1, "09:00", "10:00"),)),
        days=2,
        weights={"fairness": RuleSetting(on=False)},
    )


def idle_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proof, and annealing that tells how it stands once and changes nothing."""

    def run(self, stop, tell, warm=False):
        tell(Slice(self.best.cost, self.best.unassigned, self.steps, improved=False))
        return "time"

    monkeypatch.setattr(portfolio, "SMALL", 0)
    monkeypatch.setattr(Annealing, "run", run)


@pytest.mark.parametrize(("left", "engine", "soft"), [(1.0, "columns", 0), (0.0, "construct", 9)])
def test_late_in_the_search_columns_decide_the_shifts(
    monkeypatch: pytest.MonkeyPatch, left: float, engine: str, soft: int
) -> None:
    idle_search(monkeypatch)
    monkeypatch.setattr(portfolio, "HELD_LEFT", left)
    week = shifts_and_a_visit()
    start = roster(
        week, ("s", 0, "anna", "P", at(0, "09:00")), ("v", 0, "ben", "P", at(1, "09:00"))
    )
    found = solve(week, Stop(seconds=1_000), start=start)
    assert found.outcome is not None
    assert (found.outcome.engine, found.score) == (engine, Score(soft=soft))
    assert [one.person for one in found.assignments if one.task == "v"] == ["ben"]


def test_a_search_limited_by_steps_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(portfolio, "HELD_LEFT", 1.0)
    monkeypatch.setattr(portfolio, "partial_subproblem", lambda *_: asked.append(1))
    solve(shifts_and_a_visit(), Stop(steps=3_000))
    assert not asked
