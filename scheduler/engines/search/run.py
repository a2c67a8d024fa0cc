"""Run: what a person's runs of days cost (see lowered/run.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import measure_cell, person_row, route_row, run_row
from scheduler.lowered.total import STOPS


@inner
def has_any(P, S, person_day, measure):
    """Whether a person has any of a measure on a day."""
    if measure <= STOPS:
        return S[route_row(P, person_day) + at.ROUTE_COUNT] > 0
    return S[measure_cell(P, person_day, measure)] > 0


@inner
def _row_points(P, S, person, row):
    measure, on = P[row + at.RUN_MEASURE], P[row + at.RUN_ON] > 0
    sense, bound = P[row + at.RUN_SENSE], P[row + at.RUN_BOUND]
    first, end = P[row + at.RUN_FIRST], P[row + at.RUN_END]
    days = 0
    before = P[row + at.RUN_PAST]
    begins = P[row + at.RUN_BEGINS] > 0
    length = before
    for day in range(first, end + 1):
        ended = day == end
        if not ended and has_any(P, S, person * P[at.DAYS] + day, measure) == on:
            length += 1
            continue
        if length > 0 and (day > first or P[row + at.RUN_TOLD] > 0):
            if sense > 0:
                free = before if before > bound else bound
                if length > free:
                    days += length - free
            elif begins and length < bound and (not ended or P[row + at.RUN_ENDS] > 0):
                days += bound - length
        length = 0
        before = 0
        begins = True
    return plus(0, days, P[row + at.RUN_POINTS])


@inner
def run_points(P, S, person):
    """Points of all of a person's rows."""
    points = 0
    fixed_row = person_row(P, person)
    for number in range(P[fixed_row + at.PERSON_FIRST_RUN], P[fixed_row + at.PERSON_END_RUN]):
        points = plus(points, _row_points(P, S, person, run_row(P, number)), 1)
    return points
