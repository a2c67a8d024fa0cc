"""The calendar of holidays, held against the published notices as people read them."""

from datetime import date, timedelta

import pytest

from scheduler.facts.contract import contract
from scheduler.messages import LANGS
from scheduler.messages.names import holiday_in_words
from scheduler.messages.problems import explain
from scheduler.model import Calendar, Instance, Limits
from scheduler.model.faults import faults
from tests.rules.build import MONDAY, amounts, at, instance, person, shift

CHINA = Calendar(country="cn")

# 国务院办公厅关于 2025 年、2026 年部分节假日安排的通知: first and last day off, then the days of work.
NOTICES = {
    2025: (
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"), ("05-31", "06-02"), ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"), ("09-25", "09-27"), ("10-01", "10-07")],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_a_year_is_off_or_not_as_published(year: int) -> None:
    spans, worked = NOTICES[year]
    off = {
        first + timedelta(days=number)
        for first, last in (
            (date.fromisoformat(f"{year}-{a}"), date.fromisoformat(f"{year}-{b}")) for a, b in spans
        )
        for number in range((last - first).days + 1)
    }
    makes_up = {date.fromisoformat(f"{year}-{day}") for day in worked}
    for number in range(365):
        day = date(year, 1, 1) + timedelta(days=number)
        assert bool(CHINA.holiday(day)) == (day in off), day
        assert bool(CHINA.makes_up(day)) == (day in makes_up), day
        assert CHINA.day_off(day) == (day in off or (day.weekday() >= 5 and day not in makes_up)), (
            day
        )


def test_without_a_country_saturday_and_sunday_are_off_and_no_other_day() -> None:
    for number in range(1, 32):
        day = date(2026, 10, number)
        assert Calendar().day_off(day) == (day.weekday() >= 5)
        assert (Calendar().holiday(day), Calendar().makes_up(day)) == ("", "")


def test_what_is_named_comes_before_what_is_published() -> None:
    own = Calendar(
        country="cn",
        holidays={date(2026, 10, 8): "office day", date(2026, 10, 10): ""},
        workdays={date(2026, 10, 7): "", date(2026, 11, 7): "the move"},
    )
    assert own.holiday(date(2026, 10, 8)) == "office day"
    assert (own.holiday(date(2026, 10, 10)), own.makes_up(date(2026, 10, 10))) == ("holiday", "")
    assert (own.holiday(date(2026, 10, 7)), own.makes_up(date(2026, 10, 7))) == ("", "workday")
    assert own.makes_up(date(2026, 11, 7)) == "the move"
    days = [date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 10), date(2026, 11, 7)]
    assert [own.day_off(day) for day in days] == [False, True, True, False]


def test_holidays_have_names_in_both_languages() -> None:
    assert holiday_in_words(CHINA.holiday(date(2026, 10, 1)), "zh") == "国庆节"
    assert holiday_in_words(CHINA.makes_up(date(2026, 10, 10)), "en") == "National Day"
    assert holiday_in_words("office day", "zh") == "office day"


def october(days: int = 14, start: date = date(2026, 9, 28), **more) -> Instance:
    """From Monday 28 September 2026; holidays from Thursday 1 to Wednesday 7, work on Saturday 10 October."""
    tasks = [shift(f"s{day}", at(day, "08:00")) for day in range(days)]
    limits = Limits(contract_minutes=2400, weekends=0)
    week = instance(person("a", limits=limits), *tasks, days=days, calendar=CHINA, **more)
    return week.changed(horizon=week.horizon.model_copy(update={"start": start}))


def rows(*days: int):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_holidays_are_of_their_weeks_weekend_and_make_up_days_are_not() -> None:
    assert october().weekends() == [[3, 4, 5, 6], [7, 8, 9, 13]]
    assert october().changed(settings=instance().settings).weekends() == [[5, 6], [12, 13]]
    assert amounts("weekends", october(), *rows(12)) == {}
    assert amounts("weekends", october(), *rows(3)) == {"a": [1]}
    assert amounts("weekends", october(), *rows(3, 6, 9)) == {"a": [2]}
    assert amounts("weekends_in_turn", october(), *rows(3, 9)) == {"a": [1]}
    assert amounts("weekends_in_turn", october(), *rows(3, 12)) == {}


def test_a_week_without_a_day_off_has_no_weekend() -> None:
    every = {MONDAY.replace(day=28): "", MONDAY.replace(day=29): ""}
    assert instance(calendar=Calendar(workdays=every)).weekends() == []


def test_the_contract_counts_workdays() -> None:
    # Monday to Wednesday are three of the first week; Thursday to Saturday of the second.
    assert contract(october(7), "a") == 3 * 480
    assert contract(october(), "a") == 6 * 480


def test_a_day_that_is_both_off_and_worked_is_a_fault() -> None:
    day = MONDAY.replace(day=28)
    both = Calendar(holidays={day: ""}, workdays={day: ""})
    [problem] = list(faults(instance(person("a"), shift("s", 0), calendar=both)))
    assert (problem.code, problem.severity, problem.pointer) == (
        "holiday_and_workday",
        "error",
        "/settings/calendar/workdays/2026-11-28",
    )
    for lang in LANGS:
        assert all(explain(problem, lang))


def test_a_year_that_nobody_has_published_is_told() -> None:
    far = october(start=date(2035, 12, 31))
    told = [one for one in faults(far) if one.code == "holidays_not_known"]
    assert [(one.slots["year"], one.severity) for one in told] == [
        ("2035", "warning"),
        ("2036", "warning"),
    ]
    assert [one for one in faults(october()) if one.code == "holidays_not_known"] == []
    assert far.weekends() == [[5, 6], [12, 13]]
