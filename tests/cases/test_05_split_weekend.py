"""A horizon that begins on a Sunday: it belongs to the weekend whose Saturday was worked."""

from datetime import date

import pytest

from scheduler import Stop, solve
from scheduler.model import Horizon, PastStop, PersonHistory, RuleSetting
from scheduler.weeks.roll import roll
from tests.rules.build import DAY, amounts, at, instance, limited, roster, shift, window

SUNDAY, SATURDAY = date(2026, 11, 29), date(2026, 11, 28)
STOPS = Stop(), Stop(steps=3_000)
ALWAYS = (window(0, "00:00", "400:00"),)


def span(start, *days, length=8, **past):
    """A morning shift on each of some days, and what zhao did before."""
    shifts = [shift(f"s{day}", at(day, "09:00")) for day in days]
    week = instance(
        limited("zhao", availability=ALWAYS),
        *shifts,
        history={"zhao": PersonHistory(**past)},
        weights={"fairness": RuleSetting(on=False)},
    )
    return week.changed(horizon=Horizon(start=start, days=length))


def rows(*days):
    return [(f"s{day}", 0, "zhao", "P", at(day, "09:00")) for day in days]


def cost(week, *days):
    return sum(amounts("weekends_in_turn", week, *rows(*days)).get("zhao", []))


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_saturday_was_worked_and_sunday_costs_nothing(stop):
    week = span(SUNDAY, 0, weekends=1, run_on=1)
    assert cost(week, 0) == 0
    score = solve(week, stop).score
    assert (score.medium, score.soft) == (0, 0)


def test_saturday_was_free_and_the_weekend_before_was_not():
    assert cost(span(SUNDAY, 0, weekends=1, run_off=1), 0) == 1
    assert cost(span(SUNDAY, 0, weekends=1), 0) == 1
    assert cost(span(SUNDAY, 0, run_off=6), 0) == 0


@pytest.mark.parametrize(
    "saturday",
    [
        {"weekends": 1, "run_on": 1},
        {"last_end": at(-1, "13:00")},
        {"last_kinds": ("venue",)},
        {"stops": (PastStop(kind="venue", start=at(-1, "09:00"), end=at(-1, "13:00")),)},
        {"stops": (PastStop(kind="night", start=at(-2, "22:00"), end=at(-1, "06:00")),)},
    ],
    ids=["numbers", "end", "kinds", "stop", "friday night"],
)
def test_however_it_is_told_the_next_weekend_is_a_second_one(saturday):
    # Saturday before the horizon, then Saturday 5 December, Sunday free or not
    week = span(SUNDAY, 0, 6, **saturday)
    assert cost(week, 6) == cost(week, 0, 6) == 1
    assert cost(week, 0) == 0


def test_the_weekend_before_was_counted_with_its_saturday():
    # two in a row up to Saturday: the second was paid for when Saturday was planned
    assert cost(span(SUNDAY, 0, weekends=2, run_on=1), 0) == 0


def test_a_night_into_the_first_saturday_is_work_on_it():
    night = PastStop(kind="night", start=at(-1, "22:00"), end=at(0, "06:00"))
    worked = PastStop(kind="venue", start=at(-7, "09:00"), end=at(-7, "13:00"))
    week = span(SATURDAY, 7, stops=(worked, night))
    # Saturday a week ago, this one by its morning, and the one to come
    assert cost(week) == 1
    assert cost(week, 7) == 2


def test_who_ends_at_midnight_sharp_has_not_touched_saturday():
    assert cost(span(SATURDAY, 7, last_end=at(0)), 7) == 0
    assert cost(span(SATURDAY, 7, last_end=at(0) + 1), 7) == 1


def test_monday_s_first_weekend_is_the_one_to_come():
    week = span(date(2026, 11, 23), 5, weekends=1)
    assert cost(week, 5) == 1


@pytest.mark.parametrize(("worked", "sunday", "after"), [((5,), 0, 1), ((), 1, 0)])
def test_a_roll_on_saturday_night_keeps_the_weekend_whole(worked, sunday, after):
    first = span(date(2026, 11, 23), 5, length=6, weekends=1)
    rolled = roll(first, roster(first, *rows(*worked)), span(SUNDAY, 0, 6))
    # was it not Saturday, then Sunday makes it the second weekend in a row
    assert cost(rolled, 0) == sunday
    assert cost(rolled, 6) == after
    assert rolled.horizon.start == SUNDAY
    assert rolled.horizon.day_ticks == DAY
