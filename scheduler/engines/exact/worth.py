"""Worth: what one more hour of somebody's presence would be worth, from the multipliers of the relaxation."""

from scheduler.engines.exact.bounds import RisingBound, is_bounded
from scheduler.lowered import Lowered
from scheduler.stop import Stop

HOURS = 24
"""Of a day."""


def hours_worth(lowered: Lowered, seconds: float) -> dict[tuple[int, int], int]:
    """(person, day) → medium points less undone, about, were the person there an hour longer on that day.

    Of days on which there is work that the person may do. seconds: to look for it. A multiplier is what the
    first minutes are worth in the relaxation; there a whole hour is worth no more than sixty of them.
    """
    if not is_bounded(lowered):
        return {}
    clock, rising = Stop(seconds=seconds), RisingBound(lowered, hours=True)
    while rising.advance(clock.seconds_left) and clock.seconds_left:
        pass
    hour = lowered.index.day_ticks // HOURS
    worth = rising.hours_worth(seconds)
    return {where: round(hour * points) for where, points in worth.items()}
