from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, place, visit, window


def test_a_visit_goes_to_somebody_who_lives_nearer():
    # Anna sets out from Q, 20 ticks from P; Bert from P.
    week = instance(
        person("anna", start_place="Q"),
        person("bert", start_place="P"),
        place("P"),
        place("Q"),
        visit("v", windows=(window(0, "08:00", "10:00"),)),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("v", "anna", at(0, "08:00"))
    assert board.cost == 20
    assert board.move("change_person") == -20
    assert board.routes == {"anna": [], "bert": [("v", at(0, "08:00"))]}


def test_an_undone_visit_is_tried_somewhere():
    # Undone it costs one medium point (priority 1); done at its first moment nothing.
    week = instance(
        person("anna"), visit("v", priority=1, windows=(window(0, "08:00", "08:02"),)), days=1
    )
    board = Board(week)
    assert board.cost == 2**24
    assert board.move("change_person") == -(2**24)
    assert board.routes == {"anna": [("v", at(0, "08:00"))]}
