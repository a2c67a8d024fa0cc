"""Placements: nothing else moves, nothing better is missed, and prices are those of the checker."""

from collections.abc import Iterator
from itertools import permutations, product
from random import Random

import pytest

from scheduler.checker import check
from scheduler.checker.pricing import Pricing
from scheduler.explain.placements import Trials
from scheduler.facts import Facts
from scheduler.facts.visits import places
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import (
    Assignment,
    Break,
    Gap,
    Instance,
    Limits,
    Need,
    Pin,
    Roster,
    RuleSetting,
    Shift,
    Slot,
    Window,
)
from scheduler.model.tasks import slots
from scheduler.rules.lower import lower
from tests.contract.tiny import TINY
from tests.plain.rosters import answers
from tests.rules.build import at, instance, person, place, roster, shift, visit, window

EVERYTHING = 10**6
STEP = 5
UNFAIR = {"fairness": RuleSetting(on=False)}
MORNING = (window(0, "09:00", "12:00"),)


def without(week: Instance, found: Roster, task: str) -> Facts:
    """The roster with a task undone."""
    kept = tuple(one for one in found.assignments if one.task != task)
    return Facts(week, found.model_copy(update={"assignments": kept}))


def by_force(facts: Facts, task: str) -> Iterator[list[Assignment]]:
    """Every crew, place and start on a grid of five minutes, for the whole task."""
    week, record = facts.instance, facts.instance.task_by_id[task]
    own = slots(record)
    people = [one.id for one in week.people]
    if isinstance(record, Shift):
        crews, starts = [(who,) for who in people], [record.start]
    else:
        crews = list(permutations(people, len(own)))
        starts = sorted(
            {start for one in record.windows for start in range(one.start, one.end, STEP)}
        )
    for where, start, crew in product(places(record), starts, crews):
        spaced = product(*({slot.after[0], slot.after[1]} for slot in own[: len(crew)]))
        for after in spaced:
            yield [
                Assignment(
                    task=task,
                    slot=number,
                    person=who,
                    place=where,
                    start=start + late,
                    end=start + late + own[number].duration,
                )
                for number, (who, late) in enumerate(zip(crew, after, strict=True))
            ]


def cases(rule: str) -> Iterator[tuple[Facts, str]]:
    """Some rosters that engines make of a rule's instance, each without one task that it does."""
    random = Random(rule)
    week = TINY[rule]()
    made = answers(lower(week), 40)
    for one in random.sample(made, min(3, len(made))):
        found = to_roster(lower(week), one.answer)
        done = sorted({a.task for a in found.assignments})
        if done:
            task = random.choice(done)
            yield without(week, found, task), task


@pytest.mark.parametrize("rule", TINY)
def test_force_finds_nothing_better(rule: str) -> None:
    for facts, task in cases(rule):
        pricing, hard = Pricing(facts), check(facts.instance, facts.roster).score.hard
        ours = Trials(facts).placements(task, budget=EVERYTHING)
        clean = [one.change.score for one in ours if hard + one.change.score.hard == 0]
        changes = [pricing.change((), crew) for crew in by_force(facts, task)]
        forced = [one.score for one in changes if hard + one.score.hard == 0]
        if forced:
            assert clean, (task, min(forced))
            assert min(clean) <= min(forced), facts.roster.assignments


@pytest.mark.parametrize("rule", TINY)
def test_prices_are_the_checkers_and_nothing_else_moves(rule: str) -> None:
    for facts, task in cases(rule):
        before = check(facts.instance, facts.roster)
        for one in Trials(facts).placements(task, budget=8):
            assert {a.task for a in one.assignments} == {task}
            every = (*facts.roster.assignments, *one.assignments)
            after = check(facts.instance, facts.roster.model_copy(update={"assignments": every}))
            assert before.score + one.change.score == after.score


def test_the_best_first_and_between_two_stops() -> None:
    ways = {("P", "Q"): 20, ("P", "R"): 10, ("Q", "R"): 15}
    work = visit("v", windows=MORNING), visit("w", windows=MORNING, places="Q")
    new = visit("new", windows=MORNING, places="R", duration=30)
    people = person("A"), person("B", start_place="P")
    week = instance(
        place("P"), place("Q"), place("R"), *people, *work, new, days=1, ways=ways, weights=UNFAIR
    )
    found = roster(week, ("v", 0, "A", "P", at(0, "09:00")), ("w", 0, "A", "Q", at(0, "11:00")))
    best, *_ = Trials(Facts(week, found)).placements("new")
    # A passes by: 10 + 15 minutes instead of 20; B would come 10 minutes from P
    assert best.people == ("A",)
    assert best.start == at(0, "10:10")
    assert best.extra == {"A": 5}
    assert best.change.score.soft == 5


def test_a_crew_starts_together_when_both_are_free() -> None:
    busy = visit("v", windows=MORNING), visit("w", windows=(window(0, "10:30", "11:00"),))
    pair = visit("new", Slot(), Slot(), windows=MORNING)
    week = instance(person("A"), person("B"), *busy, pair, days=1)
    found = roster(week, ("v", 0, "A", "P", at(0, "09:00")), ("w", 0, "B", "P", at(0, "10:30")))
    starts = {one.start for one in Trials(Facts(week, found)).placements("new")}
    # A is free from ten, B up to half past nine and from half past eleven
    assert min(starts) == at(0, "11:30")


def test_one_may_go_alone_where_two_find_no_room() -> None:
    pair = visit("new", Slot(), Slot(must=True), least_crew=1, windows=MORNING)
    away = person("B", availability=(window(0, "13:00", "18:00"),))
    week = instance(person("A"), away, pair, days=1)
    found = Trials(Facts(week, roster(week))).placements("new")
    assert [(one.slot, one.person) for one in found[0].assignments] == [(1, "A")]


def test_a_shift_gets_one_more_person_at_its_hour() -> None:
    desk = shift("s", at(0, "09:00"), Need(minimum=1, target=2), duration=120)
    week = instance(person("A"), person("B"), person("C"), desk, days=1)
    found = Trials(Facts(week, roster(week, ("s", 0, "A", "P", at(0, "09:00")))))
    placements = found.placements("s")
    assert {one.people for one in placements} == {("B",), ("C",)}
    assert {(a.slot, a.start) for one in placements for a in one.assignments} == {
        (1, at(0, "09:00"))
    }


def test_infeasible_trials_tell_what_they_would_break() -> None:
    full = visit("v", windows=(window(0, "09:00", "09:01"),), duration=170)
    new = visit("new", windows=(window(0, "09:00", "11:00"),))
    week = instance(person("A"), full, new, days=1, weights=UNFAIR)
    trials = Trials(Facts(week, roster(week, ("v", 0, "A", "P", at(0, "09:00")))))
    assert trials.placements("new") == []
    best = trials.placements("new", infeasible=True)[0]
    # at 10:59 the visit before it has 51 minutes to go
    assert best.start == at(0, "10:59")
    assert {one.rule.rule.id for one in best.change.broken} == {"no_overlap"}
    assert best.change.score.hard == 51


def test_a_slot_is_held_for_a_person() -> None:
    week = instance(person("A"), person("B"), visit("v", windows=MORNING), days=1)
    found = Trials(Facts(week, roster(week))).placements("v", held={0: "B"})
    assert {one.people for one in found} == {("B",)}


def test_a_lunch_is_left_where_it_lies() -> None:
    limits = Limits(breaks=Break(start=690, end=810, minutes=60))
    noon = visit("new", windows=(window(0, "11:00", "14:00"),))
    week = instance(person("A", limits=limits), visit("v"), visit("w"), noon, days=1)
    rows = ("v", 0, "A", "P", at(0, "10:00")), ("w", 0, "A", "P", at(0, "15:00"))
    found = Trials(Facts(week, roster(week, *rows))).placements("new")
    # from eleven, with the rest behind it, to half past eleven; or once it is had
    starts = {one.start for one in found}
    assert starts == {at(0, "11:00"), at(0, "11:30"), at(0, "12:30"), at(0, "13:59")}
    assert all(one.change.feasible for one in found)


def test_a_budget_bounds_what_is_priced() -> None:
    week = instance(person("A"), person("B"), visit("v"))
    trials = Trials(Facts(week, roster(week)))
    every = trials.placements("v", budget=EVERYTHING)
    few = trials.placements("v", budget=5)
    assert len(few) == 5 < len(every)
    assert few[0].change.score == every[0].change.score


EVERY_DAY = tuple(window(day, "05:00", "14:00") for day in range(7))
DISTANCES = {
    "least_days": (2, {0, 1}, {5, 6}),
    "most_days": (1, {2, 3, 4, 5, 6}, {0, 1, 2, 3, 4}),
    "least_minutes": (60, {0, 1, 2, 3}, {3, 4, 5, 6}),
    "most_minutes": (120, {3, 4, 5, 6}, {0, 1, 2, 3}),
}
"""A gap of a visit to one done on Thursday from nine to ten: the days for what comes before, and after it."""
EDGES = {
    "least_minutes": (at(3, "07:00"), at(3, "11:00")),
    "most_minutes": (at(3, "06:00"), at(3, "12:00")),
}
"""The last or first starts on Thursday that keep the minutes, for an hour's visit before, and after it."""


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("distance", DISTANCES)
def test_no_way_is_tried_that_breaks_a_gap_to_what_is_done(distance: str, before: bool) -> None:
    value, *days = DISTANCES[distance]
    pair = ("v", "w") if before else ("w", "v")
    gap = Gap(first=pair[0], second=pair[1], requires=False, **{distance: value})
    week = instance(
        person("A"), visit("v", windows=EVERY_DAY), visit("w"), gap, weights=UNFAIR, limits={}
    )
    facts = Facts(week, roster(week, ("w", 0, "A", "P", at(3, "09:00"))))
    found = Trials(facts).placements("v", budget=EVERYTHING)
    assert all(one.feasible for one in found)
    assert {one.start // 1440 for one in found} == days[0 if before else 1]
    if distance in EDGES:
        thursday = [one.start for one in found if one.start // 1440 == 3]
        latest = before == (distance == "least_minutes")
        assert (max if latest else min)(thursday) == EDGES[distance][0 if before else 1]


@pytest.mark.parametrize(
    ("distance", "before", "only"),
    [
        # w is on Thursday: the last moment of Tuesday, and the first of Wednesday, a day before it
        ("least_days", True, at(2) - 1),
        ("most_days", True, at(2)),
        # and behind it the first of Saturday, and the last of Friday
        ("least_days", False, at(5)),
        ("most_days", False, at(5) - 1),
    ],
)
def test_the_first_and_the_last_moment_of_a_day_are_of_it(
    distance: str, before: bool, only: int
) -> None:
    days = {"least_days": 2, "most_days": 1}[distance]
    pair = ("v", "w") if before else ("w", "v")
    gap = Gap(first=pair[0], second=pair[1], requires=False, **{distance: days})

    def starts(moment: int) -> list[int]:
        hours = (Window(start=moment, end=moment + 1),)
        week = instance(
            person("A"), visit("v", windows=hours), visit("w"), gap, weights=UNFAIR, limits={}
        )
        facts = Facts(week, roster(week, ("w", 0, "A", "P", at(3, "09:00"))))
        return [one.start for one in Trials(facts).placements("v")]

    assert starts(only) == [only]
    beyond = 1 if before == (distance == "least_days") else -1
    assert starts(only + beyond) == []


@pytest.mark.parametrize("moment", [0, at(7) - 1])
def test_ways_that_break_rules_reach_from_the_first_to_the_last_moment(moment: int) -> None:
    week = instance(
        person("A", leave=(Window(start=0, end=at(7)),)),
        visit("v", windows=MORNING),
        Pin(task="v", start=moment),
    )
    found = Trials(Facts(week, roster(week))).placements("v", infeasible=True, budget=EVERYTHING)
    assert moment in {one.start for one in found}
    other = week.changed(
        pins=(), visits=(visit("v", windows=(Window(start=moment, end=moment + 1),)),)
    )
    found = Trials(Facts(other, roster(other))).placements("v", infeasible=True, budget=EVERYTHING)
    assert {one.start for one in found} == {moment}
