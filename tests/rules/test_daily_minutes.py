from scheduler.model import Instance, Limits, Role
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
    place,
    shift,
)
from tests.rules.engine import priced


def tiny() -> Instance:
    busy = limited("A", daily_minutes=70)
    tasks = morning("v", days=(0, 1)), morning("w", places="Q"), morning("x", duration=30)
    return instance(*PQR, busy, person("B"), *tasks, days=2, ways=PQR_WAYS, travel_counts=False)


ROW = ("s", 0, "a", "P", at(0, "08:00"))


def test_work_beyond_the_ordinary_hours_is_overtime():
    week = instance(person("a"), shift("s", at(0, "08:00"), duration=500))
    # 8 h = 480
    assert amounts("daily_minutes", week, ROW) == {"a": [20]}
    assert priced(week, ("daily_minutes",), ROW) == 20


def test_the_way_is_work_where_settings_count_it():
    who, places = person("a", start_place="S"), (place("P"), place("S"))
    work = shift("s", at(0, "08:00"), duration=470)
    counts = instance(who, *places, work, ways={("S", "P"): 30})
    assert amounts("daily_minutes", counts, ROW) == {"a": [20]}
    assert priced(counts, ("daily_minutes",), ROW) == 20
    ignores = instance(who, *places, work, ways={("S", "P"): 30}, travel_counts=False)
    assert amounts("daily_minutes", ignores, ROW) == {}
    assert priced(ignores, ("daily_minutes",), ROW) == 0


def test_no_limit_is_no_overtime():
    week = instance(person("a", Role.PARTNER, limits=Limits(daily_minutes=None)), days=1)
    assert lowered(week, "daily_minutes").day.overtime.tolist() == [[0]]
