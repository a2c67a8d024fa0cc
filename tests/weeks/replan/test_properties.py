"""What holds for any changes to any small published week, whatever the bound on people moved."""

from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from scheduler.checker import check
from scheduler.model import Freeze, Gap, Instance, Roster, Slot
from scheduler.model.changes import Absence, Cancel, Changes, Closure, New, Windows
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.replan import apply, difference
from scheduler.weeks.replan.search import replan
from tests.rules.build import at, instance, person, place, shift, visit, window
from tests.weeks.replan.week import rows

PEOPLE = "ABCD"
DAYS = 3
STEPS = 12_000
ALWAYS = tuple(window(day, "08:00", "18:00") for day in range(DAYS))

clock = some.integers(7, 18)
moment = some.builds(lambda day, hour: at(day) + 60 * hour, some.integers(0, DAYS - 1), clock)
span = some.builds(lambda start, hours: {"from": start, "to": start + 60 * hours}, moment, clock)


@cache
def published(tight: bool, spaced: bool) -> tuple[Instance, Roster]:
    """A week of visits alone, in pairs and in a chain, with a shift, and a roster of it."""
    crew = (Slot(), Slot(after=(20, 90))) if spaced else (Slot(), Slot())
    windows = (window(0, "08:00", "12:00"), window(1, "08:00", "12:00")) if tight else ALWAYS
    tasks = (
        visit("alone", windows=windows, duration=60),
        visit("pair", *crew, windows=windows, places="Q", duration=60),
        visit("either", Slot(), Slot(), windows=ALWAYS, least_crew=1, places=("P", "Q")),
        visit("first", windows=windows, duration=90),
        visit("second", windows=ALWAYS, places="Q", duration=30),
        visit("bundled", windows=windows, bundle="b"),
        visit("besides", windows=windows, bundle="b", places="Q"),
        shift("stand", at(1, "09:00"), duration=150),
    )
    gap = Gap(first="first", second="second", least_minutes=15)
    people = [person(name) for name in PEOPLE]
    week = instance(place("P"), place("Q"), *people, *tasks, gap, days=DAYS, ways={("P", "Q"): 25})
    return week, solve(week, Stop(steps=6_000), seed=3)


TASKS = [task.id for task in (*published(True, True)[0].visits, *published(True, True)[0].shifts)]
VISITS = [task.id for task in published(True, True)[0].visits]
absence = some.builds(
    lambda who, when: Absence(person=who, **when), some.sampled_from(PEOPLE), span
)
cancelled = some.builds(lambda task: Cancel(task=task), some.sampled_from(TASKS))
closure = some.builds(
    lambda where, when: Closure(place=where, **when), some.sampled_from("PQ"), span
)
hours = some.builds(
    lambda task, start: Windows(visit=task, windows=({"start": start, "end": start + 120},)),
    some.sampled_from(VISITS),
    moment,
)
more = some.builds(
    lambda start, priority: New(
        visits=(visit("more", windows=({"start": start, "end": start + 30},), priority=priority),)
    ),
    moment,
    some.integers(1, 5),
)
some_changes = some.lists(
    absence | cancelled | closure | hours | more,
    min_size=1,
    max_size=3,
    unique_by=lambda change: (change.kind, getattr(change, "task", None)),
)
batch = some.builds(
    lambda made, until: Changes(
        horizon=published(True, True)[0].horizon, changes=tuple(made), freeze=Freeze(time=until)
    ),
    some_changes,
    some.none() | moment,
)
weeks = some.builds(published, some.booleans(), some.booleans())
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(weeks, batch)
def test_what_began_before_the_freeze_never_moves(known, changes) -> None:
    week, roster = known
    until = changes.freeze.time or 0
    tasks = {part.task for part in roster.assignments if part.start < until}
    past = {row for row in rows(roster) if row[0] in tasks}
    before = check(week, roster).score.hard
    for most in (None, 0, 2):
        found = replan(week, roster, changes, Stop(steps=STEPS), most_moved=most)
        assert past <= rows(found.roster)
        assert {row for row in rows(found.roster) if row[0] in tasks} == past
        new = rows(found.roster) - rows(roster)
        assert all(row[4] >= until for row in new)
        assert found.roster.score.hard <= before


@few
@given(weeks, batch)
def test_a_larger_bound_is_never_worse_and_none_is_broken(known, changes) -> None:
    week, roster = known
    found = [replan(week, roster, changes, Stop(steps=STEPS), most_moved=most) for most in range(4)]
    scores = [one.roster.score for one in found]
    assert scores == sorted(scores, reverse=True)
    for most, one in enumerate(found):
        assert len(one.difference.moved) <= most
        assert one.roster.score == check(one.instance, one.roster).score


@few
@given(weeks, batch)
def test_at_bound_0_whom_no_change_touches_keeps_what_the_changes_leave(known, changes) -> None:
    week, roster = known
    found = replan(week, roster, changes, Stop(steps=STEPS), most_moved=0)
    others = set(PEOPLE) - set(found.instance.affected)
    applied = apply(week, roster, changes)
    told = {row for row in rows(roster) if row[2] in others}
    stays = {row for row in rows(applied.remaining) if row[2] in others}
    now = {row for row in rows(found.roster) if row[2] in others}
    assert stays <= now
    was = {row[:4]: row[4] for row in told}
    assert all(0 <= row[4] - was.get(row[:4], -1) <= 15 for row in now)
    alone = solve(applied.instance, Stop(steps=3_000), start=applied.remaining, held=others)
    assert found.roster.score <= alone.score


@few
@given(weeks, batch, some.sampled_from((None, 1, 3)))
def test_the_difference_lists_exactly_what_changed(known, changes, most) -> None:
    week, roster = known
    found = replan(week, roster, changes, Stop(steps=STEPS), most_moved=most)
    again = difference(found.instance, roster, found.roster)
    before, after = _work(roster), _work(found.roster)
    crews_before, crews_after = _crews(roster), _crews(found.roster)
    for who in PEOPLE:
        expected = set()
        old, new = before.get(who, {}), after.get(who, {})
        for task in old.keys() | new.keys():
            if task not in new:
                expected.add(("lost", task))
            elif task not in old:
                expected.add(("gained", task))
            elif old[task][0] != new[task][0] or not 0 <= new[task][1] - old[task][1] <= (
                0 if task == "stand" else 15
            ):
                expected.add(("moved", task))
            elif crews_before[task] != crews_after[task]:
                expected.add(("partner", task))
        told = {(item.news, item.task) for item in again.by_person.get(who, ())}
        assert told == expected
        listed = {(item.news, item.task) for item in found.difference.by_person.get(who, ())}
        assert listed == expected


def _work(roster: Roster) -> dict[str, dict[str, tuple[str, int]]]:
    work: dict[str, dict[str, tuple[str, int]]] = {}
    for part in roster.assignments:
        work.setdefault(part.person, {})[part.task] = part.place, part.start
    return work


def _crews(roster: Roster) -> dict[str, set[str]]:
    crews: dict[str, set[str]] = {}
    for part in roster.assignments:
        crews.setdefault(part.task, set()).add(part.person)
    return crews
