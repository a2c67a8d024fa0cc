"""Eleven hours between a night patrol and an early one: two people, and a wish gives way.

The night patrol ends on Monday at 21:30, the early one begins on Tuesday at 07:00: 9.5 hours, so
nobody does both. p2 asks not to do the early patrol (7 points) nor the night patrol (4 points). p2
at night and p1 early costs 4; the other way round costs 7; leaving a shift empty costs at medium level.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Limits, Need, Score, Shift, Wish

HOURS = (span(0, "09:00", "22:00"), span(1, "06:00", "17:00"))
REST = Limits(rest_minutes=11 * 60)
TINY = tiny(
    "rest_between_days",
    Score(soft=4),
    ("night", 0, "p2", "x", at(0, "19:30"), at(0, "21:30")),
    ("early", 0, "p1", "x", at(1, "07:00"), at(1, "08:00")),
    places=(place("x"),),
    days=2,
    people=(
        person(1, *HOURS, limits=REST),
        person(
            2,
            *HOURS,
            limits=REST,
            wishes=(
                Wish(want=False, kind="early_patrol", weight=7),
                Wish(want=False, kind="night_patrol", weight=4),
            ),
        ),
    ),
    shifts=(
        Shift(
            id="night",
            name="夜间巡逻",
            kind="night_patrol",
            place="x",
            start=at(0, "19:30"),
            duration=120,
            needs=(Need(minimum=1),),
        ),
        Shift(
            id="early",
            name="清晨巡查",
            kind="early_patrol",
            place="x",
            start=at(1, "07:00"),
            duration=60,
            needs=(Need(minimum=1),),
        ),
    ),
)
