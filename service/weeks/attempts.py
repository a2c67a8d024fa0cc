"""What changes make of a week's state, and what that breaks and costs. Nothing is kept here.

Changes by hand are priced by what they touch, about a hundred times faster than the whole; others, and
what breaks a rule for a reason, by the checker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduler.checker import Finding, Report
from scheduler.formats.parse import parse_changes
from scheduler.model import Assignment, InputError, Instance, Level, Problem
from scheduler.model.changes import Changes, Lock, PinWork, UnpinWork
from scheduler.model.pointer import parts, pointer
from scheduler.weeks.compare import RuleComparison
from scheduler.weeks.replan.apply import stepped, tried
from scheduler.weeks.replan.begun import begun
from scheduler.weeks.replan.by_hand import ByHand, RosterState, parts_apart
from scheduler.weeks.replan.faults import faults_of_changes
from scheduler.weeks.replan.judged import Touch, broken_more, judge, refusals
from service.weeks.edits import Placed, edited
from service.weeks.edits import read as read_edit
from service.weeks.priced import Priced, priced, without
from service.weeks.state import WeekState

_WITH_REASON = ("assign", "unassign", "swap", "move")


@dataclass(frozen=True)
class Attempt:
    """A state after changes.

    broken: breaches of hard rules that the changes brought; refused: those that may not be, and then
        nothing of it is to be kept
    worse, better: breaches of other rules that there are now, and are no longer
    fallen: assignments that the changes forced out; notices: what they could not undo
    price: of the state after; rules: those that cost otherwise
    """

    before: WeekState
    after: WeekState
    price: Priced
    rules: tuple[RuleComparison, ...]
    broken: tuple[Finding, ...] = ()
    refused: tuple[Problem, ...] = ()
    worse: tuple[Finding, ...] = ()
    better: tuple[Finding, ...] = ()
    fallen: tuple[Assignment, ...] = ()
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Batch:
    """The changes of one command, read. numbers: of `changes` among all of the command."""

    edits: tuple[Placed, ...]
    changes: Changes
    numbers: tuple[int, ...]

    def placed(self, problems: Sequence[Problem]) -> list[Problem]:
        """Problems of `changes` at their places in the command."""
        return [one.model_copy(update={"pointer": self._place(one.pointer)}) for one in problems]

    def _place(self, at: str) -> str:
        path = parts(at)
        if len(path) > 1 and path[0] == "changes" and path[1].isdecimal():
            return pointer("changes", self.numbers[int(path[1])], *path[2:])
        return at


def read(instance: Instance, data: Sequence[Mapping[str, Any]], reason: str = "") -> Batch:
    """A command's changes from JSON; true ids. Raises InputError with every fault.

    reason: why rules may be broken, for changes that have none of their own.
    """
    problems: list[Problem] = []
    edits, plain, numbers = [], [], []
    for number, change in enumerate(data):
        if change.get("kind") == "edit":
            try:
                edits.append(read_edit(change, number))
            except InputError as error:
                problems += error.problems
        else:
            given = change.get("kind") in _WITH_REASON and reason and not change.get("reason")
            plain.append({**change, "reason": reason} if given else change)
            numbers.append(number)
    changes, found = parse_changes({"changes": plain}, instance.horizon)
    batch = Batch(tuple(edits), changes or Changes(horizon=instance.horizon), tuple(numbers))
    problems += batch.placed(found)
    if problems:
        raise InputError(problems)
    return batch


def attempt(state: WeekState, batch: Batch) -> Attempt:
    """What the changes make of a kept state: edits of tables first. Raises InputError for impossible ones."""
    start = edited(state, batch.edits) if batch.edits else state
    if not batch.changes.changes:
        return _judged(state, start)
    try:
        made = _by_hand(start, batch.changes) if _is_by_hand(batch) else None
        made = made or _changed(start, batch.changes)
    except InputError as error:
        raise InputError(batch.placed(error.problems)) from None
    made = replace(
        made, refused=tuple(batch.placed(made.refused)), notices=tuple(batch.placed(made.notices))
    )
    if start is state:
        return made
    whole = _judged(state, made.after)
    return replace(whole, broken=made.broken, refused=made.refused, notices=made.notices)


def merged(state: WeekState, after: WeekState, report: Report | None = None) -> Attempt:
    """Another state as what some effect made of a kept one, such as an undo. report: on it, where there is one."""
    if after.instance is state.instance:
        removed, added = parts_apart(state.roster.assignments, after.roster.assignments)
        return _priced(state, after, removed, added)
    return _judged(state, after, report)


def _is_by_hand(batch: Batch) -> bool:
    kinds = ByHand | PinWork | UnpinWork | Lock
    return not batch.edits and all(isinstance(one, kinds) for one in batch.changes.changes)


def _by_hand(state: WeekState, changes: Changes) -> Attempt | None:
    """Changes by hand alone; None where the whole has to be looked at."""
    instance, roster = state.instance, state.roster
    if problems := list(faults_of_changes(instance, changes)):
        raise InputError(problems)
    before = RosterState(instance, roster.assignments)
    after, touches = stepped(before, changes, begun(instance, roster, changes))
    if _same(instance, after.instance):
        after = replace(after, instance=instance)
    if after.instance is instance and not _excused(instance, touches):
        removed, added = parts_apart(before.parts, after.parts)
        made = _priced(state, _state(state, after), removed, added)
        if not made.broken:
            return made
        if refused := refusals(after, made.broken, touches):
            return replace(made, refused=refused)
    judgement = judge(before, after, touches, priced(state).report)
    made = _judged(state, _state(state, judgement.state), judgement.report)
    return replace(made, broken=judgement.broken, refused=judgement.refused)


def _same(first: Instance, second: Instance) -> bool:
    return all(getattr(first, name) == getattr(second, name) for name in Instance.model_fields)


def _state(state: WeekState, after: RosterState) -> WeekState:
    return state.changed(after.instance, state.roster.with_assignments(after.parts))


def _excused(instance: Instance, touches: Sequence[Touch]) -> bool:
    """Whether changes touch what rules give way to: those exceptions may end."""
    tasks = {task for touch in touches for task in touch.tasks}
    people = {person for touch in touches for person in touch.people}
    return any(one.task in tasks or one.person in people for one in instance.exceptions)


def _changed(state: WeekState, changes: Changes) -> Attempt:
    """Changes of any kind, as a re-plan begins with them; what was published stays as it was."""
    week = tried(state.instance, state.roster, changes)
    there = week.instance.task_by_id
    published = tuple(part for part in state.instance.published if part.task in there)
    instance = week.instance.changed(published=published, affected=state.instance.affected)
    roster = week.remaining.with_assignments(week.remaining.assignments)
    made = _judged(state, state.changed(instance, roster))
    return replace(
        made,
        broken=week.broken,
        refused=week.refused,
        fallen=week.fallen,
        notices=week.notices,
    )


def _priced(
    state: WeekState, after: WeekState, removed: list[Assignment], added: list[Assignment]
) -> Attempt:
    """A state whose roster alone differs, priced by what differs."""
    known = priced(state)
    cost = known.pricing.change(removed, added)
    price = known.after(removed, added, cost)
    grown: dict[tuple[str, str], int] = {}
    for findings, sign in ((cost.broken, 1), (cost.mended, -1)):
        for finding in findings:
            at = finding.rule.rule.id, finding.key
            grown[at] = grown.get(at, 0) + sign * finding.violation.amount
    broken = tuple(
        finding
        for finding in cost.broken
        if finding.rule.rule.level is Level.HARD and grown[finding.rule.rule.id, finding.key] > 0
    )
    return Attempt(
        state,
        _scored(after, price),
        price,
        known.compared(price),
        broken,
        worse=_soft(cost.broken),
        better=_soft(cost.mended),
    )


def _judged(state: WeekState, after: WeekState, report: Report | None = None) -> Attempt:
    """A state of which anything may differ, priced by the checker. report: on it, where there is one."""
    known = priced(state)
    price = Priced.of(after, report, known)
    was = known.report
    return Attempt(
        state,
        _scored(after, price),
        price,
        known.compared(price),
        tuple(broken_more(was, price.report)),
        worse=_soft(without(price.report.findings, was.findings)),
        better=_soft(without(was.findings, price.report.findings)),
        fallen=_fallen(state, after),
    )


def _fallen(state: WeekState, after: WeekState) -> tuple[Assignment, ...]:
    now = {(part.task, part.person) for part in after.roster.assignments}
    return tuple(p for p in state.roster.assignments if (p.task, p.person) not in now)


def _soft(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.rule.rule.level is not Level.HARD)


def _scored(state: WeekState, price: Priced) -> WeekState:
    roster = state.roster.model_copy(update={"score": price.report.score})
    return state.changed(roster=roster)
