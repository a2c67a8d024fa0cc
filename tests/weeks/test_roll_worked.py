"""What a rolled week makes of work that was done, or was not: known faces, duties, cases, visits."""

from datetime import date
from typing import Any

import pytest

from scheduler.formats import json_file
from scheduler.model import (
    Case,
    Departure,
    Duty,
    Household,
    InputError,
    Instance,
    Slot,
    WorkedWeek,
)
from scheduler.weeks.roll import next_horizon, roll
from tests.rules.build import DAY, at, instance, person, roster, visit, window

HOME = Household(id="h", name="h", place="P", known_people=("b",), ratings={"b": 4})


def worked(week: Instance, *departures: Departure) -> WorkedWeek:
    return WorkedWeek(horizon=week.horizon, instance=week.id, departures=departures)


def one_visit(**more: Any) -> Instance:
    return instance(person("a"), person("b"), HOME, visit("v", household="h", **more))


V_BY_A = ("v", 0, "a", "P", at(2, "09:00"))


def test_a_replaced_person_becomes_the_known_face_and_is_rated():
    week = one_visit()
    told = worked(week, Departure(task="v", person="b", rating=2))
    fresh = week.changed(households=(HOME.model_copy(update={"known_people": ()}),))
    [home] = roll(fresh, roster(fresh, V_BY_A), worked=told).households
    assert (home.known_people, home.ratings) == (("b",), {"b": 2})


def test_what_was_worked_as_planned_makes_its_person_known():
    week = one_visit()
    [home] = roll(week, roster(week, V_BY_A)).households
    assert (home.known_people, home.ratings) == (("b", "a"), {"b": 4})


def test_an_outcome_sets_a_duty_s_next_date():
    duty = Duty(id="d", household="h", name="d", every_days=30, last_done=date(2026, 10, 26))
    week = one_visit(duty="d").changed(duties=(duty,))
    told = worked(week, Departure(task="v", outcome="unstable"))
    [rolled] = roll(week, roster(week, V_BY_A), worked=told).duties
    assert (rolled.last_done, rolled.last_outcome) == (date(2026, 11, 25), "unstable")


def test_a_duty_that_either_week_tells_a_later_visit_of_keeps_it():
    duty = Duty(id="d", household="h", name="d", every_days=7, last_outcome="stable")
    week = one_visit(duty="d")

    def last(
        before: date | None, after: date | None, *rows: tuple
    ) -> tuple[date | None, str | None]:
        past = week.changed(duties=(duty.model_copy(update={"last_done": before}),))
        told = duty.model_copy(update={"last_done": after, "last_outcome": "unstable"})
        later = next_horizon(past).changed(duties=(told,))
        [rolled] = roll(past, roster(past, *rows), later).duties
        return rolled.last_done, rolled.last_outcome

    october, november, december = date(2026, 10, 26), date(2026, 11, 20), date(2026, 12, 1)
    assert last(october, november) == (november, "unstable")
    assert last(november, october) == (november, "stable")
    # the visit of 25 November comes after either, and before what is told of December
    assert last(october, november, V_BY_A) == (date(2026, 11, 25), None)
    assert last(None, date(2026, 11, 25), V_BY_A) == (date(2026, 11, 25), None)
    assert last(october, december, V_BY_A) == (december, "unstable")


def test_a_visit_not_done_leaves_its_duty_due():
    change = at(1, "10:00")
    duty = Duty(id="d", household="h", name="d", every_days=7, great_change=change)
    week = one_visit(duty="d").changed(duties=(duty,))
    told = worked(week, Departure(task="v", done=False))
    rolled = roll(week, roster(week, V_BY_A), worked=told)
    assert rolled.duties[0].last_done is None
    assert rolled.duties[0].great_change == change - 7 * DAY
    assert rolled.visits == ()
    assert roll(week, roster(week, V_BY_A)).duties[0].great_change is None


def test_sessions_held_are_taken_off_and_the_lead_stays():
    case = Case(id="k", name="k", kind="counselling", household="h", sessions=3)
    week = one_visit(case="k").changed(cases=(case,))
    [held] = roll(week, roster(week, V_BY_A)).cases
    assert (held.sessions, held.person, held.last_done) == (2, "a", date(2026, 11, 25))
    rolled = roll(week, roster(week))
    assert (rolled.cases, rolled.visits) == ((case,), ())


def test_the_first_of_the_last_crew_leads_the_case():
    case = Case(id="k", name="k", kind="counselling", household="h", sessions=9)
    pair = Slot(), Slot()
    week = instance(
        person("a"), person("b"), HOME, *(visit(v, *pair, household="h", case="k") for v in "vw")
    ).changed(cases=(case,))
    second = ("v", 1, "b", "P", at(2, "09:00")), ("v", 0, "a", "P", at(2, "09:00"))
    first = ("w", 0, "b", "P", at(1, "09:00")), ("w", 1, "a", "P", at(1, "09:00"))
    [held] = roll(week, roster(week, *first, *second)).cases
    assert (held.sessions, held.person, held.last_done) == (7, "a", date(2026, 11, 25))


def test_a_visit_still_wanted_comes_along_at_what_is_left_of_its_windows():
    week = instance(
        person("a"),
        visit("old", windows=(window(2, "09:00", "12:00"),), due=at(3)),
        visit("open", windows=(window(3, "09:00", "12:00"), window(8, "09:00", "12:00"))),
    )
    old, opened = roll(week, roster(week)).visits
    assert (old.windows, old.due) == ((window(2, "09:00", "12:00"),), at(-4))
    assert opened.windows == (window(1, "09:00", "12:00"),)
    assert roll(week, roster(week), carry=False).visits == ()


def test_faults_of_a_record_are_told_all_at_once():
    week = one_visit()
    told = worked(
        week,
        Departure(task="x"),
        Departure(task="v", slot=1),
        Departure(task="v", person="z"),
        Departure(task="v", start=at(2, "09:00"), end=at(2, "08:00")),
    )
    with pytest.raises(InputError) as error:
        roll(week, roster(week, V_BY_A), worked=told)
    assert [(one.code, one.pointer) for one in error.value.problems] == [
        ("unknown_task", "/departures/0/task"),
        ("unknown_slot", "/departures/1/slot"),
        ("unknown_person", "/departures/2/person"),
        ("ends_before_start", "/departures/3/end"),
    ]


def test_a_slot_that_was_empty_needs_a_person_and_a_start():
    week = one_visit()
    with pytest.raises(InputError) as error:
        roll(week, roster(week), worked=worked(week, Departure(task="v")))
    assert [one.code for one in error.value.problems] == ["worked_by_nobody"]
    told = worked(week, Departure(task="v", person="a", start=at(0, "09:00")))
    assert roll(week, roster(week), worked=told).households[0].known_people == ("b", "a")


def test_a_horizon_that_overlaps_is_refused():
    week = one_visit()
    with pytest.raises(InputError) as error:
        roll(week, roster(week), week)
    assert [one.code for one in error.value.problems] == ["roll_overlaps"]


def test_a_record_reads_back_as_it_was_written():
    week = one_visit()
    told = worked(week, Departure(task="v", start=at(0, "09:00"), rating=5))
    assert json_file.read_worked(json_file.dump(told).encode()) == told
    wrong = json_file.dump(told).replace('"rating": 5', '"rating": 6')
    with pytest.raises(InputError) as error:
        json_file.read_worked(wrong.encode())
    assert [one.pointer for one in error.value.problems] == ["/departures/0/rating"]
