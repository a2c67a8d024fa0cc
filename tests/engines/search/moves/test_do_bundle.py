from tests.engines.search.moves.board import Board, plain_board
from tests.rules.build import at, instance, person, shift, visit, window


def test_a_bundle_is_done_as_a_whole():
    # Two visits of priority 1 undone: 2 medium points. One alone would break the bundle.
    week = instance(
        person("anna"),
        visit("v", bundle="b", priority=1, windows=(window(0, "09:00", "09:02"),)),
        visit("w", bundle="b", priority=1, windows=(window(0, "11:00", "11:02"),)),
        days=1,
    )
    board = Board(week, "bundle")
    assert board.cost == 2 * 2**24
    assert board.move("do_bundle") == -2 * 2**24
    assert board.routes == {"anna": [("v", at(0, "09:00")), ("w", at(0, "11:00"))]}


def test_a_bundle_of_a_visit_and_a_shift_is_done_as_a_whole():
    week = instance(
        person("anna"),
        visit("v", bundle="b", priority=1, windows=(window(0, "09:00", "09:02"),)),
        shift("s", at(0, "14:00"), bundle="b", priority=1),
        days=1,
    )
    board = Board(week, "bundle", "headcount_minimum")
    assert board.cost == 2 * 2**24
    assert board.move("do_bundle") == -2 * 2**24
    assert board.routes == {"anna": [("v", at(0, "09:00")), ("s", at(0, "14:00"))]}


def test_it_has_no_room_where_nothing_is_bundled():
    assert not plain_board().has_room_for("do_bundle")
