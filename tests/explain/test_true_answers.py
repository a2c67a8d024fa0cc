"""Explanations are true: proofs, offers, remedies and prices are held against all rosters of tiny weeks."""

import os
from functools import partial
from itertools import combinations

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from scheduler.checker import Report, check
from scheduler.explain import (
    Remedy,
    Trials,
    Unassigned,
    impossible,
    prepared,
    why_empty,
    why_so,
    why_unassigned,
)
from scheduler.explain.clashes import clashes
from scheduler.explain.words import reason_in_words, remedy_in_words, swap_in_words
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Instance, Roster, Score, Window
from scheduler.rules import rules
from tests.explain.enumerated import contended_weeks, rosters, ways, weeks, worse
from tests.rules.build import roster

EXAMPLES = int(os.environ.get("LIANXIN_EXAMPLES", "12"))
# A pin counts an empty slot, another person and a minute off alike, so that one may stand for the
# other: where enumeration asks which rules are broken more than before, pinned tasks are left out.
UNCHANGED = ("place", "together", "drop")
"""Remedies that change nothing of the week."""


@st.composite
def questions(draw: st.DrawFn, made=weeks) -> tuple[Instance, Roster, list[Roster]]:
    """A week, one of its rosters that break no hard rule (or the empty one), and all of these."""
    week = draw(made())
    feasible = [made for made, report in rosters(week) if report.feasible]
    fullest = sorted(feasible, key=lambda made: -len(made.assignments))
    fuller = fullest[: max(1, len(fullest) // draw(st.sampled_from([1, 1, 3, 20])))]
    chosen = draw(st.sampled_from(fuller)) if feasible else roster(week)
    return week, chosen, feasible


def drawn(test, made=weeks):
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES < 100,
        suppress_health_check=checks,
    )
    return chosen(given(questions(made))(test))


def with_work(made: Roster, added, removed=()) -> Roster:
    """The roster after a change."""
    kept = [part for part in made.assignments if part not in set(removed)]
    return made.model_copy(update={"assignments": (*kept, *added)})


def fills(made: Roster, task: str, slot: int) -> bool:
    return any((part.task, part.slot) == (task, slot) for part in made.assignments)


def insertions(week: Instance, made: Roster, task: str, slot: int, windows=None) -> list[Roster]:
    """Every roster in which just this visit is done otherwise, with the slot filled."""
    others = [part for part in made.assignments if part.task != task]
    kept = {(p.slot, p.person, p.start) for p in made.assignments if p.task == task}
    found = []
    for filled in ways(week, task, windows):
        same = {(part.slot, part.person, part.start) for part in filled}
        if kept <= same and any(part.slot == slot for part in filled):
            found.append(made.model_copy(update={"assignments": (*others, *filled)}))
    return found


@drawn
def test_every_answer_about_an_empty_slot_is_true(question) -> None:
    _true(*question)


@partial(drawn, made=contended_weeks)
def test_what_outweighs_work_is_the_cheapest_that_could_be_left_undone_for_it(question) -> None:
    week, made, feasible = question
    _true(week, made, feasible)
    before, trials = check(week, made), prepared(Facts(week, made))
    done = {part.task for part in made.assignments}
    for empty in why_empty(trials):
        # Every part of the other work left undone, and every start of this.
        prices = [
            after.score - before.score
            for size in range(len(done) + 1)
            for dropped in combinations(sorted(done), size)
            for tried in insertions(week, made, empty.task, empty.slot)
            if (after := check(week, without(tried, dropped))).feasible
        ]
        answer = why_unassigned(trials, empty.task, empty.slot, most=20)
        swap = next((one.change.score for one in answer.remedies if one.kind == "drop"), None)
        if answer.outweighed is not None:
            swap = answer.outweighed.change.score
        if empty.reason == "rules" and not any(one.kind == "move" for one in answer.remedies):
            assert swap == min(prices, default=None)


def without(made: Roster, tasks) -> Roster:
    return with_work(made, (), [part for part in made.assignments if part.task in tasks])


def _true(week: Instance, made: Roster, feasible: list[Roster]) -> None:
    note(f"{week!r}")
    note(f"{made.assignments!r}")
    trials = prepared(Facts(week, made))
    before = check(week, made)
    for empty in why_empty(trials):
        note(f"{empty.task} {empty.slot}")
        answer = why_unassigned(trials, empty.task, empty.slot, most=20)
        note(f"{answer.empty.reason} {answer.impossible} {[r.kind for r in answer.remedies]}")
        can = [one for one in feasible if fills(one, empty.task, empty.slot)]
        _proof(answer, trials, can=bool(can), any_roster=bool(feasible))
        _reason(week, made, before, answer)
        for remedy in answer.remedies:
            note(f"{remedy.kind} {remedy.raised} {remedy.asked} {remedy.added}")
            _remedy(week, made, before, answer, remedy)
        _outweighed(week, made, before, answer)
        for lang in LANGS:
            assert reason_in_words(Names(week, lang), answer.empty)


def _proof(answer: Unassigned, trials: Trials, *, can: bool, any_roster: bool) -> None:
    kinds = {remedy.kind for remedy in answer.remedies}
    if answer.impossible:
        assert not can
        assert kinds.isdisjoint(UNCHANGED)
        assert answer.outweighed is None
    if any_roster:
        # Whatever was offered beside it, the bare proof is exact.
        proven = impossible(trials, answer.empty.task, answer.empty.slot)
        assert proven == (not can)


def _reason(week: Instance, made: Roster, before: Report, answer: Unassigned) -> None:
    task, slot, reason = answer.empty.task, answer.empty.slot, answer.empty.reason
    tried = insertions(week, made, task, slot)
    breaks = [worse(before, check(week, one)) for one in tried]
    pinned = task in {pin.task for pin in week.pins}
    if reason in ("free", "not_worth"):
        assert set() in breaks
    elif not pinned:
        assert set() not in breaks
    for attempt in answer.empty.attempts:
        after = check(week, with_work(made, attempt.assignments))
        assert after.score - before.score == attempt.change.score
        assert worse(before, after) <= attempt.rules
    if reason == "free":
        assert answer.empty.attempts[0].change.score < Score()
    if reason in ("rules", "nobody_able") and breaks and not pinned:
        assert len(answer.empty.rules) <= min(map(len, breaks))


def _remedy(
    week: Instance, made: Roster, before: Report, answer: Unassigned, remedy: Remedy
) -> None:
    after = check(remedy.instance, remedy.roster)
    assert not worse(before, after)
    assert after.score - before.score == remedy.change.score
    assert fills(remedy.roster, answer.empty.task, answer.empty.slot)
    assert remedy_in_words(Names(week, "en"), remedy)
    assert remedy_in_words(Names(week, "zh"), remedy)
    if remedy.applicable:
        known = {one.id for one in week.people}
        assert {one.id for one in remedy.instance.people} == known
        assert {part.person for part in remedy.roster.assignments} <= known
    if remedy.kind in UNCHANGED:
        assert remedy.instance is week
    if remedy.kind == "limit":
        for number, (who, rule, amount) in enumerate(remedy.raised):
            fewer = list(remedy.raised)
            fewer[number] = (who, rule, amount - 1)
            tight = check(_raised(week, remedy, fewer), remedy.roster)
            assert worse(before, tight)
    if remedy.kind == "window" and answer.empty.task not in {pin.task for pin in week.pins}:
        visit = week.task_by_id[answer.empty.task]
        nearer = tuple(
            Window(start=one.start - remedy.asked + 1, end=one.end + remedy.asked - 1)
            for one in visit.windows
        )
        wide = week.changed(
            visits=tuple(
                one.model_copy(update={"windows": nearer}) if one.id == visit.id else one
                for one in week.visits
            )
        )
        tried = insertions(week, made, visit.id, answer.empty.slot, nearer)
        assert all(worse(before, check(wide, one)) for one in tried)
    if remedy.kind == "drop":
        assert remedy.change.score < Score()


def _raised(week: Instance, remedy: Remedy, raised) -> Instance:
    people = {one.id: one for one in week.people}
    for who, rule, amount in raised:
        if amount:
            people[who] = rules()[rule].relaxed(week, people[who], amount, remedy.added)
    return week.changed(people=tuple(people.values()))


def _outweighed(week: Instance, made: Roster, before: Report, answer: Unassigned) -> None:
    swap = answer.outweighed
    if swap is None:
        return
    after = check(week, with_work(made, swap.added, swap.removed))
    assert not worse(before, after)
    assert after.score - before.score == swap.change.score >= Score()
    for task in swap.dropped:
        back = [part for part in swap.removed if part.task != task]
        assert worse(before, check(week, with_work(made, swap.added, back)))
    for lang in LANGS:
        assert swap_in_words(Names(week, lang), swap)


@drawn
def test_every_price_of_an_assignment_is_exact(question) -> None:
    week, made, _ = question
    trials = prepared(Facts(week, made))
    before = check(week, made)
    for part in made.assignments:
        answer = why_so(trials, part.task, part.slot)
        without = check(week, with_work(made, (), [part]))
        assert before.score - without.score == answer.change.score
        for other in answer.alternatives:
            gone = [
                one
                for one in made.assignments
                if one.task == part.task and (other.kind != "person" or one.slot == part.slot)
            ]
            after = check(week, with_work(made, other.assignments, gone))
            assert after.score - before.score == other.change.score


@drawn
def test_there_is_a_clash_just_where_no_roster_is_without_a_hard_breach(question) -> None:
    week, _, feasible = question
    found = clashes(week, seconds=20)
    assert (found.status == "none") == bool(feasible)
    assert found.status in ("none", "minimal")
