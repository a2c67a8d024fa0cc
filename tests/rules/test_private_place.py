from scheduler.model import Case, Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, place, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    case = Case(id="c", name="c", kind="family", private=True)
    places = place("P"), place("Q", private=True)
    people = person("A", clearance=True), person("B", clearance=True)
    tasks = (
        morning("v", private=True, places=("P", "Q")),
        morning("w", case="c", places=("P", "Q")),
        morning("x", places=("P", "Q")),
    )
    return instance(*places, *people, case, *tasks, days=1, ways={("P", "Q"): 25})


BOTH = ("P", "Q")
WEEK = instance(
    place("P"),
    place("Q", private=True),
    person("a"),
    person("b"),
    Case(id="secret", name="secret", kind="family", private=True),
    visit("v", Slot(), Slot(), private=True, places=BOTH),
    visit("w", case="secret", places=BOTH),
    visit("x", places=BOTH),
    visit("y", private=True, places="P"),
    days=1,
)


def rows(task, where, count=1):
    return [(task, slot, "ab"[slot], where, at(0, "09:00")) for slot in range(count)]


def test_each_slot_of_a_private_visit_at_an_open_place_counts():
    assert amounts("private_place", WEEK, *rows("v", "P", 2)) == {"v": [1, 1]}
    assert amounts("private_place", WEEK, *rows("v", "Q", 2)) == {}


def test_a_visit_of_a_private_case_is_private_and_others_are_not():
    assert amounts("private_place", WEEK, *rows("w", "P")) == {"w": [1]}
    assert amounts("private_place", WEEK, *rows("x", "P")) == {}


def test_a_shift_of_a_private_case_is_private():
    shifts = (
        shift("s", at(0, "14:00"), case="secret"),
        shift("t", at(0, "14:00"), place="Q", case="secret"),
    )
    own = WEEK.changed(shifts=shifts)
    assert amounts("private_place", own, ("s", 0, "a", "P", at(0, "14:00"))) == {"s": [1]}
    assert amounts("private_place", own, ("t", 0, "a", "Q", at(0, "14:00"))) == {}
    window = lowered(own, "visit_window", "private_place").window
    # After the four visits: s has nowhere to go, t its own place.
    assert (4 in window.task, 5 in window.task) == (False, True)


def test_engines_have_only_private_places_for_it():
    window = lowered(WEEK, "visit_window", "private_place").window
    # x is free to be at either; y has nowhere to go
    assert window.task.tolist() == [0, 1, 2, 2]
    assert window.place.tolist() == [1, 1, 0, 1]
    assert priced_tasks(WEEK, ("private_place",), *rows("v", "Q", 2)) == 0
    assert priced_tasks(WEEK, ("private_place",), *rows("v", "P", 2)) is None
