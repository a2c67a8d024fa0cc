"""Changes by hand: each moves what it names and nothing else, and rules refuse it or give way for a reason."""

from typing import Any

import pytest

from scheduler import change, preview
from scheduler.checker import check
from scheduler.model import Exemption, Freeze, InputError, Limits, Need, Pin, Roster, Slot
from scheduler.model.changes import (
    Absence,
    Assign,
    Cancel,
    Lock,
    MoveWork,
    New,
    PinWork,
    SwapWork,
    Unassign,
    UnpinWork,
)
from scheduler.stop import Stop
from scheduler.weeks.replan import apply
from scheduler.weeks.replan.search import replan
from tests.rules.build import at, instance, person, place, roster, shift, visit, window
from tests.weeks.replan.week import DAYS, ROWS, changes, published, rows, week

WHY = "只有他熟悉这户"


def after(*some: Any, **more: Any) -> set[tuple]:
    """What the roster is after changes without a search, less what it was, and the other way round."""
    return rows(apply(week(), published(), changes(*some, **more)).remaining)


def fault(*some: Any, **more: Any) -> tuple[str, str, str]:
    """Code, pointer and value of the one fault."""
    with pytest.raises(InputError) as caught:
        apply(week(), published(), changes(*some, **more))
    (problem,) = caught.value.problems
    return problem.code, problem.pointer, problem.value


def swapped(*pairs: tuple[tuple, tuple]) -> set[tuple]:
    """The published rows with some in the place of others."""
    return set(ROWS) - {old for old, _ in pairs} | {new for _, new in pairs if new}


def row(task: str, who: str, slot: int = 0, **more: Any) -> tuple:
    """The published row of a slot as another person, place or start has it."""
    old = next(one for one in ROWS if one[:2] == (task, slot))
    return (task, slot, who, more.get("place", old[3]), more.get("start", old[4]))


V, W, X0, X1, S, Y = ROWS


def test_a_person_takes_the_place_of_the_one_who_does_it() -> None:
    assert after(Assign(task="v", person="B")) == swapped((V, row("v", "B")))
    assert after(Assign(task="x", slot=1, person="C")) == swapped((X1, row("x", "C", 1)))


def test_a_person_fills_the_empty_slot_first_as_the_crew_does_it() -> None:
    alone = Roster(horizon=week().horizon, instance=week().id, assignments=published().assignments)
    left = change(week(), alone, Unassign(task="x", person="A", reason=WHY)).roster
    assert rows(left) == set(ROWS) - {X0}
    back = change(week(), left, Assign(task="x", person="C")).roster
    assert rows(back) == swapped((X0, row("x", "C", 0)))


def test_an_empty_visit_is_done_as_published_else_when_it_costs_least() -> None:
    emptied = change(week(), published(), Unassign(task="v")).roster
    assert rows(change(week(), emptied, Assign(task="v", person="B")).roster) != set(ROWS)
    given = Assign(task="v", person="B", start=at(2, "11:00"))
    again = change(week(), emptied, given).roster
    assert rows(again) == swapped((V, row("v", "B", start=at(2, "11:00"))))
    free = change(week(), emptied, Assign(task="v", person="A"))
    (new,) = rows(free.roster) - rows(emptied)
    # whatever start is chosen, no other costs less
    starts = [at(day) + minute for day in range(3) for minute in range(540, 1020, 15)]
    others = [
        preview(week(), emptied, changes(Assign(task="v", person="A", start=start, place="P")))
        for start in starts
    ]
    assert new[2:4] == ("A", "P")
    assert free.scores[1] <= min(other.scores[1] for other in others if not other.refused)


def test_what_an_absence_took_is_assigned_at_its_published_time() -> None:
    away = Absence.model_validate({"person": "A", "from": at(0), "to": at(0, "09:30")})
    assert after(away, Assign(task="v", person="C")) == swapped((V, row("v", "C")))


def test_new_work_can_be_assigned_in_the_batch_that_brings_it() -> None:
    new = New(visits=(visit("n", windows=DAYS),))
    start = at(2, "10:00")
    assert after(new, Assign(task="n", person="C", start=start)) == set(ROWS) | {
        ("n", 0, "C", "P", start)
    }


def test_work_is_taken_from_one_or_from_all() -> None:
    assert after(Unassign(task="x", person="B", reason=WHY)) == set(ROWS) - {X1}
    assert after(Unassign(task="x")) == set(ROWS) - {X0, X1}


def test_assign_then_unassign_is_as_before() -> None:
    emptied = change(week(), published(), Unassign(task="y")).roster
    there = change(week(), emptied, Assign(task="y", person="B"))
    back = change(there.instance, there.roster, Unassign(task="y", person="B"))
    assert rows(back.roster) == rows(emptied)
    assert back.instance.pins == week().pins
    assert back.instance.exceptions == ()


def test_two_people_do_each_others_work_but_for_what_both_are_on() -> None:
    found = after(SwapWork(first="A", second="B"))
    assert found == swapped((V, row("v", "B")), (W, row("w", "B")), (S, row("s", "A")))


def test_a_swap_in_a_span_is_about_what_begins_in_it() -> None:
    # v begins at nine, w at ten: the span ends where w begins
    span = {"from": at(0, "09:00"), "to": at(0, "10:00")}
    found = after(SwapWork.model_validate({"first": "A", "second": "C"} | span))
    assert found == swapped((V, row("v", "C")))


def test_two_tasks_are_swapped_and_nothing_else_and_one_is_given_away() -> None:
    found = after(SwapWork(first="A", second="B", task="w", other="s"))
    assert found == swapped((W, row("w", "B")), (S, row("s", "A")))
    assert after(SwapWork(first="C", second="A", task="y")) == swapped((Y, row("y", "A")))


def test_a_swap_twice_is_as_before_in_the_very_same_order() -> None:
    for swap in (
        SwapWork(first="A", second="B"),
        SwapWork(first="A", second="B", task="v", other="s"),
    ):
        once = change(week(), published(), swap)
        other = swap if swap.task is None else swap.model_copy(update={"task": "s", "other": "v"})
        twice = change(once.instance, once.roster, other)
        assert twice.roster.assignments == published().assignments


def test_a_whole_crew_moves_and_a_shift_takes_its_record_along() -> None:
    found = after(MoveWork(task="x", start=at(1, "14:00")))
    later = {"start": at(1, "14:00")}
    assert found == swapped((X0, row("x", "A", 0, **later)), (X1, row("x", "B", 1, **later)))
    moved = apply(week(), published(), changes(MoveWork(task="s", start=at(1, "12:00"), place="Q")))
    assert moved.instance.task_by_id["s"].start == at(1, "12:00")
    assert moved.instance.task_by_id["s"].place == "Q"
    assert rows(moved.remaining) == swapped((S, row("s", "B", start=at(1, "12:00"), place="Q")))


def test_a_spaced_crew_keeps_its_spacing() -> None:
    pair = visit("p", Slot(), Slot(after=(20, 60)), windows=DAYS)
    spaced = instance(place("P"), person("A"), person("B"), pair, days=3)
    told = roster(spaced, ("p", 0, "A", "P", at(0, "09:00")), ("p", 1, "B", "P", at(0, "09:40")))
    moved = change(spaced, told, MoveWork(task="p", start=at(1, "10:00"))).roster
    assert [part.start for part in moved.assignments] == [at(1, "10:00"), at(1, "10:40")]


def test_a_visit_goes_to_a_place_that_it_does_not_list_for_a_reason_only() -> None:
    to_p = MoveWork(task="x", place="P")
    refused = preview(week(), published(), changes(to_p)).refused
    assert {(one.code, one.slots["id"]) for one in refused} == {("rule_broken", "listed_place")}
    found = apply(week(), published(), changes(to_p.model_copy(update={"reason": WHY})))
    assert found.instance.task_by_id["x"].places == ("Q", "P")
    assert {one[3] for one in rows(found.remaining) if one[0] == "x"} == {"P"}


def test_pins_are_of_a_task_of_a_person_or_of_all() -> None:
    def pinned(*some: Any) -> list[tuple]:
        pins = apply(week(), published(), changes(*some)).instance.pins
        return [(pin.task, pin.slot, pin.person, pin.place, pin.start) for pin in pins]

    assert pinned(PinWork(person="A")) == [V, W, X0]
    assert pinned(PinWork(task="x")) == [X0, X1]
    assert pinned(PinWork(task="x", person="B")) == [X1]
    assert pinned(PinWork()) == list(ROWS)
    assert pinned(PinWork(), UnpinWork(person="B")) == [V, W, X0, Y]
    assert pinned(PinWork(), UnpinWork(task="x")) == [V, W, S, Y]
    assert pinned(PinWork(), UnpinWork()) == []


def test_a_pin_without_a_person_is_that_of_who_is_there() -> None:
    held = week().changed(pins=(Pin(task="v", start=at(0, "09:00")), Pin(task="s", person="B")))
    free = apply(held, published(), changes(UnpinWork(person="A"))).instance
    assert [pin.task for pin in free.pins] == ["s"]


def test_a_lock_is_kept_in_the_week_and_refuses_what_would_touch_it() -> None:
    locked = change(week(), published(), Lock(before=at(1)))
    assert locked.instance.freeze == Freeze(time=at(1))
    assert rows(locked.roster) == set(ROWS)
    swap = SwapWork(first="A", second="C", task="v")
    again = preview(locked.instance, locked.roster, changes(swap))
    assert {one.slots["id"] for one in again.refused} == {"frozen"}
    # Tuesday is not locked
    free = change(locked.instance, locked.roster, SwapWork(first="B", second="A", task="s"))
    assert free.instance.freeze == Freeze(time=at(1))
    reason = swap.model_copy(update={"reason": WHY})
    assert rows(change(locked.instance, locked.roster, reason).roster) == swapped(
        (V, row("v", "C"))
    )


def test_a_batch_that_freezes_overrides_the_lock_of_its_grade_alone() -> None:
    locked = week().changed(freeze=Freeze(time=at(1), day=at(2)))
    found = apply(locked, published(), changes(freeze=Freeze(time=at(0, "08:00"))))
    assert found.instance.freeze == Freeze(time=at(0, "08:00"), day=at(2))


def test_a_pinned_slot_refuses_until_a_reason_is_given_which_drops_its_pin_alone() -> None:
    held = apply(week(), published(), changes(PinWork())).instance
    give = Assign(task="v", person="C")
    assert [one.slots["id"] for one in preview(held, published(), changes(give)).refused] == [
        "pinned"
    ]
    found = change(held, published(), give.model_copy(update={"reason": WHY}))
    assert {pin.task for pin in found.instance.pins} == {"w", "x", "s", "y"}
    assert found.scores[1].hard == 0


BAD = [
    (Assign(task="nope", person="A"), ("unknown_task", "/changes/0/task", "nope")),
    (Assign(task="v", person="Z"), ("unknown_person", "/changes/0/person", "Z")),
    (Assign(task="v", person="A"), ("already_on_task", "/changes/0/person", "A")),
    (Assign(task="v", slot=1, person="B"), ("unknown_slot", "/changes/0/slot", "1")),
    (Assign(task="x", person="C"), ("no_empty_slot", "/changes/0/slot", "x")),
    (Assign(task="v", person="B", place="R"), ("unknown_place", "/changes/0/place", "R")),
    (
        Assign(task="v", person="B", start=3 * 1440),
        ("outside_horizon", "/changes/0/start", "2026-11-26T00:00"),
    ),
    (
        Assign(task="s", person="A", start=at(1, "10:00"), reason=WHY),
        ("shift_has_its_start", "/changes/0/start", "s"),
    ),
    (Unassign(task="v", person="B"), ("not_on_task", "/changes/0/person", "B")),
    (SwapWork(first="A", second="A"), ("swap_with_oneself", "/changes/0/second", "A")),
    (SwapWork(first="A", second="Z"), ("unknown_person", "/changes/0/second", "Z")),
    (SwapWork(first="A", second="B", task="y"), ("not_on_task", "/changes/0/task", "A")),
    (SwapWork(first="A", second="B", task="x"), ("already_on_task", "/changes/0/task", "B")),
    (
        SwapWork(first="A", second="B", task="v", other="y"),
        ("not_on_task", "/changes/0/other", "B"),
    ),
    (SwapWork(first="A", second="B", other="s"), ("swap_other_alone", "/changes/0/other", "s")),
    (
        SwapWork.model_validate({"first": "A", "second": "B", "from": at(2), "to": at(3)}),
        ("nothing_to_swap", "/changes/0/first", "A"),
    ),
    (
        SwapWork.model_validate({"first": "A", "second": "B", "from": at(2), "to": at(1)}),
        ("window_ends_before_start", "/changes/0/to", "2026-11-24T00:00"),
    ),
    (MoveWork(task="v"), ("move_nowhere", "/changes/0", "v")),
    (PinWork(task="v", person="B"), ("nothing_to_pin", "/changes/0", "v")),
    (UnpinWork(), ("nothing_pinned", "/changes/0", "")),
    (Lock(before=4 * 1440), ("outside_horizon", "/changes/0/before", "2026-11-27T00:00")),
]


@pytest.mark.parametrize(("bad", "expected"), BAD)
def test_what_is_impossible_is_one_clear_fault(bad: Any, expected: tuple[str, str, str]) -> None:
    assert fault(bad) == expected


def test_nobody_there_is_a_fault_of_its_own() -> None:
    without = change(week(), published(), Unassign(task="v")).roster
    for nobody in (Unassign(task="v"), MoveWork(task="v", start=at(1, "09:00"))):
        with pytest.raises(InputError) as caught:
            apply(week(), without, changes(nobody))
        assert [one.code for one in caught.value.problems] == ["nobody_on_task"]


def test_all_faults_of_a_batch_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        apply(
            week(),
            published(),
            changes(Assign(task="v", person="A"), SwapWork(first="A", second="A")),
        )
    told = [(one.code, one.pointer) for one in caught.value.problems]
    assert told == [
        ("already_on_task", "/changes/0/person"),
        ("swap_with_oneself", "/changes/1/second"),
    ]


def test_what_has_begun_is_not_changed_by_hand() -> None:
    # v begins at nine and has begun at half past; w at ten has not
    begun = Freeze(time=at(0, "09:30"))
    for touching in (
        Assign(task="v", person="B", reason=WHY),
        Unassign(task="v", reason=WHY),
        MoveWork(task="v", start=at(1, "09:00"), reason=WHY),
        SwapWork(first="A", second="C", task="v", reason=WHY),
    ):
        assert fault(touching, freeze=begun) == ("already_begun", "/changes/0", "v")
    assert after(Assign(task="w", person="B"), freeze=begun) == swapped((W, row("w", "B")))


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


def test_points_are_those_of_the_checker_before_and_after() -> None:
    found = change(week(), published(), SwapWork(first="A", second="B"))
    before, now = check(week(), published()), check(found.instance, found.roster)
    assert found.scores == (before.score, now.score)
    assert found.roster.score == now.score
    for old, new in zip(before.rules, now.rules, strict=True):
        told = [one for one in found.rules if one.rule == old.rule.rule.id]
        if old.score != new.score:
            assert [(one.first, one.second) for one in told] == [
                (sum(old.score.points), sum(new.score.points))
            ]
        else:
            assert told == []


def test_whom_a_change_names_counts_as_touched_and_not_as_moved() -> None:
    found = change(week(), published(), SwapWork(first="A", second="B", task="v"))
    assert found.instance.affected == ("A", "B")
    assert found.difference.moved == frozenset()
    assert set(found.difference.by_person) == {"A", "B"}


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


def test_a_search_keeps_what_was_said_by_hand() -> None:
    for most in (None, 0):
        found = replan(
            week(),
            published(),
            changes(
                Assign(task="v", person="C", start=at(2, "16:00")),
                Unassign(task="y"),
                Unassign(task="s", person="B"),
            ),
            Stop(steps=3000),
            most_moved=most,
        )
        now = rows(found.roster)
        assert ("v", 0, "C", "P", at(2, "16:00")) in now
        assert not {("y", "C"), ("s", "B")} & {(one[0], one[2]) for one in now}


def test_pinned_work_stays_through_a_search() -> None:
    held = change(week(), published(), PinWork(person="A"))
    away = Absence.model_validate({"person": "B", "from": at(0), "to": at(1)})
    found = replan(held.instance, held.roster, changes(away), Stop(steps=3000))
    assert {V, W} <= rows(found.roster)


def test_a_search_keeps_an_exception_and_the_roster_is_feasible() -> None:
    late = change(week(), published(), MoveWork(task="v", start=at(0, "18:00"), reason=WHY))
    found = replan(late.instance, late.roster, changes(Cancel(task="y")), Stop(steps=3000))
    assert found.roster.score.hard == 0
    assert check(found.instance, found.roster).feasible
    assert row("v", "A", start=at(0, "18:00")) in rows(found.roster)
    assert [one.rule for one in found.instance.exceptions] == ["visit_window"]


def test_an_exception_for_unknown_work_or_rules_is_a_fault() -> None:
    from scheduler.model.faults import faults
    from scheduler.rules import rules

    odd = week().changed(
        exceptions=(
            Exemption(rule="nope", task="v", reason="-"),
            Exemption(rule="area", task="gone", person="Z", place="R", reason="-"),
            Exemption(rule="visit_window", task="v", start=9999, reason="-"),
        )
    )
    told = {(one.code, one.pointer) for one in faults(odd, rules()) if one.severity == "error"}
    assert told == {
        ("unknown_rule", "/exceptions/0/rule"),
        ("unknown_task", "/exceptions/1/task"),
        ("unknown_person", "/exceptions/1/person"),
        ("unknown_place", "/exceptions/1/place"),
        ("outside_horizon", "/exceptions/2/start"),
    }


def test_a_shift_that_is_done_by_several_takes_one_more_and_gives_one_up() -> None:
    stand = shift("stand", at(0, "09:00"), Need(minimum=1, maximum=2), duration=60)
    two = instance(place("P"), person("A"), person("B"), person("C"), stand, days=1)
    told = roster(two, ("stand", 0, "A", "P", at(0, "09:00")))
    more = change(two, told, Assign(task="stand", person="B")).roster
    assert {(one.slot, one.person) for one in more.assignments} == {(0, "A"), (1, "B")}
    with pytest.raises(InputError) as caught:
        change(two, more, Assign(task="stand", person="C"))
    assert caught.value.problems[0].code == "no_empty_slot"
    # B alone fills the minimum of one, whichever slot was A's; nothing else is news to B
    answer = change(two, more, Unassign(task="stand", person="A"))
    assert {(one.slot, one.person) for one in answer.roster.assignments} == {(0, "B")}
    points = {row.rule: row.second - row.first for row in answer.rules}
    assert "headcount_minimum" not in points
    assert points["notified_person"] == 3
    assert [item.news for item in answer.difference.by_person["B"]] == ["partner"]


def test_a_task_moves_by_its_own_start_where_only_a_later_slot_is_filled() -> None:
    pair = visit("p", Slot(), Slot(after=(20, 60)), windows=DAYS, least_crew=1)
    spaced = instance(place("P"), person("A"), pair, days=3)
    told = roster(spaced, ("p", 1, "A", "P", at(0, "09:40")))
    # the task begins at 09:20, twenty minutes before the slot at the earliest; moved to ten
    moved = change(spaced, told, MoveWork(task="p", start=at(1, "10:00"))).roster
    assert [part.start for part in moved.assignments] == [at(1, "10:20")]


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
