"""Faults of what people did before the horizon, which begins on Thursday 26 November 2026."""

from datetime import date
from typing import Any

import pytest

from scheduler.messages.problems import explain
from scheduler.model import Horizon, PastStop, PastSums, PersonHistory
from scheduler.model.faults import faults
from tests.rules.build import DAY, at, instance, limited


def stop(on: int, kind: str = "venue", end: int | None = None, **more: Any) -> PastStop:
    """Nine to one o'clock unless said otherwise."""
    return PastStop(
        kind=kind, start=at(on, "09:00"), end=at(on, "13:00") if end is None else end, **more
    )


TUESDAY_AND_WEDNESDAY = (stop(-2), stop(-1, "check"))


def told(**history: Any) -> list[tuple[str, str, str, str]]:
    """(code, field, value, what stands against it) of each fault."""
    week = instance(limited("qian"), history={"qian": PersonHistory(**history)})
    found = faults(week.changed(horizon=Horizon(start=date(2026, 11, 26), days=4)))
    errors = [one for one in found if one.severity == "error"]
    for one in errors:
        for lang in ("zh", "en"):
            assert "{" not in explain(one, lang).cause + explain(one, lang).remedy
    against = ("stops", "days", "start", "first")
    return [
        (
            one.code,
            one.pointer.removeprefix("/history/qian/"),
            one.value,
            next((one.slots[name] for name in against if name in one.slots), ""),
        )
        for one in errors
    ]


@pytest.mark.parametrize(
    ("history", "field", "value"),
    [
        ({"stops": (stop(0),)}, "stops/0/start", "2026-11-26T09:00"),
        ({"stops": (stop(-1), stop(-1, end=7 * DAY + 1))}, "stops/1/end", "2026-12-03T00:01"),
        ({"stops": (stop(-1, day=date(2026, 11, 26)),)}, "stops/0/day", "2026-11-26T00:00"),
        ({"last_end": 7 * DAY + 1}, "last_end", "2026-12-03T00:01"),
        ({"since": date(2026, 11, 27)}, "since", "2026-11-27T00:00"),
    ],
)
def test_what_is_no_past(history, field, value):
    assert told(**history) == [("history_in_horizon", field, value, "2026-11-26")]


def test_a_night_or_a_long_duty_may_end_inside_the_horizon():
    assert told(stops=(stop(-1, end=at(0, "06:00")),), last_end=at(0, "06:00")) == []
    assert told(last_end=7 * DAY) == []


def test_a_stop_that_ends_before_it_starts():
    [(code, field, _, start)] = told(stops=(stop(-1, end=at(-1, "09:00")),))
    assert (code, field, start) == ("window_ends_before_start", "stops/0/end", "2026-11-25T09:00")


def test_a_stop_at_a_place_that_is_not_there():
    assert [one[:2] for one in told(stops=(stop(-1, place="X"),))] == [
        ("unknown_place", "stops/0/place")
    ]


@pytest.mark.parametrize(
    ("numbers", "field", "value", "stops"),
    [
        ({"last_end": at(-1, "14:00")}, "last_end", "2026-11-25T14:00", "2026-11-25T13:00"),
        ({"last_kinds": ("venue",)}, "last_kinds", "venue", "check"),
        ({"run_on": 1}, "run_on", "1", "2"),
        ({"run_off": 1}, "run_off", "1", "0"),
        ({"since": date(2026, 11, 23), "run_on": 3}, "run_on", "3", "2"),
        ({"since": date(2026, 11, 14), "weekends": 1}, "weekends", "1", "0"),
        ({"week": PastSums(days=1)}, "week/days", "1", "2"),
        ({"week": PastSums(minutes=479)}, "week/minutes", "479", "480"),
        ({"since": date(2026, 11, 23), "week": PastSums(days=3)}, "week/days", "3", "2"),
        ({"since": date(2026, 11, 23), "week": PastSums(tasks=3)}, "week/tasks", "3", "2"),
        ({"month": PastSums(tasks=1)}, "month/tasks", "1", "2"),
        ({"year": PastSums(minutes=400)}, "year/minutes", "400", "480"),
    ],
)
def test_a_number_that_the_stops_contradict_is_told_with_both_values(numbers, field, value, stops):
    found = told(stops=TUESDAY_AND_WEDNESDAY, **numbers)
    assert found == [("history_contradicts", field, value, stops)]


@pytest.mark.parametrize(
    "numbers",
    [
        # the stops begin on Tuesday, so that more may lie before them
        {"run_on": 3, "weekends": 1, "week": PastSums(minutes=600, days=3, tasks=4)},
        {"since": date(2026, 11, 23), "run_on": 2, "week": PastSums(minutes=540, days=2, tasks=2)},
        {"last_end": at(-1, "13:00"), "last_kinds": ("check",), "month": PastSums(days=20)},
    ],
)
def test_numbers_that_say_more_than_the_stops_are_right(numbers):
    assert told(stops=TUESDAY_AND_WEDNESDAY, **numbers) == []


def test_weekends_are_held_against_the_stops():
    both = (stop(-11), stop(-5))
    # Sunday 15 and Saturday 21 November
    assert told(stops=both, weekends=1) == [("history_contradicts", "weekends", "1", "2")]
    assert told(stops=both, weekends=2) == []


def test_a_span_holds_no_more_days_than_it_has_had():
    assert told(week=PastSums(days=4)) == [("history_too_many_days", "week/days", "4", "3")]
    assert told(week=PastSums(days=3), month=PastSums(days=25)) == []
    assert told(month=PastSums(days=26)) == [("history_too_many_days", "month/days", "26", "25")]


def test_a_span_that_begins_with_the_horizon_holds_nothing():
    week = instance(limited("qian"), history={"qian": PersonHistory(week=PastSums(minutes=5))})
    [problem] = [one for one in faults(week) if one.severity == "error"]
    assert (problem.code, problem.pointer) == (
        "history_too_many_days",
        "/history/qian/week/minutes",
    )
    assert (problem.slots["days"], problem.slots["first"]) == ("0", "2026-11-23")
