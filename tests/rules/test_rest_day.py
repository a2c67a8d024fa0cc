from scheduler.lowered.price import HARD
from scheduler.model import Instance, Limits
from tests.rules.build import amounts, at, instance, limited, lowered, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    # Monday 23 November to Monday 30 November: the eighth day is another week's.
    people = limited("A", weekly_days=2), limited("B", weekly_days=1)
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (0, 3, 6, 7)]
    return instance(*people, *tasks, days=8)


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(10))


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_seven_days_of_a_week_are_one_too_many():
    week = instance(person("a"), *SHIFTS, days=10)
    assert amounts("rest_day", week, *rows(*range(10))) == {"a": [1]}
    assert priced(week, ("rest_day",), *rows(*range(10))) == HARD


def test_two_stops_of_a_day_are_one_day():
    week = instance(person("a", limits=Limits(weekly_days=1)), *SHIFTS, shift("t", at(0, "18:00")))
    both = (*rows(0), ("t", 0, "a", "P", at(0, "18:00")))
    assert amounts("rest_day", week, *both) == {}
    assert priced(week, ("rest_day",), *both) == 0


def test_a_week_that_is_cut_short_is_counted_alone():
    week = instance(person("a", limits=Limits(weekly_days=2)), *SHIFTS, days=10)
    # two days in the first week, three in the second
    assert amounts("rest_day", week, *rows(0, 6, 7, 8, 9)) == {"a": [1]}
    assert priced(week, ("rest_day",), *rows(0, 6, 7, 8, 9)) == HARD


def test_a_week_too_short_to_break_it_needs_no_words():
    assert len(lowered(instance(person("a"), days=10), "rest_day").total.person) == 1
