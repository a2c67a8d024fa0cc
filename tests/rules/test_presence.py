"""When somebody is there and when their day is over, written out by hand."""

import pytest

from scheduler.facts import Facts
from scheduler.model import Break, Instance, Limits, RuleSetting, Window
from scheduler.rules.common.presence import (
    day_bounds,
    evening,
    spans_by_day,
    until,
    working_spans,
)
from scheduler.rules.common.rests import RestBreak, is_owed, rest, returns
from tests.rules.build import DAY, at, instance, person, place, roster, visit, window

SPLIT = window(0, "09:00", "12:00"), window(0, "14:00", "18:00")
OFF = {"availability": RuleSetting(on=False)}


def week(*hours: Window, days: int = 2, weights=None, leave=(), **settings) -> Instance:
    who = person("a", availability=hours, leave=leave)
    return instance(who, days=days, weights=weights, **settings)


def test_a_day_without_presence_has_one_empty_span_at_its_begin() -> None:
    found = spans_by_day(week(*SPLIT), "a", range(2))
    assert found == {
        0: [(at(0, "09:00"), at(0, "12:00")), (at(0, "14:00"), at(0, "18:00"))],
        1: [(DAY, DAY)],
    }
    away = spans_by_day(week(*SPLIT, leave=(window(0, "11:00", "15:00"),)), "a", [0])
    assert away == {0: [(at(0, "09:00"), at(0, "11:00")), (at(0, "15:00"), at(0, "18:00"))]}


def test_presence_over_the_end_of_a_day_counts_for_both() -> None:
    long = Window(start=at(0, "09:00"), end=at(1, "12:00"))
    assert spans_by_day(week(long), "a", range(2)) == {
        0: [(at(0, "09:00"), at(1, "12:00"))],
        1: [(at(1), at(1, "12:00"))],
    }
    # presence that ends at midnight is none of the next day, nor is what begins then of the day before
    two = week(Window(start=at(0, "20:00"), end=DAY), Window(start=DAY + 60, end=at(1, "08:00")))
    assert spans_by_day(two, "a", range(2)) == {
        0: [(at(0, "20:00"), DAY)],
        1: [(DAY + 60, at(1, "08:00"))],
    }


def test_where_availability_is_off_everybody_is_there_all_day() -> None:
    assert spans_by_day(week(*SPLIT, weights=OFF), "a", range(2)) == {
        0: [(0, DAY)],
        1: [(DAY, 2 * DAY)],
    }
    assert day_bounds(week(*SPLIT), "a", 0) == (0, DAY)
    assert day_bounds(week(*SPLIT), "a", 1) == (DAY, 2 * DAY)


def test_work_may_go_on_to_midnight_where_settings_say_so() -> None:
    open_end = week(*SPLIT, work_past_end=True)
    assert working_spans(open_end, "a", range(2)) == {
        0: [(at(0, "09:00"), at(0, "12:00")), (at(0, "14:00"), DAY)],
        1: [(DAY, DAY)],
    }
    over = Window(start=at(0, "20:00"), end=at(1, "04:00"))
    assert working_spans(week(over, work_past_end=True), "a", [0]) == {
        0: [(at(0, "20:00"), at(1, "04:00"))]
    }
    assert working_spans(week(*SPLIT), "a", [0]) == spans_by_day(week(*SPLIT), "a", [0])


def test_an_evening_begins_when_limits_say_and_for_minors_at_eight() -> None:
    def begins(off: bool = False, **who) -> int | None:
        weights = {"evening_end": RuleSetting(on=False)} if off else None
        return evening(instance(person("a", **who), weights=weights), "a", 1)

    assert begins() is None
    assert begins(minor=True) == at(1, "20:00")
    assert begins(limits=Limits(evening_from=18 * 60)) == at(1, "18:00")
    assert begins(limits=Limits(evening_from=21 * 60), minor=True) == at(1, "21:00")
    assert begins(minor=True, off=True) is None


def test_what_begins_in_the_evening_is_dropped_unless_all_does() -> None:
    spans = [(100, 200), (300, 400)]
    assert until(spans, None) == spans
    assert until(spans, 350) == [(100, 200), (300, 350)]
    assert until(spans, 300) == [(100, 200)]
    assert until(spans, 100) == spans
    assert until(spans, 101) == [(100, 101)]


NOON = Break(start=11 * 60, end=13 * 60, minutes=60, beyond=0)


def day(
    *stops: tuple[str, str, int], owed: Break = NOON, weights=None, on_duty: bool = False, **who
) -> Facts:
    """(place, clock, minutes) of one person's stops; P and Q lie twenty minutes apart, S ten from P."""
    who.setdefault("availability", (window(0, "08:00", "24:00"),))
    work = [visit(f"v{n}", places=where, duration=long) for n, (where, _, long) in enumerate(stops)]
    one = instance(
        *(place(id) for id in "PQS"),
        person("a", limits=Limits(breaks=owed), **who),
        *work,
        ways={("P", "Q"): 20, ("S", "P"): 10},
        weights=weights,
        rest_on_duty=on_duty,
    )
    rows = [(f"v{n}", 0, "a", where, at(0, clock)) for n, (where, clock, _) in enumerate(stops)]
    return Facts(one, roster(one, *rows))


def found(facts: Facts) -> tuple[str | None, str | None, int, int] | None:
    """(task before, task after, start, end) of the rest."""
    pause = rest(facts, "a", 0)
    if pause is None:
        return None
    assert isinstance(pause, RestBreak)
    sides = (None if stop is None else stop.task.id for stop in (pause.before, pause.after))
    return (*sides, pause.start, pause.end)


def test_a_rest_lies_between_two_stops_where_it_fits_as_early_as_it_can() -> None:
    assert found(day(("P", "09:00", 60), ("P", "14:00", 60))) == (
        "v0",
        "v1",
        at(0, "11:00"),
        at(0, "12:00"),
    )
    # from the end of the first stop, with the way to the second behind it
    assert found(day(("P", "10:30", 60), ("Q", "12:50", 60))) == (
        "v0",
        "v1",
        at(0, "11:30"),
        at(0, "12:30"),
    )
    # or right before the second, with the way before it
    assert found(day(("P", "10:00", 60), ("Q", "12:00", 60))) is None
    assert found(day(("P", "09:00", 60), ("Q", "12:00", 60))) == (
        "v0",
        "v1",
        at(0, "11:00"),
        at(0, "12:00"),
    )


def test_else_it_lies_before_the_first_or_behind_the_last() -> None:
    late = day(("P", "12:30", 60), start_place="S")
    assert found(late) == (None, "v0", at(0, "11:00"), at(0, "12:00"))
    # ten minutes of way from S: 12:10 is the first start that leaves an hour
    assert found(day(("P", "12:10", 60), start_place="S"))[0] is None
    assert found(day(("P", "12:09", 60), start_place="S")) is None
    assert found(day(("P", "10:00", 120))) == ("v0", None, at(0, "12:00"), at(0, "13:00"))
    assert found(day(("P", "10:00", 121))) is None


def test_a_rest_on_duty_begins_when_somebody_is_there_and_lies_behind_the_way() -> None:
    nine = (window(0, "11:30", "24:00"),)
    # there from half past eleven, ten minutes of way, then an hour's rest
    assert found(day(("P", "12:40", 60), on_duty=True, availability=nine, start_place="S")) == (
        None, "v0", at(0, "11:40"), at(0, "12:40"),
    )  # fmt: skip
    assert found(day(("P", "12:39", 60), on_duty=True, availability=nine, start_place="S")) is None
    # off duty it may lie before that
    assert found(day(("P", "12:39", 60), availability=nine, start_place="S")) == (
        None, "v0", at(0, "11:00"), at(0, "12:00"),
    )  # fmt: skip


def test_nobody_rests_where_no_rest_is_owed_or_the_rule_is_off() -> None:
    assert found(day(("P", "09:00", 60), weights={"rest_break": RuleSetting(on=False)})) is None
    free = instance(person("a", limits=Limits(breaks=None)), visit("v"))
    assert rest(Facts(free, roster(free, ("v", 0, "a", "P", 0))), "a", 0) is None


@pytest.mark.parametrize(
    ("stops", "owed"),
    [
        # six hours from first start to last end, and a minute more
        ([("P", "09:00", 60), ("P", "14:00", 60)], False),
        ([("P", "09:00", 60), ("P", "14:00", 61)], True),
        # a piece of six hours holds the hour in the span from eleven to one
        ([("P", "07:00", 60), ("P", "08:00", 360)], False),
        ([("P", "07:00", 60), ("P", "08:00", 359)], True),
        ([("P", "06:00", 360), ("P", "12:30", 60)], False),
        ([("P", "05:59", 360), ("P", "12:30", 60)], True),
        ([("P", "09:00", 60), ("P", "12:00", 360)], False),
        ([("P", "09:00", 60), ("P", "12:01", 360)], True),
    ],
)
def test_a_day_of_more_than_six_hours_owes_a_rest_unless_a_long_piece_holds_it(stops, owed) -> None:
    facts = day(*stops, owed=Break(start=11 * 60, end=13 * 60, minutes=60))
    assert is_owed(facts, "a", 0) == owed


def test_a_day_ends_at_the_end_place_behind_a_rest_on_duty() -> None:
    assert returns(day(("P", "09:00", 60)), "a", 0) == at(0, "10:00")
    assert returns(day(("P", "09:00", 60), end_place="S"), "a", 0) == at(0, "10:10")
    assert returns(day(("P", "09:00", 60), end_place="S", on_duty=True), "a", 0) == at(0, "12:10")
    between = day(("P", "09:00", 60), ("P", "13:00", 60), end_place="S", on_duty=True)
    assert returns(between, "a", 0) == at(0, "14:10")
