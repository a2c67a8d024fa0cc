from scheduler.lowered.follow import LONG_AGO
from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory, Role
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    limited,
    lowered,
    morning,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    tasks = (
        morning("v"),
        visit("w", windows=(window(0, "09:30", "10:30"),), places="Q"),
        shift("s", at(0, "22:00"), duration=480),
        shift("t", at(1, "05:00")),
    )
    return instance(*PQR, limited("A"), limited("B"), *tasks, days=2, ways=PQR_WAYS)


RESTLESS = Limits(rest_minutes=None)


def test_two_stops_are_short_of_the_way_between_them():
    week = instance(
        person("a"), place("P"), place("Q"), visit("v"), visit("w"), ways={("P", "Q"): 20}
    )
    # ends 10:00, way 20 minutes, the next starts 10:05: 15 short
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "Q", at(0, "10:05"))
    assert amounts("no_overlap", week, *rows) == {"a": [15]}


def test_the_way_may_just_fit():
    week = instance(
        person("a"), place("P"), place("Q"), visit("v"), visit("w"), ways={("P", "Q"): 20}
    )
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("w", 0, "a", "Q", at(0, "10:20"))
    assert amounts("no_overlap", week, *rows) == {}


def test_a_night_may_not_run_into_the_next_morning_of_whoever_is_owed_no_rest():
    week = instance(
        person("a", limits=RESTLESS), shift("night", at(0, "22:00"), duration=480), visit("v")
    )
    # ends 06:00, starts 05:30
    rows = ("night", 0, "a", "P", at(0, "22:00")), ("v", 0, "a", "P", at(1, "05:30"))
    assert amounts("no_overlap", week, *rows) == {"a": [30]}
    assert priced(week, ("no_overlap",), *rows) == 30 * HARD


def test_work_before_the_horizon_may_not_run_into_the_first_day():
    week = instance(
        person("a", limits=RESTLESS),
        visit("v"),
        history={"a": PersonHistory(last_end=at(0, "01:00"))},
    )
    # the work before ended 01:00, this starts 00:50
    assert amounts("no_overlap", week, ("v", 0, "a", "P", at(0, "00:50"))) == {"a": [10]}
    assert priced(week, ("no_overlap",), ("v", 0, "a", "P", at(0, "00:50"))) == 10 * HARD


def test_a_rest_that_is_owed_counts_beside_the_overlap():
    week = instance(person("a"), shift("night", at(0, "22:00"), duration=480), visit("v"))
    rows = ("night", 0, "a", "P", at(0, "22:00")), ("v", 0, "a", "P", at(1, "05:30"))
    # ends 06:00, starts 05:30; 11 hours are owed and 30 minutes are missing even to none: 690 short
    assert amounts("no_overlap", week, *rows) == {"a": [30]}
    assert amounts("min_rest", week, *rows) == {"a": [690]}
    assert priced(week, ("min_rest", "no_overlap"), *rows) == 720 * HARD


def test_nothing_is_lowered_where_one_day_is_all():
    one = instance(person("a", Role.RESIDENT_VOLUNTEER), visit("v"), days=1)
    follow = lowered(one, "no_overlap").follow
    assert follow.rest_short.tolist() == [0]
    assert follow.past_end.tolist() == [LONG_AGO]
