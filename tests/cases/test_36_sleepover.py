"""A sleepover in three parts, 17-22, 22-06 and 06-09: one carer may do it all."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Window
from tests.rules.build import amounts, at, instance, limited, visit

STOPS = Stop(), Stop(steps=3_000)
PARTS = {
    "eve": (at(0, "17:00"), 300),
    "sleep": (at(0, "22:00"), 480),
    "morn": (at(1, "06:00"), 180),
}


def week(*names, **limits):
    carers = (limited(name, rest_minutes=660, **limits) for name in names or ("c1", "c2"))
    parts = (
        visit(name, windows=(Window(start=start, end=start + 1),), duration=ticks)
        for name, (start, ticks) in PARTS.items()
    )
    return instance(*carers, *parts, days=3)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_all_three_parts_are_done(stop):
    found = solve(week(), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)


def test_no_rest_is_owed_between_the_parts_for_one_carer():
    rows = [(name, 0, "c1", "P", start) for name, (start, _) in PARTS.items()]
    assert amounts("min_rest", week(), *rows) == {}
    assert amounts("no_overlap", week(), *rows) == {}
    # Sixteen hours of one day.
    short = week(daily_minutes=480, daily_overtime=0)
    assert amounts("daily_limit", short, *rows) == {"c1": [480]}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_a_lone_carer_does_it_all(stop):
    found = solve(week("c1"), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
