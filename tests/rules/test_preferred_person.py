from scheduler.model import Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import priced


def tiny() -> Instance:
    tasks = morning("v", Slot(), Slot(), preferred=("A",)), morning("w", preferred=("B", "C"))
    return instance(person("A"), person("B"), person("C"), *tasks, days=1)


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
    assert priced(WEEK, ("preferred_person",), *PAIR) == 120


def test_any_of_those_preferred_will_do():
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "c", "P", at(0, "09:00"))
    assert amounts("preferred_person", WEEK, *rows) == {}
    assert priced(WEEK, ("preferred_person",), *rows) == 0


def test_a_visit_without_preference_costs_nobody_anything():
    fit = lowered(WEEK, "preferred_person").fit
    found = [fit.of(slot).tolist() for slot in range(4)]
    assert found == [[0, 60, 60], [0, 60, 60], [60, 0, 0], [0, 0, 0]]
