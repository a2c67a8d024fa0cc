"""A Sunday night ends on Monday morning, in the week after: the rest is owed from there."""

from datetime import date

import pytest

from scheduler import Stop, solve
from scheduler.formats import json_file
from scheduler.model import Horizon, Limits, PersonHistory, Roster
from scheduler.weeks.roll import next_horizon, roll
from tests.rules.build import amounts, at, instance, person, roster, shift, window

STOPS = Stop(), Stop(steps=3_000)
ZHANG = person(
    "zhang", limits=Limits(rest_minutes=660), availability=(window(0, "00:00", "192:00"),)
)
NIGHT = "night-sun", 0, "zhang", "P", at(6, "22:00")


def first_week():
    return instance(ZHANG, shift("night-sun", at(6, "22:00"), duration=480, kind="night"))


def rolled(start: str):
    week = first_week()
    following = next_horizon(week).changed(shifts=(shift("early-mon", at(0, start), kind="early"),))
    return roll(week, roster(week, NIGHT), following)


def test_the_roll_says_when_the_night_really_ended():
    past = rolled("11:30").past("zhang")
    assert (past.last_end, past.last_place, past.last_kinds) == (at(0, "06:00"), "P", ("night",))
    assert (past.run_on, past.weekends, past.month.minutes) == (1, 1, 480)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_nothing_before_five_in_the_afternoon(stop):
    # 06:00 and 11 hours: 17:00. A shift of priority 3 that nobody does costs 5.
    for start, medium in (("11:30", 5), ("16:59", 5), ("17:00", 0)):
        following = rolled(start)
        score = solve(following, stop).score
        assert (score.hard, score.medium) == (0, medium)


def test_the_checker_counts_the_minutes_short():
    following = rolled("11:30")
    found = amounts("min_rest", following, ("early-mon", 0, "zhang", "P", at(0, "11:30")))
    # from 11:30 to 17:00
    assert found == {"zhang": [330]}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_a_last_end_by_hand_may_lie_after_midnight(stop):
    early = shift("early-mon", at(0, "11:30"), kind="early")
    by_hand = {"zhang": PersonHistory(last_end=at(0, "06:00"), last_kinds=("night",), run_on=1)}
    week = instance(ZHANG, early, history=by_hand)
    text = json_file.dump(week)
    assert '"last_end": "2026-11-23T06:00"' in text
    read = json_file.read_instance(text.encode())
    assert read == week
    assert solve(read, stop).score.medium == 5


def test_without_rest_owed_the_night_itself_is_still_in_the_way():
    free = ZHANG.model_copy(update={"limits": Limits(rest_minutes=None)})
    week = instance(
        free, shift("s", at(0, "05:30")), history={"zhang": PersonHistory(last_end=360)}
    )
    assert amounts("no_overlap", week, ("s", 0, "zhang", "P", at(0, "05:30"))) == {"zhang": [30]}


def test_work_of_no_part_in_the_week_before_says_nothing():
    week = first_week()
    past = roll(week, Roster(instance="tiny", horizon=week.horizon)).past("zhang")
    assert (past.last_end, past.last_kinds, past.weekends) == (None, (), 0)
    assert past.horizon == Horizon(start=date(2026, 11, 30), days=7)
