from scheduler.lowered.price import HARD
from scheduler.lowered.window import NEVER
from scheduler.model import Instance, Slot, Window
from tests.rules.build import (
    PQR,
    PQR_WAYS,
    amounts,
    at,
    instance,
    lowered,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    tasks = (
        visit("v", windows=(window(0, "09:00", "09:30"), window(0, "10:00", "10:20"))),
        visit("w", Slot(), Slot(after=(20, 60)), windows=(window(0, "09:00", "09:10"),)),
        shift("s", at(0, "10:00"), duration=30),
    )
    return instance(*PQR, person("A"), person("B", start_place="Q"), *tasks, days=1, ways=PQR_WAYS)


TWO = window(0, "09:00", "10:00"), window(0, "14:00", "15:00", due="14:30")


def week(*slots, windows=TWO, days=2, **more):
    own = visit("v", *slots, windows=windows, **more)
    return instance(place("P"), place("Q"), person("a"), person("b"), own, days=days)


def v(clock, day=0, slot=0):
    return "v", slot, "ab"[slot], "P", at(day, clock)


def test_a_window_bounds_the_start_up_to_its_last_minute():
    # a visit of an hour that starts 09:59 ends after the window, and may
    assert amounts("visit_window", week(), v("09:00")) == {}
    assert amounts("visit_window", week(), v("09:59")) == {}
    assert amounts("visit_window", week(), v("10:00")) == {"v": [1]}
    assert priced_tasks(week(), (), v("10:00")) == HARD


def test_between_two_windows_it_is_late_for_the_earlier():
    # 13:50 is 231 minutes after 09:59
    assert amounts("visit_window", week(), v("13:50")) == {"v": [231]}
    assert priced_tasks(week(), (), v("13:50")) == 231 * HARD
    # 15:09 is ten minutes after 14:59
    assert amounts("visit_window", week(), v("15:09")) == {"v": [10]}
    assert priced_tasks(week(), (), v("15:09")) == 10 * HARD


def test_before_every_window_it_is_early_and_engines_never_start_then():
    assert amounts("visit_window", week(), v("08:40")) == {"v": [20]}
    assert priced_tasks(week(), (), v("08:40")) is None


def test_each_slot_is_measured_less_its_spacing():
    crew = week(Slot(), Slot(after=(30, 60)), windows=TWO[:1])
    # 10:09 is ten late; the second's 10:45 is 10:15 less half an hour: sixteen late
    rows = v("10:09"), v("10:45", slot=1)
    assert amounts("visit_window", crew, *rows) == {"v": [26]}
    assert priced_tasks(crew, (), *rows) == 26 * HARD


def test_the_last_slot_may_start_after_midnight_but_not_after_the_horizon():
    evenings = tuple(window(day, "20:00", "24:00") for day in (0, 1))
    late = week(Slot(), Slot(after=(90, 90)), windows=evenings)
    # 24:00 less 90 minutes is 22:30; the last start is the minute before
    low = lowered(late, "visit_window").window
    assert (low.earliest[0], low.latest[-1]) == (at(0, "20:00"), at(1, "22:29"))
    assert at(0, "23:59") in low.latest.tolist()


def test_a_window_over_midnight_is_one_option_a_day_and_ends_with_the_horizon():
    long = week(windows=(Window(start=at(-1, "12:00"), end=at(5)),), places=("P", "Q"))
    low = lowered(long, "visit_window").window
    assert low.day.tolist() == [0, 0, 1, 1]
    assert low.place.tolist() == [0, 1, 0, 1]
    assert low.earliest.tolist() == [0, 0, 1440, 1440]
    assert low.latest.tolist() == [1439, 1439, 2879, 2879]
    assert low.due.tolist() == [NEVER] * 4


def test_a_visit_without_a_day_in_the_horizon_has_no_place_in_it():
    past = week(windows=(window(5, "09:00", "10:00"),))
    # all its sixty minutes
    assert amounts("visit_window", past, v("09:00")) == {"v": [60]}
    assert priced_tasks(past, (), v("09:00")) is None


def test_a_shift_has_its_one_moment():
    one = instance(person("a"), shift("s", at(0, "14:00")), days=1)
    assert amounts("visit_window", one, ("s", 0, "a", "P", at(0, "14:00"))) == {}
    assert amounts("visit_window", one, ("s", 0, "a", "P", at(0, "14:05"))) == {"s": [5]}
    assert priced_tasks(one, (), ("s", 0, "a", "P", at(0, "14:05"))) == 5 * HARD
    assert amounts("visit_window", one, ("s", 0, "a", "P", at(0, "13:45"))) == {"s": [15]}


def test_windows_carry_what_is_due():
    low = lowered(week(due=at(0, "09:15")), "visit_window").window
    assert low.due.tolist() == [at(0, "09:15"), at(0, "14:30")]
