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
)
from tests.rules.engine import priced


def tiny() -> Instance:
    # Sunday is day 6 and Monday of the next week day 7.
    people = limited("A", weekly_minutes=140), limited("B", weekly_minutes=60)
    tasks = morning("v", days=(0, 7)), morning("w", places="Q"), shift("s", at(6, "09:00"))
    return instance(*PQR, *people, *tasks, days=8, ways=PQR_WAYS)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(9))


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_a_calendar_week_has_its_limit():
    week = instance(person("a", limits=Limits(weekly_minutes=600)), *SHIFTS, days=9)
    # three shifts of 240 = 720; Monday's falls into the next week
    assert amounts("weekly_minutes", week, *rows(1, 3, 6, 7)) == {"a": [120]}
    assert priced(week, ("weekly_minutes",), *rows(1, 3, 6, 7)) == 120 * HARD


def test_each_week_counts_alone():
    week = instance(person("a", limits=Limits(weekly_minutes=240)), *SHIFTS, days=9)
    # 720 - 240 in the first week, 480 - 240 in the two days of the second
    assert amounts("weekly_minutes", week, *rows(0, 3, 6, 7, 8)) == {"a": [480, 240]}
    assert priced(week, ("weekly_minutes",), *rows(0, 3, 6, 7, 8)) == 720 * HARD


def test_it_is_lowered_on_work_week_by_week():
    total = lowered(instance(person("a"), days=9), "weekly_minutes").total
    assert total.measure.tolist() == [0, 0]
    assert total.pieces.tolist() == [[1, 2640, HARD], [1, 2640, HARD]]
    assert total.days.tolist() == list(range(9))
