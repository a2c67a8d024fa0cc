from scheduler.model import Slot
from tests.engines.search.moves.board import Board, plain_board
from tests.rules.build import at, instance, person, place, visit, window


def test_two_people_exchange_a_run_of_days():
    # On both days each sets out 20 ticks away from the own visits and next to the other's: 4 times 20.
    week = instance(
        person("anna", start_place="Q"),
        person("bert", start_place="P"),
        place("P"),
        place("Q"),
        *[visit(f"p{day}", windows=(window(day, "09:00", "09:02"),)) for day in (0, 1)],
        *[visit(f"q{day}", places="Q", windows=(window(day, "09:00", "09:02"),)) for day in (0, 1)],
        days=2,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    for day in (0, 1):
        board.put(f"p{day}", "anna", at(day, "09:00"))
        board.put(f"q{day}", "bert", at(day, "09:00"))
    assert board.cost == 4 * 20
    change = board.move("swap_days")
    # One day at a time or both at once: a day is worth 40.
    assert change in (-40, -80)
    if change == -40:
        assert board.move("swap_days") == -40
    assert board.routes == {
        "anna": [("q0", at(0, "09:00")), ("q1", at(1, "09:00"))],
        "bert": [("p0", at(0, "09:00")), ("p1", at(1, "09:00"))],
    }


def test_a_run_ends_before_a_day_that_cannot_be_exchanged():
    # As above, but of the second day nobody else is able: the first day alone is worth 40.
    week = instance(
        person("anna", start_place="Q", skills={"craft": 1}),
        person("bert", start_place="P"),
        place("P"),
        place("Q"),
        visit("p0", windows=(window(0, "09:00", "09:02"),)),
        visit("q0", places="Q", windows=(window(0, "09:00", "09:02"),)),
        visit("p1", Slot(skills={"craft": 1}), windows=(window(1, "09:00", "09:02"),)),
        days=2,
        ways={("P", "Q"): 20},
    )
    board = Board(week)
    board.put("p0", "anna", at(0, "09:00"))
    board.put("q0", "bert", at(0, "09:00"))
    board.put("p1", "anna", at(1, "09:00"))
    ends = board.ends("swap_days")
    assert board.routes == {
        "anna": [("q0", at(0, "09:00")), ("p1", at(1, "09:00"))],
        "bert": [("p0", at(0, "09:00"))],
    }
    assert ends["OTHER"] == 1


def test_it_has_no_room_on_a_single_day():
    assert not plain_board().has_room_for("swap_days")
