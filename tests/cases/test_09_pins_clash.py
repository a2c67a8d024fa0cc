"""Case 09: pins that clash with each other, with a window, or with opening hours, are named with what they clash with."""

import pytest

from scheduler.checker import check
from scheduler.explain import prepared, why_unassigned
from scheduler.explain.clashes import clashes
from scheduler.facts import Facts
from scheduler.model import Instance, Need, Pin, Window
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import DAY, at, instance, person, place, roster, shift, visit, window

NINE = (window(0, "09:00", "10:00"),)
TUESDAYS = place("P", opening=(window(1, "09:00", "17:00"),))
AT_TWO = Pin(task="a", person="p1", start=at(0, "14:00"))
NOON = instance(person("p1"), visit("a", windows=NINE), AT_TWO)
TWO_SLOTS = instance(person("p1"), visit("a", windows=(*NINE, window(2, "09:00", "10:00"))), AT_TWO)
CLOSED = instance(TUESDAYS, person("p1"), visit("a", windows=NINE), Pin(task="a", person="p1"))
CLOSED_MUST = instance(TUESDAYS, person("p1"), visit("a", windows=NINE, must=True))


def named(week: Instance) -> set[tuple[str, str]]:
    found = clashes(week, seconds=20)
    assert found.status == "minimal"
    return {(one.rule, one.key) for one in found.requirements}


def test_two_pins_at_once_are_both_named() -> None:
    week = instance(
        person("p1", leave=(Window(start=DAY, end=2 * DAY - 1),)),
        person("p2"),
        shift("a", at(0, "09:00"), Need(minimum=1)),
        shift("b", at(0, "11:00"), Need(minimum=1)),
        Pin(task="a", person="p1"),
        Pin(task="b", person="p1"),
    )
    assert {("pinned", "a"), ("pinned", "b")} <= named(week)
    best = solve(week, Stop(steps=2000))
    assert best.score is not None
    assert best.score.hard > 0


@pytest.mark.parametrize("week", [NOON, TWO_SLOTS])
def test_a_pin_outside_the_window_is_named_with_the_window(week: Instance) -> None:
    assert named(week) == {("pinned", "a"), ("visit_window", "a")}


def test_a_pin_at_a_place_that_is_closed_is_named_with_its_hours() -> None:
    assert {("pinned", "a"), ("opening_hours", "a")} <= named(CLOSED)
    assert {("must_do", "a"), ("opening_hours", "a")} <= named(CLOSED_MUST)


@pytest.mark.parametrize(
    ("week", "rules"),
    [
        (NOON, {"pinned", "visit_window"}),
        (TWO_SLOTS, {"pinned", "visit_window"}),
        (CLOSED, {"opening_hours", "visit_window"}),
        (CLOSED_MUST, {"opening_hours", "visit_window"}),
    ],
)
def test_the_reason_names_them_too_and_what_helps_is_tried(week: Instance, rules: set[str]) -> None:
    answer = why_unassigned(prepared(Facts(week, roster(week))), "a")
    assert answer.empty.reason == "rules"
    assert {rule for one in answer.empty.attempts for rule in one.rules} == rules
    assert answer.impossible
    for remedy in answer.remedies:
        assert check(remedy.instance, remedy.roster).feasible


def test_a_visit_without_any_start_does_not_break_the_search_for_a_clash() -> None:
    late = visit("a", windows=(Window(start=9 * DAY, end=10 * DAY),))
    week = instance(person("p1"), late, Pin(task="a", person="p1"))
    assert named(week) == {("pinned", "a"), ("visit_window", "a")}
    answer = why_unassigned(prepared(Facts(week, roster(week))), "a")
    assert (answer.empty.reason, answer.impossible) == ("no_start", True)
