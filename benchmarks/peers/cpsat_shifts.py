"""Rosters of shifts in CP-SAT: a boolean for each person and need of a shift, limits as sums of them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.reduced import shared_cost
from scheduler.model import Assignment, Instance, Need, Person, Roster, Shift, Wish
from scheduler.model.tasks import Rank, slots
from scheduler.rules import active
from scheduler.rules.lower import lower

EXPRESSES = frozenset(
    {"shifts", "tasks", "weekly", "period", "runs", "days", "weekends", "kinds", "rest"}
    | {"sequences", "wishes", "split", "extra"}
)  # fmt: skip
Expression = Any
"""A linear expression or a number."""
Literal = cp_model.IntVar


class ShiftModel:
    """``at[person, shift][need]`` is true where the person fills a slot of the need."""

    def __init__(self, instance: Instance):
        self.model = cp_model.CpModel()
        self._instance = instance
        self._points = {rule.rule.id: int(shared_cost(rule.score(1))) for rule in active(instance)}
        self._days = range(instance.horizon.days)
        self._on_day: list[list[Shift]] = [[] for _ in self._days]
        for shift in instance.shifts:
            self._on_day[instance.horizon.day_of(shift.start)].append(shift)
        self._costs: list[Expression] = []
        self.at: dict[tuple[str, str], dict[int, Literal]] = {}
        self._places()
        for person in instance.people:
            _PersonModel(self, person).build()
        for shift in instance.shifts:
            self._headcounts(shift)
        self.model.minimize(sum(self._costs))

    @property
    def instance(self) -> Instance:
        """The instance that is modelled."""
        return self._instance

    def on_day(self, day: int) -> list[Shift]:
        """Shifts that start on a day."""
        return self._on_day[day]

    def cost(self, rule: str, amount: int, variable: Expression) -> None:
        """A rule's amount for each unit of a variable; nothing where the rule is off."""
        self._costs.append(self._points.get(rule, 0) * amount * variable)

    def has(self, rule: str) -> bool:
        """Whether the rule is on."""
        return rule in self._points

    def roster(self, solver: cp_model.CpSolver) -> Roster:
        """The roster of the solver's solution."""
        taken: dict[tuple[str, int], int] = {}
        assignments = []
        shifts = self._instance.task_by_id
        for (person, task), literals in self.at.items():
            for need, literal in literals.items():
                if solver.boolean_value(literal):
                    shift = shifts[task]
                    assert isinstance(shift, Shift)
                    slot = taken.get((task, need), _first_slot(shift, need))
                    taken[task, need] = slot + 1
                    assignments.append(
                        Assignment(
                            task=task,
                            slot=slot,
                            person=person,
                            place=shift.place,
                            start=shift.start,
                            end=shift.start + shift.duration,
                        )
                    )
        instance = self._instance
        return Roster(
            horizon=instance.horizon, instance=instance.id, assignments=tuple(assignments)
        )

    def _places(self) -> None:
        """A boolean for each need and person who is able by every rule about fit, and present throughout the shift."""
        lowered = lower(self._instance)
        index, day = lowered.index, lowered.day
        for shift in self._instance.shifts:
            number = self._instance.horizon.day_of(shift.start)
            present = set()
            for person in range(len(index.people)):
                row = person * index.days + number
                spans = day.spans[int(day.span_first[row]) : int(day.span_first[row + 1])]
                if any(a <= shift.start and shift.start + shift.duration <= b for a, b in spans):
                    present.add(person)
            first = index.slot_of[index.task[shift.id]]
            for need in range(len(shift.needs)):
                if _most(shift.needs[need]):
                    able = lowered.fit.able(first + _first_slot(shift, need)).tolist()
                    for person in present.intersection(able):
                        id = index.people[person]
                        literal = self.model.new_bool_var(f"{id} at {shift.id} {need}")
                        self.at.setdefault((id, shift.id), {})[need] = literal

    def _headcounts(self, shift: Shift) -> None:
        points = self._instance.settings.priority_points[shift.priority - 1]
        for number, need in enumerate(shift.needs):
            ranks = [slot.rank for slot in slots(shift) if slot.need is need]
            filled = sum(
                literals[number]
                for person in self._instance.people
                if number in (literals := self.at.get((person.id, shift.id), {}))
            )
            short, under, over = (
                self.model.new_int_var(0, ranks.count(rank), f"{rank} {shift.id} {number}")
                for rank in (Rank.MINIMUM, Rank.TARGET, Rank.EXTRA)
            )
            target = ranks.count(Rank.MINIMUM) + ranks.count(Rank.TARGET)
            self.model.add(filled + short + under - over == target)
            self.model.add(filled <= len(ranks))
            under_points = need.under_points
            if under_points is None:
                under_points = self._instance.settings.target_points
            self.cost("headcount_minimum", points, short)
            self.cost("headcount_target", under_points, under)
            self.cost("headcount_over", need.over_points, over)


class _PersonModel:
    """A person's limits and wishes."""

    def __init__(self, whole: ShiftModel, person: Person):
        self._whole = whole
        self._model = whole.model
        self._person = person
        self._limits = whole.instance.limits(person.id)
        days = range(whole.instance.horizon.days)
        self._shifts = [
            [s for s in whole.on_day(day) if (person.id, s.id) in whole.at] for day in days
        ]
        self._single = self._limits.daily_tasks == 1 and whole.has("daily_tasks")
        self._works = [self._work(day) for day in days]

    def build(self) -> None:
        """Add the person's constraints and wishes."""
        self._once_and_apart()
        self._sums()
        self._runs()
        self._follow()
        for wish in self._person.wishes:
            self._wish(wish)

    def _at(self, shift: Shift) -> Expression:
        return sum(self._whole.at[self._person.id, shift.id].values())

    def _work(self, day: int) -> Literal:
        """Whether the person works on the day."""
        works = self._model.new_bool_var(f"{self._person.id} works on {day}")
        literals = [
            literal
            for shift in self._shifts[day]
            for literal in self._whole.at[self._person.id, shift.id].values()
        ]
        if self._single:
            self._model.add(sum(literals) == works)
        elif literals:
            self._model.add_max_equality(works, literals)
        else:
            self._model.add(works == 0)
        return works

    def _once_and_apart(self) -> None:
        """At most one slot of a shift, `daily_tasks` shifts a day, and no overlapping ones; one a day implies all three."""
        most = self._limits.daily_tasks if self._whole.has("daily_tasks") else None
        for shifts in self._shifts if not self._single else ():
            for number, shift in enumerate(shifts):
                self._model.add_at_most_one(self._whole.at[self._person.id, shift.id].values())
                for other in shifts[number + 1 :]:
                    if _overlap(shift, other):
                        self._model.add(self._at(shift) + self._at(other) <= 1)
            if most is not None:
                self._model.add(sum(map(self._at, shifts)) <= most)

    def _sums(self) -> None:
        """Work and days over the period, its weeks and weekends, and shifts of a kind."""
        limits, has, horizon = self._limits, self._whole.has, self._whole.instance.horizon
        days = list(range(horizon.days))
        if has("period_minutes"):
            self._between(self._minutes(days), limits.period_minutes_min, limits.period_minutes_max)
        for week in horizon.weeks():
            if has("weekly_minutes"):
                self._between(self._minutes(week), None, limits.weekly_minutes)
            if has("weekly_tasks"):
                tasks = sum(self._at(shift) for day in week for shift in self._shifts[day])
                self._between(tasks, None, limits.weekly_tasks)
            if has("rest_day"):
                self._between(sum(self._works[day] for day in week), None, limits.weekly_days)
        if has("weekends") and limits.weekends is not None:
            self._between(sum(self._weekends()), None, limits.weekends)
        for kind, most in (limits.kind_counts or {}).items() if has("kind_counts") else ():
            alike = [shift for day in self._shifts for shift in day if shift.kind == kind]
            self._between(sum(map(self._at, alike)), None, most)

    def _minutes(self, days: list[int]) -> Expression:
        return sum(shift.duration * self._at(shift) for day in days for shift in self._shifts[day])

    def _between(self, value: Expression, least: int | None, most: int | None) -> None:
        for bound, sense in ((least, -1), (most, 1)):
            if bound is not None:
                holds = value <= bound if sense > 0 else value >= bound
                if not isinstance(holds, bool):
                    self._model.add(holds)
                elif not holds:
                    self._model.add_bool_or([])

    def _weekends(self) -> Iterator[Literal]:
        for number, days in enumerate(self._whole.instance.weekends()):
            worked = self._model.new_bool_var(f"{self._person.id} weekend {number}")
            self._model.add_max_equality(worked, [self._works[day] for day in days])
            yield worked

    def _runs(self) -> None:
        """Runs of work and of days off: those that touch the horizon's ends may go on outside."""
        limits, has, works = self._limits, self._whole.has, self._works
        most = limits.days_in_row_max if has("days_in_row") else None
        if most is not None:
            for first in range(len(works) - most):
                self._model.add(sum(works[first : first + most + 1]) <= most)
        off = [~work for work in works]
        if limits.days_in_row_min is not None and has("least_days_in_row"):
            self._no_short_run(works, off, limits.days_in_row_min)
        if limits.days_off_min is not None and has("least_days_off"):
            self._no_short_run(off, works, limits.days_off_min)

    def _no_short_run(self, on: list[Any], off: list[Any], least: int) -> None:
        for length in range(1, least):
            for first in range(1, len(on) - length):
                last = first + length
                self._model.add_bool_or([on[first - 1], *off[first:last], on[last]])

    def _follow(self) -> None:
        """Shifts that may not follow on the next day: by kind, or by too short a rest."""
        for before, after in pairwise(self._shifts):
            for shift in before:
                barred = [other for other in after if self._barred(shift, other)]
                if barred and self._single:
                    self._model.add(self._at(shift) + sum(map(self._at, barred)) <= 1)
                else:
                    for other in barred:
                        self._model.add(self._at(shift) + self._at(other) <= 1)

    def _barred(self, shift: Shift, other: Shift) -> bool:
        settings = self._whole.instance.settings
        owed = self._limits.rest_minutes if self._whole.has("min_rest") else None
        if other.start - (shift.start + shift.duration) < (owed or 0):
            return True
        pairs = settings.forbidden_sequences if self._whole.has("shift_sequence") else ()
        return (shift.kind, other.kind) in pairs

    def _wish(self, wish: Wish) -> None:
        horizon = self._whole.instance.horizon
        days = {horizon.day(when) for when in wish.days} or set(range(horizon.days))
        days &= set(range(horizon.days))
        matching = sum(
            self._at(shift)
            for day in sorted(days)
            for shift in self._shifts[day]
            if wish.kind in (None, shift.kind) and wish.place in (None, shift.place)
        )
        if not wish.want:
            self._whole.cost("wishes", wish.weight, matching)
        elif days:
            missed = self._model.new_bool_var(f"{self._person.id} misses a wish")
            self._model.add(missed + matching >= 1)
            self._whole.cost("wishes", wish.weight, missed)


def _overlap(first: Shift, second: Shift) -> bool:
    return (
        first.start < second.start + second.duration and second.start < first.start + first.duration
    )


def _most(need: Need) -> int:
    """Slots of a need."""
    target = max(need.minimum, need.target if need.target is not None else need.minimum)
    return max(target, need.maximum if need.maximum is not None else target)


def _first_slot(shift: Shift, need: int) -> int:
    return sum(map(_most, shift.needs[:need]))
