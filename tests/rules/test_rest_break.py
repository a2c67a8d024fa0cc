import pytest

from scheduler.lowered.price import HARD
from scheduler.model import Break, Instance, Limits
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    limited,
    lowered,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    noon = Break(start=11 * 60, end=13 * 60, minutes=40, beyond=60)
    people = (
        limited("A", breaks=noon),
        person(
            "B",
            limits=Limits(breaks=noon),
            start_place="Q",
            availability=(window(0, "10:30", "18:00"),),
        ),
    )
    tasks = (
        visit("v", windows=(window(0, "10:00", "12:30"),), duration=80),
        visit("w", windows=(window(0, "11:00", "12:00"),), places="R", duration=45),
        shift("s", at(0, "11:45"), duration=60),
    )
    return instance(*PQR, *people, *tasks, days=1, ways=PQR_WAYS)


LUNCH = Limits(breaks=Break(start=11 * 60 + 30, end=13 * 60 + 30, minutes=45, beyond=0))


def day(*rows, **more):
    """Stops of given length, in minutes, at P and Q, ten minutes apart."""
    who = person("a", limits=LUNCH, **more)
    work = [visit(f"v{n}", duration=minutes) for n, (_, _, minutes) in enumerate(rows)]
    places = place("P"), place("Q"), place("S")
    week = instance(who, *places, *work, ways={("P", "Q"): 10, ("S", "P"): 20})
    filled = [(f"v{n}", 0, "a", where, at(0, clock)) for n, (where, clock, _) in enumerate(rows)]
    found = amounts("rest_break", week, *filled)
    assert priced(week, ("rest_break",), *filled) == sum(found.get("a", [])) * HARD
    return found


def test_work_all_through_lunch_misses_it():
    assert day(("P", "09:00", 300)) == {"a": [1]}


def test_lunch_may_lie_after_the_last_stop():
    # 12:45 to 13:30 is just enough
    assert day(("P", "09:00", 225)) == {}
    assert day(("P", "09:00", 226)) == {"a": [1]}


@pytest.mark.parametrize(("start", "missed"), [("12:35", {}), ("12:34", {"a": [1]})])
def test_lunch_may_lie_before_the_way_from_the_start_place(start, missed):
    # 11:30 + 45 minutes of rest + 20 minutes of way = 12:35
    assert day(("P", start, 120), start_place="S") == missed


@pytest.mark.parametrize(("start", "missed"), [("12:55", {}), ("12:54", {"a": [1]})])
def test_lunch_lies_between_two_stops_with_the_way_on_one_side(start, missed):
    # ends 12:00, way 10 minutes: 45 minutes of rest need 12:55
    assert day(("P", "11:00", 60), ("Q", start, 60)) == missed


def test_waiting_before_the_hours_of_lunch_is_no_lunch():
    # free 10:30 to 12:10, way 10 minutes: of 11:30 to 12:10 only 40 minutes, or 30 with the way after
    assert day(("P", "09:30", 60), ("Q", "12:10", 90)) == {"a": [1]}
    # with five minutes more the rest is 11:30 to 12:15, right before the later stop
    assert day(("P", "09:30", 60), ("Q", "12:15", 90)) == {}


def test_an_evening_owes_no_lunch_that_it_cannot_have_missed():
    assert day(("P", "18:00", 60)) == {}


def test_it_is_lowered_day_by_day_in_ticks_of_the_horizon():
    week = instance(person("a", limits=LUNCH), shift("s", 0), days=2)
    low = lowered(week, "rest_break").day
    assert low.rest_from.tolist() == [[690, 1440 + 690]]
    assert low.rest_to.tolist() == [[810, 1440 + 810]]
    assert low.rest_length.tolist() == [[45, 45]]
    assert low.rest_missed.tolist() == [[HARD, HARD]]


SHIFT_OF_EIGHT = Limits(breaks=Break(start=11 * 60 + 30, end=13 * 60 + 30, minutes=45))


def shifts(*rows):
    """Whether shifts (from, minutes) of a person with the usual break miss it."""
    who = person("a", limits=SHIFT_OF_EIGHT)
    work = [shift(f"s{n}", at(0, clock), duration=length) for n, (clock, length) in enumerate(rows)]
    week = instance(who, *work, days=2)
    filled = [(f"s{n}", 0, "a", "P", at(0, clock)) for n, (clock, _) in enumerate(rows)]
    missed = bool(amounts("rest_break", week, *filled))
    assert priced(week, ("rest_break",), *filled) == missed * HARD
    return missed


def test_a_day_of_six_hours_owes_no_break():
    assert not shifts(("08:00", 180), ("11:00", 180))  # to 14:00
    assert shifts(("08:00", 180), ("11:00", 181))


def test_a_shift_of_six_hours_holds_the_meal():
    assert not shifts(("07:00", 120), ("09:00", 360))
    assert shifts(("07:00", 120), ("09:00", 359))


def test_a_long_shift_holds_the_meal_only_where_it_leaves_time_for_it_in_its_hours():
    # of 12:45 to 20:00 there are 45 minutes before 13:30
    assert not shifts(("08:00", 285), ("12:45", 435))
    assert shifts(("08:00", 286), ("12:46", 434))


def test_hours_of_its_own_say_what_is_long():
    who = person(
        "a", limits=Limits(breaks=Break(start=690, end=810, minutes=45, beyond=0, within=300))
    )
    week = instance(who, shift("s", at(0, "09:00"), duration=299), days=1)
    assert amounts("rest_break", week, ("s", 0, "a", "P", at(0, "09:00"))) == {"a": [1]}
    week = instance(who, shift("s", at(0, "09:00"), duration=300), days=1)
    assert amounts("rest_break", week, ("s", 0, "a", "P", at(0, "09:00"))) == {}
