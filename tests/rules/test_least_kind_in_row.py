from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(run_on=1, kind_runs={"night": 1}), "B": PersonHistory(run_off=2)}
    people = limited("A", kind_in_row_min={"night": 2}), limited("B", kind_in_row_min={"night": 3})
    tasks = [shift(f"n{day}", at(day, "20:00"), kind="night") for day in (0, 1, 3)]
    return instance(*people, *tasks, days=4, history=history)


NIGHTS = tuple(shift(f"n{day}", at(day, "20:00"), kind="night") for day in range(7))
EARLIES = tuple(shift(f"e{day}", at(day, "06:00"), kind="early") for day in range(7))


def week(least=3, **past):
    history = {"a": PersonHistory(**past)} if past else {}
    limits = Limits(kind_in_row_min={"night": least})
    return instance(person("a", limits=limits), *NIGHTS, *EARLIES, history=history)


def nights(*days):
    return [(f"n{day}", 0, "a", "P", at(day, "20:00")) for day in days]


def earlies(*days):
    return [(f"e{day}", 0, "a", "P", at(day, "06:00")) for day in days]


def both(found: Instance, *worked: tuple) -> list[int]:
    told = amounts("least_kind_in_row", found, *worked).get("a", [])
    assert priced(found, ("least_kind_in_row",), *worked) == sum(told) * HARD
    return told


def test_each_night_that_a_run_lacks_counts():
    assert both(week(), *nights(1, 2, 4)) == [1, 2]
    assert both(week(), *nights(1, 2, 3)) == []


def test_other_work_ends_the_run():
    assert both(week(), *nights(1, 2), *earlies(3), *nights(4, 5, 6)) == [1]


def test_runs_at_the_ends_may_be_longer_than_they_are_seen_to_be():
    assert both(week(), *nights(0, 5, 6)) == []
    # What history names is known, and so is that nothing came before a day off.
    assert both(week(run_on=5, kind_runs={"early": 2}), *nights(0)) == [2]
    assert both(week(run_off=1), *nights(0)) == [2]
    assert both(week(run_on=5, kind_runs={"night": 1}), *nights(0)) == [1]
    # Days worked of no known kind, or one night at least, leave it open.
    assert both(week(run_on=5), *nights(0)) == []
    assert both(week(run_on=5, last_kinds=("night",)), *nights(0)) == []


def test_a_run_that_ended_with_the_last_day_before_is_judged_now():
    assert both(week(run_on=5, kind_runs={"night": 1})) == [2]
    assert both(week(run_on=5, kind_runs={"night": 1}), *nights(1, 2, 3)) == [2]
    assert both(week(run_on=5, kind_runs={"night": 3})) == []
    assert both(week(run_off=1, kind_runs={"night": 1})) == []
