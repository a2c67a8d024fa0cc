"""Run: what a person's runs of days on and off cost (see lowered/run.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.rows import person_row, route_row


@inner
def run_points(P, S, person):
    """Points of all of a person's runs."""
    row = person_row(P, person)
    if (
        P[row + at.PERSON_OVER_ON] == 0
        and P[row + at.PERSON_UNDER_ON] == 0
        and P[row + at.PERSON_UNDER_OFF] == 0
    ):
        return 0
    days = P[at.DAYS]
    known = P[row + at.PERSON_PAST_ON] + P[row + at.PERSON_PAST_OFF] > 0
    points = 0
    day = 0
    while day < days:
        on = S[route_row(P, person * days + day) + at.ROUTE_COUNT] > 0
        end = day
        while end < days and (S[route_row(P, person * days + end) + at.ROUTE_COUNT] > 0) == on:
            end += 1
        length = end - day
        open_ended = end == days
        if day == 0:
            past = P[row + at.PERSON_PAST_ON] if on else P[row + at.PERSON_PAST_OFF]
            length += past
            open_ended |= not known or (past > 0 and P[row + at.PERSON_PAST_OPEN] == 1)
        if on:
            if length > P[row + at.PERSON_MOST_ON]:
                points += (length - P[row + at.PERSON_MOST_ON]) * P[row + at.PERSON_OVER_ON]
            if not open_ended and length < P[row + at.PERSON_LEAST_ON]:
                points += (P[row + at.PERSON_LEAST_ON] - length) * P[row + at.PERSON_UNDER_ON]
        elif not open_ended and length < P[row + at.PERSON_LEAST_OFF]:
            points += (P[row + at.PERSON_LEAST_OFF] - length) * P[row + at.PERSON_UNDER_OFF]
        day = end
    return points
