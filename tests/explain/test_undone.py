"""The quick reasons of undone work are true, and remedies done as changes fill what they promise."""

from hypothesis import note

from scheduler.checker import check
from scheduler.explain import prepared, why_empty, why_unassigned
from scheduler.explain.undone import undone_reason, undone_slots
from scheduler.explain.undone_words import undone_in_words
from scheduler.explain.words import reason_in_words, remedy_in_words
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Score, Slot
from scheduler.model.changes import Changes
from scheduler.weeks.adopt_remedy import remedy_changes
from scheduler.weeks.replan import apply
from tests.explain.enumerated import worse
from tests.explain.test_true_answers import drawn, insertions, with_work
from tests.rules.build import at, instance, morning, person, roster, visit, window


@drawn
def test_every_quick_reason_is_true(question) -> None:
    week, made, feasible = question
    note(f"{week!r}")
    note(f"{made.assignments!r}")
    before, trials = check(week, made), prepared(Facts(week, made))
    pinned = {pin.task for pin in week.pins}
    for slot in undone_slots(trials):
        reason = undone_reason(trials, slot.task, slot.slot)
        note(f"{slot} {reason.verdict}")
        for lang in LANGS:
            assert undone_in_words(Names(week, lang), reason)
        if reason.verdict in ("can", "not_worth"):
            assert reason.best is not None
            after = check(week, with_work(made, reason.best.assignments))
            assert not worse(before, after)
            assert (after.score < before.score) == (reason.verdict == "can")
        elif slot.task not in pinned:
            ways = insertions(week, made, slot.task, slot.slot)
            assert all(worse(before, check(week, tried)) for tried in ways)
        if reason.verdict == "nobody" and slot.task not in pinned:
            assert not any(
                part.task == slot.task and part.slot == slot.slot
                for one in feasible
                for part in one.assignments
            )


@drawn
def test_a_remedy_done_as_changes_fills_the_slot_and_breaks_nothing_more(question) -> None:
    week, made, _ = question
    note(f"{week!r}")
    note(f"{made.assignments!r}")
    trials = prepared(Facts(week, made))
    before = check(week, made)
    for slot in undone_slots(trials):
        for remedy in why_unassigned(trials, slot.task, slot.slot, most=20).remedies:
            reason = remedy_in_words(Names(week, "zh"), remedy)
            changes = remedy_changes(week, remedy, reason)
            assert bool(changes) == remedy.applicable
            if not changes:
                continue
            note(f"{remedy.kind} {changes}")
            batch = Changes(horizon=week.horizon, changes=changes)
            after = apply(week, made, batch)
            filled = {(part.task, part.slot) for part in after.remaining.assignments}
            assert (slot.task, slot.slot) in filled
            assert not worse(before, check(after.instance, after.remaining))


def test_what_is_undone_is_listed_by_what_is_not_done_then_priority_then_deadline():
    week = instance(
        person("A"),
        morning("late", priority=3),
        visit("soon", windows=(window(0, "08:00", "08:30"),), priority=3),
        morning("urgent", priority=5, days=(4,)),
    )
    trials = prepared(Facts(week, roster(week)))
    found = undone_slots(trials)
    assert [slot.task for slot in found] == ["urgent", "soon", "late"]
    assert found[1].deadline == at(0, "08:29")


def test_what_could_be_done_at_too_high_a_price_is_told_apart():
    # A visit whose priority has no points saves nothing by being done.
    week = instance(person("A"), morning("u", priority=1), priority_points=(0, 2, 5, 10, 25))
    trials = prepared(Facts(week, roster(week)))
    reason = undone_reason(trials, "u", 0)
    assert reason.best is not None
    assert reason.best.change.score == Score()
    assert reason.verdict == "not_worth"


def test_a_misspelt_skill_is_told_with_the_one_that_was_meant() -> None:
    week = instance(
        person("A", skills={"急救": 1}),
        visit("v", Slot(skills={"急就": 1})),
        visit("w", Slot(skills={"急救": 2})),
    )
    trials = prepared(Facts(week, roster(week)))
    asks = "没有人会“急就”，是不是想写“急救”？"
    for task, told in (("v", True), ("w", False)):
        reason = undone_in_words(Names(week, "zh"), undone_reason(trials, task, 0))
        (empty,) = why_empty(trials, {task})
        assert (asks in reason, asks in reason_in_words(Names(week, "zh"), empty)) == (told, told)
