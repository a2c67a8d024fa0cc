"""Three pieces of one night, 20-24, 00:30-04:30 and 05-08, are one working day of eleven hours."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Window
from tests.rules.build import amounts, at, instance, limited, shift

STOPS = Stop(), Stop(steps=3_000)
STARTS = {"s1": at(0, "20:00"), "s2": at(1, "00:30"), "s3": at(1, "05:00")}


def night(**limits):
    there = (Window(start=at(0, "20:00"), end=at(1, "08:00")),)
    return instance(
        limited("w", availability=there, **limits),
        *(
            shift(name, start, duration=180 if name == "s3" else 240)
            for name, start in STARTS.items()
        ),
    )


def rows(*tasks):
    return [(task, 0, "w", "P", STARTS[task]) for task in tasks]


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_with_eight_hours_a_day_one_of_the_three_stays_undone(stop):
    # Priority 3: 5 points.
    found = solve(night(daily_minutes=480, daily_overtime=0), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_with_three_hours_of_overtime_all_are_done_and_no_rest_lies_between(stop):
    found = solve(night(daily_minutes=480, daily_overtime=180, rest_minutes=660), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)


def test_the_three_are_eleven_hours_of_one_day():
    limited_day = night(daily_minutes=480, daily_overtime=0)
    assert amounts("daily_limit", limited_day, *rows("s1", "s2", "s3")) == {"w": [180]}
    assert amounts("daily_tasks", night(daily_tasks=2), *rows("s1", "s2", "s3")) == {"w": [1]}
    assert amounts("rest_day", night(weekly_days=1), *rows("s1", "s2", "s3")) == {}
    assert amounts("min_rest", night(rest_minutes=660), *rows("s1", "s2", "s3")) == {}
