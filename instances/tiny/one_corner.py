"""One private corner, two confidential talks at the same time.

Both talks start between 09:00 and 09:30 and last an hour, so neither person can do both and they
overlap wherever they are. The corner holds one. Both people are at the corner at 09:00; one stays,
the other walks 15 minutes to the room: 15 points. Leaving one talk undone would cost at medium level.
"""

from instances.parts.draft import at, span
from instances.tiny._build import person, place, tiny
from scheduler.model import Role, Score, Visit

TALK = span(0, "09:00", "09:30")
TINY = tiny(
    "one_corner",
    Score(soft=15),
    ("talk1", 0, "p1", "corner", at(0, "09:00"), at(0, "10:00")),
    ("talk2", 0, "p2", "room", at(0, "09:15"), at(0, "10:15")),
    places=(
        place("corner", capacity=1, private=True),
        place("room", capacity=1, private=True),
    ),
    travel={("corner", "room"): 15},
    people=tuple(
        person(
            number,
            span(0, "09:00", "12:00"),
            role=Role.COUNSELLOR,
            clearance=True,
            start_place="corner",
        )
        for number in (1, 2)
    ),
    visits=tuple(
        Visit(
            id=f"talk{number}",
            name="心理疏导",
            kind="counselling",
            places=("corner", "room"),
            windows=(TALK,),
            duration=60,
            private=True,
        )
        for number in (1, 2)
    ),
)
