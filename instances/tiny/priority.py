"""Who stays unassigned: one urgent visit outweighs two that matter less.

The only person has two hours. A visit of priority 5 takes them all; two visits of priority 4 take an
hour each. An empty slot of priority 5 costs 25 medium points, one of priority 4 costs 10. Doing the
urgent one leaves 10 + 10 = 20, doing the other two leaves 25: so 20.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Score, Visit


def _visit(id: str, minutes: int, priority: int) -> Visit:
    return Visit(
        id=id,
        name="走访",
        kind="door",
        places=("x",),
        windows=(span(0, "09:00", "11:00"),),
        duration=minutes,
        priority=priority,
    )


TINY = tiny(
    "priority",
    Score(medium=20),
    ("urgent", 0, "p1", "x", at(0, "09:00"), at(0, "11:00")),
    places=(place("x"),),
    people=(person(1, span(0, "09:00", "11:00")),),
    visits=(_visit("urgent", 120, 5), _visit("plain1", 60, 4), _visit("plain2", 60, 4)),
)
