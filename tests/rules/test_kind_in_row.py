from datetime import timedelta

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PastStop, PersonHistory
from tests.rules.build import MONDAY, amounts, at, instance, limited, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(run_on=3, kind_runs={"night": 2})}
    people = limited("A", kind_in_row_max={"night": 2, "early": 1}), limited("B")
    tasks = [shift(f"n{day}", at(day, "22:00"), duration=60, kind="night") for day in range(3)]
    return instance(
        *people, *tasks, shift("e", at(1, "06:00"), kind="early"), days=4, history=history
    )


NIGHTS = tuple(shift(f"n{day}", at(day, "20:00"), kind="night") for day in range(7))
EARLIES = tuple(shift(f"e{day}", at(day, "06:00"), kind="early") for day in range(7))


def week(most=2, **past):
    history = {"a": PersonHistory(**past)} if past else {}
    limits = Limits(kind_in_row_max={"night": most})
    return instance(person("a", limits=limits), *NIGHTS, *EARLIES, history=history)


def nights(*days):
    return [(f"n{day}", 0, "a", "P", at(day, "20:00")) for day in days]


def earlies(*days):
    return [(f"e{day}", 0, "a", "P", at(day, "06:00")) for day in days]


def both(found: Instance, *worked: tuple) -> list[int]:
    told = amounts("kind_in_row", found, *worked).get("a", [])
    assert priced(found, ("kind_in_row",), *worked) == sum(told) * HARD
    return told


def test_each_night_beyond_the_limit_counts():
    assert both(week(), *nights(0, 1, 2, 3, 5, 6)) == [2]
    assert both(week(), *nights(0, 1, 3, 4)) == []


def test_other_work_breaks_the_run_and_makes_none():
    assert both(week(), *nights(0, 1), *earlies(2), *nights(3, 4)) == []
    assert both(week(), *earlies(0, 1, 2, 3)) == []


def test_a_day_with_other_work_as_well_belongs_to_the_run():
    assert both(week(), *nights(0, 1, 2), *earlies(1)) == [1]


def test_nights_before_the_horizon_count_where_they_reach_it():
    assert both(week(run_on=5, kind_runs={"night": 2}), *nights(0, 1)) == [2]
    assert both(week(run_on=5, kind_runs={"night": 2}), *nights(1, 2)) == []
    assert both(week(run_on=5, kind_runs={"early": 2}), *nights(0, 1)) == []
    # A day off has parted them from the horizon.
    assert both(week(run_off=1, kind_runs={"night": 2}), *nights(0, 1)) == []


def test_the_kinds_of_the_day_before_are_one_day_at_least():
    assert both(week(run_on=5, last_kinds=("night",)), *nights(0, 1)) == [1]
    assert both(week(run_off=1, last_kinds=("night",)), *nights(0, 1)) == []


def test_nights_that_were_too_many_before_are_not_judged_again():
    assert both(week(run_on=5, kind_runs={"night": 4})) == []
    assert both(week(run_on=5, kind_runs={"night": 4}), *nights(0)) == [1]


def test_a_limit_of_none_forbids_the_kind():
    assert both(week(most=0), *nights(2, 3, 5)) == [2, 1]


def test_stops_before_the_horizon_say_how_many_days_there_were():
    def past(*days_and_kinds):
        stops = [
            PastStop(kind=kind, start=at(day, "20:00"), end=at(day, "23:00"))
            for day, kind in days_and_kinds
        ]
        return {"stops": tuple(stops), "since": MONDAY - timedelta(days=5)}

    three = past((-5, "night"), (-3, "night"), (-2, "night"), (-1, "night"))
    assert both(week(4, **three), *nights(0, 1)) == [1]
    # The early of Saturday lies between the nights.
    broken = past((-4, "night"), (-3, "night"), (-2, "early"), (-1, "night"))
    assert both(week(2, **broken), *nights(0)) == []
    assert both(week(2, **broken), *nights(0, 1)) == [1]
