"""Exceptions: how rules leave out what they give way to (see `scheduler.model.Exemption`).

A rule about who may fill a slot leaves out that person in that task. One that gives way by a limit,
by hours, by last days of skills or by a start is not left out: it reads how far (`Instance.limits`,
`Instance.presence`, ``facts/skills.py``, ``common/starts.py``); so does the sequence of kinds. Every other rule leaves out what it
is about: the task, the person, the place, the gaps, bundle or tie of the task.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, Protocol, TypeVar

from scheduler.facts import Facts
from scheduler.lowered.fit import People
from scheduler.lowered.into import Into
from scheduler.lowered.selective import selective
from scheduler.model import Exemption, Instance

SCOPES = ("task", "person", "place", "gap", "bundle", "tie")
"""Scopes of the rules to which there may be exceptions."""
PHYSICAL = frozenset(
    {"no_overlap", "no_way", "listed_place", "crew_together", "different_people", "duration"}
)
"""Rules to which there is no exception: nobody can be in two places, or where there is no way."""
BY_START = frozenset({"visit_window", "opening_hours"})
"""Rules that give way by a start more."""
BY_THEMSELVES = BY_START | {"shift_sequence"}
"""Rules that read the exceptions to them in their own way."""


class _Breach(Protocol):
    @property
    def slots(self) -> dict[str, Any]: ...


V = TypeVar("V", bound=_Breach)


def exempt_keys(instance: Instance, exemption: Exemption, scope: str) -> Collection[str]:
    """The keys of a rule's scope that an exception is about; () where there is no exception to it."""
    task = instance.task_by_id[exemption.task]
    match scope:
        case "task":
            return (task.id,)
        case "gap":
            return [
                str(number)
                for number, gap in enumerate(instance.gaps)
                if task.id in (gap.first, gap.second)
            ]
        case "bundle" | "tie" | "person" | "place":
            about = exemption if scope in ("person", "place") else task
            key = getattr(about, scope)
            return () if key is None else (key,)
    return ()


def judging_but_exceptions(
    rule: str, scope: str, fits: bool, violations: Callable[[Facts, str], Iterator[V]]
) -> Callable[[Facts, str], Iterator[V]]:
    """A rule's definition without the violations that exceptions of the instance are about."""

    def judged(facts: Facts, key: str) -> Iterator[V]:
        if not facts.instance.exceptions:
            return violations(facts, key)
        exempt = [
            exemption
            for exemption in facts.instance.exceptions_of(rule)
            if key in exempt_keys(facts.instance, exemption, scope)
        ]
        if not exempt:
            return violations(facts, key)
        if not fits:
            return iter(())
        people = {exemption.person for exemption in exempt}
        return (found for found in violations(facts, key) if found.slots["person"] not in people)

    return judged


def lowering_but_exceptions(
    rule: str, scope: str, fits: bool, lower: Callable[[Into], None]
) -> Callable[[Into], None]:
    """A rule's lowering without what exceptions of the instance are about."""

    def lowering(into: Into) -> None:
        exempt = into.instance.exceptions_of(rule)
        if not exempt:
            lower(into)
        elif fits:
            allowed = {
                (slot, into.index.person[exemption.person])
                for exemption in exempt
                if exemption.task in into.index.task and exemption.person is not None
                for slot in into.slots_of(exemption.task)
            }
            fit = into.fit
            into.fit = _FitBut(fit, allowed)  # type: ignore[assignment]
            lower(into)
            into.fit = fit
        else:
            keys = {
                key for exemption in exempt for key in exempt_keys(into.instance, exemption, scope)
            }
            with selective(into, lambda: into.whom in keys):
                lower(into)

    return lowering


class _FitBut:
    """A view of the fit builder that leaves out pairs of slot and person."""

    def __init__(self, fit: Any, allowed: Collection[tuple[int, int]]):
        self._fit, self._allowed = fit, allowed

    def _others(self, slot: int, person: People) -> list[int]:
        people = [person] if isinstance(person, int) else list(person)
        return [number for number in people if (slot, number) not in self._allowed]

    def add(self, slot: int, person: People, points: int) -> None:
        self._fit.add(slot, self._others(slot, person), points)

    def ban(self, slot: int, person: People) -> None:
        self._fit.ban(slot, self._others(slot, person))
