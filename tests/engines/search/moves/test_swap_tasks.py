from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window


def test_two_lone_stops_exchange_their_positions_in_a_route():
    # P, Q, R lie in a row, 10 ticks apart. From home at P by R to Q: 20 + 10; by Q to R: 10 + 10.
    week = instance(
        person("anna", start_place="P"),
        place("P"),
        place("Q"),
        place("R"),
        visit("far", places="R", windows=(window(0, "00:00", "20:00"),)),
        visit("near", places="Q", windows=(window(0, "00:00", "20:00"),)),
        days=1,
        ways={("P", "Q"): 10, ("Q", "R"): 10, ("P", "R"): 20},
    )
    board = Board(week)
    board.put("far", "anna", at(0, "00:20"))
    board.put("near", "anna", at(0, "01:30"))
    assert board.routes == {"anna": [("far", 20), ("near", 20 + 60 + 10)]}
    assert board.cost == 30
    assert board.move("swap_tasks") == -10
    assert board.routes == {"anna": [("near", 10), ("far", 10 + 60 + 10)]}


def test_an_empty_slot_takes_the_place_of_a_filled_one():
    # One start at 09:00 for two: priority 5 (25 points) comes in, priority 1 (1 point) goes out.
    week = instance(
        person("anna"),
        visit("minor", priority=1, windows=(window(0, "09:00", "09:02"),)),
        visit("urgent", priority=5, windows=(window(0, "09:00", "09:02"),)),
        days=1,
    )
    board = Board(week)
    board.put("minor", "anna", at(0, "09:00"))
    assert board.cost == 25 * 2**24
    assert board.move("swap_tasks") == (1 - 25) * 2**24
    assert board.routes == {"anna": [("urgent", at(0, "09:00"))]}
