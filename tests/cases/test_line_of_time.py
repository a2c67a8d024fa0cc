"""Time is a line: what follows what, and what counts as one day, whatever midnight says."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Limits, Need, Role, Slot, Window
from tests.rules.build import amounts, at, instance, limited, place, shift, visit, window

STOPS = Stop(), Stop(steps=3_000)
both = pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])


def around_midnight(closes, *more, **limits):
    """Done at P at 23:50; Q, 40 minutes away, may begin from 00:10 to `closes`."""
    return instance(
        *more,
        limited("a", **limits),
        place("P"),
        place("Q"),
        visit("here", windows=(Window(start=at(0, "23:20"), end=at(0, "23:21")),), duration=30),
        visit("there", places="Q", windows=(Window(start=at(1, "00:10"), end=closes + 1),)),
        ways={("P", "Q"): 40},
        days=3,
    )


@both
def test_nobody_is_forty_minutes_away_after_twenty(stop):
    # Priority 3: 5 points.
    found = solve(around_midnight(at(1, "00:29")), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)


@both
def test_who_may_come_later_comes_later(stop):
    found = solve(around_midnight(at(1, "00:30")), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    assert max(one.start for one in found.assignments) == at(1, "00:30")


AROUND_THE_CLOCK = shift("guard", at(0), Need(roles=(Role.PARTNER,), minimum=0), duration=3 * 1440)
"""Nobody's work, which leaves no pause in which a day could change but midnight."""


@both
def test_where_days_change_at_midnight_the_next_day_waits_for_the_way(stop):
    week = around_midnight(at(1, "00:30"), AROUND_THE_CLOCK)
    assert week.workdays.begins("a")[1] == at(1)
    found = solve(week, stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    assert max(one.start for one in found.assignments) == at(1, "00:30")
    tight = around_midnight(at(1, "00:29"), AROUND_THE_CLOCK)
    assert solve(tight, stop).score.medium == 5


@both
def test_where_days_change_at_midnight_the_next_day_waits_for_the_rest(stop):
    week = around_midnight(at(1, "12:00"), AROUND_THE_CLOCK, rest_minutes=660)
    found = solve(week, stop)
    # Eleven hours after 23:50.
    assert (found.score.hard, found.score.medium) == (0, 0)
    assert max(one.start for one in found.assignments) == at(1, "10:50")


def test_the_way_over_midnight_counts_by_home():
    week = around_midnight(at(1, "12:00"))
    rows = ("here", 0, "a", "P", at(0, "23:20")), ("there", 0, "a", "Q", at(1, "00:10"))
    assert amounts("no_overlap", week, *rows) == {"a": [20]}


ROUNDS = ("22:00", "01:00", "04:00")


def rounds(nights, who):
    visits = [
        visit(
            f"n{night}.{number}",
            duration=30,
            windows=(Window(start=start, end=start + 16),),
        )
        for night in range(nights)
        for number, start in enumerate(begun(night))
    ]
    return instance(who, *visits, days=nights + 2)


def begun(night):
    return [at(night + (number > 0), clock) for number, clock in enumerate(ROUNDS)]


def night_rows(nights):
    return [
        (f"n{night}.{number}", 0, "a", "P", start)
        for night in range(nights)
        for number, start in enumerate(begun(night))
    ]


@both
def test_a_night_round_needs_no_rest_between_its_parts(stop):
    found = solve(rounds(3, limited("a", rest_minutes=660)), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)


@both
def test_three_nights_of_rounds_are_three_days(stop):
    found = solve(rounds(3, limited("a", weekly_days=3, days_in_row_max=3)), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    # With two days a week a third night, three rounds of 5 points, stays undone.
    fewer = solve(rounds(3, limited("a", weekly_days=2)), stop)
    assert (fewer.score.hard, fewer.score.medium) == (0, 15)


def test_a_fourth_day_is_one_too_many_only_with_a_fourth_night():
    three = rounds(4, limited("a", weekly_days=3))
    assert amounts("rest_day", three, *night_rows(3)) == {}
    assert amounts("rest_day", three, *night_rows(4)) == {"a": [1]}


def test_rest_is_owed_whatever_day_comes_next():
    """After work until Tuesday noon: 60 hours of rest end on Friday at midnight, two days on."""
    week = instance(
        limited("a", rest_minutes=60 * 60),
        shift("long", at(0, "12:00"), duration=24 * 60),
        shift("next", at(3, "23:00"), duration=60),
    )
    rows = ("long", 0, "a", "P", at(0, "12:00")), ("next", 0, "a", "P", at(3, "23:00"))
    assert amounts("min_rest", week, *rows) == {"a": [60]}


def test_a_break_may_be_owed_after_midnight():
    """On the night of Monday half an hour between 00:30 and 02:00, that is 24:30 and 26:00."""
    resting = Limits.model_validate(
        {"breaks": {"from": 24 * 60 + 30, "to": 26 * 60, "minutes": 30, "beyond": 0}}
    )
    night = (Window(start=at(0, "21:00"), end=at(1, "06:00")),)
    who = limited("a", availability=night, **resting.model_dump(exclude_unset=True))
    tight = instance(who, shift("s", at(0, "22:00"), duration=240), days=3)
    # 22:00 to 02:00 leaves no half hour; until 01:30 it does.
    assert amounts("rest_break", tight, ("s", 0, "a", "P", at(0, "22:00"))) == {"a": [1]}
    loose = instance(who, shift("s", at(0, "22:00"), duration=210), days=3)
    assert amounts("rest_break", loose, ("s", 0, "a", "P", at(0, "22:00"))) == {}


def test_a_visit_over_midnight_with_a_second_visitor_later_on_is_one_visit():
    pair = visit("v", Slot(), Slot(after=(60, 60)), windows=(window(0, "23:30", "23:31"),))
    rows = ("v", 0, "a", "P", at(0, "23:30")), ("v", 1, "b", "P", at(1, "00:30"))
    week = instance(limited("a"), limited("b"), pair, days=2)
    assert amounts("visit_window", week, *rows) == {}
    found = solve(week, Stop(steps=500))
    assert (found.score.hard, found.score.medium) == (0, 0)


@both
def test_a_night_round_is_one_day_whoever_begins_at_six(stop):
    """Only `a` may go the rounds; between 04:30 and 06:00 is the shortest of the night's pauses."""
    only = Slot(people=("a",))
    went = [
        visit(f"r{number}", only, duration=30, windows=(Window(start=start, end=start + 1),))
        for number, start in enumerate(begun(0))
    ]
    others = [
        shift(f"{clock}.{day}", at(day, clock), duration=480)
        for clock in ("06:00", "14:00")
        for day in range(2)
    ]
    who = limited("a", rest_minutes=660, weekly_days=1)
    found = solve(instance(who, limited("b"), limited("c"), *went, *others, days=3), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)


@both
def test_who_is_there_for_the_night_may_work_at_both_its_ends(stop):
    there = (Window(start=at(0, "21:30"), end=at(1, "06:00")),)
    who = limited("a", availability=there, rest_minutes=660, weekly_days=1)
    ends = [
        visit(f"v{start}", duration=30, windows=(Window(start=start, end=start + 1),))
        for start in (at(0, "22:00"), at(1, "05:00"))
    ]
    found = solve(instance(who, *ends, days=2), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
