"""Two people who meet at a door: the one who is early waits.

Travel: a to x 10, b to x 20, a to b 30 minutes. Both people begin at 09:00, p1 at a, p2 at b. The
errand at b must start before 09:30 and lasts 30 minutes. p1 would reach it at 09:30, too late, so
p2 does it from 09:00 and arrives at x at 09:50; p1 has been there since 09:10. The visit for two
starts at 09:50, inside its window. Travel: 10 + 20 = 30 points; nothing is left undone.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Score, Slot, Visit

TINY = tiny(
    "crew_meets",
    Score(soft=30),
    ("errand", 0, "p2", "b", at(0, "09:00"), at(0, "09:30")),
    ("visit", 0, "p1", "x", at(0, "09:50"), at(0, "10:20")),
    ("visit", 1, "p2", "x", at(0, "09:50"), at(0, "10:20")),
    places=(place("a"), place("b"), place("x")),
    travel={("a", "x"): 10, ("b", "x"): 20, ("a", "b"): 30},
    people=(
        person(1, span(0, "09:00", "12:00"), start_place="a"),
        person(2, span(0, "09:00", "12:00"), start_place="b"),
    ),
    visits=(
        Visit(
            id="errand",
            name="代办",
            kind="order_errand",
            places=("b",),
            windows=(span(0, "09:00", "09:30"),),
            duration=30,
        ),
        Visit(
            id="visit",
            name="双人走访",
            kind="door",
            places=("x",),
            windows=(span(0, "09:00", "10:00"),),
            duration=30,
            slots=(Slot(), Slot()),
        ),
    ),
)
