"""Presence from eight to eleven and from four to eight, home an hour away: two spells, home in between."""

import pytest

from scheduler import Stop, solve
from scheduler.checker.figures import day_loads
from scheduler.facts import Facts
from scheduler.lowered.travel import TravelTable
from scheduler.model import Window
from tests.rules.build import amounts, at, instance, lowered, person, place, roster, visit, window

STOPS = Stop(), Stop(steps=3_000)
HOURS = window(0, "08:00", "11:00"), window(0, "16:00", "20:00")
ROWS = ("a", 0, "sun", "A", at(0, "10:30")), ("b", 0, "sun", "B", at(0, "16:00"))


def week(*records, hours=HOURS, pause=None, stations=("HOME", "HOME"), ways=None, **settings):
    start, end = stations
    return instance(
        *(place(name) for name in ("HOME", "A", "B")),
        person("sun", availability=hours, start_place=start, end_place=end),
        *(
            records
            or (
                visit("a", places="A", duration=30, windows=(window(0, "10:30", "11:00"),)),
                visit("b", places="B", duration=30, windows=(window(0, "16:00", "16:01"),)),
            )
        ),
        ways=ways or {("HOME", "A"): 60, ("HOME", "B"): 60, ("A", "B"): 30},
        pause_at_home=pause,
        **settings,
    )


def legs(week, *rows):
    facts = Facts(week, roster(week, *(rows or ROWS)))
    return [
        (before and before.task.id, after and after.task.id, ticks)
        for before, after, ticks in facts.legs("sun", 0)
    ]


def on_the_way(week, found):
    return sum(load.travel_ticks for load in day_loads(Facts(week, found)))


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_both_spells_lead_from_home_and_home_again(stop):
    found = solve(week(), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    assert on_the_way(week(), found) == 240
    assert legs(week()) == [
        (None, "a", 60),
        ("a", None, 60),  # at home at noon
        (None, "b", 60),
        ("b", None, 60),
    ]
    assert amounts("travel", week(), *ROWS) == {"sun": [240]}


def test_a_pause_of_less_than_four_hours_is_none_at_home():
    later = window(0, "08:00", "11:00"), window(0, "14:59", "20:00")
    route = [(None, "a", 60), ("a", "b", 30), ("b", None, 60)]
    assert legs(week(hours=later)) == route
    assert legs(week(hours=(HOURS[0], window(0, "15:00", "20:00")))) == legs(week())
    assert legs(week(hours=later, pause=239)) == legs(week())
    assert legs(week(pause=300)) == legs(week())
    assert legs(week(pause=301)) == legs(week(pause=0)) == route
    assert legs(week(stations=(None, "HOME"))) == route[1:]
    assert legs(week(stations=("HOME", None))) == route[:2]


def test_leave_makes_a_pause_as_well():
    whole = week(hours=(window(0, "08:00", "20:00"),))
    assert len(legs(whole)) == 3
    away = whole.people[0].model_copy(update={"leave": (window(0, "11:00", "16:00"),)})
    assert legs(whole.changed(people=(away,))) == legs(week())


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_the_pause_has_to_hold_both_ways(stop):
    # From 11:00 to 16:00 there are 300 minutes: 150 and 150, but not 151 and 150.
    for way, short in ((150, {}), (151, {"sun": [1]})):
        ways = {("HOME", "A"): way, ("HOME", "B"): 150, ("A", "B"): 30}
        there = (window(0, "07:00", "11:00"), HOURS[1])
        far = week(ways=ways, hours=there)
        assert amounts("no_overlap", far, *ROWS) == short
        found = solve(far, stop)
        assert (found.score.hard, found.score.medium) == (0, 5 if short else 0)


def test_nobody_waits_at_home_and_the_ways_are_work_where_they_count():
    assert amounts("waiting", week(), *ROWS) == {}
    assert amounts("waiting", week(pause=0), *ROWS) == {"sun": [225]}  # 45 are lunch
    limits = {"daily_minutes": 250, "daily_overtime": 49}
    limited = week()
    own = limited.people[0].model_copy(
        update={"limits": limited.people[0].limits.model_copy(update=limits)}
    )
    limited = limited.changed(people=(own,))
    assert amounts("daily_limit", limited, *ROWS) == {"sun": [1]}
    assert amounts("daily_minutes", limited, *ROWS) == {"sun": [50]}


def test_no_way_home_is_missed_on_both_legs():
    ways = {("HOME", "A"): 60, ("HOME", "B"): None, ("A", "B"): 30}
    assert amounts("no_way", week(ways=ways), *ROWS) == {"sun": [1, 1]}


def test_the_rest_lies_before_or_after_the_way_home():
    breaks = {"start": 690, "end": 780, "minutes": 60, "beyond": 0}
    own = (
        week()
        .people[0]
        .model_copy(update={"limits": week().people[0].limits.model_validate({"breaks": breaks})})
    )
    assert amounts("rest_break", week().changed(people=(own,)), *ROWS) == {}
    far = {("HOME", "A"): 120, ("HOME", "B"): 120, ("A", "B"): 30}
    assert amounts("rest_break", week(ways=far).changed(people=(own,)), *ROWS) == {"sun": [1]}


def test_without_pauses_nobody_has_tables_of_their_own():
    def travel(week) -> TravelTable:
        return lowered(week, "visit_window", "travel", "availability").travel

    assert not travel(week(pause=0)).has_spells
    assert not travel(week(stations=(None, "HOME"))).has_spells
    assert not travel(week(stations=("HOME", None))).has_spells
    assert len(travel(week(pause=0)).ticks) < len(travel(week()).ticks)
    assert travel(week()).has_spells


def test_a_visit_may_be_of_either_spell_and_goes_where_it_saves_the_way():
    # With its pair in the afternoon the visit to A is on the way; alone it takes a spell of its own.
    spans = (Window(start=at(0, "08:00"), end=at(0, "20:00")),)
    near = week(
        visit("a", places="A", duration=30, windows=spans),
        visit("b", places="B", duration=30, windows=(window(0, "16:00", "18:00"),)),
    )
    found = solve(near, Stop())
    assert on_the_way(near, found) == 150
    assert min(part.start for part in found.assignments) >= at(0, "16:00")
