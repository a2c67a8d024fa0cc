"""Who gets to search what, and what is known at the end."""

import itertools

import pytest

from scheduler.checker import check, checked
from scheduler.engines import columns, deciding_shifts, exact, incumbent, portfolio
from scheduler.engines.exact import ExactResult
from scheduler.engines.incumbent import Incumbent
from scheduler.engines.search.search import Annealing, Slice
from scheduler.engines.search.thread import Thread
from scheduler.lowered.dense_roster import DenseRoster
from scheduler.model import Instance, Limits, Need, Roster, RuleSetting, Score, Slot, Wish
from scheduler.model.tasks import undone
from scheduler.rules.lower import lower
from scheduler.solver import Progress, solve
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


@pytest.fixture
def no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns are asked at once, for an instance of any size."""
    monkeypatch.setattr(portfolio, "SMALL", 0)
    monkeypatch.setattr(portfolio, "FIRST_SECONDS", 0.0)


def test_a_roster_of_shifts_goes_to_columns(no_proof: None) -> None:
    shifts = drawn(2, days=5, people=3)
    roster = solve(shifts, Stop())
    outcome = roster.outcome
    assert outcome is not None
    assert (outcome.engine, outcome.status) == ("columns", "optimal")
    assert check(shifts, roster).score == roster.score == outcome.bound


def test_shifts_begin_with_people_in_turn_and_nothing_is_packed_for_annealing(
    no_proof: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise AssertionError("an arena")

    monkeypatch.setattr(Annealing, "__init__", fail)
    shifts = drawn(3, days=14, people=4)
    first: list[Roster] = []
    roster = solve(shifts, Stop(), on_roster=first.append)
    assert roster.outcome is not None
    assert roster.outcome.engine == "columns"
    assert not codes(roster)
    assert roster.score is not None
    assert first[0].score is not None
    assert first[0].score.hard == 0
    assert roster.score <= first[0].score == check(shifts, first[0]).score


def test_columns_that_find_nothing_in_time_leave_what_there_was(no_proof: None) -> None:
    shifts = drawn(1)
    roster = solve(shifts, Stop(seconds=2))
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
    monkeypatch.setattr(deciding_shifts, "LEFT", left)
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
    monkeypatch.setattr(deciding_shifts, "LEFT", 1.0)
    monkeypatch.setattr(columns, "partial_subproblem", lambda *_: asked.append(1))
    solve(shifts_and_a_visit(), Stop(steps=3_000))
    assert not asked


@pytest.mark.parametrize(("seconds", "times"), [(1_000.0, 1), (999.0, 0)])
@pytest.mark.parametrize(("name", "needed"), [("LEAST_SECONDS", 80.0), ("PERSON_SECONDS", 40.0)])
def test_a_search_too_short_for_columns_asks_for_none(
    monkeypatch: pytest.MonkeyPatch, name: str, needed: float, seconds: float, times: int
) -> None:
    """They get 8 % of the time: 80 s of 1,000 s, which two people need of 40 s each."""
    asked: list[int] = []
    idle_search(monkeypatch)
    monkeypatch.setattr(deciding_shifts, "LEFT", 1.0)
    monkeypatch.setattr(deciding_shifts, name, needed)
    monkeypatch.setattr(columns, "partial_subproblem", lambda *_: asked.append(1))
    solve(shifts_and_a_visit(), Stop(seconds=seconds))
    assert len(asked) == times


def test_shifts_are_decided_once_when_it_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    lowered = lower(shifts_and_a_visit())
    best = incumbent.nobody_working(lowered).incumbent
    deciding = deciding_shifts.DecidingShifts(lowered, 1_000.0, 1)
    for left in (1.0, 0.2, 0.15, 0.1):
        monkeypatch.setattr(columns, "partial_subproblem", lambda *_, at=left: asked.append(at))
        deciding.better(best, Stop(), left)
    assert asked == [0.15]


def clashing() -> Instance:
    """One person, two visits at one moment, of 1 and of 25 medium points: one stays undone, the lesser."""
    return instance(
        person("anna"),
        visit("minor", priority=1, windows=(window(0, "09:00", "09:01"),)),
        visit("urgent", priority=5, windows=(window(0, "09:00", "09:01"),)),
        days=1,
    )


def counted_checks(monkeypatch: pytest.MonkeyPatch) -> list[Roster]:
    """The rosters that the portfolio has checked as a whole from now on."""
    rosters: list[Roster] = []

    def counted(facts):
        rosters.append(facts.roster)
        return checked(facts)

    monkeypatch.setattr(incumbent, "checked", counted)
    return rosters


def test_from_a_known_start_only_what_is_handed_out_is_checked_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    week = clashing()
    start = roster(week, ("minor", 0, "anna", "P", at(0, "09:00")))
    rosters = counted_checks(monkeypatch)
    found = solve(week, Stop(steps=100), start=start)
    assert [one.assignments for one in rosters] == [found.assignments]


def test_undone_is_told_as_the_model_counts_it() -> None:
    # Two of a crew of three are enough but for the one it must have; a shift needs two, and one more is welcome.
    crew = Slot(), Slot(), Slot(must=True)
    week = instance(
        *(person(name) for name in ("anna", "bert", "cleo")),
        visit("crew", *crew, least_crew=2),
        shift("duty", 0, Need(minimum=2, target=3)),
        shift("welcome", 0, Need(minimum=0, target=1)),
    )
    made = portfolio.Portfolio(lower(week), 0, 1, lambda: None)
    for filled in itertools.product([True, False], repeat=7):
        slots = tuple(0 if one else -1 for one in filled)
        dense = DenseRoster((0, 0, 0), slots, (0,) * 7)
        made.best = Incumbent(dense, 0, "anneal")
        by_task = {
            "crew": [n for n in range(3) if filled[n]],
            "duty": [n for n in range(3) if filled[3 + n]],
            "welcome": [0] if filled[6] else [],
        }
        assert made.undone == undone(week, by_task)


def codes(found: Roster) -> list[tuple[str, str]]:
    assert found.outcome is not None
    return [(notice.code, notice.value) for notice in found.outcome.notices]


def test_no_notice_without_an_error() -> None:
    assert codes(solve(clashing(), Stop())) == []


@pytest.mark.parametrize("lie", [-1, 1])
def test_the_others_go_on_where_annealing_lies(monkeypatch: pytest.MonkeyPatch, lie: int) -> None:
    honest = Thread.cost.fget
    monkeypatch.setattr(Thread, "cost", property(lambda thread: honest(thread) + lie))
    found = solve(clashing(), Stop())
    assert codes(found) == [("engine_priced_otherwise", "anneal")]
    assert found.outcome is not None
    assert (found.outcome.status, found.outcome.engine) == ("optimal", "construct")
    assert found.score == check(clashing(), found).score
    assert found.score is not None
    assert found.score.medium == 1


def test_a_liar_that_begins_well_loses_to_what_was_verified(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # From the second slice on annealing hands out nothing at all, and says that it costs 5 soft points.
    made = []
    nothing = DenseRoster((-1, -1), (-1, -1), (0, 0))

    def run(self, stop, tell, warm=False):
        monkeypatch.setattr(Thread, "dense", lambda thread: nothing)
        made.append(tell(Slice(cost=5, unassigned=0, steps=1, improved=True)))
        return "time"

    monkeypatch.setattr(portfolio, "SMALL", 0)
    monkeypatch.setattr(Annealing, "run", run)
    found = solve(clashing(), Stop(steps=10))
    assert codes(found) == [("engine_priced_otherwise", "anneal")]
    assert [one.task for one in found.assignments] == ["urgent"]
    assert found.score is not None
    assert found.score.medium == 1


@pytest.mark.parametrize("name", ["construct", "run"])
def test_an_engine_that_raises_is_named_and_left_out(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_args, **_more):
        raise RuntimeError("kernel bug 1")

    monkeypatch.setattr(Annealing, name, fail)
    found = solve(clashing(), Stop())
    assert found.outcome is not None
    (notice,) = found.outcome.notices
    assert (notice.code, notice.value) == ("engine_failed", "anneal")
    assert notice.slots == {"reason": "RuntimeError: kernel bug 1"}
    assert found.score is not None
    assert (found.outcome.status, found.score.medium) == ("optimal", 1)


def test_without_any_engine_the_empty_roster_is_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args, **_more):
        raise MemoryError

    monkeypatch.setattr(Annealing, "construct", fail)
    monkeypatch.setattr(exact, "solve_exact", fail)
    monkeypatch.setattr(columns, "full_subproblem", lambda _lowered: None)
    found = solve(clashing(), Stop(seconds=5))
    assert found.assignments == ()
    assert found.score == check(clashing(), found).score
    assert codes(found) == [("engine_failed", "anneal"), ("engine_failed", "cp_sat")]


def test_a_bound_above_a_checked_roster_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Stop(seconds=60)

    def lie(lowered, seconds, *_args, **_more):
        stop.request()
        return ExactResult("optimal", None, None, 2 * lowered.scale.hard)

    monkeypatch.setattr(exact, "solve_exact", lie)
    found = solve(clashing(), stop)
    assert codes(found) == [("engine_bound_too_high", "cp_sat")]
    assert found.outcome is not None
    assert (found.outcome.status, found.outcome.bound) == ("feasible", None)


def test_what_the_caller_raises_is_no_fault_of_an_engine() -> None:
    class Own(Exception):
        pass

    def fail(_progress):
        raise Own

    with pytest.raises(Own):
        solve(clashing(), Stop(seconds=1), on_progress=fail)


def test_progress_tells_what_the_best_roster_leaves_undone() -> None:
    # Nobody can do wires; one person cannot be at two shifts at once.
    week = instance(
        person("anna"),
        visit("easy"),
        visit("wires", Slot(skills={"wiring": 1})),
        shift("first", start=at(0, "09:00")),
        shift("second", start=at(0, "09:00")),
        days=1,
    )
    seen: list[Progress] = []
    solve(week, Stop(seconds=5), on_progress=seen.append)
    assert (seen[-1].visits, seen[-1].shifts) == (1, 1)
