"""Days, times of day and durations in both languages, above all about round numbers."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.messages import LANGS
from scheduler.messages.moments import (
    clock_in_words,
    date_in_words,
    day_in_words,
    duration_in_words,
    moment_in_words,
)
from scheduler.model import Horizon
from tests.rules.build import at

HORIZON = Horizon(start=date(2026, 11, 23), days=7)
ROUND = st.sampled_from((1, 59, 60, 61, 119, 120, 1439, 1440, 1441, 6000))
"""Minutes about which hours and days turn."""


@pytest.mark.parametrize(
    ("ticks", "a_minute", "zh", "en"),
    [
        (0, 1, "0 分钟", "0 min"),
        (1, 1, "1 分钟", "1 min"),
        (2, 1, "2 分钟", "2 min"),
        (11, 1, "11 分钟", "11 min"),
        (45, 1, "45 分钟", "45 min"),
        (60, 1, "1 小时", "1 h"),
        (80, 1, "1 小时 20 分", "1 h 20 min"),
        (120, 1, "2 小时", "2 h"),
        (1500, 1, "25 小时", "25 h"),
        (-90, 1, "−1 小时 30 分", "−1 h 30 min"),
        (61_500, 1000, "1 小时 1.5 分", "1 h 1.5 min"),
    ],
)
def test_durations_are_hours_and_minutes(ticks: int, a_minute: int, zh: str, en: str) -> None:
    assert duration_in_words(ticks, a_minute, "zh") == zh
    assert duration_in_words(ticks, a_minute, "en") == en


@given(ROUND, st.integers(-60_000, 60_000), st.sampled_from((1, 7, 60, 1000, 60_000)))
@example(60, -1, 60_000)
@example(60, 1, 60_000)
@example(1, -60_000, 60_000)
def test_a_duration_reads_back_and_no_hour_is_hidden_in_its_minutes(
    minutes: int, off: int, a_minute: int
) -> None:
    ticks = minutes * a_minute + off
    words = duration_in_words(ticks, a_minute, "en")
    parts = re.fullmatch(r"(−)?(?:(\d+) h)? ?(?:([\d.]+) min)?", words)
    assert parts is not None, words
    assert parts[2] is not None or parts[3] is not None
    rest = float(parts[3] or 0)
    assert rest < 60
    assert parts[2] is None or parts[3] is None or rest > 0
    read = (-1 if parts[1] else 1) * (int(parts[2] or 0) * 60 + rest)
    assert read == pytest.approx(ticks / a_minute, abs=0.0005001)
    numbers = re.findall(r"[\d.]+", words)
    assert re.findall(r"[\d.]+", duration_in_words(ticks, a_minute, "zh")) == numbers


def test_days_before_the_horizon_have_dates_too() -> None:
    assert day_in_words(HORIZON, -1, "zh") == "11月22日 周日"
    assert day_in_words(HORIZON, 8, "en") == "Tue 1 Dec"


def test_a_moment_after_midnight_is_of_the_next_day() -> None:
    assert moment_in_words(HORIZON, at(1, "00:15"), "en", 0) == "Tue 24 Nov 00:15"
    assert moment_in_words(HORIZON, at(1, "00:15"), "zh", 1) == "00:15"
    assert moment_in_words(HORIZON, at(1, "00:15"), "zh") == "11月24日 周二 00:15"


def test_a_moment_between_two_minutes_is_of_the_minute_that_has_begun() -> None:
    fine = Horizon(start=date(2026, 11, 23), days=7, ticks_per_minute=1000)
    assert moment_in_words(fine, 24 * 1000 - 1, "en") == "Mon 23 Nov 00:23"
    assert moment_in_words(fine, fine.day_ticks - 1, "en") == "Mon 23 Nov 23:59"


@pytest.mark.parametrize(
    ("shape", "zh", "en"),
    [
        ("day", "9月1日 周二", "Tue 1 Sep"),
        ("short_day", "周二 9/1", "Tue 1 Sep"),
        ("weekday", "周二", "Tue"),
    ],
)
def test_a_date_has_the_shape_that_the_catalogue_gives_it(shape: str, zh: str, en: str) -> None:
    assert date_in_words(date(2026, 9, 1), "zh", shape) == zh
    assert date_in_words(date(2026, 9, 1), "en", shape) == en


@given(
    st.dates(date(1971, 1, 1), date(2199, 12, 1)).map(lambda day: day.replace(day=1)),
    st.integers(-1, 1),
)
def test_about_the_turn_of_a_month_the_day_is_the_one_of_the_calendar(
    first: date, off: int
) -> None:
    when = first + timedelta(days=off)
    english, chinese = (date_in_words(when, lang) for lang in ("en", "zh"))
    assert english.split()[1] == str(when.day)
    assert chinese.startswith(f"{when.month}月{when.day}日 ")
    week_later = when + timedelta(days=7)
    for lang in LANGS:
        weekday = date_in_words(when, lang, "weekday")
        assert weekday == date_in_words(week_later, lang, "weekday")
        assert weekday != date_in_words(when + timedelta(days=1), lang, "weekday")


@given(st.sampled_from((0, 1, 59, 60, 719, 720, 1439, 1440, 1441)), st.integers(0, 3))
def test_a_clock_starts_anew_at_midnight(minutes: int, days: int) -> None:
    words = clock_in_words(minutes + 1440 * days)
    assert words == clock_in_words(minutes)
    hours, rest = map(int, words.split(":"))
    assert (hours * 60 + rest) % 1440 == minutes % 1440
    assert hours < 24
