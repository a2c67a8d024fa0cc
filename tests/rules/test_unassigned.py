from scheduler.lowered.price import MEDIUM
from scheduler.model import Instance, Slot
from tests.rules.build import amounts, at, instance, lowered, morning, person, shift, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = (
        morning("v", priority=5),
        morning("w", Slot(), Slot(), least_crew=1, priority=2),
        morning("x", priority=1),
    )
    return instance(person("A"), person("B"), *tasks, days=1)


WORK = (
    person("a"),
    person("b"),
    visit("v", Slot(), Slot(), priority=5),
    visit("w", priority=1),
    shift("s", at(0, "14:00")),
)


def test_each_empty_slot_costs_the_priority():
    week = instance(*WORK)
    # 2 x 25 for priority 5, 1 for priority 1; the shift is headcounts matter
    assert amounts("unassigned", week) == {"v": [50], "w": [1]}
    assert priced_tasks(week, ("unassigned",)) == 51 * MEDIUM


def test_a_filled_slot_costs_nothing():
    week = instance(*WORK)
    rows = ("v", 1, "a", "P", at(0, "09:00")), ("w", 0, "b", "P", at(0, "09:00"))
    assert amounts("unassigned", week, *rows) == {"v": [25]}
    assert priced_tasks(week, ("unassigned",), *rows) == 25 * MEDIUM


def test_settings_say_what_a_priority_costs():
    week = instance(*WORK, priority_points=(3, 5, 7, 9, 40))
    assert amounts("unassigned", week) == {"v": [80], "w": [3]}
    found = lowered(week, "unassigned").empty.cost.tolist()
    assert found == [40 * MEDIUM, 40 * MEDIUM, 3 * MEDIUM, 0]
