from itertools import pairwise

import pytest

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Level, RuleSetting, Window
from scheduler.rules import rules
from tests.rules.build import (
    DAY,
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    place,
    roster,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    here = window(0, "08:00", "12:00"), window(0, "13:00", "15:00"), window(1, "10:00", "24:00")
    away = (window(1, "09:30", "10:30"),)
    people = (
        person("A", availability=here, start_place="Q"),
        person("B", leave=away, start_place="R"),
    )
    tasks = (
        morning("v", days=(0, 1), duration=150),
        visit("w", windows=(window(0, "11:00", "12:30"),), duration=90),
        shift("s", at(1, "09:30"), duration=60),
    )
    return instance(*PQR, *people, *tasks, days=2, ways=PQR_WAYS)


MORNINGS = tuple(window(day, "09:00", "12:00") for day in range(3))


def spans(week, *rules):
    day = lowered(week, *(rules or ("availability",))).day
    ends = day.span_first.tolist()
    return [day.spans[a:b].tolist() for a, b in pairwise(ends)]


def test_a_stop_that_runs_over_the_end_costs_the_minutes_outside():
    week = instance(person("a", availability=MORNINGS), visit("v"))
    # 11:20 to 12:20
    assert amounts("availability", week, ("v", 0, "a", "P", at(0, "11:20"))) == {"a": [20]}
    assert priced(week, ("availability",), ("v", 0, "a", "P", at(0, "11:20"))) == 20 * HARD


def test_leave_is_taken_out():
    away = (window(1, "09:00", "11:00"),)
    week = instance(person("a", availability=MORNINGS, leave=away), visit("v"), days=3)
    assert amounts("availability", week, ("v", 0, "a", "P", at(1, "10:30"))) == {"a": [30]}
    assert spans(week) == [
        [[at(0, "09:00"), at(0, "12:00")]],
        [[at(1, "11:00"), at(1, "12:00")]],
        [[at(2, "09:00"), at(2, "12:00")]],
    ]


def test_only_the_way_from_the_start_place_has_to_begin_in_presence():
    week = instance(person("a", availability=MORNINGS), *PQR, visit("v"), visit("w"), ways=PQR_WAYS)
    # two hours of work from seven on; the way between them is not counted once more
    rows = ("v", 0, "a", "P", at(0, "07:00")), ("w", 0, "a", "R", at(0, "08:10"))
    assert amounts("availability", week, *rows) == {"a": [60 + 50]}
    assert priced(week, ("availability",), *rows) == 110 * HARD


def test_nobody_sets_out_before_they_are_there():
    who = person("a", availability=MORNINGS, start_place="S")
    week = instance(who, place("P"), place("S"), visit("v"), ways={("S", "P"): 15})
    # 15 minutes of way before 09:05 begin at 08:50
    row = ("v", 0, "a", "P", at(0, "09:05"))
    assert amounts("availability", week, row) == {"a": [10]}
    assert priced(week, ("availability",), row) == 10 * HARD


def test_without_a_start_place_nobody_sets_out():
    week = instance(person("a", availability=MORNINGS), visit("v"))
    assert amounts("availability", week, ("v", 0, "a", "P", at(0, "09:00"))) == {}


def test_a_night_belongs_to_the_day_it_starts_on():
    night = (Window(start=at(0, "22:00"), end=at(1, "06:00")),)
    week = instance(
        person("a", availability=night),
        shift("n", at(0, "22:00"), duration=480),
        visit("v"),
        days=3,
    )
    assert amounts("availability", week, ("n", 0, "a", "P", at(0, "22:00"))) == {}
    assert amounts("availability", week, ("v", 0, "a", "P", at(1, "05:30"))) == {"a": [30]}
    # the first day goes on to six, the second has nothing left, the third is closed
    assert spans(week) == [[[at(0, "22:00"), at(1, "06:00")]], [], []]


def test_the_way_to_a_night_begins_with_its_evening_not_with_the_morning_before():
    nights = tuple(Window(start=at(day, "22:00"), end=at(day + 1, "06:00")) for day in (0, 1))
    week = instance(
        person("a", availability=nights, start_place="Q"),
        place("P"),
        place("Q"),
        shift("n", at(1, "22:00"), duration=240),
        visit("v"),
        days=3,
        ways={("P", "Q"): 30},
    )
    # The day begins at 06:00, when the night before has ended, and nobody is there until 22:00.
    assert week.workdays.begins("a")[1] == at(1, "06:00")
    assert amounts("availability", week, ("n", 0, "a", "P", at(1, "22:00"))) == {"a": [30]}


def test_a_soft_rule_leaves_days_of_absence_open_at_their_price():
    soft = {"availability": RuleSetting(level=Level.SOFT, weight=3)}
    week = instance(person("a", availability=()), visit("v"), weights=soft, days=1)
    assert spans(week) == [[[0, 0]]]
    row = ("v", 0, "a", "P", at(0, "10:00"))
    assert amounts("availability", week, row) == {"a": [60]}
    assert priced(week, ("availability",), row) == 60 * 3


def test_off_everybody_is_there_all_day():
    week = instance(person("a", availability=()), weights={"availability": RuleSetting(on=False)})
    assert spans(week, "travel") == [[[day * DAY, (day + 1) * DAY]] for day in range(7)]


@pytest.mark.parametrize(
    ("short", "granted"),
    [
        (45, [("12:00", "12:45")]),
        (60, [("12:00", "13:00")]),
        (75, [("12:00", "13:00"), ("17:00", "17:15")]),
        (90, [("12:00", "13:00"), ("17:00", "17:30")]),
        # what is left is for the way to the day's first presence
        (110, [("12:00", "13:00"), ("17:00", "17:30"), ("08:40", "09:00")]),
    ],
)
def test_it_gives_way_over_what_of_the_work_lies_outside_then_on_the_way(short, granted):
    hours = window(0, "09:00", "12:00"), window(0, "14:00", "17:00")
    late = window(0, "12:30", "12:40")
    tasks = visit("v", duration=120), visit("w", duration=90), visit("x")
    week = instance(person("a", availability=hours, leave=(late,)), person("b"), *tasks)
    rows = (
        ("v", 0, "a", "P", at(0, "11:00")),
        ("w", 0, "a", "P", at(0, "16:00")),
        ("x", 0, "b", "P", at(0, "19:00")),
    )
    work = roster(week, *rows).assignments
    there = rules()["availability"].relaxed(week, week.people[0], short, work)
    assert there.availability == (*hours, *(window(0, *span) for span in granted))
    assert there.leave == ()


def test_the_way_to_a_night_begins_on_its_evening():
    night = (Window(start=at(0, "22:30"), end=at(1, "02:00")),)
    week = instance(person("a", availability=night), visit("v", duration=180))
    work = roster(week, ("v", 0, "a", "P", at(0, "22:35"))).assignments
    there = rules()["availability"].relaxed(week, week.people[0], 5, work)
    assert there.availability == (*night, Window(start=at(0, "22:25"), end=at(0, "22:30")))
