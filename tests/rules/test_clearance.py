from scheduler.model import Case, Instance, Level, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, morning, person, place, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    case = Case(id="c", name="c", kind="family", private=True)
    tasks = morning("v", private=True), morning("w", case="c"), morning("x")
    room = place("P", private=True)
    return instance(room, person("A", clearance=True), person("B"), case, *tasks, days=1)


WORK = (
    person("a", clearance=True),
    person("b"),
    person("c"),
    Case(id="secret", name="secret", kind="family", private=True),
    Case(id="open", name="open", kind="family"),
    visit("v", Slot(), Slot(), private=True),
    visit("w", case="secret"),
    visit("x", case="open"),
)
PAIR = ("v", 0, "b", "P", at(0, "09:00")), ("v", 1, "c", "P", at(0, "09:00"))


def test_each_slot_without_clearance_counts():
    assert amounts("clearance", instance(*WORK), *PAIR) == {"v": [1, 1]}


def test_a_visit_of_a_private_case_is_private():
    week = instance(*WORK)
    assert amounts("clearance", week, ("w", 0, "b", "P", at(0, "09:00"))) == {"w": [1]}
    assert amounts("clearance", week, ("w", 0, "a", "P", at(0, "09:00"))) == {}
    assert amounts("clearance", week, ("x", 0, "b", "P", at(0, "09:00"))) == {}


def test_who_has_no_clearance_is_forbidden():
    week = instance(*WORK)
    assert able("clearance", week, "v", 1) == ["a"]
    assert able("clearance", week, "w") == ["a"]
    assert able("clearance", week, "x") == ["a", "b", "c"]


def test_softened_each_slot_has_its_price():
    soft = {"clearance": RuleSetting(level=Level.SOFT, weight=8)}
    # two slots at 8 points
    assert priced(instance(*WORK, weights=soft), ("clearance",), *PAIR) == 16
