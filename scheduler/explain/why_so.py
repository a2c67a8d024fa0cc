"""Why so: what an assignment is worth, rule by rule, and the best other ways to do the same."""

from dataclasses import dataclass
from typing import Literal

from scheduler.checker.pricing import ChangeCost
from scheduler.explain.placements import Placement, Trials, different
from scheduler.model import Assignment, InputError, Problem, Visit

Kind = Literal["person", "time", "both"]
FEW = 3
BUDGET_OF_KIND = 40


@dataclass(frozen=True)
class Alternative:
    """Another way to do the task.

    kind: another person at the same time, another time by the same people, or both
    change: what it costs beside the present way; extra: person → ticks of travel on top of a
        roster without the task
    """

    kind: Kind
    assignments: tuple[Assignment, ...]
    change: ChangeCost
    extra: dict[str, int]


@dataclass(frozen=True)
class WhySo:
    """An assignment; what it does to the score, against its slot left empty; other ways, the best first."""

    assignment: Assignment
    change: ChangeCost
    alternatives: tuple[Alternative, ...]


def why_so(trials: Trials, task: str, slot: int = 0, most: int = FEW) -> WhySo:
    """Why a slot is filled as it is; at most `most` alternatives of each kind.

    Another time moves a visit's whole crew. Raises InputError where nobody fills such a slot.
    """
    facts = trials.facts
    filled = facts.by_task.get(task, {})
    if slot not in filled:
        code = "slot_not_filled" if task in facts.by_task else "unknown_task"
        value = f"{task} #{slot}" if task in facts.by_task else task
        raise InputError([Problem(code=code, pointer="", value=value)])
    assignment = filled[slot].assignment()
    options: dict[Kind, tuple[list[Assignment], list[Placement]]] = {
        "person": ([assignment], _by_others(trials, assignment))
    }
    if isinstance(filled[slot].task, Visit):
        crew = [stop.assignment() for _, stop in sorted(filled.items())]
        without = trials.after(crew, ())
        options["time"] = crew, _at_another_time(without, crew)
        options["both"] = crew, _by_others_at_another_time(without, crew, assignment.person)
    alternatives = [
        _alternative(trials, kind, removed, placement)
        for kind, (removed, placements) in options.items()
        for placement in different(placements, facts, most)
    ]
    return WhySo(
        assignment,
        trials.pricing.change([assignment], ()).reversed(),
        tuple(sorted(alternatives, key=lambda alternative: alternative.change.score)),
    )


def _by_others(trials: Trials, assignment: Assignment) -> list[Placement]:
    """Other people in the same slot at the same time."""
    least, most = trials.facts.task_slots[assignment.task][assignment.slot].after
    placements = trials.after([assignment], ()).placements(
        assignment.task,
        [assignment.slot],
        within=(assignment.start - most, assignment.start - least),
        budget=BUDGET_OF_KIND,
    )
    return [
        placement
        for placement in placements
        if placement.people != (assignment.person,) and placement.start == assignment.start
    ]


def _at_another_time(without: Trials, crew: list[Assignment]) -> list[Placement]:
    """The same people at other times. without: the roster without the crew."""
    task, slots = crew[0].task, [part.slot for part in crew]
    held = {part.slot: part.person for part in crew}
    placements = without.placements(task, slots, held=held, budget=BUDGET_OF_KIND)
    return [placement for placement in placements if placement.start != _start(crew)]


def _by_others_at_another_time(
    without: Trials, crew: list[Assignment], person: str
) -> list[Placement]:
    """Crews without the person at other times. without: the roster without the crew."""
    task, slots = crew[0].task, [part.slot for part in crew]
    placements = without.placements(task, slots, budget=2 * BUDGET_OF_KIND)
    return [
        placement
        for placement in placements
        if placement.start != _start(crew) and person not in placement.people
    ]


def _start(crew: list[Assignment]) -> int:
    return min(part.start for part in crew)


def _alternative(
    trials: Trials, kind: Kind, removed: list[Assignment], placement: Placement
) -> Alternative:
    change = trials.pricing.change(removed, placement.assignments)
    return Alternative(kind, placement.assignments, change, placement.extra)
