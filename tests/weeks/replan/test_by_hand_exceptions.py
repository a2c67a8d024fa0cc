"""Changes by hand that break a rule: refused without a reason; with one the rule gives way just so far."""

from typing import Any

import pytest

from scheduler import change, preview
from scheduler.checker import check
from scheduler.model import InputError, Limits, Slot
from scheduler.model.changes import (
    Assign,
    Cancel,
    MoveWork,
    PinWork,
    SwapWork,
    Unassign,
)
from scheduler.stop import Stop
from scheduler.weeks.replan import apply
from scheduler.weeks.replan.search import replan
from tests.rules.build import at, instance, person, place, roster, visit, window
from tests.weeks.replan.by_hand import WHY, V, Y, row, swapped
from tests.weeks.replan.week import DAYS, ROWS, changes, published, rows, week


def test_a_visit_goes_to_a_place_that_it_does_not_list_for_a_reason_only() -> None:
    to_p = MoveWork(task="x", place="P")
    refused = preview(week(), published(), changes(to_p)).refused
    assert {(one.code, one.slots["id"]) for one in refused} == {("rule_broken", "listed_place")}
    found = apply(week(), published(), changes(to_p.model_copy(update={"reason": WHY})))
    assert found.instance.task_by_id["x"].places == ("Q", "P")
    assert {one[3] for one in rows(found.remaining) if one[0] == "x"} == {"P"}


def test_a_pinned_slot_refuses_until_a_reason_is_given_which_drops_its_pin_alone() -> None:
    held = apply(week(), published(), changes(PinWork())).instance
    give = Assign(task="v", person="C")
    assert [one.slots["id"] for one in preview(held, published(), changes(give)).refused] == [
        "pinned"
    ]
    found = change(held, published(), give.model_copy(update={"reason": WHY}))
    assert {pin.task for pin in found.instance.pins} == {"w", "x", "s", "y"}
    assert found.scores[1].hard == 0


def test_somebody_on_leave_is_refused_until_there_is_a_reason() -> None:
    away = week().changed(
        people=tuple(
            one.model_copy(update={"leave": (window(1, "00:00", "23:59"),)})
            if one.id == "C"
            else one
            for one in week().people
        )
    )
    told = roster(away, *(one for one in ROWS if one != Y))
    give = Assign(task="s", person="C")
    (refusal,) = preview(away, told, changes(give)).refused
    assert (refusal.code, refusal.pointer, refusal.slots["id"]) == (
        "rule_broken",
        "/changes/0",
        "availability",
    )
    # s lasts 150 minutes from nine
    found = change(away, told, give.model_copy(update={"reason": WHY}))
    (kept,) = found.instance.exceptions
    assert (kept.rule, kept.task, kept.person, kept.reason) == ("availability", "s", "C", WHY)
    assert [(one.start, one.end) for one in kept.hours] == [(at(1, "09:00"), at(1, "11:30"))]
    assert found.scores[1].hard == 0
    assert [one.rule.rule.id for one in found.broken] == ["availability"]


def test_nobody_is_in_two_places_whatever_the_reason() -> None:
    twice = MoveWork(task="v", start=at(0, "10:00"), reason=WHY)
    refusals = preview(week(), published(), changes(twice)).refused
    assert {(one.code, one.slots["id"]) for one in refusals} == {("no_exception", "no_overlap")}


def test_an_exception_ends_with_the_work_that_it_is_about() -> None:
    late = change(week(), published(), MoveWork(task="v", start=at(0, "18:00"), reason=WHY))
    (kept,) = late.instance.exceptions
    assert (kept.rule, kept.start) == ("visit_window", at(0, "18:00"))
    assert change(late.instance, late.roster, Unassign(task="v")).instance.exceptions == ()
    assert change(late.instance, late.roster, Assign(task="w", person="B")).exceptions == ()
    back = change(late.instance, late.roster, MoveWork(task="v", start=at(0, "09:00")))
    assert back.instance.exceptions == ()
    gone = apply(late.instance, late.roster, changes(Cancel(task="v"))).instance
    assert gone.exceptions == ()


def test_an_exception_lets_nobody_else_in() -> None:
    """C and B work elsewhere; C does v for a reason, B still may not."""
    barred = week().changed(
        visits=tuple(
            one.model_copy(update={"excluded": ("B", "C")}) if one.id == "v" else one
            for one in week().visits
        )
    )
    found = change(barred, published(), Assign(task="v", person="C", reason=WHY))
    assert [(one.rule, one.person) for one in found.instance.exceptions] == [("named_people", "C")]
    other = preview(found.instance, found.roster, changes(Assign(task="v", person="B")))
    assert [one.slots["id"] for one in other.refused] == ["named_people"]
    third = change(found.instance, found.roster, Assign(task="v", person="A"))
    assert third.instance.exceptions == ()


def test_a_limit_gives_way_just_as_far_as_it_has_to() -> None:
    """B has 150 minutes a day at most; s (150) and y (60) on Tuesday are an hour more."""
    busy = week().changed(
        people=tuple(
            one.model_copy(update={"limits": Limits(daily_minutes=150, daily_overtime=0)})
            for one in week().people
        )
    )
    told = roster(busy, *ROWS)
    late = [Assign(task="y", person="B", start=at(1, "13:00"))]
    (refusal,) = preview(busy, told, changes(*late)).refused
    assert refusal.slots["id"] == "daily_limit"
    found = change(busy, told, late[0].model_copy(update={"reason": WHY}))
    (kept,) = found.instance.exceptions
    assert (kept.rule, kept.person) == ("daily_limit", "B")
    over = {name: getattr(kept.limits, name) for name in kept.limits.model_fields_set}
    assert over == {"daily_overtime": 60}


def test_a_refused_change_raises_and_a_preview_tells() -> None:
    late = MoveWork(task="v", start=at(0, "18:00"))
    with pytest.raises(InputError) as caught:
        change(week(), published(), late)
    (problem,) = caught.value.problems
    assert (problem.code, problem.slots["id"]) == ("rule_broken", "visit_window")
    assert [one.rule.rule.id for one in preview(week(), published(), changes(late)).broken] == [
        "visit_window"
    ]


def test_what_was_broken_before_refuses_nothing_new() -> None:
    odd = roster(week(), *swapped((V, row("v", "A", start=at(0, "18:00")))))
    found = change(week(), odd, SwapWork(first="B", second="A", task="s"))
    assert found.scores[0].hard == found.scores[1].hard > 0


def test_a_search_keeps_an_exception_and_the_roster_is_feasible() -> None:
    late = change(week(), published(), MoveWork(task="v", start=at(0, "18:00"), reason=WHY))
    found = replan(late.instance, late.roster, changes(Cancel(task="y")), Stop(steps=3000))
    assert found.roster.score.hard == 0
    assert check(found.instance, found.roster).feasible
    assert row("v", "A", start=at(0, "18:00")) in rows(found.roster)
    assert [one.rule for one in found.instance.exceptions] == ["visit_window"]


def _away(*spans: Any):
    """The week in which C has leave."""
    people = tuple(
        one.model_copy(update={"leave": spans}) if one.id == "C" else one for one in week().people
    )
    return week().changed(people=people)


def test_what_is_broken_no_more_than_before_is_no_new_breach() -> None:
    """C does y, an hour, while on leave; on the other day of the leave it is the same hour."""
    away = _away(window(0, "00:00", "23:59"), window(1, "00:00", "23:59"))
    moved = change(away, published(), MoveWork(task="y", start=at(0, "10:00")))
    assert moved.scores[0].hard == moved.scores[1].hard == 60
    assert moved.broken == ()
    longer = MoveWork(task="x", start=at(0, "10:00"))
    assert preview(away, published(), changes(longer)).refused


def test_each_exception_ends_by_itself() -> None:
    """C, who may not, does v too late; other work changes nothing, and in time it is no longer late."""
    barred = week().changed(
        visits=tuple(
            one.model_copy(update={"excluded": ("C",)}) if one.id == "v" else one
            for one in week().visits
        )
    )
    late = Assign(task="v", person="C", start=at(0, "18:00"), reason=WHY)
    found = change(barred, published(), late)
    both = {"named_people", "visit_window"}
    assert {one.rule for one in found.instance.exceptions} == both
    other = change(found.instance, found.roster, SwapWork(first="A", second="B", task="w"))
    assert {one.rule for one in other.instance.exceptions} == both
    early = change(found.instance, found.roster, MoveWork(task="v", start=at(0, "09:00")))
    assert {one.rule for one in early.instance.exceptions} == {"named_people"}


def test_opening_hours_give_way_to_one_start_at_one_place() -> None:
    opening = (window(0, "09:00", "12:00"),)
    both = visit("v", windows=DAYS, places=("P", "Q"))
    shut = instance(place("P", opening=opening), place("Q", opening=opening), person("A"), both)
    told = roster(shut, ("v", 0, "A", "P", at(0, "10:00")))
    late = MoveWork(task="v", start=at(0, "13:00"))
    assert [one.slots["id"] for one in preview(shut, told, changes(late)).refused] == [
        "opening_hours"
    ]
    found = change(shut, told, late.model_copy(update={"reason": WHY}))
    (kept,) = found.instance.exceptions
    assert (kept.rule, kept.start, kept.place) == ("opening_hours", at(0, "13:00"), "P")
    for other in (MoveWork(task="v", place="Q"), MoveWork(task="v", start=at(0, "13:05"))):
        refused = preview(found.instance, found.roster, changes(other)).refused
        assert [one.slots["id"] for one in refused] == ["opening_hours"]


def test_a_skill_that_has_ended_counts_up_to_that_day() -> None:
    tasks = [visit(id, Slot(skills={"aid": 1}), windows=DAYS) for id in ("v", "w")]
    first = instance(place("P"), person("A"), *tasks, days=3).horizon.start
    able = person("A", skills={"aid": 1}, skill_until={"aid": first})
    made = instance(place("P"), able, *tasks, days=3)
    told = roster(made, ("v", 0, "A", "P", at(0, "10:00")))
    later = MoveWork(task="v", start=at(1, "10:00"))
    assert [one.slots["id"] for one in preview(made, told, changes(later)).refused] == [
        "skill_expired"
    ]
    found = change(made, told, later.model_copy(update={"reason": WHY}))
    (kept,) = found.instance.exceptions
    assert kept.skill_until == {"aid": made.horizon.date(1)}
    again = preview(
        found.instance,
        found.roster,
        changes(Assign(task="w", person="A", start=at(2, "10:00"), place="P")),
    )
    assert [one.slots["id"] for one in again.refused] == ["skill_expired"]
