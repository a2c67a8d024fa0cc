"""Recovery: what short rests after runs of days cost a person (see lowered/recovery.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import end_of, person_row, recovery_row, route_row, start_of
from scheduler.engines.search.run import has_any


@inner
def _row_points(P, S, person, row):
    length = P[row + at.RECOVERY_PAST]
    last = -1 - P[row + at.RECOVERY_PAST_OFF]
    ended = P[row + at.RECOVERY_PAST_END]
    ticks = 0
    days = P[at.DAYS] - P[at.EVES]
    if P[at.EVES] == 1 and ended > -at.FAR:
        tail = S[route_row(P, person * P[at.DAYS] + days) + at.ROUTE_TAIL]
        if tail >= 0 and end_of(P, S, tail) > ended:
            ended = end_of(P, S, tail)
    for day in range(days):
        person_day = person * P[at.DAYS] + day
        day_state_row = route_row(P, person_day)
        if S[day_state_row + at.ROUTE_COUNT] == 0:
            continue
        goes_on = has_any(P, S, person_day, P[row + at.RECOVERY_MEASURE])
        follows = goes_on and day == last + 1
        if not follows and length >= P[row + at.RECOVERY_LENGTH]:
            rest = start_of(S, S[day_state_row + at.ROUTE_HEAD]) - ended
            if rest < P[row + at.RECOVERY_TICKS]:
                ticks += P[row + at.RECOVERY_TICKS] - rest
        if follows:
            length += 1
        elif goes_on:
            length = 1
        else:
            length = 0
        last = day
        ended = end_of(P, S, S[day_state_row + at.ROUTE_TAIL])
    return plus(0, ticks, P[row + at.RECOVERY_POINTS])


@inner
def recovery_points(P, S, person):
    """Points of all of a person's rows."""
    points = 0
    fixed_row = person_row(P, person)
    first, end = P[fixed_row + at.PERSON_FIRST_RECOVERY], P[fixed_row + at.PERSON_END_RECOVERY]
    for number in range(first, end):
        points = plus(points, _row_points(P, S, person, recovery_row(P, number)), 1)
    return points
