"""Total: what a person's sums over days cost (see lowered/total.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import measure_cell, person_row, route_row, total_row
from scheduler.lowered.total import STOPS, WORK


@inner
def total_points(P, S, person):
    """Points of all of a person's rows."""
    points = 0
    fixed_row = person_row(P, person)
    for number in range(P[fixed_row + at.PERSON_FIRST_TOTAL], P[fixed_row + at.PERSON_END_TOTAL]):
        row = total_row(P, number)
        any_day = P[row + at.TOTAL_ANY]
        value = P[row + at.TOTAL_BASE]
        cell = P[row + at.TOTAL_GROUPS]
        for _ in range(P[row + at.TOTAL_GROUP_COUNT]):
            amount = 0
            measure, count = P[cell], P[cell + 1]
            for entry in range(cell + 2, cell + 2 + count):
                person_day = person * P[at.DAYS] + P[entry]
                day_state_row = route_row(P, person_day)
                if measure == WORK:
                    amount += (
                        S[day_state_row + at.ROUTE_SERVICE]
                        + P[at.TRAVEL_COUNTS] * S[day_state_row + at.ROUTE_ON_WAY]
                    )
                elif measure == STOPS:
                    amount += S[day_state_row + at.ROUTE_COUNT]
                else:
                    amount += S[measure_cell(P, person_day, measure)]
            value += (1 if amount > 0 else 0) if any_day else amount
            cell += 2 + count
        for piece in range(P[row + at.TOTAL_PIECE_COUNT]):
            entry = P[row + at.TOTAL_PIECES] + piece * at.PIECE_WIDTH
            over = P[entry + at.PIECE_SENSE] * (value - P[entry + at.PIECE_BOUND])
            if over > 0:
                points = plus(points, over, P[entry + at.PIECE_POINTS])
    return points
