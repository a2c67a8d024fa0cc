"""Model: every primitive's encoding joined into one CP-SAT model."""

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python.cp_model import CpModel, IntVar

from scheduler.engines.exact import (
    capacity,
    crew,
    day,
    distinct,
    empty,
    fit,
    follow,
    gap,
    mix,
    recovery,
    run,
    total,
    travel,
    window,
)
from scheduler.engines.exact.costs import Costs, Linear
from scheduler.engines.exact.decisions import Decisions
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster

_ENCODINGS = (
    fit, crew, travel, window, empty, gap, day, total, run, recovery, follow, distinct, mix, capacity,
)  # fmt: skip
"""Those that make variables come first."""


@dataclass(frozen=True)
class RosterModel:
    """A CP-SAT model of an instance. `levels`: hard, medium and soft points, as variables' sums."""

    cp: CpModel
    decisions: Decisions
    levels: tuple[Linear, ...]

    def fix(self, dense: DenseRoster) -> CpModel:
        """A copy of the model in which every decision, starts included, is as in the roster."""
        pinned = self.cp.clone()
        decided = self.decisions
        for option, chosen in enumerate(decided.option):
            task = int(decided.lowered.window.task[option])
            _pin(pinned, chosen, int(dense.option[task] == option))
        for (seat, person), taken in decided.person.items():
            _pin(pinned, taken, int(self._in(dense, seat, person)))
        for slot, filled in enumerate(decided.filled):
            _pin(pinned, filled, int(dense.person[slot] != NONE))
        for slot, start in enumerate(decided.start):
            if dense.person[slot] != NONE:
                _pin(pinned, start, dense.start[slot])
        return pinned

    def hint(self, dense: DenseRoster) -> None:
        """Let the search begin near a roster."""
        decided = self.decisions
        hints: dict[int, tuple[IntVar, int]] = {}

        def suggest(variable: IntVar, value: int) -> None:
            hints.setdefault(variable.index, (variable, value))

        for option, chosen in enumerate(decided.option):
            task = int(decided.lowered.window.task[option])
            suggest(chosen, int(dense.option[task] == option))
        for (seat, person), taken in decided.person.items():
            suggest(taken, int(self._in(dense, seat, person)))
        for slot, filled in enumerate(decided.filled):
            suggest(filled, int(dense.person[slot] != NONE))
            if dense.person[slot] != NONE:
                suggest(decided.start[slot], dense.start[slot])
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in hints.values():
            self.cp.add_hint(variable, value)

    def _in(self, dense: DenseRoster, seat: int, person: int) -> bool:
        return any(dense.person[slot] == person for slot in self.decisions.seats[seat])

    def read(self, value: Callable[[IntVar], int]) -> DenseRoster:
        """The roster of a solution. `value`: a variable's value in it."""
        decided, index = self.decisions, self.decisions.lowered.index
        option = [NONE] * len(index.tasks)
        for number, chosen in enumerate(decided.option):
            if value(chosen):
                option[int(decided.lowered.window.task[number])] = number
        person = [NONE] * len(index.slots)
        people: dict[int, list[int]] = {}
        for (seat, candidate), taken in decided.person.items():
            if value(taken):
                people.setdefault(seat, []).append(candidate)
        for seat, persons in people.items():
            filled = [slot for slot in decided.seats[seat] if value(decided.filled[slot])]
            for slot, candidate in zip(filled, persons, strict=True):
                person[slot] = candidate
        start = [
            value(moment) if person[slot] != NONE else 0
            for slot, moment in enumerate(decided.start)
        ]
        return DenseRoster(tuple(option), tuple(person), tuple(start))


def _pin(cp: CpModel, variable: IntVar, value: int) -> None:
    copy = cp.get_int_var_from_proto_index(variable.index)
    cp.add(copy == value)


def build_model(lowered: Lowered, *, most: int | None = None) -> RosterModel:
    """The model of an instance. Any roster of it is a solution, also one that breaks hard rules at a cost.

    Only Fit's bans, closed days, crews' spacing and the order of a day's stops are constraints.
    most: rosters that cost more points may be missing from the model, though not all of them are: a
    caller who wants none of them adds that constraint. With `Scale.hard - 1` hard rules are constraints.
    """
    if (lowered.fit.cost < 0).any() or (lowered.total.pieces[:, 2] < 0).any():
        most = None
    decisions = Decisions(lowered, CpModel(), Costs(lowered.scale), most)
    for primitive in _ENCODINGS:
        primitive.encode(decisions)
    levels = tuple(decisions.costs.level(number) for number in range(3))
    return RosterModel(decisions.cp, decisions, levels)
