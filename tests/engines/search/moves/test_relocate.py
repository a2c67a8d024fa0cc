from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window

WAYS = {("P", "Q"): 20}


def test_a_visit_goes_to_the_person_whose_next_stop_is_near():
    # Anna goes from P to Q for w: 20 ticks. Bert is at Q already: 0.
    week = instance(
        person("anna"),
        person("bert"),
        place("P"),
        place("Q"),
        visit("v", windows=(window(0, "08:00", "08:02"),)),
        visit("w", places="Q", windows=(window(0, "11:00", "11:02"),)),
        visit("x", places="Q", windows=(window(0, "09:00", "09:02"),)),
        days=1,
        ways=WAYS,
    )
    board = Board(week)
    board.put("v", "anna", at(0, "08:00"))
    board.put("w", "anna", at(0, "11:00"))
    board.put("x", "bert", at(0, "09:00"))
    assert board.cost == 20
    assert board.move("relocate") == -20
    assert board.routes == {
        "anna": [("v", at(0, "08:00"))],
        "bert": [("x", at(0, "09:00")), ("w", at(0, "11:00"))],
    }
