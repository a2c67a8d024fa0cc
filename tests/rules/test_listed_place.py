from scheduler.model import Instance, Slot
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    place,
    shift,
    visit,
)
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = morning("v", Slot(), Slot(), places=("P", "Q")), morning("w", places="R")
    return instance(*PQR, person("A"), person("B"), *tasks, days=1, ways=PQR_WAYS)


WEEK = instance(
    place("P"),
    place("Q"),
    place("R"),
    person("a"),
    person("b"),
    visit("v", Slot(), Slot(), places=("P", "Q")),
    shift("s", at(0, "14:00"), place="Q"),
    days=1,
)


def rows(*places):
    return [("v", slot, "ab"[slot], where, at(0, "09:00")) for slot, where in enumerate(places)]


def test_each_filled_slot_elsewhere_counts():
    assert amounts("listed_place", WEEK, *rows("Q", "Q")) == {}
    assert amounts("listed_place", WEEK, *rows("R", "R")) == {"v": [1, 1]}
    assert amounts("listed_place", WEEK, ("s", 0, "a", "P", at(0, "14:00"))) == {"s": [1]}


def test_a_crew_is_where_its_first_is():
    assert amounts("listed_place", WEEK, *rows("P", "Q")) == {"v": [1]}


def test_engines_have_no_other_place():
    window = lowered(WEEK, "visit_window").window
    # the visit at P or Q, the shift at Q
    assert window.task.tolist() == [0, 0, 1]
    assert window.place.tolist() == [0, 1, 1]
    assert priced_tasks(WEEK, ("listed_place",), *rows("Q", "Q")) == 0
    assert priced_tasks(WEEK, ("listed_place",), *rows("R", "R")) is None
