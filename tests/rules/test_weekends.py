from datetime import timedelta

from scheduler.lowered.price import HARD
from scheduler.model import Horizon, Instance, Limits, PastSums, PersonHistory, Window
from tests.rules.build import MONDAY, amounts, at, instance, limited, lowered, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    # Saturday and Sunday are days 5 and 6, then 12 and 13.
    people = (
        limited("A", weekends=1, availability=(Window(start=0, end=at(14)),)),
        limited("B", weekends=0, availability=(Window(start=0, end=at(14)),)),
    )
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (4, 5, 6, 12)]
    return instance(*people, *tasks, days=14)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(21))


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_a_weekend_counts_once_however_many_days_of_it_are_worked():
    weeks = instance(person("a", limits=Limits(weekends=1)), *SHIFTS, days=21)
    # Saturday and Sunday of the first, Sunday of the second, Saturday of the third
    assert amounts("weekends", weeks, *rows(5, 6, 13, 19)) == {"a": [2]}
    assert priced(weeks, ("weekends",), *rows(5, 6, 13, 19)) == 2 * HARD
    assert amounts("weekends", weeks, *rows(5, 6)) == {}


def test_friday_is_no_weekend():
    weeks = instance(person("a", limits=Limits(weekends=0)), *SHIFTS, days=21)
    assert amounts("weekends", weeks, *rows(4, 11)) == {}
    assert priced(weeks, ("weekends",), *rows(4, 11)) == 0


def test_a_limit_that_cannot_be_broken_needs_no_words():
    weeks = instance(person("a", limits=Limits(weekends=3)), days=21)
    assert len(lowered(weeks, "weekends").total.person) == 0


def test_weekends_of_the_period_before_the_horizon_count():
    def weeks(done: int, limit: int = 2):
        history = {"a": PersonHistory(period=PastSums(weekends=done))}
        return instance(
            person("a", limits=Limits(weekends=limit)), *SHIFTS, days=21, history=history
        )

    assert amounts("weekends", weeks(1), *rows(5, 13)) == {"a": [1]}
    assert priced(weeks(1), ("weekends",), *rows(5, 13)) == HARD
    assert amounts("weekends", weeks(1), *rows(5)) == {}
    # What was too much before is not judged again.
    assert amounts("weekends", weeks(5)) == {}
    assert priced(weeks(5), ("weekends",)) == 0
    assert amounts("weekends", weeks(5), *rows(6, 12)) == {"a": [2]}
    assert priced(weeks(5), ("weekends",), *rows(6, 12)) == 2 * HARD


def test_a_first_sunday_is_counted_with_the_saturday_before():
    def week(**past):
        found = instance(person("a", limits=Limits(weekends=1)), *SHIFTS[:8])
        history = {"a": PersonHistory(period=PastSums(weekends=1), **past)}
        return found.changed(horizon=Horizon(start=MONDAY + timedelta(6), days=8), history=history)

    assert amounts("weekends", week(run_on=1), *rows(0)) == {}
    assert priced(week(run_on=1), ("weekends",), *rows(0)) == 0
    assert amounts("weekends", week(run_on=1), *rows(0, 7)) == {"a": [1]}
    assert priced(week(run_on=1), ("weekends",), *rows(0, 7)) == HARD
    assert amounts("weekends", week(run_off=1), *rows(0)) == {"a": [1]}
    assert priced(week(run_off=1), ("weekends",), *rows(0)) == HARD
