from datetime import timedelta

from scheduler.model import Horizon, Instance, Limits, PersonHistory, Window
from tests.rules.build import DAY, MONDAY, amounts, at, instance, limited, person, shift
from tests.rules.engine import cost, priced

THERE = (Window(start=0, end=20 * DAY),)


def tiny() -> Instance:
    people = limited("A", complete_weekends=True, availability=THERE), limited("B")
    return instance(*people, *(shift(f"s{day}", at(day, "09:00")) for day in (4, 5, 6)))


def weeks(start: int = 0, days: int = 14, wanted: bool = True, **past) -> Instance:
    """From a day of the week on: 0 is a Monday."""
    history = {"a": PersonHistory(**past)} if past else {}
    limits = Limits(complete_weekends=wanted)
    found = instance(
        person("a", limits=limits, availability=THERE),
        *(shift(f"s{day}", at(day, "08:00")) for day in range(days)),
        days=days,
        history=history,
    )
    return found.changed(horizon=Horizon(start=MONDAY + timedelta(start), days=days))


def worked(found: Instance, *days: int) -> list[int]:
    rows = [(f"s{day}", 0, "a", "P", at(day, "08:00")) for day in days]
    told = amounts("complete_weekends", found, *rows).get("a", [])
    assert priced(found, ("complete_weekends",), *rows) == 10 * sum(told)
    assert cost("complete_weekends", found, *rows) == 10 * sum(told)
    return told


def test_one_day_of_a_weekend_counts_and_both_or_neither_do_not():
    assert worked(weeks(), 5, 13) == [1, 1]
    assert worked(weeks(), 5, 6, 4, 7) == []
    assert worked(weeks()) == []
    assert worked(weeks(wanted=False), 5) == []


def test_a_saturday_at_the_end_is_judged_with_what_follows():
    assert worked(weeks(days=6), 5) == []


def test_a_sunday_at_the_start_goes_with_the_saturday_before():
    sunday = 6
    assert worked(weeks(sunday, 3, run_on=2), 0) == []
    assert worked(weeks(sunday, 3, run_on=2)) == [1]
    assert worked(weeks(sunday, 3, run_off=2), 0) == [1]
    assert worked(weeks(sunday, 3, run_off=2)) == []
    # Nothing is known of the Saturday.
    assert worked(weeks(sunday, 3), 0) == []
