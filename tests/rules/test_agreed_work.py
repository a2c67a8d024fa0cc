from scheduler.model import Instance, Level, Role, RuleSetting
from tests.rules.build import amounts, at, instance, morning, person, shift, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    volunteer = person("A", Role.RESIDENT_VOLUNTEER, agreed=("check",))
    tasks = morning("v"), morning("w", kind="talk"), shift("s", at(1, "09:00"))
    return instance(volunteer, person("B", agreed=()), person("C"), *tasks, days=2)


WORK = (
    person("a", Role.RESIDENT_VOLUNTEER, agreed=("check", "venue")),
    person("b", Role.RESIDENT_VOLUNTEER, agreed=()),
    person("c"),
    visit("v"),
    visit("w", kind="talk"),
    shift("s", at(0, "14:00")),
)


def rows(who):
    return (
        ("v", 0, who, "P", at(0, "09:00")),
        ("w", 0, who, "P", at(0, "10:00")),
        ("s", 0, who, "P", at(0, "14:00")),
    )


def test_each_slot_of_a_kind_that_was_not_agreed_counts():
    week = instance(*WORK)
    # a agreed to checks and venues: the talk is left; b agreed to nothing: all three
    assert amounts("agreed_work", week, *rows("a")) == {"w": [1]}
    assert amounts("agreed_work", week, *rows("b")) == {"v": [1], "w": [1], "s": [1]}


def test_without_a_list_every_kind_is_agreed():
    assert amounts("agreed_work", instance(*WORK), *rows("c")) == {}


def test_who_did_not_agree_is_forbidden():
    week = instance(*WORK)
    assert able("agreed_work", week, "v") == ["a", "c"]
    assert able("agreed_work", week, "w") == ["c"]
    assert able("agreed_work", week, "s") == ["a", "c"]


def test_softened_each_slot_has_its_price():
    soft = {"agreed_work": RuleSetting(level=Level.SOFT, weight=4)}
    # three slots at 4 points
    assert priced(instance(*WORK, weights=soft), ("agreed_work",), *rows("b")) == 12
