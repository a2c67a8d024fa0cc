"""Day: pushing a stop into its person's presence and rest, and what a day costs (see lowered/day.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search.layout import (
    AT,
    COUNT,
    DAY_P,
    DAY_S,
    DAY_SW,
    DAY_W,
    DAYS,
    DURATION,
    FIRST_FROM,
    HEAD,
    HOME_BY,
    HOME_END,
    HOME_LATE,
    HOME_START,
    IDLE_S,
    LONGEST,
    MOST,
    NEXT,
    ON_DUTY,
    ON_WAY,
    ORDINARY,
    OUTSIDE,
    OVERTIME,
    PEOPLE,
    PERSON_P,
    PERSON_W,
    PRESENT,
    REST_FROM,
    REST_LENGTH,
    REST_MISSED,
    REST_TO,
    RESTED,
    SERVICE,
    SLOT_P,
    SLOT_S,
    SLOT_SW,
    SLOT_W,
    SPAN_COUNT,
    SPANS,
    START,
    TAIL,
    TOO_LONG,
    TOO_MANY,
    TRAVEL_COUNTS,
    WAIT,
)  # fmt: skip
from scheduler.engines.search.state import ticks


@inner
def into_span(P, day, start, duration):
    """The start pushed to the first span that holds the stop whole; unchanged where none does."""
    spans = P[day + SPANS]
    for number in range(P[day + SPAN_COUNT]):
        opens = P[spans + 2 * number]
        begin = start if start > opens else opens
        if begin + duration <= P[spans + 2 * number + 1]:
            return begin
    return start


@inner
def outside(P, day, start, duration):
    """Ticks of a stop outside every span."""
    spans = P[day + SPANS]
    inside = 0
    for number in range(P[day + SPAN_COUNT]):
        opens = P[spans + 2 * number]
        closes = P[spans + 2 * number + 1]
        low = start if start > opens else opens
        high = start + duration
        if high > closes:
            high = closes
        if high > low:
            inside += high - low
    return duration - inside


@inner
def rests_on_leg(P, day, first, ready, way, start):
    """Whether the rest owed fits before a stop: on the leg that ends with it, as it stands."""
    opens, closes, length = P[day + REST_FROM], P[day + REST_TO], P[day + REST_LENGTH]
    if not (first and P[ON_DUTY]):
        last = start - way - length
        if last > closes - length:
            last = closes - length
        if first:
            return opens <= last
        if (ready if ready > opens else opens) <= last:
            return True
    last = start - length
    if last > closes - length:
        last = closes - length
    return (ready + way if ready + way > opens else opens) <= last


@inner
def rest_now(P, day, first, ready, way, start, duration, wanted):
    """The start delayed for the rest, where it is wanted here or this leg is its last chance; else unchanged."""
    opens, closes, length = P[day + REST_FROM], P[day + REST_TO], P[day + REST_LENGTH]
    end = start + duration
    if not wanted and (end if end > opens else opens) + length <= closes:
        return start
    if first and not P[ON_DUTY]:
        begin = opens + length + way
        return begin if opens + length <= closes and begin > start else start
    begin = (ready + way if ready + way > opens else opens) + length
    if begin <= closes:
        return begin if begin > start else start
    if first:
        return start
    begin = (ready if ready > opens else opens) + length
    if begin <= closes:
        return begin + way if begin + way > start else start
    return start


@inner
def rest_behind(P, S, day, tail):
    """When the rest behind a day's last stop ends, where it is had there on duty; else -1."""
    if not P[ON_DUTY] or P[day + REST_LENGTH] == 0 or S[P[RESTED] + tail] == 1:
        return -1
    end = S[SLOT_S + tail * SLOT_SW + START] + P[P[SLOT_P] + tail * SLOT_W + DURATION]
    if end < P[day + REST_FROM]:
        end = P[day + REST_FROM]
    end += P[day + REST_LENGTH]
    return end if end <= P[day + REST_TO] else -1


@inner
def returns(P, T, S, person, day, tail):
    """When a day ends at the end place, or with the last stop where there is none."""
    own = SLOT_S + tail * SLOT_SW
    end = rest_behind(P, S, day, tail)
    if end < 0:
        end = S[own + START] + P[P[SLOT_P] + tail * SLOT_W + DURATION]
    return end + ticks(P, T, person, S[own + AT], P[P[PERSON_P] + person * PERSON_W + HOME_END])


@inner
def waited(P, T, S, person, day, slot):
    """Ticks waited from the day's first stop on, less the rest where it lies between two of them."""
    waits = 0
    length = P[day + REST_LENGTH]
    while S[SLOT_S + slot * SLOT_SW + NEXT] >= 0:
        own = SLOT_S + slot * SLOT_SW
        other = SLOT_S + S[own + NEXT] * SLOT_SW
        end = S[own + START] + P[P[SLOT_P] + slot * SLOT_W + DURATION]
        way = ticks(P, T, person, S[own + AT], S[other + AT])
        here = S[other + START] - end - way
        waits += here
        if (
            length > 0
            and here >= length
            and rests_on_leg(P, day, False, end, way, S[other + START])
        ):
            waits -= length
            length = 0
        slot = S[own + NEXT]
    behind = rest_behind(P, S, day, slot)
    if behind >= 0:
        end = S[SLOT_S + slot * SLOT_SW + START] + P[P[SLOT_P] + slot * SLOT_W + DURATION]
        waits += behind - P[day + REST_LENGTH] - end
    return waits


@inner
def idle_ticks(P, T, S, day_row):
    """Idle ticks of a person-day, with or without stops."""
    day = P[DAY_P] + day_row * DAY_W
    row = P[DAY_S] + day_row * DAY_SW
    if S[row + COUNT] == 0:
        return P[day + PRESENT]
    tail = S[row + TAIL]
    late = returns(P, T, S, day_row // P[DAYS], day, tail) - P[day + HOME_BY]
    idle = P[day + PRESENT] - S[row + SERVICE] - S[row + ON_WAY]
    if late > 0:
        idle += late
    if P[day + REST_LENGTH] > 0:
        end = S[SLOT_S + tail * SLOT_SW + START] + P[P[SLOT_P] + tail * SLOT_W + DURATION]
        if end < P[day + REST_FROM]:
            end = P[day + REST_FROM]
        if S[P[RESTED] + tail] == 1 or end + P[day + REST_LENGTH] <= P[day + REST_TO]:
            idle -= P[day + REST_LENGTH]
    return idle if idle > 0 else 0


@inner
def firm_idle(P, S, person):
    """Idle ticks over all days that a person has whenever their present stops start."""
    ticks_idle = 0
    for day_row in range(person * P[DAYS], (person + 1) * P[DAYS]):
        day = P[DAY_P] + day_row * DAY_W
        row = P[DAY_S] + day_row * DAY_SW
        idle = P[day + PRESENT] - P[day + REST_LENGTH] - S[row + SERVICE] - S[row + ON_WAY]
        if idle > 0:
            ticks_idle += idle
    return ticks_idle


@inner
def worst_idle(P, S):
    """Largest idle ticks of a person."""
    worst = 0
    for person in range(P[PEOPLE]):
        if S[P[IDLE_S] + 2 * person] > worst:
            worst = S[P[IDLE_S] + 2 * person]
    return worst


@inner
def day_points(P, T, S, day_row):
    """Points of a person-day, its stops' own lateness apart."""
    day = P[DAY_P] + day_row * DAY_W
    row = P[DAY_S] + day_row * DAY_SW
    if S[row + COUNT] == 0:
        return 0
    points = 0
    work = S[row + SERVICE] + P[TRAVEL_COUNTS] * S[row + ON_WAY]
    if work > P[day + ORDINARY]:
        points += (work - P[day + ORDINARY]) * P[day + OVERTIME]
    if work > P[day + LONGEST]:
        points += (work - P[day + LONGEST]) * P[day + TOO_LONG]
    if S[row + COUNT] > P[day + MOST]:
        points += (S[row + COUNT] - P[day + MOST]) * P[day + TOO_MANY]
    tail = S[row + TAIL]
    own = SLOT_S + tail * SLOT_SW
    end = S[own + START] + P[P[SLOT_P] + tail * SLOT_W + DURATION]
    person = day_row // P[DAYS]
    if P[day + REST_LENGTH] > 0 and S[P[RESTED] + tail] != 1:
        opens = P[day + REST_FROM]
        if (end if end > opens else opens) + P[day + REST_LENGTH] > P[day + REST_TO]:
            points += P[day + REST_MISSED]
    if P[day + HOME_LATE] != 0 and P[P[PERSON_P] + person * PERSON_W + HOME_END] >= 0:
        late = returns(P, T, S, person, day, tail) - P[day + HOME_BY]
        if late > 0:
            points += late * P[day + HOME_LATE]
    head = SLOT_S + S[row + HEAD] * SLOT_SW
    home = P[P[PERSON_P] + person * PERSON_W + HOME_START]
    if home >= 0 and P[day + SPAN_COUNT] > 0:
        early = P[day + FIRST_FROM] - S[head + START] + ticks(P, T, person, home, S[head + AT])
        if early > 0:
            points += early * P[day + OUTSIDE]
    if P[day + WAIT] != 0:
        points += waited(P, T, S, person, day, S[row + HEAD]) * P[day + WAIT]
    return points
