from scheduler.model import Slot
from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window

MORNING, NOON = (window(0, "09:00", "09:02"),), (window(0, "12:00", "12:02"),)


def test_what_comes_after_a_cut_changes_routes():
    # Both cross between P and Q, 20 ticks each; with each other's second stop nobody does.
    week = instance(
        person("anna"),
        person("bert"),
        place("P"),
        place("Q"),
        visit("a", places="P", windows=MORNING),
        visit("b", places="Q", windows=MORNING),
        visit("c", places="Q", windows=NOON),
        visit("d", places="P", windows=NOON),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("a", "anna", at(0, "09:00"))
    board.put("c", "anna", at(0, "12:00"))
    board.put("b", "bert", at(0, "09:00"))
    board.put("d", "bert", at(0, "12:00"))
    assert board.cost == 20 + 20
    assert board.move("swap_tails") == -40
    assert board.routes == {
        "anna": [("a", at(0, "09:00")), ("d", at(0, "12:00"))],
        "bert": [("b", at(0, "09:00")), ("c", at(0, "12:00"))],
    }


def test_people_who_are_alike_exchange_nothing_behind_a_visit_that_both_are_at():
    # Whoever of the two goes where from there, all ways and times are the same.
    week = instance(
        person("anna"),
        person("bert"),
        place("P"),
        place("Q"),
        visit("both", Slot(), Slot(), windows=MORNING),
        visit("a", places="P", windows=NOON),
        visit("b", places="Q", windows=NOON),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week, left_out=("availability",))
    board.put("both", ("anna", "bert"), at(0, "09:00"))
    board.put("a", "anna", at(0, "12:00"))
    board.put("b", "bert", at(0, "12:00"))
    routes, ends = board.routes, board.ends("swap_tails")
    assert board.routes == routes
    assert ends["NOTHING"] > 0
    assert ends["SAME"] == ends["OTHER"] == 0


def test_in_a_week_a_tail_goes_to_somebody_who_has_none():
    # Bert begins where the second visit is: with it at his hands nobody goes 20 ticks.
    week = instance(
        person("anna", start_place="P"),
        person("bert", start_place="Q"),
        place("P"),
        place("Q"),
        visit("a", places="P", windows=MORNING),
        visit("c", places="Q", windows=NOON),
        days=2,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("a", "anna", at(0, "09:00"))
    board.put("c", "anna", at(0, "12:00"))
    assert board.cost == 20
    assert board.move("swap_tails") == -20
    assert board.routes == {"anna": [("a", at(0, "09:00"))], "bert": [("c", at(0, "12:00"))]}
