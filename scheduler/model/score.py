"""Levels of rules and the score of a roster: hard before medium before soft, lower is better."""

from enum import StrEnum
from functools import total_ordering

from scheduler.model.base import Record


class Level(StrEnum):
    """Hard: must hold. Medium: what is left undone. Soft: how good the rest is."""

    HARD = "hard"
    MEDIUM = "medium"
    SOFT = "soft"


@total_ordering
class Score(Record):
    """Points by level. Scores compare level by level, hard first; zero is perfect.

    The difference of two scores is a score too: negative points are an improvement.
    """

    hard: int = 0
    """Points of what must hold and does not."""
    medium: int = 0
    """Points of what is left undone."""
    soft: int = 0
    """Points of everything else."""

    def __add__(self, other: "Score") -> "Score":
        return Score(
            hard=self.hard + other.hard,
            medium=self.medium + other.medium,
            soft=self.soft + other.soft,
        )

    def __sub__(self, other: "Score") -> "Score":
        return Score(
            hard=self.hard - other.hard,
            medium=self.medium - other.medium,
            soft=self.soft - other.soft,
        )

    def __lt__(self, other: "Score") -> bool:
        return self.points < other.points

    @property
    def points(self) -> tuple[int, int, int]:
        """(hard, medium, soft)."""
        return self.hard, self.medium, self.soft

    @staticmethod
    def at(level: Level, points: int) -> "Score":
        """`points` at one level, nothing at the others."""
        return Score(**{level.value: points})

    def gap(self, bound: "Score") -> float:
        """Share of the points above a bound, at the first level at which the two differ; 0 at none."""
        for points, least_points in zip(self.points, bound.points, strict=True):
            if points != least_points:
                return (points - least_points) / points if points else 0.0
        return 0.0
