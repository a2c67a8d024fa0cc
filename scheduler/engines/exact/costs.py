"""Points by level: three sums that fit CP-SAT's integers, where their single sum might not."""

from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python.cp_model import LinearExpr

from scheduler.lowered.price import SOFT, Scale

Linear = Any
"""A number, a variable or a sum of them; OR-Tools overloads its operators for all three."""


@dataclass
class Costs:
    """What a roster costs, as linear expressions, hard first.

    Each coefficient is divided into levels, so that each sum fits CP-SAT's integers; together they
    are Lowered's objective.
    """

    scale: Scale
    terms: tuple[list[Linear], ...] = field(default_factory=lambda: ([], [], []))

    def add(self, points: int, amount: Linear) -> None:
        """`points` for each unit of amount."""
        sign, rest = (1, points) if points >= 0 else (-1, -points)
        for weight, terms in zip(weights(self.scale), self.terms, strict=True):
            share, rest = divmod(rest, weight)
            if share:
                terms.append(sign * share * amount)

    def level(self, number: int) -> Linear:
        """Points of a level: 0 hard, 1 medium, 2 soft."""
        return LinearExpr.sum(self.terms[number]) if self.terms[number] else LinearExpr.constant(0)


def weights(scale: Scale) -> tuple[int, int, int]:
    """Points of the levels, hard first."""
    return scale.hard, scale.medium, SOFT


def points(scale: Scale, levels: tuple[int, ...]) -> int:
    """The levels as one number of points."""
    return sum(worth * amount for worth, amount in zip(weights(scale), levels, strict=True))
