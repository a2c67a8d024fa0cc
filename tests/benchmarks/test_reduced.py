"""What is left of an instance for route planners."""

import pytest

from benchmarks.families.day_routes import SIZES, day
from benchmarks.peers.features import FEATURES, lacking
from benchmarks.peers.tables import NOWHERE, replay, routing_tables
from benchmarks.reduced import (
    EXPRESSIBLE_RULES,
    WEEK_LIMITS,
    WEEK_RULES,
    by_shared_cost,
    expressible,
    shared_cost,
    single_people,
)
from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.model import Level, RuleSetting, Score
from scheduler.rules import active, rules
from tests.benchmarks.days import crossing


def test_the_one_number_puts_hard_before_undone_before_travel():
    # 2 * 1 000 000 + 3 * 60 + 40
    assert shared_cost(Score(hard=2, medium=3, soft=40)) == 2_000_220


@pytest.mark.parametrize("done", [(), ("far",), ("near", "far", "late")])
def test_what_solvers_search_by_is_what_they_are_compared_by(done: tuple[str, ...]):
    instance = expressible(crossing()).instance
    tables = routing_tables(instance)
    jobs = [job.task for job in tables.jobs]
    roster = replay(tables, [[jobs.index(task) for task in done], []])
    score = check(instance, roster).score
    assert (score.medium == 0) == (len(done) == 3)
    asked = check(by_shared_cost(instance), roster).score
    assert asked == Score(hard=score.hard, soft=60 * score.medium + score.soft)


def test_by_the_one_number_a_weight_counts_and_a_hard_rule_stays_hard():
    instance = expressible(crossing()).instance

    def undone(setting: RuleSetting) -> Score:
        rules = instance.settings.rules | {"unassigned": setting}
        settings = instance.settings.model_copy(update={"rules": rules})
        asked = by_shared_cost(instance.changed(settings=settings))
        return check(asked, replay(routing_tables(instance), [[], []])).score

    # Three visits of 5 points each.
    assert undone(RuleSetting(weight=2)) == Score(soft=3 * 5 * 2 * 60)
    assert undone(RuleSetting(level=Level.HARD)) == Score(hard=15)


def test_kept_rules_are_rules():
    assert set(rules()) >= WEEK_RULES > EXPRESSIBLE_RULES


def test_a_week_keeps_single_visits_and_says_what_it_left_out():
    week = generate("shizishan/community")
    reduced = expressible(week)
    kept = reduced.instance
    assert len(kept.visits) + sum(reduced.left_out.values()) == len(week.visits) + len(week.shifts)
    assert reduced.left_out["shifts"] == len(week.shifts)
    assert all(len(visit.slots) == len(visit.places) == 1 for visit in kept.visits)
    assert lacking(kept, frozenset({"visits"})) == []
    assert {rule.rule.id for rule in active(kept)} == EXPRESSIBLE_RULES
    assert {one.level for one in active(kept) if one.rule.id == "late_return"} == {Level.HARD}
    # Others let visits start at any minute; on fives a day has room for fewer.
    assert (week.settings.start_every, kept.settings.start_every) == (5, 1)


def test_a_week_for_single_people_keeps_shifts_limits_and_the_first_slot_of_each_crew():
    week = generate("shizishan/community")
    kept = single_people(week)
    assert {rule.rule.id for rule in active(kept)} == WEEK_RULES
    assert {len(visit.slots) for visit in kept.visits} == {1}
    assert {visit.id for visit in kept.visits if visit.case or visit.bundle or visit.tie} == set()
    first = {visit.id: visit.slots[0].duration or visit.duration for visit in expand(week).visits}
    assert all(visit.duration == first[visit.id] for visit in kept.visits)
    assert [shift.id for shift in kept.shifts] == [shift.id for shift in week.shifts]
    needs = [need for shift in kept.shifts for need in shift.needs]
    assert all(need.maximum == max(need.minimum, need.target or 0) for need in needs)
    for person in week.people:
        own, limits = week.limits(person.id), kept.limits(person.id)
        assert [getattr(own, name) for name in WEEK_LIMITS] == [
            getattr(limits, name) for name in WEEK_LIMITS
        ]
        assert not limits.breaks
    assert (kept.gaps, kept.cases, kept.duties, kept.history) == ((), (), (), {})
    assert kept.settings.start_every == 1


def test_reducing_twice_changes_nothing():
    once = expressible(generate("shizishan/community")).instance
    twice = expressible(once)
    assert twice.left_out == {}
    assert twice.instance == once


def test_a_roster_of_shifts_stays_whole():
    week = generate("shizishan/community").changed(visits=(), duties=(), cases=(), gaps=(), pins=())
    assert expressible(week).instance == week


def test_a_whole_week_asks_for_what_routes_lack():
    asked = " ".join(lacking(generate("shizishan/community"), frozenset({"visits"})))
    for name in ("crews", "shifts", "breaks", "rest", "fairness", "wishes"):
        assert FEATURES[name].text in asked


def test_a_day_is_always_the_same_and_within_somebodys_reach():
    instance = day("day-60")
    assert instance == day("day-60")
    assert len(instance.visits) == SIZES["day-60"].visits
    assert len(routing_tables(instance).jobs) == len(instance.visits)
    assert instance.horizon.days == 1


def test_tables_leave_out_whom_nobody_reaches_in_time():
    # The far visit opens for its last time at 480, when the one at the base still has 10 minutes to go.
    instance = crossing(second=(475, 481))
    alone = routing_tables(instance.changed(people=instance.people[:1]))
    assert [job.task for job in alone.jobs] == ["near", "late"]
    both = routing_tables(instance)
    assert [job.task for job in both.jobs] == ["near", "far", "late"]
    assert both.able.tolist() == [[True, False], [False, True], [True, False]]
    assert [vehicle.start for vehicle in both.vehicles] == [0, NOWHERE]


def test_routes_are_replayed_as_early_as_ways_and_windows_let_them():
    instance = crossing()
    tables = routing_tables(instance)
    jobs = [job.task for job in tables.jobs]
    routes: list[list[int]] = [[] for _ in tables.vehicles]
    routes[0] = [jobs.index("near"), jobs.index("far"), jobs.index("late")]
    roster = replay(tables, routes)
    # 480 + 5 to near, 20 there; 8 to far, 20 there; 3 to late, which opens at 600.
    assert [one.start for one in roster.assignments] == [485, 513, 600]
    score = check(instance, roster).score
    assert score == Score(soft=5 + 8 + 3)
