"""A plan's roster taken into a week that went on meanwhile: what no longer fits falls out of it."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checker import Finding, Report, check
from scheduler.model import Assignment, Instance, Roster
from scheduler.model.tasks import slots
from scheduler.weeks.replan.judged import broken_more

_ROUNDS = 20
"""Times that a roster is asked for breaches again: what falls may leave a crew too small."""


@dataclass(frozen=True)
class Unfit:
    """A part of a plan that no longer fits. finding: the hard rule that it would break; None: what it names is gone."""

    part: Assignment
    finding: Finding | None = None


@dataclass(frozen=True)
class Fitted:
    """What of a plan's roster fits, and what does not.

    report: what the checker says of that roster; broken: breaches that are left although nothing of the
    plan has to do with them
    """

    roster: Roster
    report: Report
    unfit: tuple[Unfit, ...]
    broken: tuple[Finding, ...]


def fitted(
    instance: Instance,
    roster: Roster,
    was: Report,
    settled: Roster,
    judge: Callable[[Instance, Roster], Report] = check,
) -> Fitted:
    """The roster without what breaks a hard rule that the head does not break.

    instance: the week as it would become, to which the roster belongs, expanded; was: what the checker says
    of the head with its roster `settled`, whose parts stay whatever comes. judge: says what `check` does.
    """
    parts = [part for part in roster.assignments if _known(instance, part)]
    there = set(map(id, parts))
    unfit = [Unfit(part) for part in roster.assignments if id(part) not in there]
    kept = set(settled.assignments)
    for left in reversed(range(_ROUNDS)):
        made = roster.model_copy(update={"assignments": tuple(parts)})
        report = judge(instance, made)
        broken = broken_more(was, report)
        loose = [part for part in parts if part not in kept]
        falling = {
            part: finding for finding in broken for part in _about(finding, loose, kept, parts)
        }
        if not falling or not left:
            break
        unfit += (Unfit(part, finding) for part, finding in falling.items())
        parts = [part for part in parts if part not in falling]
    return Fitted(made, report, tuple(unfit), tuple(broken))


def _known(instance: Instance, part: Assignment) -> bool:
    task = instance.task_by_id.get(part.task)
    return (
        task is not None
        and part.slot < len(slots(task))
        and part.person in instance.person_by_id
        and part.place in instance.place_by_id
    )


def _about(
    finding: Finding, loose: list[Assignment], kept: set[Assignment], parts: list[Assignment]
) -> list[Assignment]:
    """Those of the plan's parts that a breach comes of; of several that may, the one that meets what was settled."""
    said = {finding.key, *map(str, finding.violation.slots.values())}
    if named := [part for part in loose if part.task in said and part.person in said]:
        return named
    if named := [part for part in loose if part.task in said]:
        return named
    others = [part for part in loose if part.person in said or part.place in said]

    def distance(part: Assignment) -> int:
        near = [
            max(0, other.start - part.end, part.start - other.end)
            for other in parts
            if other in kept and other.person == part.person
        ]
        return min(near, default=0)

    return [min(others, key=lambda part: (distance(part), part.start, part.task))] if others else []
