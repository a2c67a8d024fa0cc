"""One number for three levels: a rule's amount becomes points of the engines' single objective.

A hard point outweighs any sum of medium points, and a medium point any sum of soft points, that a
roster of realistic size can have; so the least total is lexicographically least. The checker prices
rosters exactly, level by level; only engines use the one number.
"""

from dataclasses import dataclass

from scheduler.model import Level, Score

SOFT = 1
MEDIUM = 2**24
HARD = 2**42
MOST_HARD = 2**21
"""Hard points that fit int64 at `HARD` each."""


@dataclass(frozen=True)
class Scale:
    """Points of one unit of each level; a soft point is 1."""

    medium: int = MEDIUM
    hard: int = HARD

    def of(self, level: Level) -> int:
        """Points of one unit of a level."""
        return {Level.HARD: self.hard, Level.MEDIUM: self.medium, Level.SOFT: SOFT}[level]

    def score(self, points: int) -> Score:
        """The levels in a sum of points; exact while each stays below the next."""
        hard, rest = divmod(points, self.hard)
        medium, soft = divmod(rest, self.medium)
        return Score(hard=hard, medium=medium, soft=soft)

    def points(self, score: Score) -> int:
        """The points of a score."""
        return score.hard * self.hard + score.medium * self.medium + score.soft * SOFT


STANDARD = Scale()


def scale(levels: set[Level], person_minutes: int) -> Scale:
    """The scale for an instance whose active rules have these levels.

    person_minutes: people times the minutes of the horizon, which the hard points of an empty roster
    may reach. Where these do not fit int64 and no rule is medium, a hard point has the size of a
    medium one.
    """
    if person_minutes > MOST_HARD and Level.MEDIUM not in levels:
        return Scale(hard=MEDIUM)
    return STANDARD
