"""Remedies: what it would take to fill a slot that nobody fills, each one tried out before it is told.

A remedy is a changed week and a changed roster of it. It is offered only if the roster then does the
work and breaks no hard rule that it did not break before, by the rules' plain definitions. So much is
tried, counted and not timed, that the answer is always the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from scheduler.checker import Finding
from scheduler.checker.pricing import Change, Pricing
from scheduler.explain.placements import Placement, Trials
from scheduler.facts import Facts
from scheduler.model import (
    Assignment,
    Instance,
    Level,
    Limits,
    Person,
    Role,
    Roster,
    Shift,
    Visit,
    Window,
)

Kind = Literal["place", "window", "limit", "move", "drop", "person"]
KINDS: tuple[Kind, ...] = ("place", "window", "limit", "move", "drop", "person")
"""From the least to the most that is asked of anybody, where equally many people are disturbed."""
MOST = 3
HOURS = (480, 1200)
"""Minutes after midnight between which a visit may be put whose windows leave no room."""
WINDOW_MINUTES = 30
BUDGET = 24
"""Placements priced for one kind of remedy."""
TRIED = 6
"""Placements that break hard rules for which a limit is raised, or other work moved or dropped."""
STAND_IN = "stand-in"


@dataclass(frozen=True)
class Remedy:
    """kind: see `KINDS`; change: what it does to the score, in the changed instance
    added: assignments that fill the slot, its crew among them; removed, replaced: other work that
        goes, and where it goes (nothing where it is dropped)
    raised: (person, rule, amount in the rule's unit) of limits that become longer
    """

    kind: Kind
    instance: Instance
    roster: Roster
    added: tuple[Assignment, ...]
    change: Change
    removed: tuple[Assignment, ...] = ()
    replaced: tuple[Assignment, ...] = ()
    raised: tuple[tuple[str, str, int], ...] = field(default=())

    @property
    def disturbed(self) -> frozenset[str]:
        """People whose other work changes."""
        return frozenset(one.person for one in (*self.removed, *self.replaced))

    @property
    def rank(self) -> tuple:
        """Sorts the cheapest first."""
        kind = KINDS.index(self.kind)
        return len(self.disturbed), kind, len(self.raised), self.change.score


def remedies(trials: Trials, task: str, slot: int = 0, most: int = MOST) -> list[Remedy]:
    """The cheapest remedies for an empty slot, at most one of each kind.

    Nothing for a slot that is filled or that the instance does not have.
    """
    own = trials.facts.task_slots.get(task, ())
    if not 0 <= slot < len(own) or slot in trials.facts.by_task[task]:
        return []
    search = _Search(trials, task, slot)
    best: dict[Kind, Remedy] = {}
    for one in search.every():
        if one.kind not in best or one.rank < best[one.kind].rank:
            best[one.kind] = one
    return sorted(best.values(), key=lambda one: one.rank)[:most]


class _Search:
    def __init__(self, trials: Trials, task: str, slot: int):
        self._trials, self._task, self._slot = trials, task, slot
        self._facts = trials.facts
        self._instance = trials.facts.instance
        record = self._instance.task_by_id[task]
        self._slots = [slot] if isinstance(record, Shift) else None
        self._record = record

    def every(self) -> Iterator[Remedy]:
        """All that were found; those that ask more only where nothing simpler helps."""
        simple = self._feasible(self._trials)
        if simple is not None:
            yield from _known(self._remedy("place", self._instance, simple.assignments))
            return
        yield from self._window()
        loose = self._placements(self._trials, loose=True)
        loose.sort(key=lambda one: (len(_hard(one.change)), one.rank))
        yield from self._limits(loose)
        yield from self._others(loose)
        yield from self._person()

    def _placements(self, trials: Trials, **how: Any) -> list[Placement]:
        found = trials.placements(self._task, self._slots, budget=BUDGET, **how)
        return [one for one in found if any(part.slot == self._slot for part in one.assignments)]

    def _feasible(self, trials: Trials, **how: Any) -> Placement | None:
        """The best placement that breaks no hard rule."""
        return next((one for one in self._placements(trials, **how) if one.change.feasible), None)

    def _remedy(
        self,
        kind: Kind,
        instance: Instance,
        added: Sequence[Assignment],
        removed: Sequence[Assignment] = (),
        replaced: Sequence[Assignment] = (),
        raised: Sequence[tuple[str, str, int]] = (),
    ) -> Remedy | None:
        """The remedy once it is tried out; None where a hard rule is broken more than before."""
        facts = self._facts.grown(instance)
        for person in instance.people:
            facts.by_person.setdefault(person.id, [])
            facts.by_day.setdefault(person.id, {})
        change = Pricing(facts).change(removed, [*added, *replaced])
        if not change.feasible:
            return None
        gone = set(removed)
        kept = [one for one in self._facts.roster.assignments if one not in gone]
        roster = Roster(
            horizon=instance.horizon,
            instance=instance.id,
            assignments=(*kept, *added, *replaced),
        )
        return Remedy(
            kind,
            instance,
            roster,
            tuple(added),
            change,
            tuple(removed),
            tuple(replaced),
            tuple(raised),
        )

    # Another day or hour.

    def _window(self) -> Iterator[Remedy]:
        visit = self._record
        if not isinstance(visit, Visit):
            return
        horizon = self._instance.horizon
        minute = horizon.ticks_per_minute
        days = [
            Window(
                start=day * horizon.day_ticks + HOURS[0] * minute,
                end=day * horizon.day_ticks + HOURS[1] * minute,
            )
            for day in range(horizon.days)
        ]
        wide = self._trials.grown(self._with_windows(visit, days))
        found = self._feasible(wide)
        if found is None:
            return
        span = Window(start=found.start, end=found.start + WINDOW_MINUTES * minute)
        narrow = self._with_windows(visit, [span])
        yield from _known(self._remedy("window", narrow, found.assignments))

    def _with_windows(self, visit: Visit, more: list[Window]) -> Instance:
        wider = visit.model_copy(update={"windows": (*visit.windows, *more)})
        return self._instance.changed(
            visits=tuple(wider if one.id == visit.id else one for one in self._instance.visits)
        )

    # More hours, days or tasks for somebody.

    def _limits(self, loose: list[Placement]) -> Iterator[Remedy]:
        tried = 0
        for one in loose:
            broken = _hard(one.change)
            if tried >= TRIED or not broken or not all(f.rule.rule.gives_way for f in broken):
                continue
            tried += 1
            people = {person.id: person for person in self._instance.people}
            raised = []
            for finding in broken:
                rule, amount = finding.rule.rule, finding.violation.amount
                who = str(finding.violation.slots["person"])
                raised.append((who, rule.id, amount))
                people[who] = rule.relaxed(self._instance, people[who], amount, one.assignments)
            longer = self._instance.changed(people=tuple(people.values()))
            yield from _known(self._remedy("limit", longer, one.assignments, raised=raised))

    # Other work of somebody able: to another time or person, or not at all.

    def _others(self, loose: list[Placement]) -> Iterator[Remedy]:
        tried: set[str] = set()
        for one in loose:
            for other in self._in_the_way(one):
                if len(tried) >= TRIED or other in tried:
                    continue
                tried.add(other)
                yield from self._instead_of(other)

    def _in_the_way(self, one: Placement) -> list[str]:
        """Other visits of these people on that day, those nearest in time first."""
        day = self._facts.horizon.day_of(one.start)
        stops = [stop for who in one.people for stop in self._facts.stops(who, day)]
        visits = [stop for stop in stops if isinstance(stop.task, Visit)]
        near = sorted(visits, key=lambda stop: abs(stop.start - one.start))
        return list(dict.fromkeys(stop.task.id for stop in near))[:2]

    def _instead_of(self, other: str) -> Iterator[Remedy]:
        removed = [stop.assignment() for stop in self._facts.by_task[other].values()]
        pins = tuple(pin for pin in self._instance.pins if pin.task != other)
        unpinned = self._instance
        if len(pins) < len(self._instance.pins):
            unpinned = self._instance.changed(pins=pins)
        without = self._trials.grown(unpinned).after(removed, ())
        ours = self._feasible(without)
        if ours is None:
            return
        theirs = next(
            (
                place
                for place in without.after((), ours.assignments).placements(other, budget=BUDGET)
                if place.change.feasible and len(place.assignments) == len(removed)
            ),
            None,
        )
        added = ours.assignments
        if theirs is not None:
            moved = theirs.assignments
            yield from _known(self._remedy("move", unpinned, added, removed, moved))
        elif self._instance.task_by_id[other].priority < self._record.priority:
            yield from _known(self._remedy("drop", unpinned, added, removed))

    # One more person.

    def _person(self) -> Iterator[Remedy]:
        own = self._facts.task_slots[self._task][self._slot]
        horizon = self._instance.horizon
        there = Window(start=0, end=horizon.end)
        none: dict[str, Any] = dict.fromkeys(Limits.model_fields)
        more = Person(
            id=_fresh(self._instance),
            name=STAND_IN,
            role=own.roles[0] if own.roles else Role.GRID_WORKER,
            skills=own.skills,
            clearance=True,
            availability=(there,),
            limits=Limits(**none),
        )
        bigger = self._instance.changed(people=(*self._instance.people, more))
        trials = Trials(Facts(bigger, self._facts.roster, self._facts.ways))
        found = self._feasible(trials, held={self._slot: more.id})
        if found is not None:
            yield from _known(self._remedy("person", bigger, found.assignments))


def _known(one: Remedy | None) -> Iterator[Remedy]:
    if one is not None:
        yield one


def _fresh(instance: Instance) -> str:
    number = 1
    while f"{STAND_IN}-{number}" in instance.person_by_id:
        number += 1
    return f"{STAND_IN}-{number}"


def _hard(change: Change) -> list[Finding]:
    return [one for one in change.broken if one.rule.level is Level.HARD]
