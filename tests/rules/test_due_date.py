from scheduler.model import Instance, Level, RuleSetting, Slot, Window
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    visit,
    window,
)
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    late = window(0, "09:00", "12:00", "09:30"), window(0, "10:00", "12:00", "11:00")
    tasks = (
        visit("v", windows=late, places="Q"),
        morning("w", Slot(), Slot(after=(30, 60)), due=at(0, "09:10")),
        visit("x", windows=(window(0, "08:00", "11:00"),), due=at(0, "09:00")),
    )
    people = person("A"), person("B", start_place="Q")
    return instance(*PQR, *people, *tasks, days=1, ways=PQR_WAYS)


ALL_DAY = (window(0, "08:00", "18:00"),)


def one(clock, *windows, **more):
    """Amounts of one visit by one person that starts at this time, priced the same."""
    week = instance(person("a"), visit("v", windows=windows or ALL_DAY, **more))
    row = ("v", 0, "a", "P", at(0, clock))
    found = amounts("due_date", week, row).get("v", [])
    assert priced_tasks(week, ("due_date",), row) == sum(found)
    return found


def test_each_tick_after_due_counts():
    assert one("09:30", due=at(0, "09:30")) == []
    assert one("10:15", due=at(0, "09:30")) == [45]


def test_what_a_window_says_comes_before_what_the_visit_says():
    late = window(0, "08:00", "18:00", due="10:00")
    assert one("10:15", late, due=at(0, "09:30")) == [15]


def test_a_start_in_two_windows_is_due_by_the_later():
    # due 09:00 by the first and 09:40 by the second
    both = window(0, "08:00", "12:00", due="09:00"), window(0, "09:30", "12:00", due="09:40")
    assert one("10:00", *both) == [20]
    assert one("09:15", *both) == [15]


def test_a_window_without_due_excuses():
    free = window(0, "08:00", "12:00", due="09:00"), window(0, "09:30", "12:00")
    assert one("10:00", *free) == []
    assert one("09:15", *free) == [15]


def test_every_filled_slot_is_late_by_itself():
    pair = instance(
        person("a"),
        person("b"),
        visit("v", Slot(), Slot(after=(30, 30)), windows=ALL_DAY, due=at(0, "09:10")),
        weights={"due_date": RuleSetting(level=Level.SOFT, weight=2)},
    )
    rows = ("v", 0, "a", "P", at(0, "09:00")), ("v", 1, "b", "P", at(0, "09:30"))
    # the first is in time, the second 20 late: 40 points at 2 each
    assert amounts("due_date", pair, *rows) == {"v": [20]}
    assert priced_tasks(pair, ("due_date",), *rows) == 40


def test_settings_may_measure_the_end():
    week = instance(person("a"), visit("v", windows=ALL_DAY, due=at(0, "09:30")), late_at="end")
    # 09:00 plus an hour is 30 after half past nine
    assert amounts("due_date", week, ("v", 0, "a", "P", at(0, "09:00"))) == {"v": [30]}
    assert priced_tasks(week, ("due_date",), ("v", 0, "a", "P", at(0, "09:00"))) == 30
    assert lowered(week, "due_date").window.at_end


def test_a_case_from_before_the_horizon_is_late_from_its_first_minute():
    # due on Sunday at noon: 12 hours to midnight and 9 more
    week = instance(
        person("a"), visit("v", windows=(Window(start=0, end=1440),), due=at(-1, "12:00"))
    )
    row = ("v", 0, "a", "P", at(0, "09:00"))
    assert amounts("due_date", week, row) == {"v": [1260]}
    assert priced_tasks(week, ("due_date",), row) == 1260
