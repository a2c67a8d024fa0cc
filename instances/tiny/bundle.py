"""Fetched and delivered, or not begun: a bundle that does not fit is left as a whole.

The only person has two hours. An urgent visit of priority 5 takes one of them. The two halves of a
removal, priority 3, take an hour each: one half would still fit, but both or neither are done. So the
urgent one is made and 5 + 5 = 10 medium points are left; the removal instead would leave 25.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Score, Visit


def _visit(id: str, priority: int, bundle: str | None) -> Visit:
    return Visit(
        id=id,
        name="走访" if bundle is None else "搬运",
        kind="door" if bundle is None else "order_moving",
        places=("x",),
        windows=(span(0, "09:00", "11:00"),),
        duration=60,
        priority=priority,
        bundle=bundle,
    )


TINY = tiny(
    "bundle",
    Score(medium=10),
    ("urgent", 0, "p1", "x", at(0, "09:00"), at(0, "10:00")),
    places=(place("x"),),
    people=(person(1, span(0, "09:00", "11:00")),),
    visits=(_visit("urgent", 5, None), _visit("fetch", 3, "move"), _visit("deliver", 3, "move")),
)
