"""Why so: what an assignment is worth, rule by rule, and the best other ways to do the same."""

from collections.abc import Iterable
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
    one = filled[slot].assignment()
    change = trials.pricing.change([one], ()).reversed()
    least, most_after = facts.task_slots[task][slot].after
    others = trials.after([one], ())
    at_once = (one.start - most_after, one.start - least)
    found = [
        ("person", [one], p)
        for p in others.placements(task, [slot], within=at_once, budget=BUDGET_OF_KIND)
        if p.people != (one.person,) and p.start == one.start
    ]
    if isinstance(filled[slot].task, Visit):
        crew = [stop.assignment() for _, stop in sorted(filled.items())]
        numbers = [part.slot for part in crew]
        gone = trials.after(crew, ())
        held = {part.slot: part.person for part in crew}
        same = gone.placements(task, numbers, held=held, budget=BUDGET_OF_KIND)
        found += [("time", crew, p) for p in same if not _at(p, crew)]
        every = gone.placements(task, numbers, budget=2 * BUDGET_OF_KIND)
        found += [
            ("both", crew, p) for p in every if not _at(p, crew) and not {one.person} & {*p.people}
        ]
    kinds: tuple[Kind, ...] = ("person", "time", "both")
    alternatives = [
        _alternative(trials, kind, removed, p)
        for kind in kinds
        for removed, p in _first(found, kind, trials, most)
    ]
    return WhySo(one, change, tuple(sorted(alternatives, key=lambda a: a.change.score)))


def _at(one: Placement, crew: Iterable[Assignment]) -> bool:
    """Whether the crew starts when it does."""
    return one.start == min(part.start for part in crew)


def _first(
    found: list[tuple[str, list[Assignment], Placement]], kind: Kind, trials: Trials, most: int
) -> list[tuple[list[Assignment], Placement]]:
    own = [(removed, p) for name, removed, p in found if name == kind]
    chosen = different((p for _, p in own), trials.facts, most)
    return [(own[0][0], p) for p in chosen]


def _alternative(
    trials: Trials, kind: Kind, removed: list[Assignment], one: Placement
) -> Alternative:
    change = trials.pricing.change(removed, one.assignments)
    return Alternative(kind, one.assignments, change, one.extra)
