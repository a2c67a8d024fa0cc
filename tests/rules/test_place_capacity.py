from scheduler.lowered.price import HARD
from scheduler.model import Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, place, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    small = place("P", capacity=1), place("Q", capacity=2)
    tasks = (
        morning("v", places=("P", "Q")),
        morning("w", Slot(), Slot(after=(30, 60)), places=("P", "Q")),
        shift("s", at(0, "09:30"), duration=60),
    )
    return instance(*small, person("A"), person("B"), person("C"), *tasks, days=1)


WEEK = instance(
    place("P", capacity=1),
    place("Q", capacity=2),
    place("R"),
    *(person(id) for id in "abcd"),
    visit("v", places=("P", "Q", "R")),
    visit("w", Slot(), Slot(after=(30, 30)), places=("P", "Q", "R")),
    shift("s", at(0, "10:00"), duration=60),
    shift("t", at(0, "09:45"), duration=60, place="Q"),
)


def both(*rows):
    """(task, person, place, clock) and a slot each: amounts by place, which primitives price the same."""
    full = [(task, slot, who, where, at(0, clock)) for task, slot, who, where, clock in rows]
    found = amounts("place_capacity", WEEK, *full)
    assert priced_tasks(WEEK, ("place_capacity",), *full) == HARD * sum(map(sum, found.values()))
    return found


def v(where, clock):
    return "v", 0, "a", where, clock


def w(where, clock, slot=0):
    return "w", slot, "bc"[slot], where, clock


S = "s", 0, "d", "P", "10:00"
T = "t", 0, "d", "Q", "09:45"


def test_whatever_starts_in_a_full_place_counts():
    # at 09:30 v is under way; at 09:00 it was alone
    assert both(v("P", "09:00"), w("P", "09:30")) == {"P": [1]}
    assert both(v("P", "09:00"), S) == {}


def test_two_that_start_at_once_are_both_too_many():
    assert both(v("P", "09:00"), w("P", "09:00")) == {"P": [1, 1]}


def test_a_crew_is_one_task_from_its_first_start_to_its_last_end():
    assert both(w("P", "09:00"), w("P", "09:30", 1)) == {}
    # the second stays until 10:30, so that the shift at 10:00 finds it there
    assert both(w("P", "09:00"), w("P", "09:30", 1), S) == {"P": [1]}


def test_a_place_holds_as_many_as_its_room():
    assert both(v("Q", "09:00"), w("Q", "09:30")) == {}
    # at 09:45 three are under way
    assert both(v("Q", "09:00"), w("Q", "09:30"), T) == {"Q": [1]}


def test_a_place_without_a_number_holds_any():
    assert both(v("R", "09:00"), w("R", "09:00")) == {}
    capacity = lowered(WEEK, "place_capacity").capacity
    assert capacity.most.tolist() == [1, 2, 0]
    assert capacity.cost.tolist() == [HARD, HARD, 0]
