"""Two stages an hour apart, and an errand that fits between them.

The first stage starts at 09:00 and ends at 09:30; the second starts an hour later at the earliest, at
10:30, and was due at 10:00: 30 points. The errand of 60 minutes must start before 10:00, and fits
exactly between them, at 09:30. Doing the errand first would bring the first stage to 10:00 and the
second to 11:30: 90 points.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Gap, Score, Visit

TINY = tiny(
    "stages",
    Score(soft=30),
    ("apply", 0, "p1", "x", at(0, "09:00"), at(0, "09:30")),
    ("errand", 0, "p1", "x", at(0, "09:30"), at(0, "10:30")),
    ("accept", 0, "p1", "x", at(0, "10:30"), at(0, "11:00")),
    places=(place("x"),),
    people=(person(1, span(0, "09:00", "12:30")),),
    visits=(
        Visit(
            id="apply",
            name="申报",
            kind="project_application",
            places=("x",),
            windows=(span(0, "09:00", "12:00"),),
            duration=30,
        ),
        Visit(
            id="accept",
            name="验收",
            kind="project_acceptance",
            places=("x",),
            windows=(span(0, "09:00", "12:00"),),
            duration=30,
            due=at(0, "10:00"),
        ),
        Visit(
            id="errand",
            name="代办",
            kind="order_errand",
            places=("x",),
            windows=(span(0, "09:00", "10:00"),),
            duration=60,
        ),
    ),
    gaps=(Gap(first="apply", second="accept", least_minutes=60),),
)
