"""What holds for any change by hand of any small published week."""

from collections import Counter
from functools import cache
from typing import Any

from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as some

from scheduler.checker import check
from scheduler.engines.exact import solve_exact
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import InputError, Instance, Limits, Roster
from scheduler.model.changes import (
    Assign,
    Changes,
    MoveWork,
    PinWork,
    SwapWork,
    Unassign,
)
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.preview import Preview, preview
from scheduler.weeks.replan import apply
from scheduler.weeks.replan.search import replan
from tests.rules.build import window
from tests.weeks.replan.test_properties import PEOPLE, TASKS, batch, moment, published
from tests.weeks.replan.week import rows

who = some.sampled_from(PEOPLE)
work = some.sampled_from(TASKS)
reason = some.sampled_from(("", "确有需要"))
place = some.none() | some.sampled_from("PQ")
maybe = some.none() | moment
assign = some.builds(Assign, task=work, person=who, start=maybe, place=place, reason=reason)
into = some.builds(Assign, task=work, slot=some.integers(0, 1), person=who, reason=reason)
unassign = some.builds(Unassign, task=work, person=some.none() | who, reason=reason)
swap = some.builds(SwapWork, first=who, second=who, reason=reason)
swap_tasks = some.builds(
    SwapWork, first=who, second=who, task=work, other=some.none() | work, reason=reason
)
move = some.builds(MoveWork, task=work, start=maybe, place=place, reason=reason)
by_hand = assign | into | unassign | swap | swap_tasks | move


@cache
def limited(tight: bool, spaced: bool) -> tuple[Instance, Roster]:
    """A week in which people also have limits, leave and roles that a change may break."""
    week, _ = published(tight, spaced)
    people = tuple(
        person.model_copy(
            update={
                "limits": Limits(daily_minutes=150, daily_overtime=0, rest_minutes=600),
                "leave": (window(2, "00:00", "12:00"),) if person.id == "D" else (),
            }
        )
        for person in week.people
    )
    visits = tuple(
        visit.model_copy(update={"excluded": ("B",)}) if visit.id == "alone" else visit
        for visit in week.visits
    )
    limited = week.changed(people=people, visits=visits)
    return limited, solve(limited, Stop(steps=6_000), seed=3)


weeks = some.builds(limited, some.booleans(), some.booleans())
few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
fewer = settings(few, max_examples=15)


def tried(week: Instance, roster: Roster, *changes: Any) -> Preview:
    """A preview; skips what is impossible."""
    try:
        return preview(week, roster, Changes(horizon=week.horizon, changes=changes))
    except InputError:
        reject()


def named(change) -> tuple[set[str] | None, set[str] | None]:
    """(tasks, people) that a change names; None: any."""
    if isinstance(change, SwapWork):
        tasks = {change.task, change.other} - {None}
        return (tasks or None), {change.first, change.second}
    people = {change.person} if isinstance(change, Unassign) and change.person else None
    return {change.task}, people


@few
@given(weeks, by_hand)
def test_a_change_moves_what_it_names_and_nothing_else(known, change) -> None:
    week, roster = known
    found = tried(week, roster, change)
    gone, new = rows(roster) - rows(found.roster), rows(found.roster) - rows(roster)
    tasks, people = named(change)
    assert all(tasks is None or row[0] in tasks for row in gone | new)
    assert all(people is None or row[2] in people for row in gone | new)
    if isinstance(change, Assign):
        assert {row[2] for row in new} == {change.person}
        assert len(gone) <= 1
    if isinstance(change, Unassign):
        assert not new
    if isinstance(change, SwapWork):
        assert Counter((r[0], r[1], r[3], r[4]) for r in gone) == Counter(
            (r[0], r[1], r[3], r[4]) for r in new
        )
    if isinstance(change, MoveWork):
        assert {r[:3] for r in gone} == {r[:3] for r in new}
        starts = {(r[0], r[1]): r[4] for r in gone}
        assert len({r[4] - starts[r[:2]] for r in new}) <= 1


@few
@given(weeks, by_hand)
def test_a_change_with_a_reason_leaves_no_breach_and_one_without_is_refused(known, change) -> None:
    week, roster = known
    found = tried(week, roster, change)
    plain = week.changed(affected=found.instance.affected)
    if found.refused:
        kinds = {problem.code for problem in found.refused}
        assert kinds <= ({"no_exception"} if change.reason else {"no_exception", "rule_broken"})
        assert found.scores[1].hard > check(plain, roster).score.hard
        return
    assert found.scores[1].hard <= check(plain, roster).score.hard
    assert bool(found.broken) <= bool(change.reason)
    assert {one.reason for one in found.exceptions} <= {change.reason}
    without = check(found.instance.changed(exceptions=()), found.roster).score.hard
    assert (without > found.scores[1].hard) == bool(found.exceptions)


@few
@given(weeks, by_hand)
def test_the_points_told_are_those_of_two_checks(known, change) -> None:
    week, roster = known
    found = tried(week, roster, change)
    before, after = check(week, roster), check(found.instance, found.roster)
    assert found.scores == (before.score, after.score)
    by_level = [[0, 0], [0, 0], [0, 0]]
    for one in found.rules:
        level = ("hard", "medium", "soft").index(one.level.value)
        by_level[level][0] += one.first
        by_level[level][1] += one.second
    difference = [
        now - was for was, now in zip(before.score.points, after.score.points, strict=True)
    ]
    assert [now - was for was, now in by_level] == difference


@few
@given(weeks, swap | swap_tasks)
def test_a_swap_twice_is_as_before(known, change) -> None:
    week, roster = known
    why = change.model_copy(update={"reason": "-"})
    once = tried(week, roster, why)
    assume(not once.refused)
    back = why
    if change.task is not None:
        back = why.model_copy(update={"task": change.other, "other": change.task})
        if change.other is None:
            back = SwapWork(first=change.second, second=change.first, task=change.task, reason="-")
    twice = tried(once.instance, once.roster, back)
    assert twice.roster.assignments == roster.assignments
    assert twice.instance.exceptions == week.exceptions


@few
@given(weeks, work, who)
def test_assign_then_unassign_is_as_before(known, task, person) -> None:
    week, roster = known
    emptied = tried(week, roster, Unassign(task=task, reason="-"))
    there = tried(emptied.instance, emptied.roster, Assign(task=task, person=person, reason="-"))
    assume(not there.refused)
    back = tried(there.instance, there.roster, Unassign(task=task, person=person, reason="-"))
    assert rows(back.roster) == rows(emptied.roster)


@few
@given(weeks, by_hand)
def test_a_week_with_exceptions_is_the_same_after_it_is_written_and_read(known, change) -> None:
    week, roster = known
    found = tried(week, roster, change.model_copy(update={"reason": "-"}))
    again = Instance.model_validate_json(found.instance.model_dump_json(by_alias=True))
    assert again.exceptions == found.instance.exceptions
    assert check(again, found.roster).score == found.scores[1]


@fewer
@given(weeks, by_hand, batch)
def test_a_search_keeps_what_was_changed_by_hand(known, change, more) -> None:
    week, roster = known
    why = change.model_copy(update={"reason": "-"})
    made = tried(week, roster, why)
    assume(not made.refused)
    both = more.model_copy(update={"changes": (*more.changes, why), "freeze": type(more.freeze)()})
    try:
        start = apply(week, roster, both)
    except InputError:
        reject()
    found = replan(week, roster, both, Stop(steps=6_000))
    new = rows(start.remaining) - rows(roster)
    assert new <= rows(found.roster)
    assert found.roster.score.hard <= check(start.instance, start.remaining).score.hard


@fewer
@given(weeks, by_hand)
def test_every_engine_finds_a_roster_of_a_week_with_exceptions(known, change) -> None:
    """Whatever gave way, both engines judge the roster as the checker does, and hold to its pins."""
    week, roster = known
    made = tried(week, roster, change.model_copy(update={"reason": "-"}))
    assume(not made.refused and made.exceptions)
    pinned = apply(
        made.instance, made.roster, Changes(horizon=week.horizon, changes=(PinWork(),))
    ).instance
    found = replan(pinned, made.roster, Changes(horizon=week.horizon), Stop(steps=4_000))
    # a pin holds a crew's start; the spacing of its second may still differ
    assert _settled(found.roster) >= _settled(made.roster)
    assert found.roster.score.hard <= made.scores[1].hard
    lowered = lower(pinned)
    best = solve_exact(lowered, seconds=5)
    assert best.dense is not None
    exact = to_roster(lowered, best.dense)
    assert check(pinned, exact).score.hard <= made.scores[1].hard


def _settled(roster: Roster) -> set[tuple]:
    """The rows, a second slot's without its start."""
    return {row if row[1] == 0 else row[:4] for row in rows(roster)}
