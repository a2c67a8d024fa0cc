from scheduler.model import Instance, Level, Need, RuleSetting, Slot
from tests.rules.build import amounts, at, instance, morning, person, shift, visit
from tests.rules.engine import able, priced


def tiny() -> Instance:
    people = person("A", skills={"talk": 2}), person("B", skills={"talk": 1, "drive": 1})
    tasks = (
        morning("v", Slot(skills={"talk": 2}), Slot(skills={"drive": 1})),
        shift("s", at(0, "14:00"), Need(skills={"talk": 1})),
    )
    return instance(*people, person("C"), *tasks, days=1)


WORK = (
    person("a", skills={"first_aid": 1}),
    person("b", skills={"first_aid": 2, "dialect": 1}),
    person("c"),
    visit("v", Slot(skills={"first_aid": 2, "dialect": 1}), Slot()),
    shift("s", at(0, "14:00"), Need(skills={"first_aid": 1})),
)


def v(who, slot=0):
    return "v", slot, who, "P", at(0, "09:00")


def test_levels_missing_add_up_over_the_skills():
    week = instance(*WORK)
    # c lacks 2 + 1, a lacks 1 + 1, b nothing
    assert amounts("skill", week, v("c")) == {"v": [3]}
    assert amounts("skill", week, v("a")) == {"v": [2]}
    assert amounts("skill", week, v("b")) == {}
    assert amounts("skill", week, v("c", 1)) == {}


def test_who_lacks_a_level_is_forbidden():
    week = instance(*WORK)
    assert able("skill", week, "v", 0) == ["b"]
    assert able("skill", week, "v", 1) == ["a", "b", "c"]
    assert able("skill", week, "s") == ["a", "b"]


def test_softened_each_level_has_its_price():
    week = instance(*WORK, weights={"skill": RuleSetting(level=Level.SOFT, weight=4)})
    # three levels, and two, at 4 points
    assert priced(week, ("skill",), v("c")) == 12
    assert priced(week, ("skill",), v("a")) == 8
