from scheduler.model import Case, Instance, Level, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, morning, person, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    tasks = morning("v", kind="counselling"), morning("w"), morning("x", Slot(), Slot(), case="c")
    case = Case(id="c", name="c", kind="counselling")
    return instance(person("A", minor=True), person("B"), case, *tasks, days=1)


WORK = (
    Case(id="series", name="series", kind="counselling"),
    person("a", minor=True),
    person("b"),
    visit("v", kind="counselling"),
    visit("w", Slot(), Slot(), case="series"),
    visit("x"),
    visit("y", kind="hotline"),
)
ALL = [(task, 0, "a", "P", at(day, "09:00")) for day, task in enumerate("vwxy")]


def test_a_minor_takes_no_part_in_counselling_nor_in_a_counselling_case():
    week = instance(*WORK)
    assert amounts("minors", week, *ALL) == {"v": [1], "w": [1]}
    assert amounts("minors", week, ("w", 1, "a", "P", at(0, "09:00"))) == {"w": [1]}
    assert amounts("minors", week, ("v", 0, "b", "P", at(0, "09:00"))) == {}


def test_settings_say_what_counselling_is():
    week = instance(*WORK, counselling_kinds=("hotline",))
    assert amounts("minors", week, *ALL) == {"y": [1]}
    assert able("minors", week, "v") == ["a", "b"]
    assert able("minors", week, "y") == ["b"]


def test_minors_are_forbidden():
    week = instance(*WORK)
    assert able("minors", week, "v") == ["b"]
    assert able("minors", week, "w", 1) == ["b"]
    assert able("minors", week, "x") == ["a", "b"]


def test_softened_each_slot_has_its_price():
    soft = {"minors": RuleSetting(level=Level.SOFT, weight=3)}
    # v and w at 3 points
    assert priced(instance(*WORK, weights=soft), ("minors",), *ALL) == 6
