"""A horizon that begins amid a calendar week, which holds hours, days and tasks already."""

from datetime import date

import pytest

from scheduler import Stop, check, solve
from scheduler.formats import json_file, workbook
from scheduler.model import Horizon, PastStop, PastSums, PersonHistory, Point, Settings
from tests.rules.build import amounts, at, instance, limited, place, roster, shift

STOPS = Stop(), Stop(steps=3_000)
THURSDAY = Horizon(start=date(2026, 11, 26), days=4)


def week(history: PersonHistory | None, days: int = 2, hours: int = 8, **limits):
    """A shift on each of the days from Thursday on, for qian."""
    shifts = [shift(f"s{day}", at(day, "09:00"), duration=60 * hours) for day in range(days)]
    told = {} if history is None else {"qian": history}
    return instance(limited("qian", **limits), *shifts, history=told).changed(horizon=THURSDAY)


def rows(days: int):
    return [(f"s{day}", 0, "qian", "P", at(day, "09:00")) for day in range(days)]


FORTY = PersonHistory(week=PastSums(minutes=2400, days=3, tasks=5))


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_forty_of_forty_four_hours_leave_no_room_for_eight(stop):
    # two shifts of priority 3 stay empty, 5 points each
    score = solve(week(FORTY, weekly_minutes=2640), stop).score
    assert (score.hard, score.medium) == (0, 10)
    # four hours fit once
    assert solve(week(FORTY, hours=4, weekly_minutes=2640), stop).score.medium == 5


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_three_of_five_days_leave_two_of_four(stop):
    score = solve(week(FORTY, days=4, hours=4, weekly_days=5), stop).score
    assert (score.hard, score.medium) == (0, 10)


@pytest.mark.parametrize(
    "history",
    [
        PersonHistory(run_on=3),
        PersonHistory(run_on=5),
        PersonHistory(
            stops=tuple(
                PastStop(kind="venue", start=at(day, "09:00"), end=at(day, "13:00"))
                for day in (-5, -3, -2, -1)
            )
        ),
    ],
    ids=["run", "longer run", "stops"],
)
def test_days_of_the_week_follow_from_what_else_is_told(history):
    # Monday to Wednesday; the Saturday before, and more of the run, are another week's
    assert week(history).past("qian").week.days == 3
    assert amounts("rest_day", week(history, days=4, weekly_days=5), *rows(4)) == {"qian": [2]}


def test_each_limit_counts_from_what_the_week_holds():
    full = week(FORTY, days=4, weekly_minutes=2640, weekly_days=5, weekly_tasks=6)
    # 40 h and 3 x 8; 3 and 3 days; 5 and 3 tasks
    assert amounts("weekly_minutes", full, *rows(3)) == {"qian": [2400 + 3 * 480 - 2640]}
    assert amounts("rest_day", full, *rows(3)) == {"qian": [1]}
    assert amounts("weekly_tasks", full, *rows(3)) == {"qian": [2]}


def test_what_was_too_much_before_the_horizon_was_counted_there():
    over = week(
        PersonHistory(week=PastSums(minutes=3000, days=3, tasks=9)),
        weekly_minutes=2640,
        weekly_tasks=6,
    )
    assert check(over, roster(over)).feasible
    # each minute and task from now on is one too many
    assert amounts("weekly_minutes", over, *rows(1)) == {"qian": [480]}
    assert amounts("weekly_tasks", over, *rows(1)) == {"qian": [1]}


def test_only_the_first_calendar_week_has_begun():
    long = week(FORTY, weekly_minutes=2640).changed(
        horizon=Horizon(start=date(2026, 11, 26), days=11),
        shifts=tuple(shift(f"s{day}", at(day, "09:00"), duration=480) for day in range(4, 10)),
    )
    later = [(f"s{day}", 0, "qian", "P", at(day, "09:00")) for day in range(4, 10)]
    # the week from Monday 30 November: 48 hours of 44
    assert amounts("weekly_minutes", long, *later) == {"qian": [240]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_written_and_read_in_both_forms(tmp_path, lang):
    history = FORTY.model_copy(
        update={
            "since": date(2026, 11, 25),
            "stops": (
                PastStop(kind="night", place="P", start=at(-1, "22:00"), end=at(0, "06:00")),
            ),
            "month": PastSums(weekends=2),
        }
    )
    told = week(history, weekly_minutes=2640).changed(
        settings=Settings(), places=(place("P", point=Point(longitude=104.1, latitude=30.6)),)
    )
    assert json_file.read_instance(json_file.dump(told).encode()) == told
    workbook.write_instance(tmp_path / "week.xlsx", told, lang)
    assert workbook.read_instance(tmp_path / "week.xlsx").history == told.history
