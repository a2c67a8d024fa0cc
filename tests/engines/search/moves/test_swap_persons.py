from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window


def test_two_stops_keep_their_times_and_exchange_their_people():
    # Each sets out 20 ticks away from the other's visit, where the other sets out.
    week = instance(
        person("anna", start_place="Q"),
        person("bert", start_place="P"),
        place("P"),
        place("Q"),
        visit("v", windows=(window(0, "09:00", "09:02"),)),
        visit("w", places="Q", windows=(window(0, "09:30", "09:32"),)),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("v", "anna", at(0, "09:00"))
    board.put("w", "bert", at(0, "09:30"))
    assert board.cost == 20 + 20
    assert board.move("swap_persons") == -40
    assert board.routes == {"anna": [("w", at(0, "09:30"))], "bert": [("v", at(0, "09:00"))]}
