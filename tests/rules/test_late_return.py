from scheduler.model import Instance, RuleSetting
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    morning,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    here = (window(0, "08:00", "11:00"),)
    people = person("A", availability=here, end_place="Q"), person("B", end_place="R")
    late = shift("t", at(0, "22:55"), duration=55)
    tasks = morning("v"), morning("w", places="R"), shift("s", at(0, "10:00"), duration=55), late
    return instance(*PQR, *people, *tasks, days=1, ways=PQR_WAYS)


MORNING = (window(0, "09:00", "12:00"),)
PLACES = place("P"), place("E")


def test_a_late_way_home_costs_its_minutes():
    who = person("a", availability=MORNING, end_place="E")
    week = instance(who, *PLACES, visit("v"), ways={("P", "E"): 25})
    # ends 11:50, home 12:15
    row = ("v", 0, "a", "P", at(0, "10:50"))
    assert amounts("late_return", week, row) == {"a": [15]}
    assert priced(week, ("availability", "late_return"), row) == 2 * 15


def test_home_in_time_costs_nothing():
    who = person("a", availability=MORNING, end_place="E")
    week = instance(who, *PLACES, visit("v"), ways={("P", "E"): 25})
    assert amounts("late_return", week, ("v", 0, "a", "P", at(0, "10:35"))) == {}


def test_without_an_end_place_nobody_is_late():
    week = instance(person("a", availability=MORNING), *PLACES, visit("v"), ways={("P", "E"): 25})
    row = ("v", 0, "a", "P", at(0, "11:50"))
    assert amounts("late_return", week, row) == {}
    assert priced(week, ("late_return",), row) == 0


def test_where_availability_is_off_the_day_ends_at_midnight():
    who = person("a", availability=MORNING, end_place="E")
    off = {"availability": RuleSetting(on=False)}
    week = instance(who, *PLACES, visit("v"), ways={("P", "E"): 25}, weights=off)
    # ends 23:50, home 00:15
    row = ("v", 0, "a", "P", at(0, "22:50"))
    assert amounts("late_return", week, row) == {"a": [15]}
    assert priced(week, ("late_return",), row) == 2 * 15


def test_a_day_that_ends_when_its_evening_begins_has_no_evening_to_be_back_in():
    there = window(0, "08:00", "12:00"), window(0, "20:00", "22:00")
    who = person("a", minor=True, availability=there, end_place="E")
    week = instance(who, *PLACES, visit("v"), ways={("P", "E"): 25}, days=1)
    # ends at noon, home 12:25; from eight in the evening on a minor is not there
    row = ("v", 0, "a", "P", at(0, "11:00"))
    assert amounts("late_return", week, row) == {"a": [25]}
    assert priced(week, ("availability", "evening_end", "late_return"), row) == 2 * 25


def test_a_day_of_two_presences_ends_with_the_last_of_them():
    there = window(0, "09:00", "12:00"), window(0, "14:00", "17:00")
    week = instance(
        person("a", availability=there, end_place="E"), *PLACES, visit("v"), ways={("P", "E"): 25}
    )
    # over at 16:50, home 17:15
    row = ("v", 0, "a", "P", at(0, "15:50"))
    assert amounts("late_return", week, row) == {"a": [15]}
    assert priced(week, ("availability", "late_return"), row) == 2 * 15
