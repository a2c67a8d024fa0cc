from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory, Role
from tests.rules.build import amounts, at, instance, limited, lowered, person, shift, visit, window
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(last_end=at(-1, "23:00"))}
    people = limited("A", rest_minutes=660), limited("B", rest_minutes=900), limited("C")
    tasks = (
        visit("v", windows=(window(0, "08:00", "09:00"), window(1, "08:00", "09:00"))),
        shift("s", at(0, "18:00"), duration=300),
        shift("t", at(1, "07:00")),
    )
    return instance(*people, *tasks, days=2, history=history)


def test_a_late_evening_leaves_too_little_rest_before_an_early_morning():
    week = instance(person("a"), shift("late", at(0, "18:00")), visit("early"))
    # 22:00 to 07:00 is 9 hours of 11: 120 minutes short
    rows = ("late", 0, "a", "P", at(0, "18:00")), ("early", 0, "a", "P", at(1, "07:00"))
    assert amounts("min_rest", week, *rows) == {"a": [120]}
    assert priced(week, ("min_rest",), *rows) == 120 * HARD


def test_a_day_between_is_rest_enough():
    week = instance(person("a"), shift("late", at(0, "18:00")), visit("early"))
    rows = ("late", 0, "a", "P", at(0, "18:00")), ("early", 0, "a", "P", at(2, "00:00"))
    assert amounts("min_rest", week, *rows) == {}


def test_work_before_the_horizon_counts():
    past = {"a": PersonHistory(last_end=at(-1, "23:00"))}
    week = instance(person("a"), visit("early"), history=past)
    # 23:00 to 08:00 is 9 hours of 11
    assert amounts("min_rest", week, ("early", 0, "a", "P", at(0, "08:00"))) == {"a": [120]}
    assert priced(week, ("min_rest",), ("early", 0, "a", "P", at(0, "08:00"))) == 120 * HARD


def test_it_is_lowered_for_those_who_are_owed_it():
    week = instance(
        person("a"),
        person("b", Role.RESIDENT_VOLUNTEER),
        person("c", limits=Limits(rest_minutes=600)),
    )
    follow = lowered(week, "min_rest").follow
    assert follow.rest.tolist() == [660, 0, 600]
    assert follow.rest_short.tolist() == [HARD, 0, HARD]
