from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(run_off=1), "B": PersonHistory(run_off=4)}
    people = limited("A", days_off_max=2), limited("B", days_off_max=2), limited("C")
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 1, 3)]
    return instance(*people, *tasks, days=4, history=history)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def week(**past):
    history = {"a": PersonHistory(**past)} if past else {}
    return instance(person("a", limits=Limits(days_off_max=2)), *SHIFTS, history=history)


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def both(found: Instance, *worked: tuple) -> list[int]:
    days = sum(sum(found) for found in amounts("most_days_off", found, *worked).values())
    assert priced(found, ("most_days_off",), *worked) == days * HARD
    return amounts("most_days_off", found, *worked).get("a", [])


def test_each_day_off_beyond_the_limit_counts_at_the_ends_too():
    # Monday to Wednesday are three, Friday to Sunday three
    assert both(week(), *rows(3)) == [1, 1]
    assert both(week(), *rows(2, 5)) == []


def test_days_off_before_the_horizon_make_the_first_run_longer():
    assert both(week(run_off=1), *rows(2, 5)) == [1]
    assert both(week(run_off=1), *rows(1, 4)) == []
    assert both(week(run_on=5), *rows(2, 5)) == []


def test_days_off_that_were_too_many_before_are_not_judged_again():
    assert both(week(run_off=9), *rows(0, 3, 6)) == []
    assert both(week(run_off=9), *rows(1, 4)) == [1]


def test_a_week_without_work_is_one_run():
    assert both(week()) == [5]
