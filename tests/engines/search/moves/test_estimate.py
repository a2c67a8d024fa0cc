"""Moves that lower the cost by little are not given up by their estimate."""

from scheduler.model import RuleSetting, Slot
from tests.engines.search.moves.board import Board
from tests.rules.build import at, instance, person, visit, window

NINE = (window(0, "09:00", "24:00", "09:00"),)
"""From nine, and each minute later costs a point."""


def _late(*records) -> Board:
    """A day on which whatever starts late costs, and starts only follow each other."""
    late = {"due_date": RuleSetting(on=True, weight=1)}
    week = instance(*records, days=1, weights=late)
    return Board(week, "due_date", left_out=("availability",))


def test_a_visit_goes_behind_the_one_that_its_leaving_lets_start_earlier():
    # Both come for b, and x holds it up: 2 * 60 late. Behind b, which y holds up by 10 (2 * 10), x is 80 late.
    # From where b ends now, at 130, x would seem to cost more than b can save.
    # Nor is it any use to do b first: x and y were 70 late.
    board = _late(
        person("anna", skills={"x": 1, "b": 1}),
        person("bert", skills={"y": 1, "b": 1}),
        *(
            visit(name, *slots, windows=NINE, duration=minutes)
            for name, minutes, slots in (
                ("x", 60, [Slot(skills={"x": 1})]),
                ("y", 10, [Slot(skills={"y": 1})]),
                ("b", 70, [Slot(skills={"b": 1}), Slot(skills={"b": 1})]),
            )
        ),
    )
    board.put("x", "anna", at(0, "09:00"))
    board.put("y", "bert", at(0, "09:01"))
    board.put("b", ("anna", "bert"), at(0, "09:02"))
    assert board.cost == 2 * 60
    assert board.move("relocate") == 2 * 10 + 80 - 2 * 60
    assert board.routes == {
        "anna": [("b", at(0, "09:10")), ("x", at(0, "10:20"))],
        "bert": [("y", at(0, "09:00")), ("b", at(0, "09:10"))],
    }
