"""One number for three levels: a rule's amount becomes points of the engines' single objective.

A hard point outweighs any sum of medium points, and a medium point any sum of soft points, that
rosters of the sizes we meet can have; so that least total means lexicographically least. int64
leaves room for 2**21 hard points. The checker prices rosters by level, exactly; this is only the
engines' view.
"""

from scheduler.model import Level, Score

SOFT = 1
MEDIUM = 2**24
HARD = 2**42
POINTS = {Level.HARD: HARD, Level.MEDIUM: MEDIUM, Level.SOFT: SOFT}


def score(points: int) -> Score:
    """The levels in a sum of the engines' points; exact while each stays below the next."""
    hard, rest = divmod(points, HARD)
    medium, soft = divmod(rest, MEDIUM)
    return Score(hard=hard, medium=medium, soft=soft)


def points(score: Score) -> int:
    """The engines' points of a score."""
    return score.hard * HARD + score.medium * MEDIUM + score.soft * SOFT
