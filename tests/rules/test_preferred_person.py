from scheduler.model import Slot
from tests.rules.build import amounts, at, instance, lowered, person, visit
from tests.rules.engine import priced

WEEK = instance(
    person("a"),
    person("b"),
    person("c"),
    visit("v", Slot(), Slot(), preferred=("a",)),
    visit("w", preferred=("b", "c")),
    visit("x"),
)
PAIR = ("v", 0, "b", "P", at(0, "09:00")), ("v", 1, "c", "P", at(0, "09:00"))


def test_each_slot_filled_by_another_counts():
    assert amounts("preferred_person", WEEK, *PAIR) == {"v": [1, 1]}
    # five points each
    assert priced(WEEK, ("preferred_person",), *PAIR) == 10


def test_any_of_those_preferred_will_do():
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "c", "P", at(0, "09:00"))
    assert amounts("preferred_person", WEEK, *rows) == {}
    assert priced(WEEK, ("preferred_person",), *rows) == 0


def test_a_visit_without_preference_costs_nobody_anything():
    fit = lowered(WEEK, "preferred_person").fit
    found = [fit.of(slot).tolist() for slot in range(4)]
    assert found == [[0, 5, 5], [0, 5, 5], [5, 0, 0], [0, 0, 0]]
