"""Run: what a person's runs of days on and off cost (see lowered/run.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    COUNT,
    DAY_S,
    DAY_SW,
    DAYS,
    LEAST_OFF,
    LEAST_ON,
    MOST_ON,
    OVER_ON,
    PAST_OFF,
    PAST_ON,
    PERSON_P,
    PERSON_W,
    UNDER_OFF,
    UNDER_ON,
)  # fmt: skip


@inner
def run_points(P, S, person):
    """Points of all of a person's runs."""
    own = P[PERSON_P] + person * PERSON_W
    if P[own + OVER_ON] == 0 and P[own + UNDER_ON] == 0 and P[own + UNDER_OFF] == 0:
        return 0
    days = P[DAYS]
    known = P[own + PAST_ON] + P[own + PAST_OFF] > 0
    points = 0
    day = 0
    while day < days:
        on = S[P[DAY_S] + (person * days + day) * DAY_SW + COUNT] > 0
        end = day
        while end < days and (S[P[DAY_S] + (person * days + end) * DAY_SW + COUNT] > 0) == on:
            end += 1
        length = end - day
        if day == 0:
            length += P[own + PAST_ON] if on else P[own + PAST_OFF]
        open_ended = end == days or (day == 0 and not known)
        if on:
            if length > P[own + MOST_ON]:
                points += (length - P[own + MOST_ON]) * P[own + OVER_ON]
            if not open_ended and length < P[own + LEAST_ON]:
                points += (P[own + LEAST_ON] - length) * P[own + UNDER_ON]
        elif not open_ended and length < P[own + LEAST_OFF]:
            points += (P[own + LEAST_OFF] - length) * P[own + UNDER_OFF]
        day = end
    return points
