"""An empty slot, and what every kind of remedy needs to know about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.checker.pricing import ChangeCost, Pricing
from scheduler.explain.placements import Placement, Trials
from scheduler.explain.remedies.remedy import Kind, Remedy
from scheduler.explain.swaps import Swap, swaps
from scheduler.facts import Facts
from scheduler.model import Assignment, Instance, Roster, Shift, Visit

BUDGET = 24
"""Placements priced for one kind of remedy."""
TRIED = 6
"""Placements that break hard rules for which something gives way, or other work is moved."""
NEAR = 2
"""Visits of a day that may be in the way of one placement."""


@dataclass(frozen=True)
class OtherWork:
    """A visit in the way: without it the slot can be filled.

    instance: without the visit's pins; removed: the visit's assignments; added: what fills the slot
    moved: where the visit can go then; empty where it cannot
    """

    visit: Visit
    instance: Instance
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]
    moved: tuple[Assignment, ...]


class Vacancy:
    """An empty slot of a roster's task. slots: what a placement has to fill, as `Trials.placements` has it."""

    def __init__(self, trials: Trials, task: str, slot: int):
        self.trials = trials
        self.facts = trials.facts
        self.instance = trials.facts.instance
        self.task = self.instance.task_by_id[task]
        self.slot = slot
        self.slots = [slot] if isinstance(self.task, Shift) else None

    def placements(self, trials: Trials, budget: int = BUDGET, **how: Any) -> list[Placement]:
        """Ways to fill the slot, the best first; `how`: see `Trials.placements`."""
        placements = trials.placements(self.task.id, self.slots, budget=budget, **how)
        return [
            placement
            for placement in placements
            if any(part.slot == self.slot for part in placement.assignments)
        ]

    def feasible(self, trials: Trials, **how: Any) -> Placement | None:
        """The best placement that breaks no hard rule."""
        return next(
            (placement for placement in self.placements(trials, **how) if placement.feasible),
            None,
        )

    @cached_property
    def as_it_is(self) -> Placement | None:
        """The best placement in the week as it is."""
        free = self.feasible(self.trials)
        if free is None:
            # Rests that a short day does not owe leave room that is only found so.
            free = next((tried for tried in self.infeasible if tried.feasible), None)
        return free

    @cached_property
    def infeasible(self) -> list[Placement]:
        """Placements also by people who are busy, away, at a limit or unable, those that break fewest rules first."""
        placements = self.placements(self.trials, infeasible=True)
        return sorted(placements, key=lambda placement: (len(placement.breaks), placement.rank))

    def breaking(self, rule: str) -> Iterator[Placement]:
        """The first placements that break just this rule."""
        just = [placement for placement in self.infeasible if placement.rules == {rule}]
        yield from just[:TRIED]

    @cached_property
    def swaps(self) -> list[Swap]:
        """What somebody would have to leave undone, the cheapest first."""
        return swaps(self.trials, self.task.id, self.slot)

    @cached_property
    def other_work(self) -> list[OtherWork]:
        """Other visits of somebody able without which the slot could be filled."""
        near = (task for placement in self.infeasible for task in self._in_the_way(placement))
        tried = list(dict.fromkeys(near))[:TRIED]
        return [other for task in tried for other in self._if_without(task)]

    def _in_the_way(self, placement: Placement) -> list[str]:
        """Other visits of these people on that day, those nearest in time first."""
        day_of = self.instance.workdays.day
        stops = [
            stop
            for who in placement.people
            for stop in self.facts.stops(who, day_of(who, placement.start))
        ]
        visits = [stop for stop in stops if isinstance(stop.task, Visit)]
        near = sorted(visits, key=lambda stop: abs(stop.start - placement.start))
        return list(dict.fromkeys(stop.task.id for stop in near))[:NEAR]

    def _if_without(self, other: str) -> Iterator[OtherWork]:
        """The visit, if it is in the way."""
        removed = [stop.assignment() for stop in self.facts.by_task[other].values()]
        pins = tuple(pin for pin in self.instance.pins if pin.task != other)
        unpinned = self.instance
        if len(pins) < len(self.instance.pins):
            unpinned = self.instance.changed(pins=pins)
        without = self.trials.grown(unpinned).after(removed, ())
        filling = self.feasible(without)
        visit = self.instance.task_by_id[other]
        if filling is None or not isinstance(visit, Visit):
            return
        moved: tuple[Assignment, ...] = next(
            (
                placement.assignments
                for placement in without.after((), filling.assignments).placements(
                    other, budget=BUDGET
                )
                if placement.feasible and len(placement.assignments) == len(removed)
            ),
            (),
        )
        yield OtherWork(visit, unpinned, tuple(removed), filling.assignments, moved)

    def change(
        self,
        instance: Instance,
        added: Sequence[Assignment],
        removed: Sequence[Assignment] = (),
    ) -> ChangeCost:
        """What a change of the roster costs in a changed instance, against the same without the change."""
        if instance.visits is self.instance.visits and instance.shifts is self.instance.shifts:
            facts = self.facts.grown(instance)
            for person in instance.people:
                facts.by_person.setdefault(person.id, [])
                facts.by_day.setdefault(person.id, {})
        else:
            facts = Facts(instance, self.facts.roster, self.facts.travel_table)
        return Pricing(facts).change(removed, added)

    def remedy(
        self,
        kind: Kind,
        instance: Instance,
        added: Sequence[Assignment],
        removed: Sequence[Assignment] = (),
        moved: Sequence[Assignment] = (),
        **more: Any,
    ) -> Iterator[Remedy]:
        """The remedy, tried out; nothing where it breaks a hard rule more than before. more: its other fields."""
        change = self.change(instance, [*added, *moved], removed)
        if not change.feasible:
            return
        gone = set(removed)
        unchanged = [
            assignment for assignment in self.facts.roster.assignments if assignment not in gone
        ]
        roster = Roster(
            horizon=instance.horizon,
            instance=instance.id,
            assignments=(*unchanged, *added, *moved),
        )
        yield Remedy(
            kind,
            instance,
            roster,
            tuple(added),
            change,
            tuple(removed),
            tuple(moved),
            task=self.task.id,
            **more,
        )

    def with_slot(self, number: int, **fields: Any) -> Instance:
        """The week in which the slot, or the need of a shift that it belongs to, asks for something else."""
        if isinstance(self.task, Visit):
            slots = tuple(
                slot.model_copy(update=fields) if position == number else slot
                for position, slot in enumerate(self.task.slots)
            )
            return self.with_visit(slots=slots)
        need = self.facts.task_slots[self.task.id][number].need
        needs = tuple(
            other.model_copy(update=fields) if other is need else other for other in self.task.needs
        )
        shift = self.task.model_copy(update={"needs": needs})
        shifts = (shift if other.id == shift.id else other for other in self.instance.shifts)
        return self.instance.changed(shifts=tuple(shifts))

    def with_visit(self, **fields: Any) -> Instance:
        """The week in which the visit is otherwise."""
        visit = self.task.model_copy(update=fields)
        visits = (visit if other.id == visit.id else other for other in self.instance.visits)
        return self.instance.changed(visits=tuple(visits))

    def with_person(self, person: str, **fields: Any) -> Instance:
        """The week in which a person is otherwise."""
        people = (
            other.model_copy(update=fields) if other.id == person else other
            for other in self.instance.people
        )
        return self.instance.changed(people=tuple(people))
