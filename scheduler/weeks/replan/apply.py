"""Changes applied to a week: the changed week, what remains of its roster, and what falls.

What remains is published in the changed week, so that moving it costs points, and frozen as the changes
say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.due import expand
from scheduler.model import Assignment, InputError, Instance, Problem, Roster
from scheduler.model.changes import Absence, Changes, New, Presence
from scheduler.weeks.replan.begun import begun, notices
from scheduler.weeks.replan.faults import faults_of_changes, faults_of_result
from scheduler.weeks.replan.remaining import published_after, what_remains
from scheduler.weeks.replan.steps import changed_by


@dataclass(frozen=True)
class ChangedWeek:
    """A week after its changes.

    instance: the changed week, everything due in it visits by now, `published`, `freeze` and
        `affected` set
    published: the roster that people were told of
    remaining: that roster without what fell, as a start for a search
    fallen: its assignments that the changes forced out
    notices: warnings about changes to work that has begun, which stays
    """

    instance: Instance
    published: Roster
    remaining: Roster
    fallen: tuple[Assignment, ...]
    notices: tuple[Problem, ...] = ()

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
    makes the changed week invalid, at its place in the changes.
    """
    changed: Instance = expand(instance)
    if problems := list(faults_of_changes(changed, changes)):
        raise InputError(problems)
    past = begun(changed, roster, changes)
    warnings = notices(changed, changes, past)
    before = changed
    for change in changes.changes:
        changed = changed_by(changed, change, past)
    changed = expand(changed)
    if problems := faults_of_result(changed, changes):
        raise InputError(problems)
    changed = changed.changed(
        published=published_after(changed, roster, changes, past), freeze=changes.freeze
    )
    week = ChangedWeek.of(changed, roster, warnings)
    fallen = {(part.task, part.slot) for part in week.fallen}
    changed = changed.changed(
        affected=_affected(before, changed, roster, changes),
        pins=tuple(pin for pin in changed.pins if not _holds_fallen(pin, fallen)),
        visits=tuple(_released(changed, past.tasks, {task for task, _ in fallen})),
    )
    return ChangedWeek.of(changed, roster, warnings)


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


def _released(instance: Instance, begun: frozenset[str], fallen: set[str]) -> Iterator[Any]:
    """The visits. One that has begun leaves its bundle where another of it fell, which may stay undone."""
    bundles = {visit.bundle for visit in instance.visits if visit.id in fallen}
    for visit in instance.visits:
        if visit.id in begun and visit.bundle is not None and visit.bundle in bundles:
            visit = visit.model_copy(update={"bundle": None})
        yield visit


def _holds_fallen(pin: Any, fallen: set[tuple[str, int]]) -> bool:
    """Whether a pin is for an assignment that the changes forced out."""
    binds = pin.person is not None or pin.start is not None or pin.place is not None
    return (pin.task, pin.slot) in fallen and not pin.absent and binds
