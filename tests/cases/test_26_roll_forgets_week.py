"""Monday to Friday rolled into Saturday and Sunday of the same calendar week."""

from datetime import date

import pytest

from scheduler import Stop, solve
from scheduler.model import Horizon, PastStop, PastSums, PersonHistory
from scheduler.weeks.roll import roll
from tests.rules.build import amounts, at, instance, limited, place, roster, shift

STOPS = Stop(), Stop(steps=3_000)


def span(start: date, days: int, **limits):
    shifts = [shift(f"s{day}", at(day, "09:00"), duration=480) for day in range(days)]
    return instance(limited("qian", **limits), *shifts).changed(
        horizon=Horizon(start=start, days=days)
    )


def rows(days: int):
    return [(f"s{day}", 0, "qian", "P", at(day, "09:00")) for day in range(days)]


def rolled(**limits):
    week = span(date(2026, 11, 23), 5, **limits)
    return roll(week, roster(week, *rows(5)), span(date(2026, 11, 28), 2, **limits))


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
@pytest.mark.parametrize(
    "limit", [{"weekly_minutes": 2640}, {"weekly_days": 5}, {"weekly_tasks": 5}]
)
def test_no_shift_on_the_weekend(stop, limit):
    # 40 of 44 hours, 5 of 5 days, 5 of 5 tasks; two shifts of priority 3 stay empty, 5 points each
    score = solve(rolled(**limit), stop).score
    assert (score.hard, score.medium) == (0, 10)


def test_the_checker_sees_the_whole_week():
    weekend = rolled(weekly_minutes=2640, weekly_days=5)
    # 56 hours of 44, 7 days of 5
    assert amounts("weekly_minutes", weekend, *rows(2)) == {"qian": [720]}
    assert amounts("rest_day", weekend, *rows(2)) == {"qian": [2]}


def test_week_month_and_year_go_on_through_several_rolls():
    monday = roll(weekend := rolled(), roster(weekend, *rows(1)), span(date(2026, 11, 30), 1))
    past = monday.past("qian")
    # a new week; 6 shifts since 1 November, the last on the one weekend
    assert past.week == PastSums()
    assert past.month == past.year == PastSums(minutes=2880, days=6, tasks=6, weekends=1)
    tuesday = roll(monday, roster(monday, *rows(1)), span(date(2026, 12, 1), 1)).past("qian")
    assert tuesday.week == PastSums(minutes=480, days=1, tasks=1)
    assert tuesday.month == PastSums()
    assert tuesday.year == PastSums(minutes=3360, days=7, tasks=7, weekends=1)


def test_travel_is_in_the_sums_where_it_counts():
    there = limited("qian").model_copy(update={"start_place": "P", "end_place": "P"})
    away = shift("s0", at(0, "09:00"), place="Q", duration=60)
    week = instance(there, away, place("P"), place("Q"), days=1, ways={("P", "Q"): 25})
    following = week.changed(horizon=Horizon(start=date(2026, 11, 24), days=1), shifts=())
    after = roll(week, roster(week, ("s0", 0, "qian", "Q", at(0, "09:00"))), following)
    # an hour, and 25 minutes each way
    assert after.past("qian").week.minutes == 110


def test_a_month_that_begins_on_a_saturday_has_its_weekend():
    first = span(date(2026, 8, 1), 1)
    past = roll(first, roster(first, *rows(1)), span(date(2026, 8, 2), 1)).past("qian")
    assert (past.month.weekends, past.week.weekends, past.weekend_counted) == (1, 1, True)


def test_a_run_told_by_stops_is_open_where_they_begin_with_it():
    stop = PastStop(kind="venue", start=at(-1, "09:00"), end=at(-1, "17:00"))
    week = span(date(2026, 11, 24), 3, days_in_row_min=2)

    def short(since: date) -> dict[str, list[int]]:
        told = {"qian": PersonHistory(stops=(stop,), since=since)}
        return amounts("least_days_in_row", week.changed(history=told))

    # one day of two, known to have begun on Monday; else it may be longer
    assert short(date(2026, 11, 22)) == {"qian": [1]}
    assert short(date(2026, 11, 23)) == {}
