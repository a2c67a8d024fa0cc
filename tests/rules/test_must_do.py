from scheduler.lowered.price import HARD
from scheduler.model import Instance, Slot
from tests.rules.build import amounts, at, instance, morning, person, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = morning("v", must=True), morning("w", Slot(), Slot(), must=True, least_crew=1)
    return instance(person("A"), person("B"), *tasks, morning("x"), days=1)


WORK = (
    person("a"),
    person("b"),
    visit("v", Slot(), Slot(), must=True, least_crew=1),
    visit("w"),
)


def test_each_empty_slot_of_a_visit_that_must_be_done_counts():
    week = instance(*WORK)
    assert amounts("must_do", week) == {"v": [2]}
    assert priced_tasks(week, ("must_do",)) == 2 * HARD


def test_a_crew_that_may_be_smaller_still_lacks_somebody():
    week = instance(*WORK)
    row = "v", 0, "a", "P", at(0, "09:00")
    assert amounts("must_do", week, row) == {"v": [1]}
    assert priced_tasks(week, ("must_do",), row) == HARD


def test_a_whole_crew_is_enough():
    week = instance(*WORK)
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("v", 1, "b", "P", at(0, "09:00"))
    assert amounts("must_do", week, *rows) == {}
    assert priced_tasks(week, ("must_do",), *rows) == 0
