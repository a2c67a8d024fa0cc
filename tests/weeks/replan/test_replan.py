"""Re-planning end to end: what stands stays, what fell finds a place, and no freeze is broken."""

from functools import cache

import pytest

from benchmarks.disruptions import disruptions
from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.engines.portfolio import Portfolio
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Freeze, Gap, Instance, Level, Roster, RuleSetting, Slot
from scheduler.model.changes import Absence, Cancel, Changes, New
from scheduler.model.tasks import slots
from scheduler.rules import rules as all_rules
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.replan.bounded import bounds
from scheduler.weeks.replan.exchanges import RankedExchanges, exchanges
from scheduler.weeks.replan.search import replan
from scheduler.weeks.replan.words import Announcer
from tests.rules.build import at, instance, person, roster, visit, window
from tests.weeks.replan.week import ROWS, changes, published, rows, week

STEPS = 20_000
MEDIUM = {
    rule: RuleSetting(on=False) for rule, one in all_rules().items() if one.level is Level.SOFT
}
TOLD = ("notified_person", "kept_time", "frozen")


def replanned(*some, **more):
    return replan(week(), published(), changes(*some, **more), Stop(steps=STEPS))


def amounts(instance: Instance, roster: Roster) -> dict[str, int]:
    report = check(instance, roster)
    return {one.rule.rule.id: one.amount for one in report.rules if one.rule.rule.id in TOLD}


def test_nothing_changes_where_nothing_changed() -> None:
    found = replanned()
    assert rows(found.roster) == set(ROWS)
    assert found.difference.by_person == {}
    assert amounts(found.instance, found.roster) == dict.fromkeys(TOLD, 0)


def test_a_new_visit_goes_where_nobody_else_is_moved() -> None:
    found = replanned(New(visits=(visit("n", windows=(window(0, "09:00", "17:00"),)),)))
    assert set(ROWS) < rows(found.roster)
    assert found.difference.started == ("n",)
    assert len(found.difference.moved) == 1


@pytest.mark.parametrize("every", [1, 5])
def test_who_comes_later_than_the_rest_of_a_crew_is_not_told_another_time(every: int) -> None:
    # Once x is cancelled B could come with A at ten, and was told a quarter past.
    crew = visit("v", Slot(), Slot(after=(0, 30)), windows=(window(0, "09:00", "17:00"),))
    before = visit("x", windows=(window(0, "09:00", "17:00"),))
    people = person("A"), person("B")
    both = instance(*people, crew, before, days=1, start_every=every)
    told = (("v", 0, "A", "P", at(0, "10:00")), ("v", 1, "B", "P", at(0, "10:15")))
    known = roster(both, *told, ("x", 0, "B", "P", at(0, "09:15")))
    off = Changes(horizon=both.horizon, changes=(Cancel(task="x"),))
    found = replan(both, known, off, Stop(steps=STEPS))
    assert rows(found.roster) == set(told)
    assert amounts(found.instance, found.roster) == dict.fromkeys(TOLD, 0)


def test_who_falls_sick_is_replaced_and_nobody_else_moves() -> None:
    found = replanned(Absence(person="B", **{"from": at(1), "to": at(2)}))
    assert found.difference.forced == {"B"}
    assert found.difference.moved == {"A"}
    assert ("s", 0, "A", "P", at(1, "09:00")) in rows(found.roster)
    assert found.roster.score is not None
    assert found.roster.score.hard == 0


def test_what_is_frozen_stays_even_where_moving_it_would_pay() -> None:
    # The only hour of n is the one in which everybody is busy or frozen.
    hour = (window(1, "10:00", "10:01"),)
    busy = New(visits=(visit("n", windows=hour, priority=5), visit("m", windows=hour, priority=5)))
    free = replanned(busy)
    assert set(free.difference.started) == {"n", "m"}
    frozen = replanned(busy, freeze=Freeze(time=at(1, "12:00")))
    assert rows(frozen.roster) == set(ROWS)
    assert amounts(frozen.instance, frozen.roster)["frozen"] == 0


def test_a_bound_on_people_moved_is_kept() -> None:
    hour = (window(1, "10:00", "10:01"),)
    busy = New(visits=tuple(visit(f"n{k}", windows=hour, priority=5) for k in range(3)))
    most = [
        replan(week(), published(), changes(busy), Stop(steps=STEPS), most_moved=count)
        for count in (0, 1, 2)
    ]
    assert [len(one.difference.moved) <= count for count, one in enumerate(most)] == [True] * 3
    assert rows(most[0].roster) == set(ROWS)
    assert len(most[1].difference.started) == 1
    assert all(one.roster.score == check(one.instance, one.roster).score for one in most)


def test_exchanges_share_neither_people_nor_tasks() -> None:
    after = replanned(Absence(person="B", **{"from": at(1), "to": at(2)}))
    groups = exchanges(published(), after.roster)
    assert [sorted(one.people) for one in groups] == [["A", "B"]]
    assert {one.task for one in groups[0].added} == {"s"}


@cache
def community() -> tuple[Instance, Roster]:
    """A community's week and a quickly made roster of it."""
    instance = expand(generate("shizishan/community", 1))
    return instance, solve(instance, Stop(steps=60_000), seed=1)


@pytest.mark.parametrize("number", range(10))
def test_disruptions_of_a_week_break_no_freeze_and_move_no_more_than_allowed(number: int) -> None:
    instance, roster = community()
    one = disruptions(instance, roster, number + 1)[number]
    most = 4 if number % 2 else None
    found = replan(instance, roster, one.changes, Stop(steps=STEPS), most_moved=most)
    report = check(found.instance, found.roster)
    assert found.roster.score == report.score
    assert report.score.hard <= check(instance, roster).score.hard
    assert amounts(found.instance, found.roster)["frozen"] == 0
    until = one.changes.freeze.time or 0
    hit = found.difference.forced
    known, kept = (
        {_without_spacing(instance, row) for row in rows(one) if row[4] < until}
        for one in (roster, found.roster)
    )
    assert {row for row in known if row[2] not in hit} >= {row for row in kept if row[2] not in hit}
    assert most is None or len(found.difference.moved) <= most
    for lang in LANGS:
        announcer = Announcer(Names(found.instance, lang, instance))
        told = announcer.announcements(found.difference)
        assert all(sentence for notice in told for sentence in notice.sentences)


def _without_spacing(instance: Instance, row: tuple) -> tuple:
    """A row, without its start where a partner may come at several moments: a freeze holds the first who comes."""
    task = instance.task_by_id.get(row[0])
    earliest, latest = (0, 0) if task is None else slots(task)[row[1]].after
    return row if earliest == latest else row[:4]


def test_a_stand_in_keeps_the_hour_of_the_partner_and_of_what_follows() -> None:
    """B falls sick: C goes with A at the time that A was told, for one new piece of work."""
    chain = week().changed(gaps=(Gap(first="x", second="y", least_minutes=0),))
    sick = Absence(person="B", **{"from": at(0), "to": at(1)})
    for most in (None, 1):
        found = replan(chain, published(), changes(sick), Stop(steps=STEPS), most_moved=most)
        assert set(ROWS) - rows(found.roster) == {("x", 1, "B", "Q", at(0, "14:00"))}
        assert rows(found.roster) - set(ROWS) == {("x", 1, "C", "Q", at(0, "14:00"))}
        assert (found.difference.moved, found.difference.forced) == ({"C"}, {"B"})
    nobody = replan(chain, published(), changes(sick), Stop(steps=STEPS), most_moved=0)
    assert {row for row in rows(nobody.roster) if row[2] != "B"} <= set(ROWS)
    assert nobody.difference.moved == frozenset()


def test_bounds_have_their_turn_one_by_one_and_then_in_larger_steps() -> None:
    assert list(bounds(0)) == []
    assert list(bounds(3)) == [1, 2, 3]
    assert list(bounds(8)) == list(range(1, 9))
    assert list(bounds(20)) == [*range(1, 9), 12, 18, 20]


def test_exchanges_of_people_who_do_not_count_may_meet_in_them() -> None:
    after = roster(
        week(),
        ("v", 0, "B", "P", at(0, "09:00")),
        *ROWS[1:5],
        ("y", 0, "B", "P", at(1, "15:00")),
    )
    together = exchanges(published(), after)
    apart = exchanges(published(), after, frozenset("B"))
    assert [sorted(one.people) for one in together] == [["A", "B", "C"]]
    assert sorted(sorted(one.people) for one in apart) == [["A", "B"], ["B", "C"]]


def test_exchanges_are_taken_by_what_they_gain_for_each_person_moved() -> None:
    crew = visit("crew", Slot(), Slot(), priority=2)
    idle = instance(
        *map(person, "ABC"), visit("alone"), crew, priority_points=(1, 4, 5, 10, 25), weights=MEDIUM
    )
    done = roster(
        idle,
        ("alone", 0, "A", "P", at(0, "09:00")),
        *(("crew", slot, who, "P", at(0, "09:00")) for slot, who in enumerate("BC")),
    )

    def taken(most: int, movable: str) -> set[str]:
        ranked = RankedExchanges(idle, roster(idle), done, frozenset(movable))
        found, people = ranked.best(most)
        assert people == {part.person for part in found.assignments} & set(movable)
        return {part.task for part in found.assignments}

    # 5 points for one person, 8 for two; who does not count is moved for nothing
    assert taken(0, "ABC") == set()
    assert taken(1, "ABC") == taken(2, "ABC") == {"alone"}
    assert taken(3, "ABC") == {"alone", "crew"}
    assert taken(1, "AB") == {"crew"}
    assert taken(0, "A") == {"crew"}


def test_a_bounded_replan_says_how_it_ended() -> None:
    sick = changes(Absence(person="B", **{"from": at(1), "to": at(2)}))

    def ended(stop: Stop) -> tuple[str, dict[str, float]]:
        outcome = replan(week(), published(), sick, stop, most_moved=1).roster.outcome
        assert outcome is not None
        assert (outcome.status, outcome.engine) == ("feasible", "anneal")
        return outcome.ended_by, outcome.limits

    # A few moves are enough to try all that one person more could do.
    assert ended(Stop(steps=STEPS)) == ("no_improvement", {"steps": STEPS, "cores": 1})
    asked = Stop()
    asked.request()
    assert ended(asked) == ("user", {"cores": 1})


def test_each_better_roster_of_a_bounded_replan_puts_off_the_end_for_want_of_improvement() -> None:
    stop, told = Stop(steps=STEPS, idle_seconds=3600), []
    stop.improved = lambda: told.append("improved")  # type: ignore[method-assign]
    sick = changes(Absence(person="B", **{"from": at(1), "to": at(2)}))
    better = lambda _: told.append("better")  # noqa: E731
    replan(week(), published(), sick, stop, most_moved=1, on_progress=better)
    assert told
    assert told == ["improved", "better"] * (len(told) // 2)


class _Ticking(Stop):
    """A clock that goes on by four tenths of a second with each look."""

    looks = 0

    @property
    def elapsed(self) -> float:
        self.looks += 1
        return 0.4 * self.looks


def test_a_bounded_replan_hands_out_a_roster_at_most_once_a_second() -> None:
    hour = (window(1, "10:00", "10:01"),)
    busy = changes(New(visits=tuple(visit(f"n{k}", windows=hour, priority=5) for k in range(3))))
    better: list[float] = []
    handed: list[float] = []
    replan(
        week(),
        published(),
        busy,
        _Ticking(steps=STEPS),
        most_moved=2,
        on_progress=lambda one: better.append(one.seconds),
        on_roster=lambda _: handed.append(better[-1]),
    )
    assert len(better) > 1
    # of those after 0.4, 0.8, 1.2 ... seconds the first, and then each third
    assert handed == better[::3]


@pytest.mark.parametrize("begun", [False, True])
def test_the_seconds_of_a_search_begin_when_moves_can_be_tried(begun: bool, monkeypatch) -> None:
    happened = []

    class NotedStop(Stop):
        def start(self) -> None:
            happened.append("clock")
            super().start()

    def constructed(*some) -> bool:
        happened.append("roster")
        return construct(*some)

    construct = Portfolio.construct
    monkeypatch.setattr(Portfolio, "construct", constructed)
    solve(week(), NotedStop(steps=1), start=published() if begun else None)
    assert happened == ["clock", "roster", "clock"][: 3 if begun else 2]


@pytest.mark.parametrize("most_moved", [None, 3])
def test_what_was_published_is_priced_by_what_differs(most_moved: int | None, monkeypatch) -> None:
    ask = changes(
        Cancel(task="v"), New(visits=(visit("n", windows=(window(0, "09:00", "17:00"),)),))
    )
    base, told = week(), published()
    found = replan(base, told, ask, Stop(steps=200), most_moved=most_moved)
    assert found.report == check(found.instance, found.roster)
    assert found.report.score == found.roster.score
    wanted = check(base, told)
    monkeypatch.setattr("scheduler.weeks.replan.search.checked", None)  # not as a whole
    assert found.report_before(base, told) == wanted


def test_what_was_published_is_priced_as_a_whole_where_much_differs() -> None:
    found = replan(week(), published(), changes(Cancel(task="v")), Stop(steps=200))
    other = week().changed(places=week().places[::-1])
    assert found.report_before(other, published()) == check(other, published())
