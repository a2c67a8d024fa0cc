"""A lunch break that makes a visit late.

45 minutes of rest are owed between 11:30 and 13:00. The first visit starts at 11:00 sharp and lasts
till 12:00, so the rest is 12:00 to 12:45 and the way of 10 minutes comes after it (or before it: the
same). The second visit starts at 12:55, 25 minutes after 12:30, when it was due. Points: 25 late
and 10 on the way make 35. Doing the second first is no way out: it opens at 12:00.
"""

from instances.parts.draft import at, clock, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Break, Limits, Score, Visit

TINY = tiny(
    "lunch_wait",
    Score(soft=35),
    ("first", 0, "p1", "x", at(0, "11:00"), at(0, "12:00")),
    ("second", 0, "p1", "y", at(0, "12:55"), at(0, "13:55")),
    places=(place("x"), place("y")),
    travel={("x", "y"): 10},
    people=(
        person(
            1,
            span(0, "09:00", "17:00"),
            limits=Limits(breaks=Break(start=clock("11:30"), end=clock("13:00"), minutes=45)),
        ),
    ),
    visits=(
        Visit(
            id="first",
            name="走访一",
            kind="door",
            places=("x",),
            windows=(span(0, "11:00", "11:01"),),
            duration=60,
        ),
        Visit(
            id="second",
            name="走访二",
            kind="door",
            places=("y",),
            windows=(span(0, "12:00", "15:00", at(0, "12:30")),),
            duration=60,
        ),
    ),
)
