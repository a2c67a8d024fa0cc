from datetime import timedelta

from scheduler.model import Horizon, Instance, PastStop, PersonHistory, Window
from tests.rules.build import DAY, MONDAY, amounts, at, instance, lowered, person, shift
from tests.rules.engine import priced


def tiny() -> Instance:
    availability = (Window(start=0, end=at(21)),)
    people = [person(name, availability=availability) for name in "AB"]
    tasks = [shift(f"s{day}", at(day, "09:00")) for day in (5, 6, 12, 19)]
    return instance(*people, *tasks, days=21, history={"A": PersonHistory(weekends=1)})


SHIFTS = tuple(shift(f"s{day}", at(day, "08:00")) for day in range(21))
WORKED = {"a": PersonHistory(weekends=2)}


def rows(*days):
    return [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]


def test_who_worked_the_weekend_before_the_horizon_pays_for_its_first():
    week = instance(person("a"), *SHIFTS[:7], history=WORKED)
    assert amounts("weekends_in_turn", week, *rows(5, 6)) == {"a": [1]}
    assert priced(week, ("weekends_in_turn",), *rows(5, 6)) == 40
    assert amounts("weekends_in_turn", week, *rows(0, 4)) == {}
    assert priced(week, ("weekends_in_turn",), *rows(0, 4)) == 0


def test_who_was_free_does_not():
    week = instance(person("a"), *SHIFTS[:7])
    assert amounts("weekends_in_turn", week, *rows(5, 6)) == {}
    assert priced(week, ("weekends_in_turn",), *rows(5, 6)) == 0


def test_each_weekend_right_after_a_worked_one_counts():
    weeks = instance(person("a"), *SHIFTS, days=21, history=WORKED)
    assert amounts("weekends_in_turn", weeks, *rows(5, 13, 19)) == {"a": [1, 1, 1]}
    assert priced(weeks, ("weekends_in_turn",), *rows(5, 13, 19)) == 120
    # the second is free, so that the third stands in nobody's way
    assert amounts("weekends_in_turn", weeks, *rows(5, 19)) == {"a": [1]}
    assert priced(weeks, ("weekends_in_turn",), *rows(5, 19)) == 40


def test_a_horizon_without_weekend_needs_no_words():
    days = instance(person("a"), days=5, history=WORKED)
    assert len(lowered(days, "weekends_in_turn").total.person) == 0


def test_a_sunday_at_the_start_belongs_to_the_saturday_before():
    saturday = PastStop(kind="check", start=-DAY + 540, end=-DAY + 600)
    weekend_before = PastStop(kind="check", start=-8 * DAY + 540, end=-8 * DAY + 600)

    def from_sunday(*stops: PastStop, rows):
        week = instance(person("a"), *SHIFTS[:8], history={"a": PersonHistory(stops=stops)})
        week = week.changed(horizon=Horizon(start=MONDAY + timedelta(6), days=8))
        found = amounts("weekends_in_turn", week, *rows).get("a", [])
        assert priced(week, ("weekends_in_turn",), *rows) == 40 * sum(found)
        return found

    # that Saturday was worked: both its weekends were judged when it was
    assert from_sunday(weekend_before, saturday, rows=rows(0)) == []
    assert from_sunday(weekend_before, saturday, rows=rows(6)) == [1]
    assert from_sunday(weekend_before, rows=rows(0)) == [1]
    assert from_sunday(weekend_before, rows=rows(6)) == []
    assert from_sunday(rows=rows(0, 6)) == [1]
