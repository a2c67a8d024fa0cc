"""Friday's night shift is work on Saturday: for a day asked off, and for weekends."""

from datetime import date

import pytest

from scheduler import Stop, solve
from scheduler.model import PersonHistory, Wish
from tests.rules.build import amounts, at, instance, limited, person, shift, visit, window

STOPS = Stop(), Stop(steps=3_000)
SATURDAY = Wish(want=False, days=(date(2026, 11, 28),), weight=50)
NIGHT = shift("night", at(4, "22:00"), duration=480)
ROW = ("night", 0, "n", "P", at(4, "22:00"))


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_who_asked_for_saturday_off_is_spared_fridays_night(stop):
    week = instance(person("n", wishes=(SATURDAY,)), person("m"), NIGHT)
    found = solve(week, stop)
    assert [one.person for one in found.assignments] == ["m"]


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_who_works_no_weekends_works_no_friday_night(stop):
    # Priority 3: 5 points.
    found = solve(instance(limited("n", weekends=0), NIGHT), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)


def test_an_evening_that_ends_at_midnight_sharp_touches_friday_alone():
    until = instance(limited("n", weekends=0), shift("night", at(4, "22:00"), duration=120), days=7)
    assert amounts("weekends", until, ROW) == {}
    longer = instance(limited("n", weekends=0), shift("night", at(4, "22:00"), duration=121))
    assert amounts("weekends", longer, ROW) == {"n": [1]}


def test_one_night_that_touches_both_days_of_a_wish_is_one_assignment():
    both = SATURDAY.model_copy(update={"days": (date(2026, 11, 27), date(2026, 11, 28))})
    week = instance(person("n", wishes=(both,)), NIGHT)
    assert amounts("wishes", week, ROW) == {"n": [50]}


def test_sundays_night_into_monday_is_work_of_one_weekend():
    past = {"n": PersonHistory(weekends=1)}
    sunday = shift("night", at(6, "22:00"), duration=480)
    week = instance(person("n"), sunday, days=14, history=past)
    row = ("night", 0, "n", "P", at(6, "22:00"))
    assert amounts("weekends_in_turn", week, row) == {"n": [1]}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_a_visit_keeps_out_of_saturday_as_far_as_it_can(stop):
    # It lasts an hour: begun by 23:00 it ends with Friday.
    late = visit("v", windows=(window(4, "22:40", "24:00"),), duration=60)
    week = instance(person("n", wishes=(SATURDAY,)), late)
    (one,) = solve(week, stop).assignments
    assert one.end <= at(5)
    # With a window from 23:01 on it cannot.
    later = visit("v", windows=(window(4, "23:01", "24:00"),), duration=60)
    week = instance(person("n", wishes=(SATURDAY,)), later)
    assert amounts("wishes", week, ("v", 0, "n", "P", at(4, "23:01"))) == {"n": [50]}
    assert solve(week, stop).score.soft >= 50
