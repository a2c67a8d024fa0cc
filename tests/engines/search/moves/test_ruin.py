from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window


def test_what_is_taken_out_comes_back_where_it_is_cheapest():
    # Anna goes from P to Q for w: 20 ticks. Bert sets out from Q: 0.
    week = instance(
        person("anna", start_place="P"),
        person("bert", start_place="Q"),
        place("P"),
        place("Q"),
        visit("v", windows=(window(0, "08:00", "08:02"),)),
        visit("w", places="Q", windows=(window(0, "11:00", "11:02"),)),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("v", "anna", at(0, "08:00"))
    board.put("w", "anna", at(0, "11:00"))
    assert board.cost == 20
    assert board.move("ruin") == -20
    assert board.routes == {"anna": [("v", at(0, "08:00"))], "bert": [("w", at(0, "11:00"))]}
