"""Standing duties and series: when they fall due, what visits they become, how well they are kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.due import Share, coverage, due, expand
from scheduler.model import (
    Area,
    Assignment,
    Case,
    Duties,
    Duty,
    Horizon,
    Household,
    Instance,
    Person,
    Place,
    Risk,
    Role,
    Roster,
    Settings,
    Visit,
    Way,
    Window,
)

MONDAY = date(2026, 11, 23)
DAY = 1440
HIGH = Household(id="h", name="住户h", place="home", risk=Risk.HIGH)


def instance(*duties: Duty, days: int = 7, start: date = MONDAY, home=HIGH, **more) -> Instance:
    records = {
        "places": (Place(id="home", name="家"),),
        "people": (Person(id="p", name="专职网格员01", role=Role.GRID_WORKER),),
        **more,
    }
    return Instance(
        id="due",
        horizon=Horizon(start=start, days=days),
        households=(home,),
        duties=duties,
        **records,
    )


def duty(last: int | None, **more) -> Duty:
    """A duty last done so many days before the horizon."""
    done = None if last is None else MONDAY - timedelta(days=last)
    return Duty(id="d", household="h", name="走访", last_done=done, **more)


def only(one: Instance) -> Visit:
    (visit,) = expand(one).visits
    return visit


def days(visit: Visit) -> list[int]:
    return [window.start // DAY for window in visit.windows]


def test_a_weekly_rhythm_is_due_a_week_after_the_last_visit_and_up_to_three_days_early():
    # Last done 2 days before Monday: due on day 5, from day 5 - 3 = 2.
    (one,) = due(instance(duty(2)))
    assert (one.why, one.earliest, one.latest, one.overdue) == ("rhythm", 2, 5, 0)
    visit = only(instance(duty(2)))
    assert (visit.id, visit.priority, visit.due, visit.duty) == ("duty/d", 5, None, "d")
    assert days(visit) == [2, 3, 4, 5]
    assert visit.windows[0] == Window(start=2 * DAY + 540, end=2 * DAY + 1140)


def test_a_duty_due_after_the_horizon_waits():
    # Done on the day the horizon starts: due on day 7, the first day after it.
    assert due(instance(duty(0))) == []
    assert [one.latest for one in due(instance(duty(1)))] == [6]


def test_an_overdue_duty_may_be_done_all_week_and_is_late_after_the_first_day():
    # Last done 10 days before: due on day 3 before the horizon.
    (one,) = due(instance(duty(10)))
    assert (one.earliest, one.latest, one.overdue) == (0, 0, 3)
    visit = only(instance(duty(10)))
    assert days(visit) == [0, 1, 2, 3, 4, 5, 6]
    assert visit.due == 1140


def test_a_household_never_visited_is_due_at_once():
    (one,) = due(instance(duty(None)))
    assert (one.why, one.earliest, one.latest, one.overdue) == ("never_visited", 0, 0, 0)


def test_the_follow_up_of_the_last_outcome_comes_before_the_rhythm():
    # Unstable: 14 days. Done 9 days before: due on day 5; a week's rhythm would be overdue.
    (one,) = due(instance(duty(9, last_outcome="unstable")))
    assert (one.why, one.latest) == ("follow_up", 5)


def test_a_great_change_is_answered_within_24_hours_or_late():
    # Changed on day 1 at 15:00: that evening, or day 2 until 15:00 without being late.
    change = DAY + 900
    one = instance(duty(1, great_change=change))
    assert [(two.why, two.earliest, two.latest) for two in due(one)] == [("great_change", 1, 2)]
    visit = only(one)
    assert (visit.priority, visit.due) == (5, change + DAY)
    assert visit.windows[:2] == (
        Window(start=change, end=DAY + 1140),
        Window(start=2 * DAY + 540, end=2 * DAY + 1140),
    )


def test_a_great_change_that_a_later_visit_answered_leaves_the_rhythm():
    # Changed 3 days before the horizon, visited 2 days before it.
    (one,) = due(instance(duty(2, great_change=-3 * DAY + 600)))
    assert one.why == "rhythm"


def test_a_change_on_the_last_evening_does_not_wait_for_visiting_hours():
    change = 6 * DAY + 1200
    visit = only(instance(duty(1, great_change=change)))
    assert visit.windows == (Window(start=change, end=7 * DAY),)


def test_every_other_day_gives_four_visits_a_week_with_gaps_of_one_or_two_days():
    # Last done the day before: due on days 1, 3, 5; the next would be day 7.
    one = expand(instance(duty(1, every_days=2)))
    assert [visit.id for visit in one.visits] == ["duty/d", "duty/d/2", "duty/d/3"]
    assert [days(visit) for visit in one.visits] == [[0, 1], [2, 3], [4, 5]]
    assert [(gap.first, gap.second) for gap in one.gaps] == [
        ("duty/d", "duty/d/2"),
        ("duty/d/2", "duty/d/3"),
    ]
    assert {(gap.least_days, gap.most_days, gap.requires) for gap in one.gaps} == {(1, 2, False)}


def test_a_weekly_rhythm_gives_four_visits_in_four_weeks():
    found = due(instance(duty(3), days=28))
    assert [one.latest for one in found] == [4, 11, 18, 25]
    assert [one.gap for one in found] == [None, (4, 7), (4, 7), (4, 7)]


def test_an_ordinary_household_is_visited_on_working_days_where_there_is_one():
    # General: 90 days, 14 early. Done 85 days before: due Saturday day 5; weekend left out.
    home = HIGH.model_copy(update={"risk": Risk.GENERAL})
    assert days(only(instance(duty(85), home=home))) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # 28 September 2026 is a Monday; Thursday to Sunday are the National Day holiday.
        (date(2026, 9, 28), [0, 1, 2]),
        # No calendar of public holidays reaches 2050; 3 January is a Monday.
        (date(2050, 1, 3), [0, 1, 2, 3, 4]),
    ],
)
def test_working_days_follow_the_public_calendar_as_far_as_it_goes(start, expected):
    home = HIGH.model_copy(update={"risk": Risk.GENERAL})
    last = start - timedelta(days=84)
    one = Duty(id="d", household="h", name="走访", last_done=last)
    assert days(only(instance(one, home=home, start=start))) == expected


def test_the_first_way_that_somebody_may_do_is_taken():
    doctor = Way(kind="door", duration=40, skills={"medicine": 1})
    phone = Way(kind="phone", duration=10)
    assert only(instance(duty(2, ways=(doctor, phone)))).kind == "phone"
    assert only(instance(duty(2, ways=(doctor,)))).kind == "door"


def test_a_way_for_two_asks_for_two_people_fit():
    both = Way(kind="door", duration=20, crew=2)
    phone = Way(kind="phone", duration=10)
    assert only(instance(duty(2, ways=(both, phone)))).kind == "phone"


def test_a_remote_way_is_done_from_the_station_of_the_area():
    phone = (Way(kind="phone", duration=10, remote=True),)
    areas = (
        Area(id="c", name="社区", kind="community"),
        Area(id="g", name="网格", kind="grid", parent="c"),
    )
    home = Place(id="home", name="家", area="g")
    station = Place(id="station", name="党群服务中心", area="c", kind="station")
    assert only(instance(duty(2, ways=phone), areas=areas, places=(home, station))).places == (
        "station",
    )
    assert only(instance(duty(2, ways=phone))).places == ("home",)


def test_the_person_of_a_wish_is_the_only_one_and_hours_of_a_wish_bound_the_start():
    visit = only(instance(duty(2, person="p", hours=(600, 660))))
    assert visit.slots[0].people == ("p",)
    assert visit.windows[0] == Window(start=2 * DAY + 600, end=2 * DAY + 660)


def series(last: int | None, **more) -> Case:
    given = {"every_days": (2, 3), "sessions": 2, "household": "h", **more}
    done = None if last is None else MONDAY - timedelta(days=last)
    return Case(
        id="s",
        name="心理疏导",
        kind="counselling",
        person="p",
        private=True,
        last_done=done,
        **given,
    )


def test_a_series_has_its_sessions_as_far_apart_as_it_says():
    # Last done the day before: first between days 1 and 2, second between 3 and 5.
    one = expand(instance(cases=(series(1),)))
    assert [visit.id for visit in one.visits] == ["case/s/1", "case/s/2"]
    assert [days(visit) for visit in one.visits] == [[1, 2], [3, 4, 5]]
    (gap,) = one.gaps
    assert (gap.least_days, gap.most_days, gap.requires) == (2, 3, True)
    assert {(visit.preferred, visit.private, visit.case) for visit in one.visits} == {
        (("p",), True, "s")
    }


def test_no_more_sessions_than_are_owed():
    assert len(due(instance(cases=(series(1, sessions=1),)))) == 1
    assert due(instance(cases=(series(1, sessions=0),))) == []


def test_a_new_series_begins_within_its_longest_distance():
    assert days(only(instance(cases=(series(None, sessions=1),)))) == [0, 1, 2]


def test_a_series_with_neither_place_nor_household_is_left_to_the_faults():
    assert due(instance(cases=(series(1, household=None),))) == []


def test_what_a_coordinator_entered_is_left_alone():
    mine = Visit(
        id="mine",
        name="走访",
        kind="door",
        places=("home",),
        windows=(Window(start=600, end=660),),
        duration=30,
        duty="d",
    )
    one = instance(duty(2), visits=(mine,))
    assert expand(one) == one


def test_looking_up_a_new_visit_works_after_the_old_instance_was_looked_into():
    one = instance(duty(2))
    assert one.task_by_id == {}
    assert "duty/d" in expand(one).task_by_id


@given(
    last=st.none() | st.integers(0, 40),
    every=st.none() | st.integers(1, 40),
    length=st.integers(1, 30),
    risk=st.sampled_from(Risk),
    change=st.none() | st.integers(-5 * DAY, 35 * DAY),
)
def test_expanding_twice_changes_nothing_and_every_window_lies_in_the_horizon(
    last, every, length, risk, change
):
    home = HIGH.model_copy(update={"risk": risk})
    given = duty(last, every_days=every, great_change=change)
    once = expand(instance(given, days=length, home=home))
    assert expand(once) == once
    assert len(once.visits) == len(due(once))
    for visit in once.visits:
        assert all(0 <= one.start < one.end <= length * DAY for one in visit.windows)
    for before, after in zip(once.visits, once.visits[1:], strict=False):
        assert before.windows[0].start < after.windows[0].start


def test_a_great_change_on_a_friday_evening_does_not_wait_for_monday():
    # Day 4 at 19:00, a Friday: the first visiting hours are day 5, 09:00 to 19:00.
    home = HIGH.model_copy(update={"risk": Risk.GENERAL})
    once = expand(
        instance(duty(None, every_days=1, great_change=4 * DAY + 19 * 60), days=8, home=home)
    )
    assert once.visits[0].windows[0].start == 5 * DAY + 9 * 60


def test_settings_that_leave_a_class_out_keep_its_default():
    own = Settings(duties=Duties(every_days={Risk.KEY: 5}))
    assert [one.latest for one in due(instance(duty(2), settings=own))] == [5]


def worked(one: Instance, *assigned: tuple[str, int]) -> Roster:
    return Roster(
        instance=one.id,
        horizon=one.horizon,
        assignments=tuple(
            Assignment(task=task, slot=0, person="p", place="home", start=start, end=start + 30)
            for task, start in assigned
        ),
    )


def test_coverage_counts_duties_kept_now_afterwards_and_of_those_due():
    # a: done yesterday, due on day 6. b: overdue by 3 days. c: done today, not due this week.
    three = tuple(
        Duty(id=id, household="h", name="走访", last_done=MONDAY - timedelta(days=last))
        for id, last in (("a", 1), ("b", 10), ("c", 0))
    )
    one = expand(instance(*three))
    nothing = coverage(one)
    assert (nothing.now, nothing.due, nothing.missed) == (Share(2, 3), Share(0, 2), ("a", "b"))
    # Nothing made: on day 7 only c, seen on day 0, is within its seven days.
    assert nothing.after == Share(1, 3)
    found = coverage(one, worked(one, ("duty/b", 600)))
    assert (found.after, found.due, found.missed) == (Share(2, 3), Share(1, 2), ("a",))
    assert found.after.rate == pytest.approx(2 / 3)


def test_a_crew_too_small_covers_nothing():
    both = (Way(kind="door", duration=20, crew=2),)
    one = expand(instance(duty(1, ways=both)))
    assert coverage(one, worked(one, ("duty/d", 600))).due == Share(0, 1)


def test_an_unanswered_great_change_is_not_kept_afterwards():
    one = expand(instance(duty(1, great_change=600)))
    assert coverage(one).now == Share(1, 1)
    assert coverage(one).after == Share(0, 1)
    assert coverage(one, worked(one, ("duty/d", 700))).after == Share(1, 1)


def test_coverage_of_nothing_is_whole():
    assert coverage(instance()).now.rate == 1.0
