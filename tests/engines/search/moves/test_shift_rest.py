from scheduler.model import Break, Limits
from tests.engines.search.moves.board import Board, plain_board
from tests.rules.build import at, instance, person, visit, window


def test_a_rest_taken_earlier_keeps_a_later_visit_in_time():
    # An hour of rest is owed between 11:00 and 14:00. Left to its last chance, before x, it lasts
    # from 12:00 to 13:00 and x is 20 ticks late. Before w it fills the time that Anna waits anyhow
    # from 11:00 on: w from 12:00 to 12:30, x at 12:40.
    week = instance(
        person("anna", limits=Limits(breaks=Break(start=660, end=840, minutes=60))),
        visit("v", windows=(window(0, "09:45", "09:47"),)),
        visit("w", duration=30, windows=(window(0, "11:30", "12:30"),)),
        visit("x", windows=(window(0, "12:40", "13:30", "12:40"),)),
        days=1,
    )
    board = Board(week, "rest_break", "due_date")
    board.put("v", "anna", at(0, "09:45"))
    board.put("w", "anna", at(0, "11:30"))
    board.put("x", "anna", at(0, "12:40"))
    times = at(0, "09:45"), at(0, "11:30"), at(0, "13:00")
    assert board.routes == {"anna": list(zip("vwx", times, strict=True))}
    assert board.cost == 20
    assert board.move("shift_rest") == -20
    times = at(0, "09:45"), at(0, "12:00"), at(0, "12:40")
    assert board.routes == {"anna": list(zip("vwx", times, strict=True))}


def test_it_has_no_room_where_nobody_is_owed_a_rest():
    assert not plain_board().has_room_for("shift_rest")
