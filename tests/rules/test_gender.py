from scheduler.model import Case, Household, Instance, Level, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, morning, person, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    home = Household(id="h", name="h", place="P", gender="f")
    people = person("A", gender="f"), person("B", gender="m"), person("C")
    tasks = morning("v", Slot(), Slot(), household="h"), morning("w")
    return instance(home, *people, *tasks, days=1)


WORK = (
    Household(id="h", name="h", place="P", gender="f"),
    Household(id="i", name="i", place="P"),
    Case(id="c", name="c", kind="family", household="h"),
    person("a", gender="f"),
    person("b", gender="m"),
    person("c"),
    visit("v", Slot(), Slot(), household="h"),
    visit("w", case="c"),
    visit("x", household="i"),
)
PAIR = ("v", 0, "b", "P", at(0, "09:00")), ("v", 1, "c", "P", at(0, "09:00"))


def test_everybody_who_comes_is_what_the_household_asked_for():
    week = instance(*WORK)
    # b is a man, and c does not say
    assert amounts("gender", week, *PAIR) == {"v": [1, 1]}
    assert amounts("gender", week, ("v", 0, "a", "P", at(0, "09:00"))) == {}


def test_a_cases_visits_go_to_its_household():
    assert amounts("gender", instance(*WORK), ("w", 0, "b", "P", at(0, "09:00"))) == {"w": [1]}


def test_who_asks_for_nobody_in_particular_gets_anybody():
    assert amounts("gender", instance(*WORK), ("x", 0, "b", "P", at(0, "09:00"))) == {}


def test_others_are_forbidden():
    week = instance(*WORK)
    assert able("gender", week, "v", 1) == ["a"]
    assert able("gender", week, "w") == ["a"]
    assert able("gender", week, "x") == ["a", "b", "c"]


def test_softened_each_slot_has_its_price():
    soft = {"gender": RuleSetting(level=Level.SOFT, weight=7)}
    # two slots at 7 points
    assert priced(instance(*WORK, weights=soft), ("gender",), *PAIR) == 14
