from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, visit, window


def test_what_is_worth_more_takes_the_time_and_what_stood_there_moves_on():
    # The urgent visit (priority 5: 25 points) can only be at nine, where the minor one stands, which
    # may as well begin at ten: both are done, and nothing is left to pay.
    week = instance(
        person("anna"),
        visit("minor", priority=1, windows=(window(0, "09:00", "10:02"),)),
        visit("urgent", priority=5, windows=(window(0, "09:00", "09:02"),)),
        days=1,
    )
    board = Board(week)
    board.put("minor", "anna", at(0, "09:00"))
    assert board.cost == 25 * 2**24
    assert board.move("eject") == -25 * 2**24
    assert board.routes == {"anna": [("urgent", at(0, "09:00")), ("minor", at(0, "10:00"))]}
