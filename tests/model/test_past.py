"""What the days before a horizon tell, counted by hand. The horizon begins on Thursday 26 November 2026."""

from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.model import Horizon, PastStop, PastSums, PersonHistory
from scheduler.model.past import Past
from tests.rules.build import DAY, at

THURSDAY = date(2026, 11, 26)
SUNDAY = date(2026, 11, 29)


def stop(on: int, clock: str = "09:00", minutes: int = 240, **more: Any) -> PastStop:
    """Four hours' work from nine on, on a day before the horizon."""
    more.setdefault("kind", "check")
    return PastStop(start=at(on, clock), end=at(on, clock) + minutes, **more)


def past(*stops: PastStop, start: date = THURSDAY, **told: Any) -> Past:
    return Past(Horizon(start=start, days=7), PersonHistory(stops=stops, **told))


def test_stops_lie_on_their_working_days_in_order() -> None:
    late = stop(-2, "22:00", 60)
    round_after_midnight = stop(-1, "01:00", 60, day=date(2026, 11, 24))
    early = stop(-2, "08:00", 60)
    found = past(late, round_after_midnight, early)
    assert found.by_day == {-2: [early, late, round_after_midnight]}
    assert found.since == -2
    assert past().since == 0
    assert past(early, since=date(2026, 11, 20)).since == -6
    assert past(since=date(2026, 11, 28)).since == 0


def test_the_last_stop_is_the_last_that_began() -> None:
    long, short = stop(-2, "08:00", 3 * DAY, place="P"), stop(-1, "08:00", 60, place="Q")
    found = past(short, long)
    assert (found.last_end, found.last_place) == (at(-1, "09:00"), "Q")
    assert past(long).last_end == at(1, "08:00")
    assert past(short, last_end=30).last_end == 30
    assert (past().last_end, past().last_place) == (None, None)


def test_last_kinds_are_those_of_the_day_before() -> None:
    found = past(
        stop(-2, kind="night"), stop(-1, "14:00", kind="venue"), stop(-1), stop(-1, "19:00")
    )
    assert found.last_kinds == ("check", "venue")
    assert past(stop(-2)).last_kinds == ()
    assert past(stop(-1), last_kinds=("night",)).last_kinds == ("night",)


def test_runs_of_a_kind_end_with_the_last_day_worked() -> None:
    found = past(
        stop(-6, kind="night"),
        stop(-5, kind="night"),
        stop(-4, kind="night"),
        stop(-4, "14:00"),
        stop(-3),
        since=date(2026, 11, 16),
    )
    # check on two days; night ended a day before, and two days off followed
    assert found.kind_runs == {"check": 2}
    assert [found.kind_run_is_open(kind) for kind in ("check", "night")] == [False, False]
    assert past(stop(-1), stop(-2), stop(-3, kind="night")).kind_runs == {"check": 2}
    assert past(stop(-1), kind_runs={"night": 4}).kind_runs == {"night": 4}


def test_a_run_that_reaches_back_as_far_as_the_stops_may_be_longer() -> None:
    two = stop(-1), stop(-2)
    assert past(*two).kind_run_is_open("check")
    assert not past(*two, since=date(2026, 11, 23)).kind_run_is_open("check")
    assert not past(*two, kind_runs={"check": 2}).kind_run_is_open("check")
    assert (past(*two).run_on, past(*two).run_off, past(*two).run_is_open) == (2, 0, True)
    closed = past(*two, since=date(2026, 11, 23))
    assert (closed.run_on, closed.run_off, closed.run_is_open) == (2, 0, False)


def test_days_off_are_those_after_the_last_stop() -> None:
    found = past(stop(-3), stop(-4))
    assert (found.run_on, found.run_off, found.run_is_open) == (0, 2, False)
    off = past(since=date(2026, 11, 23))
    assert (off.run_on, off.run_off, off.run_is_open) == (0, 3, True)
    assert (past().run_on, past().run_off, past().run_is_open) == (0, 0, False)
    told = past(stop(-1), run_on=5)
    assert (told.run_on, told.run_off, told.run_is_open) == (5, 0, False)
    assert past(stop(-3), run_off=2).run_off == 2


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ({}, False),
        ({"run_on": 3, "weekends": 2, "last_kinds": ("check",), "last_end": -60}, False),
        ({"stops": (stop(-1),)}, True),
        ({"since": date(2026, 11, 20)}, True),
        ({"kind_runs": {"check": 1}}, True),
        ({"period": PastSums()}, True),
    ],
)
def test_what_tells_facts_leaves_the_end_of_a_run_to_be_judged(told: dict, ends: bool) -> None:
    assert Past(Horizon(start=THURSDAY, days=7), PersonHistory(**told)).tells_ends == ends


WEEK_BEFORE = stop(-4, minutes=100), stop(-3, minutes=50), stop(-1), stop(-1, "14:00", minutes=30)
"""On Sunday; and on Monday and Wednesday, which are of the week that has begun."""


def test_the_week_month_and_year_hold_what_lies_in_them() -> None:
    october, last_year = stop(-26, minutes=7), stop(-331, minutes=5)
    found = past(last_year, october, *WEEK_BEFORE)
    # Monday the 23rd, 1 November, 1 January
    assert found.week == PastSums(minutes=320, days=2, tasks=3)
    assert found.month == PastSums(minutes=420, days=3, tasks=4, weekends=1)
    # 31 October was a Saturday; 30 December 2025 is of the year before
    assert found.year == PastSums(minutes=427, days=4, tasks=5, weekends=2)
    assert past(*WEEK_BEFORE, start=date(2026, 11, 30)).week == PastSums()
    assert past(stop(-1), start=date(2026, 12, 1)).month == PastSums()
    assert past(stop(-1), start=date(2027, 1, 1)).year == PastSums()


def test_a_number_that_is_given_holds_and_a_run_tells_days() -> None:
    given = past(*WEEK_BEFORE, week=PastSums(minutes=900, tasks=9))
    assert given.week == PastSums(minutes=900, days=2, tasks=9)
    assert past(run_on=2).week.days == 2
    # of nine days in a row three lie in the week, and nine in the month
    assert (past(run_on=9).week.days, past(run_on=9).month.days) == (3, 9)
    assert past(run_on=2, week=PastSums(days=3)).week.days == 3
    assert past(period=PastSums(tasks=4)).period == PastSums(tasks=4)
    assert past().period == PastSums()


def test_only_the_first_week_has_begun() -> None:
    (first, held), (second, nothing) = past(*WEEK_BEFORE).weeks()
    assert (first, second) == ([0, 1, 2, 3], [4, 5, 6])
    assert (held.minutes, nothing) == (320, PastSums())


def test_work_touches_the_days_that_it_lies_on() -> None:
    assert past(stop(-2, "22:00", 120)).touched == {-2}
    assert past(stop(-2, "22:00", 121)).touched == {-2, -1}
    assert past(stop(-1, "22:00", 300)).touched == {-1, 0}
    assert past(run_on=2).touched == {-2, -1}
    assert past(run_on=30).touched == set(range(-7, 0))
    assert past(last_kinds=("night",)).touched == {-1}
    assert past(last_end=-DAY).touched == {-2}
    assert past(last_end=0).touched == {-1}
    # it began before midnight
    assert past(last_end=1).touched == {-1, 0}


def weekends(*stops: PastStop, **told: Any) -> tuple[int, bool, bool]:
    """Weekends in a row, whether the first of a horizon from Sunday was counted, and has begun with work."""
    found = past(*stops, start=SUNDAY, **told)
    return found.weekends, found.weekend_counted, found.weekend_begun


def test_a_sunday_is_of_the_weekend_of_the_saturday_before() -> None:
    saturday, week_before, two_before = stop(-1), stop(-8), stop(-14)
    assert weekends() == (0, False, False)
    assert weekends(saturday) == (0, True, True)
    assert weekends(saturday, week_before) == (1, True, True)
    assert weekends(week_before, two_before) == (2, False, False)
    assert weekends(two_before) == (0, False, False)
    # a night into Sunday from Saturday, and one from Friday into Saturday
    assert weekends(stop(-1, "22:00", 240)) == (0, True, True)
    assert weekends(stop(-2, "22:00", 240)) == (0, True, True)
    assert weekends(stop(-2, "22:00", 120)) == (0, False, False)
    # three in a row by a bare count are two and this one where its Saturday was worked
    assert weekends(weekends=3) == (3, False, False)
    assert weekends(weekends=3, run_on=1) == (2, True, True)
    assert weekends(week=PastSums(weekends=1)) == (0, True, True)
    assert weekends(last_end=60) == (0, True, True)


def test_a_night_into_the_first_saturday_is_work_on_its_weekend() -> None:
    found = past(stop(-1, "22:00", 240), start=date(2026, 11, 28))
    assert (found.weekend_begun, found.weekend_counted) == (True, False)
    assert found.week.weekends == 0
    assert past(stop(-1, "22:00", 120), start=date(2026, 11, 28)).weekend_begun is False


def test_the_days_off_of_a_week_are_its_weekend() -> None:
    assert past().weekend(-3) == [2, 3]
    assert past(start=THURSDAY + timedelta(1)).weekend(-4) == [1, 2]
