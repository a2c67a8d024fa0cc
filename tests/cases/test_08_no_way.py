"""Pairs of places without any way: not in one working day, and never as minutes."""

from itertools import product

import pytest

from scheduler import Stop, check, solve
from scheduler.checker.sentences import sentence
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.messages.problems import explain
from scheduler.model.faults import faults
from tests.rules.build import at, instance, person, place, roster, visit, window

ISLAND = {("A", "I"): None}
STOPS = Stop(), Stop(steps=3_000)


def week(days=2, ways=ISLAND, **more):
    windows = tuple(window(day, "08:00", "18:00") for day in range(days))
    return instance(
        *(place(name) for name in "AIP"),
        person("sun", **more),
        visit("a", places="A", windows=windows),
        visit("island", places="I", windows=windows),
        days=days,
        ways=ways,
    )


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_with_two_days_both_are_done_on_different_days(stop):
    found = solve(week(), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    assert len({one.start // 1440 for one in found.assignments}) == 2
    assert found.figures["roster"]["travel_minutes"] == 0


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_in_one_day_one_of_the_two_stays_undone(stop):
    # Priority 3: 5 points.
    found = solve(week(days=1), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_by_another_place_the_day_holds_both(stop):
    by_p = week(days=1, ways=ISLAND | {("A", "P"): 10, ("P", "I"): 10})
    pier = visit("pier", places="P", windows=(window(0, "08:00", "18:00"),))
    found = solve(by_p.changed(visits=(*by_p.visits, pier)), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    order = sorted(found.assignments, key=lambda one: one.start)
    assert [one.place for one in order] in (["A", "P", "I"], ["I", "P", "A"])


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_who_lives_on_the_main_land_never_gets_there(stop):
    # 5 points: the island stays undone however many days there are.
    found = solve(week(days=2, start_place="A"), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)


def test_a_roster_that_goes_there_all_the_same_is_told_of_it():
    own = week()
    went = roster(
        own, ("a", 0, "sun", "A", at(0, "09:00")), ("island", 0, "sun", "I", at(0, "15:00"))
    )
    (finding,) = (one for one in check(own, went).findings if one.rule.level.name == "HARD")
    assert (finding.rule.rule.id, finding.violation.amount) == ("no_way", 1)
    told = {lang: sentence(Names(own, lang), finding.rule, finding.violation) for lang in LANGS}
    assert told["en"] == "sun has to get from A to I on Mon 23 Nov, but there is no way"
    assert "无路可通" in told["zh"]


def test_the_score_of_every_order_is_that_of_its_days_alone():
    # Whoever is at both on one day breaks one leg, whatever the hours between them.
    own = week()
    for first, second in product(range(2), repeat=2):
        for clocks in product(("08:00", "10:00", "17:00"), repeat=2):
            if first == second and clocks[0] == clocks[1]:
                continue
            went = roster(
                own,
                ("a", 0, "sun", "A", at(first, clocks[0])),
                ("island", 0, "sun", "I", at(second, clocks[1])),
            )
            report = check(own, went)
            amounts = sum(
                one.violation.amount for one in report.findings if one.rule.rule.id == "no_way"
            )
            assert amounts == (first == second)


def test_a_way_below_nought_is_one_clear_fault():
    own = week(ways={("A", "I"): -1, ("A", "P"): -7})
    (problem,) = faults(own)
    assert (problem.code, problem.pointer, problem.value) == (
        "matrix_entry",
        "/settings/travel/minutes/0/1",
        "-1",
    )
    assert "A to I is -1" in explain(problem, "en").cause
    assert "4 entries" in explain(problem, "en").cause
    assert "null" in explain(problem, "en").remedy
    assert "null" in explain(problem, "zh").remedy
