"""On lines of one person whose spells are plain to see, the rules count what the oracle counts."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.checker import check
from scheduler.model import Limits
from tests.timeline import oracle
from tests.timeline.lines import Drawn, drawn, in_ticks

Count = Callable[[Drawn, int], int]


def ticks(week: Drawn, minutes: int) -> int:
    return minutes * week.instance.horizon.ticks_per_minute


COUNTS: dict[str, tuple[str, tuple[int, ...], Count]] = {
    "min_rest": (
        "rest_minutes",
        (600, 660, 1440),
        lambda week, least: oracle.short_rest(week.line, ticks(week, least)),
    ),
    "daily_minutes": (
        "daily_minutes",
        (120, 480),
        lambda week, most: oracle.long_duties(week.line, ticks(week, most)),
    ),
    "daily_tasks": (
        "daily_tasks",
        (1, 2),
        lambda week, most: oracle.crowded_duties(week.line, most),
    ),
    "weekly_minutes": (
        "weekly_minutes",
        (600, 1500),
        lambda week, most: oracle.long_weeks(week.line, ticks(week, most)),
    ),
    "rest_day": (
        "weekly_days",
        (2, 4),
        lambda week, most: oracle.crowded_weeks(week.line, most),
    ),
    "days_in_row": (
        "days_in_row_max",
        (1, 3),
        lambda week, most: oracle.long_runs(week.line, most),
    ),
    "weekends": (
        "weekends",
        (0, 1),
        lambda week, most: max(
            0, len(oracle.weekends(week.line, week.instance.horizon.end)) - most
        ),
    ),
}


def amount(week: Drawn, rule: str) -> int:
    report = check(week.instance, week.roster)
    return next(cost.amount for cost in report.rules if cost.rule.rule.id == rule)


@pytest.mark.parametrize("rule", COUNTS)
@given(data=st.data())
def test_a_limit_counts_spells(rule: str, data: st.DataObject) -> None:
    limit, values, count = COUNTS[rule]
    value = data.draw(st.sampled_from(values))
    week = data.draw(drawn(Limits(**{limit: value}), {}))
    assert amount(week, rule) == count(week, value)


@given(week=drawn(Limits(), {}))
def test_nobody_is_in_two_places_at_once(week: Drawn) -> None:
    expected = oracle.overlap(week.line) + oracle.overlap_between(week.line)
    assert amount(week, "no_overlap") == expected


@given(week=drawn(Limits(), {}))
def test_an_unwanted_date_is_broken_by_work_that_touches_it(week: Drawn) -> None:
    assert amount(week, "wishes") == oracle.pieces_on(week.line, set(week.unwanted))


@given(week=drawn(Limits(), {}), gap=st.integers(0, 3000), length=st.integers(1, 3000))
def test_presence_is_a_span_of_time(week: Drawn, gap: int, length: int) -> None:
    absent = ticks(week, gap), ticks(week, gap + length)
    person = week.instance.people[0]
    whole = person.availability[0]
    present = [(whole.start, absent[0]), (absent[1], whole.end)]
    leave = whole.model_copy(update={"start": absent[0], "end": absent[1]})
    person = person.model_copy(
        update={
            "leave": (leave,),
            "start_place": None,
            "end_place": None,
            "limits": in_ticks(Limits(), 1),
        }
    )
    instance = week.instance.model_copy(update={"people": (person,)})
    report = check(instance, week.roster)
    counted = sum(cost.amount for cost in report.rules if cost.rule.rule.id == "availability")
    expected = oracle.outside(week.line, [span for span in present if span[0] < span[1]])
    assert (counted > 0) == (expected > 0)
