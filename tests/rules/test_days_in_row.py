from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, lowered, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    history = {"A": PersonHistory(run_on=2), "B": PersonHistory(run_on=4)}
    people = limited("A", days_in_row_max=3), limited("B", days_in_row_max=2)
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in range(4)]
    return instance(*people, *tasks, days=5, history=history)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))
THREE = Limits(days_in_row_max=3)


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_each_day_beyond_the_limit_counts():
    week = instance(person("a", limits=THREE), *SHIFTS)
    assert amounts("days_in_row", week, *rows(1, 2, 3, 4, 5)) == {"a": [2]}
    assert priced(week, ("days_in_row",), *rows(1, 2, 3, 4, 5)) == 2 * HARD


def test_a_day_off_breaks_the_run():
    week = instance(person("a", limits=THREE), *SHIFTS)
    assert amounts("days_in_row", week, *rows(0, 1, 2, 4, 5, 6)) == {}


def test_days_before_the_horizon_belong_to_its_first_run():
    week = instance(person("a", limits=THREE), *SHIFTS, history={"a": PersonHistory(run_on=2)})
    # 2 + 2 days from Monday, and the later run alone
    assert amounts("days_in_row", week, *rows(0, 1, 3, 4, 5)) == {"a": [1]}
    assert priced(week, ("days_in_row",), *rows(0, 1, 3, 4, 5)) == HARD
    assert amounts("days_in_row", week, *rows(1, 2, 3)) == {}


def test_days_that_were_too_many_before_are_not_judged_again():
    week = instance(person("a", limits=THREE), *SHIFTS, history={"a": PersonHistory(run_on=5)})
    assert amounts("days_in_row", week, *rows(2)) == {}
    assert amounts("days_in_row", week, *rows(0, 1)) == {"a": [2]}
    assert priced(week, ("days_in_row",), *rows(0, 1)) == 2 * HARD


def test_people_without_a_limit_have_no_end():
    low = lowered(instance(person("a", limits=Limits(days_in_row_max=None))), "days_in_row")
    assert len(low.run) == 0
