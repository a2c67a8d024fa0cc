from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, person, shift
from tests.rules.engine import priced

TWO_DAYS = 48 * 60


def tiny() -> Instance:
    nights = {"rest_after_run": {"night": TWO_DAYS}, "rest_after_run_from": {"night": 2}}
    history = {"A": PersonHistory(run_on=1, kind_runs={"night": 1}, last_end=at(-1, "23:00"))}
    tasks = [shift(f"n{day}", at(day, "20:00"), kind="night") for day in (0, 1, 3)]
    day = shift("day", at(2, "09:00"))
    return instance(
        limited("A", **nights), limited("B", **nights), *tasks, day, days=4, history=history
    )


NIGHTS = tuple(shift(f"n{day}", at(day, "22:00"), kind="night", duration=480) for day in range(6))
EARLIES = tuple(shift(f"e{day}", at(day, "06:00"), kind="early") for day in range(7))


def week(from_days=2, **past):
    history = {"a": PersonHistory(**past)} if past else {}
    limits = Limits(
        rest_after_run={"night": TWO_DAYS},
        rest_after_run_from=None if from_days is None else {"night": from_days},
    )
    return instance(person("a", limits=limits), *NIGHTS, *EARLIES, history=history)


def nights(*days):
    return [(f"n{day}", 0, "a", "P", at(day, "22:00")) for day in days]


def earlies(*days):
    return [(f"e{day}", 0, "a", "P", at(day, "06:00")) for day in days]


def both(found: Instance, *worked: tuple) -> list[int]:
    told = amounts("rest_after_run", found, *worked).get("a", [])
    assert priced(found, ("rest_after_run",), *worked) == sum(told) * HARD
    return told


def test_the_rest_is_owed_from_the_last_end_to_the_next_work():
    # Two nights end on Wednesday at 06:00: Friday 06:00 is early enough, Thursday lacks a day.
    assert both(week(), *nights(0, 1), *earlies(4)) == []
    assert both(week(), *nights(0, 1), *earlies(3)) == [24 * 60]
    assert both(week(), *nights(0, 1), *earlies(3, 4, 5)) == [24 * 60]


def test_a_further_night_of_the_run_is_no_breach_and_a_later_one_is():
    assert both(week(), *nights(0, 1, 2), *earlies(5)) == []
    # Wednesday off: 40 hours from 06:00 to Thursday 22:00.
    assert both(week(), *nights(0, 1, 3)) == [8 * 60]


def test_a_shorter_run_owes_nothing_unless_one_day_is_enough():
    assert both(week(), *nights(0), *earlies(2)) == []
    assert both(week(from_days=None), *nights(0), *earlies(2)) == [24 * 60]
    assert both(week(from_days=None), *earlies(0, 1)) == []


def test_nights_before_the_horizon_belong_to_the_run():
    # Two nights ended on Monday at 06:00.
    past = {"run_on": 4, "kind_runs": {"night": 2}, "last_end": at(0, "06:00")}
    assert both(week(**past), *earlies(1)) == [24 * 60]
    assert both(week(**past), *earlies(2)) == []
    assert both(week(**past), *nights(0), *earlies(3)) == []
    assert both(week(**past), *nights(1)) == [8 * 60]
    one = {"run_on": 4, "kind_runs": {"night": 1}, "last_end": at(0, "06:00")}
    assert both(week(**one), *earlies(1)) == []
    assert both(week(**one), *nights(0), *earlies(2)) == [24 * 60]


def test_a_day_off_before_the_horizon_parts_the_runs_and_not_the_rest():
    # Two nights ended on Sunday at 06:00, and Sunday was off.
    past = {"run_off": 1, "kind_runs": {"night": 2}, "last_end": at(-1, "06:00")}
    assert both(week(**past), *earlies(0)) == [24 * 60]
    assert both(week(**past), *nights(0)) == [8 * 60]
    assert both(week(**past), *nights(1)) == []


def test_without_a_run_by_kind_the_kinds_of_the_day_before_are_one_day():
    past = {"run_on": 4, "last_kinds": ("night",), "last_end": at(0, "06:00")}
    assert both(week(from_days=1, **past), *earlies(1)) == [24 * 60]
    assert both(week(from_days=2, **past), *earlies(1)) == []


def test_the_kinds_of_the_day_before_say_nothing_behind_a_day_off():
    past = {"run_off": 1, "last_kinds": ("night",), "last_end": at(-1, "06:00")}
    assert both(week(from_days=1, **past), *earlies(0)) == []


def test_without_an_end_before_the_horizon_nothing_is_owed():
    assert both(week(run_on=4, kind_runs={"night": 2}), *earlies(0)) == []
