"""The independent checker: instance + roster → report, from the rules' plain definitions.

It loads no engine and shares no code with the search. A roster made by hand is judged, not
refused; only a roster that names what the instance does not have is an InputError.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.facts import Facts
from scheduler.model import Instance, NotARosterError, Problem, Roster, Score
from scheduler.model.tasks import moved_up
from scheduler.rules import Active, Violation, active
from scheduler.travel import Travel


@dataclass(frozen=True)
class Finding:
    """One breach of one rule."""

    rule: Active
    key: str
    violation: Violation
    score: Score


@dataclass(frozen=True)
class RuleCost:
    """What one rule costs a roster. Every active rule has one, also where it costs nothing."""

    rule: Active
    amount: int
    score: Score


@dataclass(frozen=True)
class Report:
    """A roster's score, rule by rule, with every breach."""

    score: Score
    rules: tuple[RuleCost, ...]
    findings: tuple[Finding, ...]

    @property
    def feasible(self) -> bool:
        """Whether no hard rule is broken."""
        return self.score.hard == 0


def check(instance: Instance, roster: Roster, travel: Travel | None = None) -> Report:
    """Price a roster. travel: made from the instance where it is not given.

    Raises NotARosterError listing every assignment that names a person, place, task or slot that
    the instance does not have, or fills a slot twice.
    """
    return checked(Facts(instance, roster, travel))


def checked(facts: Facts) -> Report:
    """The same of facts, which then know what rules looked at."""
    _ensure_roster(facts)
    findings: list[Finding] = []
    costs: list[RuleCost] = []
    for rule in active(facts.instance):
        amount = 0
        for key, violation in rule.violations(facts):
            amount += violation.amount
            findings.append(Finding(rule, key, violation, rule.score(violation.amount)))
        costs.append(RuleCost(rule, amount, rule.score(amount)))
    total = sum((cost.score for cost in costs), Score())
    return Report(total, tuple(costs), tuple(findings))


def check_read(instance: Instance, roster: Roster) -> tuple[Roster, Report]:
    """A roster as it was read from a file, and its report; raises as `check` does.

    One that was changed since it was scored is counted by heads: whoever is at a shift fills the first
    slots of their need, whichever are written. Not where other slots were published.
    """
    roster, report = _as_read(instance, roster)
    return roster, report or check(instance, roster)


def roster_read(instance: Instance, roster: Roster) -> Roster:
    """The roster of `check_read`, which is mostly known without a check; raises as `check` does."""
    _ensure_roster(Facts(instance, roster))
    return _as_read(instance, roster)[0]


def _as_read(instance: Instance, roster: Roster) -> tuple[Roster, Report | None]:
    counted = _by_heads(instance, roster)
    if counted is None:
        return roster, None
    report = check(instance, roster)
    return (roster, report) if roster.score == report.score else (counted, None)


def _by_heads(instance: Instance, roster: Roster) -> Roster | None:
    """The roster with the first slots of each need filled; None where they are."""
    by_task: dict[str, set[int]] = {}
    for part in roster.assignments:
        by_task.setdefault(part.task, set()).add(part.slot)
    for task in {part.task for part in instance.published} & by_task.keys():
        del by_task[task]
    moved = {
        (task.id, slot): now
        for task in instance.shifts
        if task.id in by_task
        for slot, now in moved_up(instance, task, by_task[task.id]).items()
        if now != slot
    }
    if not moved:
        return None
    parts = tuple(
        part.model_copy(update={"slot": moved.get((part.task, part.slot), part.slot)})
        for part in roster.assignments
    )
    return roster.model_copy(update={"assignments": parts})


def _ensure_roster(facts: Facts) -> None:
    faults = list(_faults(facts))
    if faults:
        raise NotARosterError(faults)


def _faults(facts: Facts) -> Iterator[Problem]:
    instance, roster = facts.instance, facts.roster
    seen: set[tuple[str, int]] = set()
    if roster.instance != instance.id:
        yield Problem(
            code="roster_of_another_instance",
            pointer="/instance",
            value=roster.instance,
            slots={"expected": instance.id},
        )
    for number, one in enumerate(roster.assignments):
        at = f"/assignments/{number}"
        slots = facts.task_slots.get(one.task)
        if slots is None:
            yield Problem(code="unknown_task", pointer=f"{at}/task", value=one.task)
        elif not 0 <= one.slot < len(slots):
            yield Problem(
                code="unknown_slot",
                pointer=f"{at}/slot",
                value=str(one.slot),
                slots={"count": str(len(slots))},
            )
        elif (one.task, one.slot) in seen:
            yield Problem(code="slot_filled_twice", pointer=at, value=f"{one.task} #{one.slot}")
        seen.add((one.task, one.slot))
        if one.person not in instance.person_by_id:
            yield Problem(code="unknown_person", pointer=f"{at}/person", value=one.person)
        if one.place not in instance.place_by_id:
            yield Problem(code="unknown_place", pointer=f"{at}/place", value=one.place)
        if one.end <= one.start:
            yield Problem(code="ends_before_start", pointer=f"{at}/end", value=str(one.end))
