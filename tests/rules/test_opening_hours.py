from scheduler.lowered.price import HARD
from scheduler.model import Instance, Slot
from tests.rules.build import (
    amounts,
    at,
    instance,
    lowered,
    morning,
    person,
    place,
    shift,
    visit,
    window,
)
from tests.rules.engine import priced_tasks


def tiny() -> Instance:
    opening = window(0, "08:00", "10:15"), window(1, "09:30", "12:00")
    tasks = (
        morning("v", Slot(), Slot(after=(10, 30)), days=(0, 1), places=("P", "Q")),
        morning("w", places="Q"),
        morning("x", days=(0, 1)),
    )
    places = place("P", opening=opening), place("Q")
    people = person("A"), person("B", start_place="Q")
    return instance(*places, *people, *tasks, days=2, ways={("P", "Q"): 25})


OPEN = place("P", opening=(window(0, "08:30", "11:00"), window(0, "14:00", "17:00")))
PEOPLE = person("a"), person("b")
DAYTIME = (window(0, "08:00", "18:00"),)
RULES = "opening_hours", "visit_window"


def week(*slots, windows=DAYTIME, **more):
    return instance(OPEN, place("Q"), *PEOPLE, visit("v", *slots, windows=windows, **more), days=1)


def v(clock, slot=0, where="P"):
    return "v", slot, "ab"[slot], where, at(0, clock)


def test_a_visit_ends_before_its_place_closes():
    # an hour before 11:00 is 10:00
    assert amounts("opening_hours", week(), v("10:00")) == {}
    assert amounts("opening_hours", week(), v("10:25")) == {"v": [25]}
    assert priced_tasks(week(), RULES, v("10:25")) == 25 * HARD


def test_too_early_is_told_by_the_definition_and_never_made_by_engines():
    assert amounts("opening_hours", week(), v("08:10")) == {"v": [20]}
    assert priced_tasks(week(), RULES, v("08:10")) is None


def test_between_two_spans_it_is_late_for_the_earlier():
    # 13:50 is 230 minutes after 10:00, though only ten before 14:00
    assert amounts("opening_hours", week(), v("13:50")) == {"v": [230]}
    assert priced_tasks(week(), RULES, v("13:50")) == 230 * HARD


def test_the_whole_crew_has_to_fit_though_only_some_come():
    crew = week(Slot(), Slot(after=(30, 40)), least_crew=1)
    # the second starts 30 minutes later and stays an hour: 09:30 is the last start
    assert amounts("opening_hours", crew, v("09:45")) == {"v": [15]}
    # both are late, each against its own spacing
    assert amounts("opening_hours", crew, v("09:45"), v("10:15", 1)) == {"v": [30]}
    assert priced_tasks(crew, RULES, v("09:45"), v("10:15", 1)) == 30 * HARD


def test_what_the_window_counts_is_not_counted_twice():
    morning = week(windows=(window(0, "08:00", "09:31"),))
    # 30 after the window's last start 09:30, which is no later than the place's 10:00
    assert amounts("visit_window", morning, v("10:00")) == {"v": [30]}
    assert amounts("opening_hours", morning, v("10:00")) == {}
    assert priced_tasks(morning, RULES, v("10:00")) == 30 * HARD


def test_window_and_opening_hours_that_never_meet_leave_engines_nothing():
    noon = week(windows=(window(0, "12:00", "13:00"),))
    # 12:15 is 135 minutes after 10:00
    assert amounts("opening_hours", noon, v("12:15")) == {"v": [135]}
    assert priced_tasks(noon, RULES, v("12:15")) is None


def test_another_place_has_its_own_hours_and_shifts_have_none():
    two = week(places=("P", "Q"))
    assert amounts("opening_hours", two, v("12:15", where="Q")) == {}
    assert priced_tasks(two, RULES, v("12:15", where="Q")) == 0
    class_ = instance(OPEN, *PEOPLE, shift("s", at(0, "12:00")), days=1)
    assert amounts("opening_hours", class_, ("s", 0, "a", "P", at(0, "12:00"))) == {}
    assert priced_tasks(class_, RULES, ("s", 0, "a", "P", at(0, "12:00"))) == 0


def test_options_are_confined_to_the_spans():
    low = lowered(week(places=("P", "Q")), *RULES).window
    assert low.place.tolist() == [0, 0, 1]
    assert low.earliest.tolist() == [at(0, "08:30"), at(0, "14:00"), at(0, "08:00")]
    assert low.latest.tolist() == [at(0, "10:00"), at(0, "16:00"), at(0, "17:59")]
