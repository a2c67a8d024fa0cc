"""Model: every primitive's encoding joined into one CP-SAT model."""

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python.cp_model import CpModel, IntVar

from scheduler.exact import (
    capacity,
    crew,
    day,
    distinct,
    empty,
    fit,
    follow,
    gap,
    run,
    total,
    travel,
    window,
)
from scheduler.exact.costs import Costs
from scheduler.exact.decisions import Decisions
from scheduler.lowered import Lowered
from scheduler.lowered.answer import NONE, Answer

_ENCODINGS = (fit, crew, travel, window, empty, gap, day, total, run, follow, distinct, capacity)
"""Those that make variables come first."""


@dataclass(frozen=True)
class Model:
    """A CP-SAT model of an instance. `levels`: hard, medium and soft points, as variables' sums."""

    cp: CpModel
    decisions: Decisions
    levels: tuple

    def fix(self, answer: Answer) -> CpModel:
        """A copy of the model in which every decision, starts included, is the answer's."""
        pinned = self.cp.clone()
        decided = self.decisions
        for option, chosen in enumerate(decided.option):
            task = int(decided.lowered.window.task[option])
            _pin(pinned, chosen, int(answer.option[task] == option))
        for (slot, person), taken in decided.person.items():
            _pin(pinned, taken, int(answer.person[slot] == person))
        for slot, start in enumerate(decided.start):
            if answer.person[slot] != NONE:
                _pin(pinned, start, answer.start[slot])
        return pinned

    def read(self, value: Callable[[IntVar], int]) -> Answer:
        """The answer that a solution means. `value`: a variable's value in it."""
        decided, index = self.decisions, self.decisions.lowered.index
        option = [NONE] * len(index.tasks)
        for number, chosen in enumerate(decided.option):
            if value(chosen):
                option[int(decided.lowered.window.task[number])] = number
        person = [NONE] * len(index.slots)
        for (slot, who), taken in decided.person.items():
            if value(taken):
                person[slot] = who
        start = [
            value(moment) if person[slot] != NONE else 0
            for slot, moment in enumerate(decided.start)
        ]
        return Answer(tuple(option), tuple(person), tuple(start))


def _pin(cp: CpModel, variable: IntVar, value: int) -> None:
    copy = cp.get_int_var_from_proto_index(variable.index)
    cp.add(copy == value)


def build(lowered: Lowered) -> Model:
    """The model of an instance. Any roster of it is a solution, also one that breaks hard rules at a cost.

    Only Fit's bans, closed days, crews' spacing and the order of a day's stops are constraints.
    """
    decisions = Decisions(lowered, CpModel(), Costs(lowered.scale))
    for primitive in _ENCODINGS:
        primitive.encode(decisions)
    levels = tuple(decisions.costs.level(number) for number in range(3))
    return Model(decisions.cp, decisions, levels)
