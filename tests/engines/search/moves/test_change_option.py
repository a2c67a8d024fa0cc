from tests.engines.search.moves.board import Board, plain_board
from tests.rules.build import at, instance, person, place, visit, window


def test_a_visit_moves_to_the_place_where_its_person_is():
    # It may be done at P, 20 ticks from where Anna sets out, or right there at Q.
    week = instance(
        person("anna", start_place="Q"),
        place("P"),
        place("Q"),
        visit("v", places=("P", "Q"), windows=(window(0, "09:00", "09:02"),)),
        days=1,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("v", "anna", at(0, "09:00"), option=0)
    assert board.cost == 20
    assert board.move("change_option") == -20
    assert board.routes == {"anna": [("v", at(0, "09:00"))]}


def test_it_has_no_room_where_no_task_has_a_choice():
    assert not plain_board().has_room_for("change_option")
