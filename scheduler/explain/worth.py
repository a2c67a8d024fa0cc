"""What more hours would be worth: whose, and on which day, would let most work be done that is left undone."""

from dataclasses import dataclass

from scheduler.due import Expanded
from scheduler.model import Role

MOST = 3
"""Hours that are told."""


@dataclass(frozen=True)
class HourWorth:
    """About how many medium points less would be undone with an hour more of somebody like this on a day."""

    role: Role
    skills: tuple[str, ...]
    day: int
    points: int


def hours_wanted(instance: Expanded, seconds: float) -> list[HourWorth]:
    """The hours that are worth most, dearest first, looked for during some seconds at most.

    Raises InputError where travel cannot be built.
    """
    from scheduler.engines.exact.worth import hours_worth  # late: loads OR-Tools
    from scheduler.rules.lower import lower

    lowered = lower(instance)
    most: dict[tuple[Role, tuple[str, ...], int], int] = {}
    for (person, day), points in hours_worth(lowered, seconds).items():
        record = instance.person_by_id[lowered.index.people[person]]
        like = record.role, tuple(sorted(record.skills)), day
        most[like] = max(points, most.get(like, 0))
    wanted = [HourWorth(*like, points) for like, points in most.items() if points > 0]
    return sorted(wanted, key=lambda hour: (-hour.points, hour.day, hour.role, hour.skills))[:MOST]
