"""One number for three levels: a rule's amount becomes points of the engines' single objective.

A hard point outweighs any sum of medium points, and a medium point any sum of soft points, that
rosters of the sizes we meet can have; so that least total means lexicographically least. int64
leaves room for 2**22 hard points. The checker prices rosters by level, exactly; this is only the engines' view.
"""

from scheduler.model import Level

SOFT = 1
MEDIUM = 2**20
HARD = 2**40
POINTS = {Level.HARD: HARD, Level.MEDIUM: MEDIUM, Level.SOFT: SOFT}
