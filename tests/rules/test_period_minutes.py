from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits
from tests.rules.build import PQR, PQR_WAYS, amounts, at, instance, limited, morning, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    people = limited("A", period_minutes_max=100), limited("B", period_minutes_min=130)
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", days=(0, 1))
    return instance(*PQR, *people, *tasks, days=2, ways=PQR_WAYS)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(9))
WEEK = instance(
    person("a", limits=Limits(period_minutes_min=300, period_minutes_max=500)), *SHIFTS, days=9
)


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_too_much_work_counts_over_the_whole_horizon():
    # 3 * 240 - 500
    assert amounts("period_minutes", WEEK, *rows(0, 4, 8)) == {"a": [220]}
    assert priced(WEEK, ("period_minutes",), *rows(0, 4, 8)) == 220 * HARD


def test_too_little_work_counts():
    # 300 - 240, and 300 - 0
    assert amounts("period_minutes", WEEK, *rows(4)) == {"a": [60]}
    assert priced(WEEK, ("period_minutes",), *rows(4)) == 60 * HARD
    assert amounts("period_minutes", WEEK) == {"a": [300]}
    assert priced(WEEK, ("period_minutes",)) == 300 * HARD


def test_between_the_bounds_nothing_counts():
    assert amounts("period_minutes", WEEK, *rows(0, 8)) == {}
    assert priced(WEEK, ("period_minutes",), *rows(0, 8)) == 0
