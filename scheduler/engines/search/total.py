"""Total: what a person's sums over days cost (see lowered/total.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    COUNT,
    DAY_S,
    DAY_SW,
    DAYS,
    END_ROW,
    FIRST_ROW,
    MEASURE_S,
    MEASURES,
    ON_WAY,
    PERSON_P,
    PERSON_W,
    ROW_ANY,
    ROW_BASE,
    ROW_GROUP_COUNT,
    ROW_GROUPS,
    ROW_MEASURE,
    ROW_P,
    ROW_PIECE_COUNT,
    ROW_PIECES,
    ROW_W,
    SERVICE,
    TRAVEL_COUNTS,
)  # fmt: skip


@inner
def total_points(P, S, person):
    """Points of all of a person's rows."""
    points = 0
    own = P[PERSON_P] + person * PERSON_W
    for number in range(P[own + FIRST_ROW], P[own + END_ROW]):
        row = P[ROW_P] + number * ROW_W
        measure, any_day = P[row + ROW_MEASURE], P[row + ROW_ANY]
        value = P[row + ROW_BASE]
        cell = P[row + ROW_GROUPS]
        for _ in range(P[row + ROW_GROUP_COUNT]):
            amount = 0
            for entry in range(cell + 1, cell + 1 + P[cell]):
                day_row = person * P[DAYS] + P[entry]
                day = P[DAY_S] + day_row * DAY_SW
                if measure == 0:
                    amount += S[day + SERVICE] + P[TRAVEL_COUNTS] * S[day + ON_WAY]
                elif measure == 1:
                    amount += S[day + COUNT]
                else:
                    amount += S[P[MEASURE_S] + day_row * P[MEASURES] + measure]
            value += (1 if amount > 0 else 0) if any_day else amount
            cell += 1 + P[cell]
        for piece in range(P[row + ROW_PIECE_COUNT]):
            entry = P[row + ROW_PIECES] + 3 * piece
            over = P[entry] * (value - P[entry + 1])
            if over > 0:
                points += over * P[entry + 2]
    return points
