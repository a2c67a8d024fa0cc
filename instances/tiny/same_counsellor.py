"""A series keeps its counsellor, though somebody nearer is free for the first session.

Sessions on Monday and Tuesday at x. p1 has 5 minutes to walk, but is there on Monday only; p2 has 15
and is there on both days. p2 for both: 15 + 15 = 30 points. p1 on Monday and p2 on Tuesday: 5 + 15,
and 20 for a second person in the case: 40.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Case, Role, Score, Visit

HOURS = tuple(span(day, "14:00", "18:00") for day in range(2))
TINY = tiny(
    "same_counsellor",
    Score(soft=30),
    ("session0", 0, "p2", "x", at(0, "16:00"), at(0, "17:00")),
    ("session1", 0, "p2", "x", at(1, "16:00"), at(1, "17:00")),
    places=(place("x", private=True), place("a"), place("b")),
    travel={("a", "x"): 5, ("b", "x"): 15},
    days=2,
    people=(
        person(1, HOURS[0], role=Role.COUNSELLOR, clearance=True, start_place="a"),
        person(2, *HOURS, role=Role.COUNSELLOR, clearance=True, start_place="b"),
    ),
    cases=(Case(id="series", name="心理疏导", kind="counselling", private=True),),
    visits=tuple(
        Visit(
            id=f"session{day}",
            name="心理疏导",
            kind="counselling",
            places=("x",),
            windows=(span(day, "16:00", "16:01"),),
            duration=60,
            case="series",
        )
        for day in range(2)
    ),
)
