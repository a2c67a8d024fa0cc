from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, visit, window


def test_a_visit_that_makes_another_late_is_left_out():
    # Both must start by 09:01; the second starts at 10:00, 59 ticks late, each a hard point. Left
    # out, either costs one medium point.
    week = instance(
        person("anna"),
        visit("v", priority=1, windows=(window(0, "09:00", "09:02"),)),
        visit("w", priority=1, windows=(window(0, "09:00", "09:02"),)),
        days=1,
    )
    board = Board(week)
    board.put("v", "anna", at(0, "09:00"))
    board.put("w", "anna", at(0, "09:01"))
    assert [start for _, start in board.routes["anna"]] == [at(0, "09:00"), at(0, "10:00")]
    assert board.cost == 59 * 2**42
    assert board.move("vacate") == 2**24 - 59 * 2**42
    assert [start for _, start in board.routes["anna"]] == [at(0, "09:00")]
