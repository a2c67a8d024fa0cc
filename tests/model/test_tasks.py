"""What counts as done, wherever it is asked."""

import pytest

from scheduler.checker.figures import figures
from scheduler.explain import prepared, urgency, why_empty
from scheduler.facts import Facts
from scheduler.model import Need, Slot
from scheduler.model.tasks import is_done, slots, undone
from scheduler.report.data import view
from tests.rules.build import at, instance, person, roster, shift, visit

PAIR = visit("pair", Slot(), Slot())
LIGHT = visit("light", Slot(), Slot(), least_crew=1)
LED = visit("led", Slot(must=True), Slot(), least_crew=1)


@pytest.mark.parametrize(
    ("task", "filled", "done"),
    [
        (PAIR, [], False),
        (PAIR, [1], False),
        (PAIR, [0, 1], True),
        (LIGHT, [], False),
        (LIGHT, [1], True),
        (LED, [0], True),
        (LED, [1], False),
    ],
)
def test_a_visit_is_done_with_crew_enough_and_every_slot_that_it_must_have(task, filled, done):
    assert is_done(task, filled) is done


def test_a_visit_without_a_slot_that_it_must_have_is_undone_wherever_it_is_told():
    week = instance(person("A"), person("B"), LED)
    made = roster(week, ("led", 1, "A", "P", at(0, "09:00")))
    facts = Facts(week, made)
    [empty] = why_empty(prepared(facts))
    light, _ = urgency(prepared(facts), empty.task, empty.slot)
    assert not light
    [row] = view(week, made).undone.rows
    assert row.grave
    assert figures(week, made)["roster"]["visits_unassigned"] == 1


def test_undone_are_visits_that_are_not_done_and_shifts_short_of_a_minimum():
    # The slots of a shift's need: two that it must have, one more that it aims at, then the second need's.
    duty = shift("duty", at(0, "09:00"), Need(minimum=2, target=3), Need(minimum=1))
    assert len(slots(duty)) == 4
    week = instance(person("A"), PAIR, LIGHT, duty)
    assert undone(week, {}) == (2, 1)
    assert undone(week, {"pair": [1], "light": [1], "duty": [0, 1, 2]}) == (1, 1)
    assert undone(week, {"pair": [0, 1], "light": [0], "duty": [0, 2, 3]}) == (0, 1)
    assert undone(week, {"pair": [0, 1], "light": [0], "duty": [0, 1, 3]}) == (0, 0)
