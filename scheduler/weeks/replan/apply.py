"""Changes applied to a week: the changed week, what remains of its roster, and what falls.

What remains is published in the changed week, so that moving it costs points, and frozen as the changes
say.
"""

from dataclasses import dataclass, replace
from typing import Any

from scheduler.checker import Finding, Report
from scheduler.due import expand
from scheduler.model import Assignment, Freeze, InputError, Instance, Problem, Roster
from scheduler.model.changes import Absence, Changes, MoveWork, New, Presence, Unassign
from scheduler.model.tasks import tasks
from scheduler.weeks.replan.begun import Begun, begun, notices
from scheduler.weeks.replan.by_hand import ByHand, RosterState, changed_by_hand
from scheduler.weeks.replan.faults import faults_by_hand, faults_of_changes, faults_of_result
from scheduler.weeks.replan.judged import Touch, judge
from scheduler.weeks.replan.remaining import published_after, what_remains
from scheduler.weeks.replan.steps import changed_by


@dataclass(frozen=True)
class ChangedWeek:
    """A week after its changes.

    instance: the changed week, everything due in it visits by now, `published`, `freeze` and
        `affected` set
    published: the roster that people were told of
    remaining: that roster without what fell, and as it was changed by hand: a start for a search
    fallen: its assignments that the changes forced out
    notices: warnings about changes to work that has begun, which stays
    touches: what was changed by hand; report: what the checker says of what remains then
    broken: hard rules that this broke, and that gave way for a reason
    refused: why it may not be so; a week with any is not to be used
    empty: (task, slot) that a search may not fill
    """

    instance: Instance
    published: Roster
    remaining: Roster
    fallen: tuple[Assignment, ...]
    notices: tuple[Problem, ...] = ()
    touches: tuple[Touch, ...] = ()
    report: Report | None = None
    broken: tuple[Finding, ...] = ()
    refused: tuple[Problem, ...] = ()
    empty: tuple[tuple[str, int], ...] = ()

    @staticmethod
    def of(
        instance: Instance, published: Roster, notices: tuple[Problem, ...] = ()
    ) -> "ChangedWeek":
        """A changed instance beside the roster that was published before the changes."""
        remaining, fallen = what_remains(instance, published)
        bare: dict[str, Any] = {
            "assignments": remaining,
            "score": None,
            "outcome": None,
            "figures": {},
        }
        return ChangedWeek(instance, published, published.model_copy(update=bare), fallen, notices)


def apply(instance: Instance, roster: Roster, changes: Changes) -> ChangedWeek:
    """The changed week of a published roster.

    Raises InputError with every fault of the changes: ids that the week does not have, and what
    makes the changed week invalid, at its place in the changes; also for hard rules that changes by
    hand break without a reason.
    """
    week = tried(instance, roster, changes)
    if week.refused:
        raise InputError(list(week.refused))
    return week


def tried(instance: Instance, roster: Roster, changes: Changes) -> ChangedWeek:
    """The same, also where hard rules refuse what was changed by hand (`ChangedWeek.refused`)."""
    changed: Instance = expand(instance)
    if problems := list(faults_of_changes(changed, changes)):
        raise InputError(problems)
    past = begun(changed, roster, changes)
    warnings = notices(changed, changes, past)
    before = changed
    for change in changes.changes:
        changed = changed_by(changed, change, past)
    changed = expand(changed)
    if problems := faults_of_result(before, changed, changes):
        raise InputError(problems)
    changed = changed.changed(
        published=published_after(changed, roster, changes, past),
        freeze=_frozen(changed.freeze, changes.freeze),
    )
    week = ChangedWeek.of(changed, roster, warnings)
    fallen = {(part.task, part.slot) for part in week.fallen}
    changed = changed.changed(
        affected=_affected(before, changed, roster, changes),
        pins=tuple(pin for pin in changed.pins if not _holds_fallen(pin, fallen)),
        **_released(changed, past.tasks, {task for task, _ in fallen}),
    )
    return _by_hand(replace(week, instance=changed), changes, past)


def without_the_unable(instance: Instance, roster: Roster, changes: Changes) -> Changes:
    """The changes, with those taken off moved work whom a hard rule keeps from going along."""
    week = tried(instance, roster, changes)
    if not week.refused:
        return changes
    moved = {change.task for change in changes.changes if isinstance(change, MoveWork)}
    unable = {finding.violation.slots.get("person") for finding in week.broken}
    taken = (
        Unassign(task=part.task, person=part.person)
        for part in roster.assignments
        if part.task in moved and part.person in unable
    )
    return changes.model_copy(update={"changes": (*taken, *changes.changes)})


def _frozen(kept: Freeze, given: Freeze) -> Freeze:
    """The freeze that the week keeps, each grade as it was given last."""
    grades = {name: getattr(given, name) for name in Freeze.model_fields}
    return kept.model_copy(update={name: until for name, until in grades.items() if until})


def _by_hand(week: ChangedWeek, changes: Changes, past: Begun) -> ChangedWeek:
    """The week with what is changed by hand, in the order of the batch, and judged as a whole."""
    before = RosterState(week.instance, week.remaining.assignments)
    state, touches = stepped(before, changes, past)
    people = {person for touch in touches for person in touch.people} | {*week.instance.affected}
    affected = tuple(person.id for person in week.instance.people if person.id in people)
    before, state = (
        replace(side, instance=side.instance.changed(affected=affected)) for side in (before, state)
    )
    judged = judge(before, state, touches)
    return replace(
        week,
        instance=judged.state.instance,
        remaining=week.remaining.model_copy(update={"assignments": judged.state.parts}),
        touches=touches,
        report=judged.report,
        broken=judged.broken,
        refused=judged.refused,
    )


def stepped(
    before: RosterState, changes: Changes, past: Begun
) -> tuple[RosterState, tuple[Touch, ...]]:
    """A state after what is changed by hand, in the order of the batch, not judged yet; and what each did.

    Raises InputError with every fault.
    """
    problems = list(faults_by_hand(before.instance, changes))
    if problems:
        raise InputError(problems)
    state, touches = before, []
    for number, change in enumerate(changes.changes):
        try:
            after = changed_by_hand(state, change, "changes", number)
        except InputError as error:
            problems += error.problems
            continue
        if isinstance(change, ByHand):
            touches.append(Touch.of(number, change, state, after))
            problems += past.faults(before.instance, touches[-1].tasks, number)
        state = after
    if problems:
        raise InputError(problems)
    return state, tuple(touches)


def _affected(
    before: Instance, instance: Instance, roster: Roster, changes: Changes
) -> tuple[str, ...]:
    """The people whom the changes name or bring, and those whose own work they take away or send elsewhere."""
    people = {change.person for change in changes.changes if isinstance(change, Absence | Presence)}
    people |= {
        person.id
        for change in changes.changes
        if isinstance(change, New)
        for person in change.people
    }
    people |= {part.person for part in instance.published if part.standing == "lost"}
    places = {(part.task, part.slot): part.place for part in instance.published}
    people |= {
        part.person
        for part in roster.assignments
        if part.task in before.task_by_id and places.get((part.task, part.slot)) != part.place
    }
    return tuple(person.id for person in instance.people if person.id in people)


def _released(instance: Instance, begun: frozenset[str], fallen: set[str]) -> dict[str, Any]:
    """Visits and shifts. What has begun leaves its bundle where another of it fell, which may stay undone."""
    bundles = {task.bundle for task in tasks(instance) if task.id in fallen} - {None}

    def released(task: Any) -> Any:
        free = task.id in begun and task.bundle in bundles
        return task.model_copy(update={"bundle": None}) if free else task

    return {
        "visits": tuple(map(released, instance.visits)),
        "shifts": tuple(map(released, instance.shifts)),
    }


def _holds_fallen(pin: Any, fallen: set[tuple[str, int]]) -> bool:
    """Whether a pin is for an assignment that the changes forced out."""
    binds = pin.person is not None or pin.start is not None or pin.place is not None
    return (pin.task, pin.slot) in fallen and not pin.absent and binds
