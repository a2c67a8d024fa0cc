"""Changes make a child week, and only what they force out falls."""

import pytest

from scheduler.model import (
    Case,
    Duty,
    Freeze,
    Gap,
    Household,
    InputError,
    Pin,
    Place,
    Point,
    StraightLine,
    Window,
)
from scheduler.model.changes import (
    Absence,
    Cancel,
    Closure,
    New,
    Presence,
    Reopen,
    Windows,
)
from scheduler.model.presence import presence
from scheduler.weeks.replan import ChangedWeek, apply
from tests.rules.build import at, person, roster, shift, visit, window
from tests.weeks.replan.week import ROWS, changes, published, rows, week

HERE = Point(longitude=104.1, latitude=30.6)


def span(day: int, start: str = "00:00", end: str = "23:59") -> dict[str, int]:
    return {"from": at(day, start), "to": at(day, end)}


def applied(*some, **more):
    return apply(week(), published(), changes(*some, **more))


def fallen(*some) -> set[str]:
    return {one.task for one in applied(*some).fallen}


def test_without_changes_everything_stands_and_is_published() -> None:
    found = applied()
    assert rows(found.remaining) == set(ROWS)
    assert {(one.task, one.person) for one in found.instance.published} == {
        (task, who) for task, _, who, _, _ in ROWS
    }
    assert found.fallen == ()


def test_an_absence_takes_the_crew_along_that_cannot_go_without() -> None:
    found = applied(Absence(person="B", **span(0)))
    assert {one.task for one in found.fallen} == {"x"}
    assert len(found.fallen) == 2
    assert presence(found.instance.person_by_id["B"])[0] == (at(0, "23:59"), 7 * 1440)
    # on Tuesday B is there again
    assert ROWS[4] in rows(found.remaining)


def test_a_presence_ends_a_leave() -> None:
    away = applied(Absence(person="B", **span(1))).instance
    found = apply(away, published(), changes(Presence(person="B", **span(1, "09:00", "13:00"))))
    there = presence(found.instance.person_by_id["B"])
    assert (at(1, "09:00"), at(1, "13:00")) in there


def test_what_is_cancelled_falls_with_what_is_tied_to_it() -> None:
    pinned = week().changed(pins=(Pin(task="v", person="A"), Pin(task="w", person="A")))
    found = apply(pinned, published(), changes(Cancel(task="v")))
    assert {one.task for one in found.fallen} == {"v"}
    assert "v" not in found.instance.task_by_id
    assert [pin.task for pin in found.instance.pins] == ["w"]
    assert all(one.task != "v" for one in found.instance.published)


def test_a_duty_whose_visits_are_all_cancelled_is_not_due_again_this_week() -> None:
    home = Household(id="h", name="h", place="P")
    once, twice = (
        Duty(id=id, name=id, household="h", every_days=days)
        for id, days in (("once", 7), ("twice", 2))
    )
    asked = apply(
        week().changed(households=(home,), duties=(once, twice)), published(), changes()
    ).instance

    def left(*gone: str) -> tuple[list[str], list[str | None]]:
        found = apply(asked, published(), changes(*(Cancel(task=task) for task in gone))).instance
        return [duty.id for duty in found.duties], [one.duty for one in found.visits if one.duty]

    first, second = (one.id for one in asked.visits if one.duty == "twice")
    [only] = (one.id for one in asked.visits if one.duty == "once")
    assert left() == (["once", "twice"], ["once", "twice", "twice"])
    assert left(only, first) == (["twice"], ["twice"])
    assert left(second, first) == (["once"], ["once"])


def test_a_cancelled_case_owes_no_session_any_more() -> None:
    case = Case(id="talk", name="talk", kind="counselling", sessions=2, places=("P",))
    with_case = week().changed(cases=(case,))
    asked = apply(with_case, published(), changes()).instance
    assert [one.case for one in asked.visits if one.case] == ["talk"]
    gone = apply(asked, published(), changes(Cancel(case="talk"))).instance
    assert [one.case for one in gone.visits if one.case] == []


def test_a_closed_venue_loses_its_shifts_and_keeps_visits_of_other_hours() -> None:
    assert fallen(Closure(place="P", **span(1))) == {"s", "y"}
    found = applied(Closure(place="P", **span(1)))
    assert "s" not in found.instance.task_by_id
    assert [(one.start, one.end) for one in found.instance.place_by_id["P"].opening or ()] == [
        (0, at(1)),
        (at(1, "23:59"), at(3)),
    ]


def test_a_closed_venue_sends_its_shifts_with_their_people_elsewhere() -> None:
    found = applied(Closure(place="P", instead="Q", **span(1)))
    assert {one.task for one in found.fallen} == {"y"}
    assert ("s", 0, "B", "Q", at(1, "09:00")) in rows(found.remaining)
    assert found.instance.task_by_id["v"].places == ("P", "Q")


def test_changed_windows_drop_only_what_lies_outside_them() -> None:
    assert fallen(Windows(visit="v", windows=(window(0, "08:00", "09:30"),))) == set()
    assert fallen(Windows(visit="v", windows=(window(2, "09:00", "17:00"),))) == {"v"}


def test_a_reopened_visit_is_a_visit_of_its_own() -> None:
    found = applied(Reopen(visit="v", windows=(window(2, "09:00", "17:00"),), priority=5))
    again = found.instance.task_by_id["v/2"]
    assert (again.priority, again.windows[0].start) == (5, at(2, "09:00"))
    assert found.fallen == ()


def test_new_work_may_bring_its_place_and_household() -> None:
    more = New(
        places=(Place(id="N", name="N", point=HERE),),
        households=(Household(id="h", name="h", place="N"),),
        visits=(visit("n", places="N", household="h"),),
        shifts=(shift("t", at(2, "09:00")),),
    )
    # a table of ways does not know the new place
    there = tuple(one.model_copy(update={"point": HERE}) for one in week().places)
    settings = week().settings.model_copy(update={"travel": StraightLine()})
    found = apply(week().changed(settings=settings, places=there), published(), changes(more))
    assert {"n", "t"} <= set(found.instance.task_by_id)
    with pytest.raises(InputError):
        apply(week(), published(), changes(more))


def test_pins_that_a_change_makes_impossible_are_released() -> None:
    pinned = week().changed(pins=(Pin(task="x", slot=1, person="B"), Pin(task="v", person="A")))
    found = apply(pinned, published(), changes(Absence(person="B", **span(0))))
    assert [pin.task for pin in found.instance.pins] == ["v"]


def test_promises_and_the_freeze_are_kept_in_the_week() -> None:
    found = applied(freeze=Freeze(time=at(0, "12:00")), promised=("y",)).instance
    assert found.freeze.time == at(0, "12:00")
    assert [one.task for one in found.published if one.promised] == ["y"]
    again = apply(found, published(), changes()).instance
    assert [one.task for one in again.published if one.promised] == ["y"]


def test_every_fault_of_the_changes_is_told_at_once_and_where_it_is() -> None:
    wrong = changes(
        Absence(person="Z", **{"from": at(1), "to": at(0)}),
        Cancel(),
        New(),
        Closure(place="P", instead="P", **span(0)),
        Windows(visit="s", windows=(Window(start=0, end=60),)),
        promised=("s",),
    )
    with pytest.raises(InputError) as caught:
        apply(week(), published(), wrong)
    told = {(one.code, one.pointer) for one in caught.value.problems}
    assert told == {
        ("unknown_person", "/changes/0/person"),
        ("window_ends_before_start", "/changes/0/to"),
        ("cancel_one", "/changes/1"),
        ("nothing_new", "/changes/2"),
        ("instead_itself", "/changes/3/instead"),
        ("unknown_visit", "/changes/4/visit"),
        ("unknown_visit", "/promised/0"),
    }


def test_a_fault_of_new_work_is_told_where_the_changes_have_it() -> None:
    wrong = changes(Cancel(task="w"), New(visits=(visit("v"), visit("n", places="nowhere"))))
    with pytest.raises(InputError) as caught:
        apply(week(), published(), wrong)
    assert {(one.code, one.pointer) for one in caught.value.problems} == {
        ("duplicate_id", "/changes/1/visits/0/id"),
        ("unknown_place", "/changes/1/visits/1/places/0"),
    }


def test_the_rest_of_a_bundle_and_what_requires_a_visit_fall_with_it() -> None:
    visits = tuple(
        one.model_copy(update={"bundle": "b"}) if one.id in ("x", "w") else one
        for one in week().visits
    )
    tied = week().changed(visits=visits, gaps=(Gap(first="w", second="y", least_minutes=0),))
    found = apply(tied, published(), changes(Absence(person="B", **span(0))))
    assert {one.task for one in found.fallen} == {"x", "w", "y"}


def standing(*some, **more) -> dict[tuple[str, int], str]:
    return {
        (part.task, part.slot): part.standing for part in applied(*some, **more).instance.published
    }


FIRM = {(task, slot): "firm" for task, slot, *_ in ROWS}


def test_only_who_cannot_come_loses_the_protection_of_what_was_published() -> None:
    sick = Absence(person="B", **span(0))
    assert standing(sick) == FIRM | {("x", 0): "loose", ("x", 1): "lost"}
    assert applied(sick).instance.affected == ("B",)
    least = tuple(
        one.model_copy(update={"least_crew": 1}) if one.id == "x" else one for one in week().visits
    )
    alone = apply(week().changed(visits=least), published(), changes(sick))
    parts = {(part.task, part.slot): part.standing for part in alone.instance.published}
    assert parts == FIRM | {("x", 1): "lost"}
    assert {(part.task, part.slot) for part in alone.fallen} == {("x", 1)}


def test_what_waits_for_lost_work_keeps_its_price_and_is_undone_at_first() -> None:
    chain = Gap(first="w", second="y", least_minutes=0), Gap(first="v", second="x", requires=False)
    tied = week().changed(gaps=chain)
    found = apply(tied, published(), changes(Absence(person="A", **span(0, "09:00", "12:00"))))
    parts = {(part.task, part.slot): part.standing for part in found.instance.published}
    assert parts == FIRM | {("v", 0): "lost", ("w", 0): "lost", ("y", 0): "loose"}
    assert {part.task for part in found.remaining.assignments} == {"x", "s"}


def test_a_crew_that_was_too_small_before_is_not_loosened_by_what_happens_to_others() -> None:
    half = roster(week(), *(row for row in ROWS if row[:2] != ("x", 1)))
    found = apply(week(), half, changes(Absence(person="C", **span(1))))
    assert {part.task for part in found.fallen} == {"y"}


@pytest.mark.parametrize(
    ("change", "people"),
    [
        (Absence(person="C", **span(2)), "C"),
        (Presence(person="C", **span(2)), "C"),
        (Cancel(task="x"), "AB"),
        (Closure(place="P", **span(1)), "BC"),
        (Closure(place="P", instead="Q", **span(1)), "BC"),
        (Windows(visit="w", windows=(window(2, "09:00", "17:00"),)), "A"),
        (Windows(visit="w", windows=(window(0, "09:00", "17:00"),)), ""),
        (Reopen(visit="v", windows=(window(2, "09:00", "17:00"),)), ""),
        (New(visits=(visit("n"),)), ""),
        (New(people=(person("D"),)), "D"),
    ],
)
def test_whom_a_change_touches_does_not_count_as_moved(change, people: str) -> None:
    assert applied(change).instance.affected == tuple(people)


def test_a_promise_outlives_the_absence_of_who_was_to_come_and_nothing_else() -> None:
    hours = Windows(visit="v", windows=(window(2, "09:00", "17:00"),))
    gone = Absence(person="A", **span(0))
    for some, promised in (((gone,), {"v"}), ((hours,), set()), ((gone, hours), set())):
        found = applied(*some, promised=("v",)).instance.published
        assert {part.task for part in found if part.promised} == promised
        assert next(part.standing for part in found if part.task == "v") == "lost"


def test_a_changed_week_beside_its_published_roster_is_the_same_week() -> None:
    found = applied(Absence(person="B", **span(0)), Cancel(task="v"), freeze=Freeze(time=at(0)))
    again = ChangedWeek.of(found.instance, published())
    assert again == found


@pytest.mark.parametrize(
    ("start", "end", "falls"),
    [
        ("08:00", "09:00", set()),
        ("08:00", "09:01", {"v"}),
        ("09:59", "10:00", {"v"}),
        ("10:00", "10:01", {"w"}),
        ("11:00", "14:00", set()),
        ("15:00", "23:00", set()),
    ],
)
def test_an_absence_and_a_closure_meet_what_overlaps_them_and_not_what_ends_or_begins_there(
    start: str, end: str, falls: set[str]
) -> None:
    assert fallen(Absence(person="A", **span(0, start, end))) == falls
    assert fallen(Closure(place="P", **span(0, start, end))) == falls
