"""A weekly limit sends the third visit to somebody who has further to go.

p1 starts at x, where all three visits are, and may work 120 minutes in the week. p2 comes from b, 30
minutes away. Each visit lasts 60 minutes, one a day. p1 makes two of them at no cost, p2 one for 30
points; p2 for two would be 60, and an empty slot costs at medium level.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Limits, Score, Visit

HOURS = tuple(span(day, "09:00", "17:00") for day in range(3))
TINY = tiny(
    "weekly_limit",
    Score(soft=30),
    ("day0", 0, "p1", "x", at(0, "10:00"), at(0, "11:00")),
    ("day1", 0, "p1", "x", at(1, "10:00"), at(1, "11:00")),
    ("day2", 0, "p2", "x", at(2, "10:00"), at(2, "11:00")),
    places=(place("x"), place("b")),
    travel={("x", "b"): 30},
    days=3,
    people=(
        person(1, *HOURS, start_place="x", limits=Limits(weekly_minutes=120)),
        person(2, *HOURS, start_place="b"),
    ),
    visits=tuple(
        Visit(
            id=f"day{day}",
            name="走访",
            kind="door",
            places=("x",),
            windows=(span(day, "10:00", "10:01"),),
            duration=60,
        )
        for day in range(3)
    ),
)
