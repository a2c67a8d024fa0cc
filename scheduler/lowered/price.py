"""One number for three levels: a rule's amount becomes points of the engines' single objective.

A hard point outweighs all the medium points, and a medium point all the soft points, that a roster
without hard breaches can have; so the least total is lexicographically least. Where so many hard points
are broken that their sum would leave 64 bits, they count for less, until a search has come down to a
roster with fewer (see ``solver.py``). The checker prices rosters exactly, level by level; only engines
use the one number.
"""

from dataclasses import dataclass

from scheduler.model import Level, Score

SOFT = 1
MEDIUM = 2**24
HARD = 2**42
TOP = 2**60
"""Above every cost that the search compares; a price stops at it, and what costs it is never done."""
ROOM_BITS = 59
"""Bits for the points of all levels together: costs end below TOP."""
SPARE = 2
"""How many times the hard and medium points that it begins with a search may meet."""
GROWTH = 4
LEAST_SOFT = 2**20
"""How many times a roster's soft points one with fewer hard or medium points may have; and how many at least."""


@dataclass(frozen=True)
class Scale:
    """Points of one unit of each level; a soft point is 1.

    sharp: whether the levels are held apart; else many medium points may outweigh a hard one
    """

    medium: int = MEDIUM
    hard: int = HARD
    sharp: bool = True

    def of(self, level: Level) -> int:
        """Points of one unit of a level."""
        if level is Level.SOFT:
            return SOFT
        return self.hard if level is Level.HARD else self.medium

    def score(self, points: int) -> Score:
        """The levels in a sum of points; exact while each stays below the next."""
        hard, rest = divmod(points, self.hard)
        medium, soft = divmod(rest, self.medium)
        return Score(hard=hard, medium=medium, soft=soft)

    def points(self, score: Score) -> int:
        """The points of a score."""
        return score.hard * self.hard + score.medium * self.medium + score.soft * SOFT


STANDARD = Scale()


def scale(begin: Score, most: Score) -> Scale:
    """The scale of a search that begins with rosters of at most the points `begin`.

    most: medium and soft points that a roster without hard breaches may have. The standard scale where
    it has room; else as many bits for each level as its points need, and a third of those to spare.
    """
    hard = (SPARE * begin.hard).bit_length()
    needed_medium = max(begin.medium, most.medium).bit_length()
    needed_soft = max(begin.soft, most.soft).bit_length()
    standard = (HARD // MEDIUM).bit_length() - 1, MEDIUM.bit_length() - 1
    medium, soft = max(needed_medium, standard[0]), max(needed_soft, standard[1])
    if hard + medium + soft <= ROOM_BITS:
        return Scale(2**soft, 2 ** (soft + medium))
    spare = ROOM_BITS - hard - needed_medium - needed_soft
    if spare >= 0:
        soft = needed_soft + spare // 3
        return Scale(2**soft, 2 ** (soft + needed_medium + spare // 3))
    rest = max(0, ROOM_BITS - hard)
    medium = (SPARE * begin.medium).bit_length()
    return Scale(2 ** max(0, rest - medium), 2**rest, sharp=False)


def scale_of_roster(score: Score) -> Scale:
    """The scale of a search that goes on from a roster of this score."""
    soft = max(LEAST_SOFT, GROWTH * score.soft)
    return scale(score, Score(medium=SPARE * score.medium, soft=soft))
