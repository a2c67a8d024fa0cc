"""What is decided: an option a task, a person a slot, starts, and the order of every day's stops.

Where only rosters up to `most` points are of interest, anything that costs more by itself is made
impossible instead of costly, which keeps a model small.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from numpy.typing import NDArray
from ortools.sat.python.cp_model import CpModel, IntVar, LiteralT

from scheduler.engines.exact.costs import Costs, Linear
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE


@dataclass(frozen=True)
class OptionalStop:
    """That a person does a slot (or one like it) at a place on a working day; `taken` says whether.

    added: measure of Total → what it adds; opens, closes: its first and last possible start
    """

    slot: int
    place: int
    added: dict[int, int]
    taken: IntVar
    opens: int
    closes: int


def fits(before: OptionalStop, after: OptionalStop, ticks: int) -> bool:
    """Whether a stop of `ticks`, way included, can lie before another."""
    return before.opens + ticks <= after.closes


@dataclass(frozen=True)
class Arc:
    """An arc of a person's day, from stop to stop; None: the place where the day begins or ends."""

    before: OptionalStop | None
    after: OptionalStop | None
    ticks: int
    taken: IntVar


@dataclass
class Decisions:
    """The variables, filled in by the encodings; literals are true where something is done.

    option: [option]; start, opens, closes: [slot], ticks: when it starts, at least and at most
    seats: first slot → all equal slots of its task (itself included), of which only the number of
        filled ones matters; person: (first slot of a seat, person), only for people who fit
    done: [task], it has a filled slot; filled: [slot]
    stops, arcs, worked: by (person, working day); days on which nobody can work have none
    most: points that no roster of interest exceeds; None: any roster is of interest
    """

    lowered: Lowered
    cp: CpModel
    costs: Costs
    most: int | None = None
    seats: dict[int, list[int]] = field(default_factory=dict)
    option: list[IntVar] = field(default_factory=list)
    person: dict[tuple[int, int], IntVar] = field(default_factory=dict)
    start: list[IntVar] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    filled: list[IntVar] = field(default_factory=list)
    done: list[IntVar] = field(default_factory=list)
    stops: dict[tuple[int, int], list[OptionalStop]] = field(default_factory=dict)
    arcs: dict[tuple[int, int], list[Arc]] = field(default_factory=dict)
    worked: dict[tuple[int, int], IntVar] = field(default_factory=dict)

    @cached_property
    def reach(self) -> int:
        """No moment lies beyond it: two days after the horizon's end."""
        return (self.lowered.index.days + 2) * self.lowered.index.day_ticks

    def literal(self, name: str) -> IntVar:
        """A new truth value."""
        return self.cp.new_bool_var(name)

    def moment(self, name: str) -> IntVar:
        """A new moment or duration."""
        return self.cp.new_int_var(0, self.reach, name)

    def duration(self, slot: int) -> int:
        """Ticks of a slot."""
        return int(self.lowered.crew.duration[slot])

    def end(self, slot: int) -> Linear:
        """When a slot ends, if it is filled."""
        return self.start[slot] + self.duration(slot)

    def spans(self, person: int, day: int) -> list[tuple[int, int]]:
        """A person's presence on a day."""
        table = self.lowered.day
        row = person * self.lowered.rows + day
        first, last = table.span_first[row], table.span_first[row + 1]
        return [(int(opens), int(closes)) for opens, closes in table.spans[first:last]]

    def last_start(self, person: int, day: int) -> int:
        """The last tick of a person's working day by its row, the last of all that of the horizon."""
        begins = self.lowered.day.begins[person]
        days = len(begins)
        if day == days:
            return int(begins[0]) - 1
        return int(begins[day + 1] if day + 1 < days else days * self.lowered.index.day_ticks) - 1

    def options(self, task: int) -> range:
        """Options of a task."""
        first = self.lowered.window.first
        return range(int(first[task]), int(first[task + 1]))

    def day_of(self, task: int) -> Linear:
        """Calendar day of a task that is done."""
        day = self.lowered.window.day
        return sum(int(day[option]) * self.option[option] for option in self.options(task))

    def work(self, person: int, day: int) -> Linear:
        """Ticks of work of a person's day."""
        service = sum(
            self.duration(stop.slot) * stop.taken for stop in self.stops.get((person, day), ())
        )
        return service + (self.on_way(person, day) if self.lowered.travel.counts else 0)

    def most_work(self, person: int, day: int) -> int:
        """No work of a person's day is longer."""
        service = sum(self.duration(stop.slot) for stop in self.stops.get((person, day), ()))
        if not self.lowered.travel.counts:
            return service
        longest_into: dict[int, int] = {}
        for arc in self.arcs.get((person, day), ()):
            end = arc.after.slot if arc.after else NONE
            longest_into[end] = max(longest_into.get(end, 0), arc.ticks)
        return service + sum(longest_into.values())

    def on_way(self, person: int, day: int) -> Linear:
        """Ticks on the way of a person's day."""
        return sum(arc.ticks * arc.taken for arc in self.arcs.get((person, day), ()))

    def begin(self, task: int) -> Linear:
        """First start of a done task's filled slots."""
        return self._extreme(task, first=True)

    def finish(self, task: int) -> Linear:
        """Last end of a done task's filled slots."""
        return self._extreme(task, first=False)

    @cached_property
    def _extremes(self) -> dict[tuple[int, bool], Linear]:
        return {}

    def _extreme(self, task: int, *, first: bool) -> Linear:
        """The earliest start, or the latest end, of the filled slots; its variable is made once."""
        slots = self.lowered.index.slots_of(task)
        moments = {slot: self.start[slot] if first else self.end(slot) for slot in slots}
        if len({(self.start[slot].index, first or self.duration(slot)) for slot in slots}) == 1:
            return moments[slots[0]]
        if (task, first) not in self._extremes:
            extreme = self.moment(f"{'begin' if first else 'finish'} of task {task}")
            chosen = []
            for slot, moment in moments.items():
                reached = self.literal("")
                self.cp.add(extreme == moment).only_enforce_if(reached)
                self.cp.add_implication(reached, self.filled[slot])
                bound = extreme <= moment if first else extreme >= moment
                self.cp.add(bound).only_enforce_if(self.filled[slot])
                chosen.append(reached)
            self.cp.add(sum(chosen) == self.done[task])
            self._extremes[task, first] = extreme
        return self._extremes[task, first]

    def units(self, points: int) -> int | None:
        """How often these points can be paid; None: without limit."""
        return None if self.most is None or points <= 0 else self.most // points

    def charge(self, points: int, amount: Linear, *when: LiteralT, most: int | None = None) -> None:
        """`points` for each unit of max(0, amount) while every literal of `when` is true.

        most: the largest amount that can occur (a moment's, unless said).
        """
        if not points:
            return
        top, units = self.reach if most is None else most, self.units(points)
        top = top if units is None else min(top, units)
        paid = self.cp.new_int_var(0, top, "") if top > 0 else 0
        constraint = self.cp.add(amount <= paid)
        if when:
            constraint.only_enforce_if(*when)
        if top > 0:
            self.costs.add(points, paid)

    def charge_once(self, points: int, *when: LiteralT) -> None:
        """`points` while every literal of `when` is true."""
        if points:
            refused = [~literal for literal in when]
            if self.units(points) == 0:
                self.cp.add_bool_or(*refused)
                return
            paid = self.literal("")
            self.cp.add_bool_or(paid, *refused)
            self.costs.add(points, paid)

    def pay(self, points: int, literal: LiteralT) -> None:
        """`points` while the literal is true."""
        if self.units(points) == 0:
            self.cp.add_bool_and(~literal)
        elif points:
            self.costs.add(points, literal)

    def constant(self, value: int) -> IntVar:
        """A variable with one value."""
        return self.cp.new_constant(value)

    def either(self, literals: list[IntVar]) -> IntVar:
        """Whether one of the literals, of which there is at least one, is true."""
        if len(literals) == 1:
            return literals[0]
        any_true = self.literal("")
        self.cp.add_max_equality(any_true, literals)
        return any_true

    def lead(self, slots: Iterable[int]) -> list[int]:
        """The first slots of the seats to which slots belong, each once."""
        return list(dict.fromkeys(self._lead[slot] for slot in slots))

    @cached_property
    def _lead(self) -> dict[int, int]:
        return {slot: first for first, slots in self.seats.items() for slot in slots}


def each(array: NDArray[Any]) -> list[Any]:
    """The array as Python's own integers, which do not wrap around."""
    values: list[Any] = array.tolist()
    return values
