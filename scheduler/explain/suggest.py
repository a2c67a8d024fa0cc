"""Suggestions: the best places of new work in a roster, and the best work for a person.

Nothing else moves, and of what is unassigned only what is asked about is placed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.checker import Report
from scheduler.checker.pricing import ChangeCost
from scheduler.due import expand
from scheduler.explain.placements import Placement, Trials, missed
from scheduler.facts import Facts
from scheduler.model import Assignment, Case, Gap, InputError, Instance, Problem, Score, Visit
from scheduler.model.faults import errors_of_work
from scheduler.model.tasks import tasks

WIDTH = 4
"""Beginnings of a series that are continued, the width of the beam."""


@dataclass(frozen=True)
class Suggestion:
    """One way to do what was asked about.

    instance: with the new work; placements: one for each visit; change: what all of them cost
    """

    instance: Instance
    placements: tuple[Placement, ...]
    change: ChangeCost

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """What it adds to the roster."""
        return tuple(
            assignment for placement in self.placements for assignment in placement.assignments
        )


def suggest(
    trials: Trials,
    *,
    visit: Visit | None = None,
    case: Case | None = None,
    task: str | None = None,
    person: str | None = None,
    most: int = 5,
) -> list[Suggestion]:
    """The best places of a new visit, of a new case, of what a task lacks, or the best work for a person.

    Asks about just one of the four. most: how many suggestions at most. Raises InputError, see below, and
    TypeError for no question or several.
    """
    if sum(about is not None for about in (visit, case, task, person)) != 1:
        raise TypeError("just one of visit, case, task and person")
    if visit is not None:
        return for_visit(trials, visit, most)
    if case is not None:
        return for_case(trials, case, most)
    if task is not None:
        return for_task(trials, task, most)
    return for_person(trials, str(person), most)


def for_visit(trials: Trials, visit: Visit, most: int = 5) -> list[Suggestion]:
    """The best places of a new visit, the best first.

    Raises InputError listing all that is wrong with it; pointers begin at the visit.
    """
    instance = trials.facts.instance
    problems = _faults(instance, "/visits/0", visits=(visit,))
    if visit.id in instance.task_by_id:
        problems.append(Problem(code="already_there", pointer="/id", value=visit.id))
    if problems:
        raise InputError(problems)
    grown = trials.grown(instance.changed(visits=(*instance.visits, visit)))
    return for_task(grown, visit.id, most)


def for_task(trials: Trials, task: str, most: int = 5) -> list[Suggestion]:
    """The best places of what a task lacks: a visit not done, or somebody more for a shift.

    Raises InputError where the instance has no such task, or nobody is missed there.
    """
    record = trials.facts.instance.task_by_id.get(task)
    if record is None:
        raise InputError([Problem(code="unknown_task", pointer="", value=task)])
    if not missed(trials.facts, record):
        raise InputError([Problem(code="nobody_missed", pointer="", value=task)])
    return [_suggestion(trials, placement) for placement in trials.best(task, most)]


def for_case(trials: Trials, case: Case, most: int = 5) -> list[Suggestion]:
    """The best places of a new case: all its sessions that fall due, as one series.

    Raises InputError listing all that is wrong with it, or where no session falls due in the
    horizon; pointers begin at the case.
    """
    grown, visits = _with_case(trials, case)
    states: list[tuple[Trials, tuple[Placement, ...]]] = [(grown, ())]
    for visit in visits:
        longer = []
        for now, done in states:
            longer += [
                (now, (*done, placement)) for placement in now.best(visit.id, max(WIDTH, most))
            ]
        longer.sort(key=lambda state: [placement.rank for placement in state[1]])
        longer.sort(key=lambda state: _points(state[1]))
        last = visit is visits[-1]
        states = [
            (now if last else now.after((), done[-1].assignments), done)
            for now, done in longer[: most if last else WIDTH]
        ]
    suggestions = []
    for _, done in states:
        assignments = [assignment for placement in done for assignment in placement.assignments]
        change = grown.pricing.change((), assignments)
        suggestions.append(Suggestion(grown.facts.instance, done, change))
    return sorted(suggestions, key=lambda suggestion: suggestion.change.score)


def for_person(
    trials: Trials, person: str, most: int = 5, spans: Sequence[tuple[int, int]] | None = None
) -> list[Suggestion]:
    """The best unassigned work for a person who is free; only what makes the roster better.

    spans: the person's work lies inside one of these ``[from, to)``, in ticks; None: at any time.
    Raises InputError where the instance has no such person.
    """
    instance, facts = trials.facts.instance, trials.facts
    if person not in instance.person_by_id:
        raise InputError([Problem(code="unknown_person", pointer="", value=person)])
    number = next(number for number, record in enumerate(instance.people) if record.id == person)
    best: list[Placement] = []
    for task in tasks(instance):
        if not missed(facts, task):
            continue
        able = trials.eligibility(task.id).able[:, number]
        below = best[most - 1].change.score.points if len(best) >= most else Score().points
        ways = [
            placement
            for slot in range(len(able))
            if able[slot] and slot not in facts.by_task[task.id]
            for placement in trials.best(
                task.id,
                1,
                held={slot: person},
                wanted=lambda candidate: _inside(candidate.assignments, person, spans),
                below=below,
            )
        ]
        if ways:
            best.append(min(ways, key=lambda placement: placement.rank))
            best.sort(key=lambda placement: placement.rank)
    return [_suggestion(trials, placement) for placement in best[:most]]


def _inside(
    parts: Iterable[Assignment], person: str, spans: Sequence[tuple[int, int]] | None
) -> bool:
    """Whether there is work of a person among the parts, and all of it inside one of the spans each."""
    work = [part for part in parts if part.person == person]
    return bool(work) and all(
        spans is None or any(start <= part.start and part.end <= end for start, end in spans)
        for part in work
    )


def _suggestion(trials: Trials, placement: Placement) -> Suggestion:
    return Suggestion(trials.facts.instance, (placement,), placement.change)


def _points(placements: Sequence[Placement]) -> tuple[int, ...]:
    scores = [placement.change.score.points for placement in placements]
    return tuple(sum(level) for level in zip(*scores, strict=True))


def _with_case(trials: Trials, case: Case) -> tuple[Trials, tuple[Visit, ...]]:
    instance = trials.facts.instance
    problems = _faults(instance, "/cases/0", cases=(case,))
    if case.id in instance.case_by_id:
        problems.append(Problem(code="already_there", pointer="/id", value=case.id))
    if problems:
        raise InputError(problems)
    alone = instance.changed(cases=(case,), duties=(), visits=(), shifts=(), gaps=(), pins=())
    due = expand(alone)
    if not due.visits:
        raise InputError([Problem(code="nothing_due", pointer="/sessions", value=case.id)])
    visits: tuple[Visit, ...] = due.visits
    gaps: tuple[Gap, ...] = due.gaps
    grown = instance.changed(
        cases=(*instance.cases, case),
        visits=(*instance.visits, *visits),
        gaps=(*instance.gaps, *gaps),
    )
    return trials.grown(grown), visits


def _faults(instance: Instance, at: str, **new: tuple[Any, ...]) -> list[Problem]:
    """Errors of one new record in an instance without other work; pointers begin at the record."""

    def named(field: str) -> set[str | None]:
        return {getattr(record, field, None) for records in new.values() for record in records}

    homes, cases, duties = named("household"), named("case"), named("duty")
    named_records = {
        "households": tuple(home for home in instance.households if home.id in homes),
        "cases": tuple(case for case in instance.cases if case.id in cases),
        "duties": tuple(duty for duty in instance.duties if duty.id in duties),
    }
    empty: dict[str, Any] = dict.fromkeys(
        ("visits", "shifts", "gaps", "pins", "published", "exceptions", "affected"), ()
    )
    alone = instance.changed(**{**empty, "history": {}, **named_records, **new})
    return [
        problem.model_copy(update={"pointer": problem.pointer.removeprefix(at)})
        for problem in errors_of_work(alone)
        if (problem.pointer + "/").startswith(f"{at}/")
    ]


def prepared(facts: Facts, report: Report | None = None) -> Trials:
    """Trials that have computed all that questions share, so that the first answer is fast too.

    report: what the checker says of the roster, where that is known.
    """
    trials = Trials(facts, report)
    trials.free, trials.rough_cost  # noqa: B018 - made here rather than with the first question
    return trials
