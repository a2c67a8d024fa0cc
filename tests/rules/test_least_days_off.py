from datetime import date

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, person, shift
from tests.rules.engine import priced

LONG_KNOWN = date(2026, 11, 1)


def tiny() -> Instance:
    history = {"A": PersonHistory(run_on=1), "B": PersonHistory(run_off=1)}
    people = [limited(name, days_off_min=2) for name in "ABC"]
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 2, 3)]
    return instance(*people, *tasks, days=5, history=history)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def week(**past):
    history = {"a": PersonHistory(**past)} if past else {}
    return instance(person("a", limits=Limits(days_off_min=2)), *SHIFTS, history=history)


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_one_day_off_between_two_runs_is_too_short():
    # Wednesday alone is off; Saturday and Sunday come together
    assert amounts("least_days_off", week(), *rows(0, 1, 3, 4)) == {"a": [1]}
    assert priced(week(), ("least_days_off",), *rows(0, 1, 3, 4)) == HARD


def test_days_off_at_either_end_may_go_on_outside():
    assert amounts("least_days_off", week(), *rows(1, 2, 3, 4, 5)) == {}
    assert priced(week(), ("least_days_off",), *rows(1, 2, 3, 4, 5)) == 0


def test_history_closes_the_first_end():
    working = rows(1, 2, 3, 4, 5, 6)
    assert amounts("least_days_off", week(run_on=4), *working) == {"a": [1]}
    assert priced(week(run_on=4), ("least_days_off",), *working) == HARD
    assert amounts("least_days_off", week(run_off=1), *working) == {}


def test_a_week_without_work_lacks_nothing():
    assert amounts("least_days_off", week(run_on=4)) == {}
    assert priced(week(run_on=4), ("least_days_off",)) == 0


def test_days_off_that_ended_with_the_last_day_before_are_judged_now():
    assert amounts("least_days_off", week(run_off=1, since=LONG_KNOWN), *rows(0)) == {"a": [1]}
    assert priced(week(run_off=1, since=LONG_KNOWN), ("least_days_off",), *rows(0)) == HARD
    assert amounts("least_days_off", week(run_off=2, since=LONG_KNOWN), *rows(0)) == {}


def test_by_a_bare_count_it_was_judged_before():
    assert amounts("least_days_off", week(run_off=1), *rows(0)) == {}
    assert priced(week(run_off=1), ("least_days_off",), *rows(0)) == 0
