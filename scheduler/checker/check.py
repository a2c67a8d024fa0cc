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
    faults = list(_faults(facts))
    if faults:
        raise NotARosterError(faults)
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
    report = check(instance, roster)
    if roster.score == report.score:
        return roster, report
    by_task: dict[str, set[int]] = {}
    for part in roster.assignments:
        by_task.setdefault(part.task, set()).add(part.slot)
    for task in {part.task for part in instance.published} & by_task.keys():
        del by_task[task]
    moved = {
        task: moved_up(instance, instance.task_by_id[task], filled)
        for task, filled in by_task.items()
    }
    parts = tuple(
        part.model_copy(update={"slot": moved.get(part.task, {}).get(part.slot, part.slot)})
        for part in roster.assignments
    )
    if parts == roster.assignments:
        return roster, report
    counted = roster.model_copy(update={"assignments": parts})
    return counted, check(instance, counted)


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
