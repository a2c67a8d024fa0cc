"""Moves that gain less than their estimate may err by are not given up: what they save elsewhere is counted."""

from typing import Any

from scheduler.model import Limits, Person, RuleSetting, Slot, Visit
from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window

NINE = at(0, "09:00")


def _day(*records: Any, weight: int = 1, worst: int = 0, **more: Any) -> Board:
    """A day on which each minute later than due costs, as do the latest and ways; starts only follow each other."""
    rules = {"due_date": RuleSetting(on=True, weight=weight)}
    if worst:
        rules["worst_lateness"] = RuleSetting(on=True, weight=worst)
    week = instance(*records, place("P"), place("Q"), days=1, weights=rules, **more)
    return Board(week, *rules, left_out=("availability",))


def _visit(name: str, minutes: int, *skills: str, opens: str = "09:00", **more: Any) -> Visit:
    """A visit that is due when it may begin, by a crew whose people have a skill each."""
    crew = [Slot(skills={skill: 1}) for skill in skills]
    return visit(name, *crew, windows=(window(0, opens, "24:00", opens),), duration=minutes, **more)


def _person(name: str, *skills: str, **more: Any) -> Person:
    return person(name, skills=dict.fromkeys(skills, 1), **more)


def test_a_visit_goes_behind_the_one_that_its_leaving_lets_start_earlier():
    # Both come for b, which x holds up: 2 * (60 + 2) late. Behind b, which y holds up by 10 (2 * 10), x is 82 late,
    # and anna crosses twice. From where b ends now, at 132, x would seem to cost more than b can save.
    board = _day(
        _person("anna", "x", "b", start_place="Q"),
        _person("bert", "y", "b"),
        _visit("b", 70, "b", "b"),
        _visit("x", 60, "x", places="Q"),
        _visit("y", 10, "y"),
        ways={("P", "Q"): 2},
    )
    board.put("x", "anna", NINE)
    board.put("y", "bert", NINE + 1)
    board.put("b", ("anna", "bert"), NINE + 2)
    assert board.cost == 2 * 62 + 2
    assert board.move("relocate") == (2 * 10 + 82 + 4) - (2 * 62 + 2)
    assert board.routes == {
        "anna": [("b", at(0, "09:10")), ("x", at(0, "10:22"))],
        "bert": [("y", NINE), ("b", at(0, "09:10"))],
    }


def test_all_that_comes_behind_a_visit_falls_when_it_goes():
    # w and x are 60 and 120 late, then 0 and 60: that is worth bert's way of 100.
    board = _day(
        _person("anna", "rest"),
        _person("bert", start_place="Q"),
        _visit("v", 60),
        _visit("w", 60, "rest"),
        _visit("x", 60, "rest"),
        ways={("P", "Q"): 100},
    )
    for number, name in enumerate("vwx"):
        board.put(name, "anna", NINE + number)
    assert board.move("change_person") == 60 + 100 - 180


def test_a_single_minute_may_be_saved():
    board = _day(
        _person("anna", "rest"),
        _person("bert", start_place="Q"),
        _visit("v", 1),
        _visit("w", 60, "rest"),
        ways={("P", "Q"): 1},
        weight=2,
    )
    board.put("v", "anna", NINE)
    board.put("w", "anna", NINE + 1)
    assert board.move("change_person") == 1 - 2


def test_the_latest_visit_may_be_the_one_that_goes():
    # It is 60 late, which costs 60 and 3 * 60; in time it costs bert's way of 200.
    board = _day(
        _person("anna", "v"),
        _person("bert", start_place="Q"),
        _visit("v", 60, "v"),
        _visit("w", 60),
        ways={("P", "Q"): 200},
        worst=3,
    )
    board.put("v", "anna", NINE)
    board.put("w", "anna", NINE + 1)
    assert board.move("change_person") == 200 - 4 * 60


def test_a_crew_waits_no_longer_for_who_leaves_it():
    # Anna's x holds both up by 60; with cleo, who comes from 80 away, they are in time.
    board = _day(
        _person("anna", "x", "b"),
        _person("bert", "b"),
        _person("cleo", "b", start_place="Q"),
        _visit("b", 60, "b", "b"),
        _visit("x", 60, "x"),
        ways={("P", "Q"): 80},
    )
    board.put("x", "anna", NINE)
    board.put("b", ("anna", "bert"), NINE + 1)
    assert board.move("change_person") == 80 - 2 * 60


def test_who_comes_just_in_time_after_a_way_does_not_wait():
    # Anna comes to b from x, 60 and a way of 10 late, and bert waits. Cleo does x for a way of 100.
    board = _day(
        _person("anna", "x", "b"),
        _person("bert", "b"),
        _person("cleo", "x", start_place="P"),
        _visit("b", 60, "b", "b"),
        _visit("x", 60, "x", places="Q"),
        ways={("P", "Q"): 10},
    )
    board.put("x", "anna", NINE)
    board.put("b", ("anna", "bert"), NINE + 1)
    assert board.cost == 10 + 2 * 70
    assert board.move("change_person") == 10 - (10 + 2 * 70)


def test_what_comes_goes_by_the_stop_before_it_as_that_falls():
    # Without m, w begins 60 earlier, and a comes behind it in time; from where w ends now, 34 late. Ways are 25 each.
    board = _day(
        _person("anna", start_place="Q"),
        _person("bert", "w"),
        _visit("m", 60),
        _visit("w", 10, "w"),
        _visit("a", 30, opens="10:01", places="Q"),
        ways={("P", "Q"): 25},
    )
    board.put("m", "bert", NINE)
    board.put("w", "bert", NINE + 1)
    board.put("a", "anna", at(0, "10:01"))
    assert board.cost == 60
    assert board.move("swap_persons") == 2 * 25 - 60
    assert board.routes == {
        "anna": [("m", NINE)],
        "bert": [("w", NINE), ("a", at(0, "10:01"))],
    }


def test_what_goes_is_held_up_by_nothing_that_comes():
    # Bert is with u for 60, so that m is 60 late. a comes before u, which is then 40 late; m is in time elsewhere.
    board = _day(
        _person("anna"),
        _person("bert", "u"),
        _visit("a", 40),
        _visit("u", 60, "u"),
        _visit("m", 10),
    )
    board.put("a", "anna", NINE)
    board.put("u", "bert", NINE + 1)
    board.put("m", "bert", NINE + 2)
    assert board.move("swap_persons") == 40 - 60


def test_a_way_is_worth_a_sum_of_the_week_that_it_saves():
    # Anna may do one task a week and does two; bert comes from 20 away.
    week = instance(
        person("anna", limits=Limits(weekly_tasks=1)),
        person("bert", start_place="Q"),
        place("P"),
        place("Q"),
        _visit("v", 60),
        _visit("w", 60),
        days=7,
        ways={("P", "Q"): 20},
    )
    board = Board(week, "weekly_tasks")
    board.put("v", "anna", NINE)
    board.put("w", "anna", NINE + 60)
    assert board.move("change_person") < 0
    assert sorted(map(len, board.routes.values())) == [1, 1]
