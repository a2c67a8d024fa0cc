from datetime import date

from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits, PersonHistory
from tests.rules.build import amounts, at, instance, limited, person, shift
from tests.rules.engine import priced

LONG_KNOWN = date(2026, 11, 1)


def tiny() -> Instance:
    history = {"A": PersonHistory(run_off=1), "B": PersonHistory(run_on=1)}
    people = [limited(name, days_in_row_min=3) for name in "ABC"]
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 1, 3)]
    return instance(*people, *tasks, days=5, history=history)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(7))


def week(**past):
    history = {"a": PersonHistory(**past)} if past else {}
    return instance(person("a", limits=Limits(days_in_row_min=3)), *SHIFTS, history=history)


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_a_run_lacks_the_days_to_its_least():
    # one day of three, two of three
    assert amounts("least_days_in_row", week(), *rows(1, 3, 4)) == {"a": [2, 1]}
    assert priced(week(), ("least_days_in_row",), *rows(1, 3, 4)) == 3 * HARD


def test_a_run_at_either_end_may_go_on_outside():
    assert amounts("least_days_in_row", week(), *rows(0, 5, 6)) == {}
    assert priced(week(), ("least_days_in_row",), *rows(0, 5, 6)) == 0


def test_history_closes_the_first_end():
    # 1 + 1 days of three; after days off Monday's run begins on Monday
    assert amounts("least_days_in_row", week(run_on=1), *rows(0)) == {"a": [1]}
    assert priced(week(run_on=1), ("least_days_in_row",), *rows(0)) == HARD
    assert amounts("least_days_in_row", week(run_off=1), *rows(0)) == {"a": [2]}
    assert priced(week(run_off=1), ("least_days_in_row",), *rows(0)) == 2 * HARD


def test_a_run_that_ended_with_the_last_day_before_is_judged_now():
    assert amounts("least_days_in_row", week(run_on=1, since=LONG_KNOWN), *rows(1, 2, 3)) == {
        "a": [2]
    }
    assert (
        priced(week(run_on=1, since=LONG_KNOWN), ("least_days_in_row",), *rows(1, 2, 3)) == 2 * HARD
    )
    assert amounts("least_days_in_row", week(run_on=3, since=LONG_KNOWN)) == {}


def test_by_a_bare_count_it_was_judged_before():
    assert amounts("least_days_in_row", week(run_on=1), *rows(1, 2, 3)) == {}
    assert priced(week(run_on=1), ("least_days_in_row",), *rows(1, 2, 3)) == 0
