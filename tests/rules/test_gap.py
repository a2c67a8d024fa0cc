from scheduler.lowered.gap import OPEN
from scheduler.lowered.price import HARD
from scheduler.model import Gap, Instance, Slot
from tests.rules.build import PQR, PQR_WAYS, amounts, at, instance, lowered, morning, person, visit
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = morning("v", Slot(), Slot(after=(0, 30))), morning("w", days=(0, 1, 2)), morning("x")
    gaps = (
        Gap(first="v", second="w", least_days=1, most_days=1, requires=True),
        Gap(first="v", second="x", least_minutes=15, most_minutes=45, requires=False),
    )
    return instance(person("A"), person("B", start_place="Q"), *PQR, *tasks, *gaps, ways=PQR_WAYS)


WORK = person("a"), person("b"), visit("v", Slot(), Slot(after=(0, 60))), visit("w")


def both(gap, *rows):
    """The amounts of the definition, which the primitives have to price the same."""
    week = instance(*WORK, Gap(first="v", second="w", **gap))
    found = amounts("gap", week, *rows).get("0", [])
    assert priced_tasks(week, ("gap",), *rows) == sum(found) * HARD
    return found


def v(clock, day=0, slot=0):
    return "v", slot, "ab"[slot], "P", at(day, clock)


def w(clock, day=0):
    return "w", 0, "b", "P", at(day, clock)


def test_minutes_run_from_end_to_start():
    minutes = {"least_minutes": 30, "most_minutes": 90}
    # v ends 10:00
    assert both(minutes, v("09:00"), w("10:20")) == [10]
    assert both(minutes, v("09:00"), w("10:30")) == []
    assert both(minutes, v("09:00"), w("11:30")) == []
    assert both(minutes, v("09:00"), w("11:45")) == [15]


def test_the_last_of_the_first_crew_ends_it():
    # slot 1 goes on until 10:40
    assert both({"least_minutes": 30}, v("09:00"), v("09:40", slot=1), w("10:50")) == [20]


def test_days_are_calendar_days_and_each_counts_its_minutes():
    days = {"least_days": 2, "most_days": 3}
    assert both(days, v("23:00"), w("00:30", 2)) == []
    # one day short, one day over
    assert both(days, v("09:00"), w("09:00", 1)) == [1440]
    assert both(days, v("09:00"), w("09:00", 4)) == [1440]


def test_minutes_and_days_add_up():
    # Monday 10:00 to Tuesday 09:00 is 23 hours of 24, and one day of two
    strict = {"least_minutes": 1440, "least_days": 2}
    assert both(strict, v("09:00"), w("09:00", 1)) == [60 + 1440]


def test_the_second_before_the_first_is_short_by_all_of_it():
    # w starts 08:00, v ends 10:00
    assert both({"least_minutes": 0}, v("09:00"), w("08:00")) == [120]


def test_the_second_needs_the_first_unless_told_otherwise():
    assert both({}, w("09:00")) == [1]
    assert both({"requires": False}, w("09:00")) == []
    assert both({"least_days": 2}, v("09:00")) == []


def test_open_sides_are_lowered_as_open():
    week = instance(*WORK, Gap(first="v", second="w", least_minutes=5, most_days=3))
    gap = lowered(week, "gap").gap
    assert (gap.first.tolist(), gap.second.tolist()) == ([0], [1])
    assert (gap.least.tolist(), gap.most.tolist()) == ([5], [OPEN])
    assert (gap.least_days.tolist(), gap.most_days.tolist()) == ([-OPEN], [3])
    assert (gap.cost.tolist(), gap.requires.tolist()) == ([HARD], [HARD])
