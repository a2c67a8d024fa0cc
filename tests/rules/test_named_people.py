from scheduler.model import Instance, Level, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, morning, person, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    tasks = morning("v", Slot(people=("A", "B")), Slot()), morning("w", excluded=("A",))
    return instance(person("A"), person("B"), person("C"), *tasks, days=1)


WORK = (
    person("a"),
    person("b"),
    person("c"),
    visit("v", Slot(people=("a", "b")), Slot()),
    visit("w", excluded=("a",)),
    visit("x", Slot(people=("a",)), excluded=("a",)),
    visit("y", Slot(people=())),
)


def filled(task, slot, who):
    return amounts("named_people", instance(*WORK), (task, slot, who, "P", at(0, "09:00")))


def test_a_slot_that_names_people_takes_nobody_else():
    assert filled("v", 0, "a") == {}
    assert filled("v", 0, "c") == {"v": [1]}
    assert filled("v", 1, "c") == {}


def test_nobody_comes_whom_the_visit_excludes():
    assert filled("w", 0, "a") == {"w": [1]}
    assert filled("w", 0, "b") == {}


def test_being_named_and_excluded_counts_once():
    assert filled("x", 0, "a") == {"x": [1]}


def test_everybody_else_is_forbidden():
    week = instance(*WORK)
    assert able("named_people", week, "v", 0) == ["a", "b"]
    assert able("named_people", week, "v", 1) == ["a", "b", "c"]
    assert able("named_people", week, "w") == ["b", "c"]
    assert able("named_people", week, "x") == []
    assert able("named_people", week, "y") == []


def test_softened_each_slot_has_its_price():
    soft = {"named_people": RuleSetting(level=Level.SOFT, weight=5)}
    rows = ("v", 0, "c", "P", at(0, "09:00")), ("w", 0, "a", "P", at(0, "09:00"))
    # two slots at 5 points
    assert priced(instance(*WORK, weights=soft), ("named_people",), *rows) == 10
