from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, RuleSetting
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    limited,
    lowered,
    person,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    people = (
        person("A", minor=True, end_place="Q"),
        limited("B", evening_from=18 * 60),
        person("C"),
    )
    tasks = (
        visit("v", windows=(window(0, "17:30", "19:30"),)),
        shift("s", at(0, "18:30"), duration=120),
        shift("t", at(1, "21:00"), duration=60),
    )
    return instance(*PQR, *people, *tasks, days=2, ways=PQR_WAYS)


RULES = "availability", "evening_end"
WORK = shift("s", at(0, "18:30"), duration=120), visit("v")
LATE = "s", 0, "a", "P", at(0, "18:30")


def test_a_minors_work_ends_at_eight():
    week = instance(person("a", minor=True), *WORK)
    # 18:30 to 20:30 is half an hour too long
    assert amounts("evening_end", week, LATE) == {"a": [30]}
    assert priced(week, RULES, LATE) == 30 * HARD
    assert amounts("evening_end", week, ("v", 0, "a", "P", at(0, "19:00"))) == {}


def test_limits_name_another_hour_for_anybody():
    week = instance(person("a", limits=Limits(evening_from=19 * 60)), *WORK)
    # an hour and a half after seven
    assert amounts("evening_end", week, LATE) == {"a": [90]}
    assert priced(week, RULES, LATE) == 90 * HARD


def test_others_may_work_late():
    week = instance(person("a"), *WORK)
    assert amounts("evening_end", week, LATE) == {}
    assert priced(week, RULES, LATE) == 0


def test_what_lies_outside_presence_is_availabilitys_alone():
    there = (window(0, "08:00", "20:10"),)
    week = instance(person("a", minor=True, availability=there), *WORK)
    # ten minutes in presence after eight, twenty more outside it: thirty in all
    assert amounts("evening_end", week, LATE) == {"a": [10]}
    assert amounts("availability", week, LATE) == {"a": [20]}
    assert priced(week, RULES, LATE) == 30 * HARD


def test_it_holds_where_availability_is_off():
    off = {"availability": RuleSetting(on=False)}
    week = instance(person("a", minor=True, availability=()), *WORK, weights=off)
    assert amounts("evening_end", week, LATE) == {"a": [30]}
    assert priced(week, ("evening_end",), LATE) == 30 * HARD


def test_a_night_that_began_in_time_ends_too_late_by_all_of_it():
    night = shift("n", at(0, "19:00"), duration=600)
    week = instance(person("a", minor=True), night)
    # one hour is in time, nine hours are not
    assert amounts("evening_end", week, ("n", 0, "a", "P", at(0, "19:00"))) == {"a": [540]}
    assert priced(week, RULES, ("n", 0, "a", "P", at(0, "19:00"))) == 540 * HARD


def test_it_is_lowered_on_presence():
    week = instance(person("a", minor=True), person("b"), days=1)
    assert lowered(week, *RULES).day.spans.tolist() == [[0, 1200], [0, 7 * 1440]]
