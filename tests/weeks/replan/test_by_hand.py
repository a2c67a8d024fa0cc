"""Changes by hand: each moves what it names and nothing else."""

from typing import Any

import pytest

from scheduler import change, preview
from scheduler.checker import check
from scheduler.model import Freeze, InputError, Need, Pin, Roster, Slot
from scheduler.model.changes import (
    Absence,
    Assign,
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
from tests.rules.build import at, instance, person, place, roster, shift, visit
from tests.weeks.replan.by_hand import WHY, X0, X1, S, V, W, Y, after, row, swapped
from tests.weeks.replan.week import DAYS, ROWS, changes, published, rows, week


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
