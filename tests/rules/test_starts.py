"""When a task may start, written out by hand: windows, opening hours, and how far a start lies off."""

from scheduler.facts import Facts
from scheduler.model import Instance, RuleSetting, Slot, Visit, Window
from scheduler.rules.common.starts import (
    Span,
    admissible,
    bounds,
    common,
    lateness,
    off,
    opening_spans,
    window_spans,
)
from tests.rules.build import DAY, at, instance, person, place, roster, shift, visit, window


def spans(task, days: int = 2) -> list[Span]:
    week = instance(person("A"), task, days=days)
    return window_spans(week, week.task_by_id[task.id])


def test_a_window_is_cut_at_midnight_and_at_the_horizons_ends() -> None:
    night = Window(start=at(0, "22:00"), end=at(1, "02:00"))
    assert spans(visit("v", windows=(night,))) == [
        Span(0, at(0, "22:00"), at(1) - 1, None),
        Span(1, at(1), at(1, "02:00") - 1, None),
    ]
    week = Window(start=-60, end=9 * DAY)
    assert bounds(spans(visit("v", windows=(week,)))) == [(0, DAY - 1), (DAY, 2 * DAY - 1)]
    # a window that ends at midnight has no moment of the next day
    evening = Window(start=at(0, "20:00"), end=at(1))
    assert bounds(spans(visit("v", windows=(evening,)))) == [(at(0, "20:00"), DAY - 1)]
    minute = Window(start=at(1), end=at(1) + 1)
    assert bounds(spans(visit("v", windows=(minute,)))) == [(at(1), at(1))]
    before, after = Window(start=-60, end=0), Window(start=2 * DAY, end=3 * DAY)
    assert spans(visit("v", windows=(before, after))) == []


def test_the_last_start_leaves_room_for_the_last_of_a_spaced_crew() -> None:
    spaced = visit("v", Slot(), Slot(after=(30, 90)), Slot(after=(10, 10)))
    # thirty minutes before the horizon ends its slot 1 would begin after it
    assert bounds(spans(spaced)) == [(0, DAY - 1), (DAY, 2 * DAY - 31)]


def test_a_window_is_due_when_it_says_and_else_when_its_visit_does() -> None:
    own = window(0, "09:00", "10:00", due="09:30")
    found = spans(visit("v", windows=(own, window(1, "09:00", "10:00")), due=at(1, "09:15")))
    assert [span.due for span in found] == [at(0, "09:30"), at(1, "09:15")]


def test_a_shift_has_its_one_moment_inside_the_horizon() -> None:
    assert spans(shift("s", at(1, "22:00"))) == [Span(1, at(1, "22:00"), at(1, "22:00"), None)]
    assert spans(shift("s", 0)) == [Span(0, 0, 0, None)]
    assert spans(shift("s", -1)) == spans(shift("s", 2 * DAY)) == []


def opened(*slots: Slot, on: bool = True, **hours) -> tuple[Instance, Visit]:
    opening = (window(0, "09:00", "12:00"), window(1, "09:00", "10:00"))
    week = instance(
        place("P", opening=opening),
        place("Q"),
        person("A"),
        visit("v", *slots, places=("P", "Q"), **hours),
        days=2,
        weights={"opening_hours": RuleSetting(on=on)},
    )
    return week, week.visits[0]


def test_a_crew_is_done_before_the_place_closes() -> None:
    week, one = opened()
    hour = [(at(0, "09:00"), at(0, "11:00")), (at(1, "09:00"), at(1, "09:00"))]
    assert opening_spans(week, one, "P") == hour
    assert opening_spans(week, one, "Q") is None
    # the second comes half an hour later, for an hour and a half
    week, two = opened(Slot(), Slot(after=(30, 60), duration=90))
    assert opening_spans(week, two, "P") == [(at(0, "09:00"), at(0, "10:00"))]


def test_a_start_lies_in_a_window_and_in_opening_hours_where_they_hold() -> None:
    hours = window(0, "10:30", "14:00", due="13:00"), window(1, "08:00", "09:01")
    week, task = opened(windows=hours)
    assert admissible(week, task, "P") == [
        Span(0, at(0, "10:30"), at(0, "11:00"), at(0, "13:00")),
        Span(1, at(1, "09:00"), at(1, "09:00"), None),
    ]
    whole = window_spans(week, task)
    assert admissible(week, task, "Q") == whole
    week, task = opened(on=False, windows=hours)
    assert admissible(week, task, "P") == whole


def test_spans_that_touch_in_one_moment_have_it_in_common() -> None:
    assert common([(0, 10), (20, 30)], [(10, 20), (25, 40)]) == [(10, 10), (20, 20), (25, 30)]
    assert common([(0, 9)], [(10, 20)]) == []


def far(starts: list[int], allowed: list[tuple[int, int]], *after: int) -> int:
    """How far these starts of a crew's slots lie off; after: how much later than slot 0 each is to start."""
    crew = [Slot(after=(late, late + 60)) for late in after or (0,) * len(starts)]
    week = instance(*(person(who) for who in "ABC"), visit("v", *crew))
    rows = [("v", slot, "ABC"[slot], "P", start) for slot, start in enumerate(starts)]
    facts = Facts(week, roster(week, *rows))
    return off(allowed, facts.by_task["v"], facts.task_slots["v"])


def test_a_start_is_early_only_before_all_spans_and_else_late_for_the_one_before() -> None:
    allowed = [(100, 200), (400, 500)]
    assert [far([start], allowed) for start in (100, 200, 400, 500)] == [0, 0, 0, 0]
    assert (far([99], allowed), far([0], allowed)) == (1, 100)
    assert (far([201], allowed), far([399], allowed), far([600], allowed)) == (1, 199, 100)
    # both of a crew by the span that is best for them; a spaced one less its distance
    assert far([150, 420], allowed) == 220
    assert far([210, 220], allowed) == 30
    assert far([190, 250], allowed, 0, 60) == 0
    assert far([190, 261], allowed, 0, 60) == 1


def test_without_any_span_all_of_the_work_lies_off() -> None:
    assert far([100, 300], []) == 2 * 60


def late(at_end: bool, *rows: tuple, **visits) -> list[int]:
    week = instance(
        person("A"),
        person("B"),
        visit("v", Slot(), Slot(), **visits),
        late_at="end" if at_end else "start",
    )
    return [ticks for _, ticks in lateness(Facts(week, roster(week, *rows)), "v")]


def test_each_slot_is_late_from_its_due_moment_on() -> None:
    ten = ("v", 0, "A", "P", at(0, "10:00")), ("v", 1, "B", "P", at(0, "10:20"))
    assert late(False, *ten, due=at(0, "10:00")) == [20]
    assert late(False, *ten, due=at(0, "09:59")) == [1, 21]
    # they end at eleven and at twenty past
    assert late(True, *ten, due=at(0, "11:00")) == [20]
    assert late(False, *ten) == []
    assert late(False, due=0) == []


def test_the_due_moment_is_that_of_the_window_in_which_the_crew_begins() -> None:
    hours = window(0, "09:00", "11:00", due="09:30"), window(0, "13:00", "15:00", due="13:30")

    def starting(clock: str) -> list[int]:
        return late(False, ("v", 0, "A", "P", at(0, clock)), windows=hours)

    assert starting("10:00") == [30]
    assert starting("12:00") == [150]
    assert starting("13:00") == []
    assert starting("14:00") == [30]
    assert starting("08:00") == []
    # of two windows that hold the start the latest due counts, and none at all where one has none
    both = window(0, "09:00", "11:00", due="09:30"), window(0, "08:00", "12:00", due="09:45")
    ten = ("v", 0, "A", "P", at(0, "10:00"))
    assert late(False, ten, windows=both) == [15]
    assert late(False, ten, windows=(both[0], window(0, "08:00", "12:00"))) == []
