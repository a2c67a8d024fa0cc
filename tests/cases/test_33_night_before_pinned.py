"""A night that ends too soon before pinned work of the same people stays undone."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Pin
from tests.rules.build import at, instance, limited, shift

STOPS = Stop(), Stop(steps=3_000)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_with_a_day_of_rest_neither_can_do_the_night_before(stop):
    week = instance(
        limited("n1", rest_minutes=1440),
        limited("n2", rest_minutes=1440),
        shift("night", at(0, "22:00"), duration=480, kind="night"),
        shift("z60", at(1, "14:00"), kind="special"),
        shift("day", at(1, "08:00"), duration=360, kind="day"),
        Pin(task="z60", person="n1"),
        Pin(task="day", person="n2"),
        days=3,
    )
    found = solve(week, stop)
    assert (found.score.hard, found.score.medium) == (0, 5)
    assert {(one.task, one.person) for one in found.assignments} == {("z60", "n1"), ("day", "n2")}
