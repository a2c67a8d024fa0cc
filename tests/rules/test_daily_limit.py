from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    limited,
    lowered,
    morning,
    person,
    shift,
    visit,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    busy = limited("A", daily_minutes=60, daily_overtime=40)
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", duration=30)
    return instance(*PQR, busy, person("B"), *tasks, days=2, ways=PQR_WAYS)


ROWS = ("s", 0, "a", "P", at(0, "08:00")), ("v", 0, "a", "P", at(0, "19:00"))


def test_a_day_ends_after_ordinary_hours_and_the_most_overtime():
    week = instance(person("a"), shift("s", at(0, "08:00"), duration=630), visit("v"))
    # 630 + 60 = 690 minutes; 480 + 180 = 660 are allowed
    assert amounts("daily_limit", week, *ROWS) == {"a": [30]}
    assert priced(week, ("daily_limit",), *ROWS) == 30 * HARD


def test_each_day_stands_alone():
    week = instance(person("a"), shift("s", at(0, "08:00"), duration=630), visit("v"))
    rows = ("s", 0, "a", "P", at(0, "08:00")), ("v", 0, "a", "P", at(1, "19:00"))
    assert amounts("daily_limit", week, *rows) == {}


def test_without_a_bound_on_overtime_there_is_no_limit():
    endless = person("a", limits=Limits(daily_overtime=None))
    week = instance(endless, shift("s", at(0, "08:00"), duration=900))
    assert amounts("daily_limit", week, ROWS[0]) == {}
    assert not lowered(week, "daily_limit").day.too_long.any()
