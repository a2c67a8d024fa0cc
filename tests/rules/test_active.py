from scheduler.lowered.price import SOFT
from scheduler.model import Level, Pin, RuleSetting
from scheduler.rules import active, rules
from tests.rules.build import amounts, at, instance, person, place, visit, window
from tests.rules.engine import priced, priced_tasks

PRICED_TOGETHER = [rule for rule in rules().values() if rule.weighs_as]


def price_of(rule, **weights):
    found = {one.rule.id: one for one in active(instance(weights=weights))}
    return found[rule].level, found[rule].weight


def test_settings_come_before_what_the_rule_says():
    assert price_of("known_face") == (Level.SOFT, 20)
    assert price_of("known_face", known_face=RuleSetting(weight=8)) == (Level.SOFT, 8)
    assert price_of("known_face", known_face=RuleSetting(level=Level.MEDIUM)) == (Level.MEDIUM, 20)


def test_rules_that_share_a_price_follow_the_one_that_has_it():
    assert {rule.id: rule.weighs_as for rule in PRICED_TOGETHER} == {
        "evening_end": "availability",
        "opening_hours": "visit_window",
        "frozen": "visit_window",
        "pinned": "visit_window",
    }
    for rule in PRICED_TOGETHER:
        soft = {rule.weighs_as: RuleSetting(level=Level.SOFT, weight=4)}
        assert price_of(rule.id, **soft) == (Level.SOFT, 4)
        # a setting of their own turns them on and off only
        own = {rule.id: RuleSetting(level=Level.SOFT, weight=9)}
        assert price_of(rule.id, **own) == (Level.HARD, 1)


def test_a_soft_window_softens_opening_hours_and_pins_alike():
    soft = {"visit_window": RuleSetting(level=Level.SOFT, weight=4)}
    week = instance(
        place("P", opening=(window(0, "09:00", "11:00"),)),
        person("a"),
        visit("v", windows=(window(0, "08:00", "18:00"),)),
        Pin(task="v", start=at(0, "09:30")),
        weights=soft,
    )
    row = "v", 0, "a", "P", at(0, "10:10")
    # closes an hour after 10:00, ten minutes ago; half an hour more to the pinned start: 40 in all
    assert amounts("opening_hours", week, row) == {"v": [10]}
    assert amounts("pinned", week, row) == {"v": [30]}
    assert priced_tasks(week, ("opening_hours", "pinned"), row) == 40 * 4 * SOFT


def test_soft_availability_softens_the_evening():
    soft = {"availability": RuleSetting(level=Level.SOFT, weight=4)}
    week = instance(person("a", minor=True), visit("v"), weights=soft)
    row = "v", 0, "a", "P", at(0, "19:30")
    # half an hour after eight
    assert amounts("evening_end", week, row) == {"a": [30]}
    assert priced(week, ("availability", "evening_end"), row) == 30 * 4 * SOFT
