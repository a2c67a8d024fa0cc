"""Day: pushing a stop into its person's presence and rest, and what a day costs (see lowered/day.py)."""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at
from scheduler.engines.search.points import plus
from scheduler.engines.search.rows import (
    day_row,
    duration_of,
    end_of,
    idle_of,
    next_of,
    person_row,
    rested_at,
    route_row,
    start_of,
    stop_row,
)
from scheduler.engines.search.state import ticks


@inner
def into_span(P, person_day_row, start, duration):
    """The start pushed to the first span that holds the stop whole; unchanged where none does."""
    spans = P[person_day_row + at.DAY_SPANS]
    for number in range(P[person_day_row + at.DAY_SPAN_COUNT]):
        opens = P[spans + number * at.SPAN_WIDTH + at.SPAN_FROM]
        begin = start if start > opens else opens
        if begin + duration <= P[spans + number * at.SPAN_WIDTH + at.SPAN_TO]:
            return begin
    return start


@inner
def outside(P, person_day_row, start, duration):
    """Ticks of a stop outside every span."""
    spans = P[person_day_row + at.DAY_SPANS]
    inside = 0
    for number in range(P[person_day_row + at.DAY_SPAN_COUNT]):
        opens = P[spans + number * at.SPAN_WIDTH + at.SPAN_FROM]
        closes = P[spans + number * at.SPAN_WIDTH + at.SPAN_TO]
        low = start if start > opens else opens
        high = start + duration
        if high > closes:
            high = closes
        if high > low:
            inside += high - low
    return duration - inside


@inner
def rests_on_leg(P, person_day_row, first, ready, way, start):
    """Whether the rest owed fits before a stop: on the leg that ends with it, as it stands."""
    opens, closes, length = (
        P[person_day_row + at.DAY_REST_FROM],
        P[person_day_row + at.DAY_REST_TO],
        P[person_day_row + at.DAY_REST_LENGTH],
    )
    if not (first and P[at.ON_DUTY]):
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
def rest_now(P, person_day_row, first, ready, way, start, duration, wanted):
    """The start delayed for the rest, where it is wanted here or this leg is its last chance; else unchanged."""
    opens, closes, length = (
        P[person_day_row + at.DAY_REST_FROM],
        P[person_day_row + at.DAY_REST_TO],
        P[person_day_row + at.DAY_REST_LENGTH],
    )
    end = start + duration
    if not wanted and (end if end > opens else opens) + length <= closes:
        return start
    if first and not P[at.ON_DUTY]:
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
def rest_behind(P, S, person_day_row, tail):
    """When the rest behind a day's last stop ends, where it is had there on duty; else NEVER."""
    if (
        not P[at.ON_DUTY]
        or P[person_day_row + at.DAY_REST_LENGTH] == 0
        or rested_at(P, S, tail) == 1
    ):
        return at.NEVER
    end = end_of(P, S, tail)
    if end < P[person_day_row + at.DAY_REST_FROM]:
        end = P[person_day_row + at.DAY_REST_FROM]
    end += P[person_day_row + at.DAY_REST_LENGTH]
    return end if end <= P[person_day_row + at.DAY_REST_TO] else at.NEVER


@inner
def owes_rest(P, S, person_day_row, slot, end):
    """1 where a day from its first stop to its end is so long, and so parted, that it owes a rest; else 0."""
    if end - start_of(S, slot) <= P[person_day_row + at.DAY_REST_BEYOND]:
        return 0
    opens, closes = P[person_day_row + at.DAY_REST_FROM], P[person_day_row + at.DAY_REST_TO]
    while slot >= 0:
        if duration_of(P, slot) >= P[person_day_row + at.DAY_REST_WITHIN]:
            low, high = start_of(S, slot), end_of(P, S, slot)
            low = low if low > opens else opens
            high = high if high < closes else closes
            if high - low >= P[person_day_row + at.DAY_REST_LENGTH]:
                return 0
        slot = next_of(S, slot)
    return 1


@inner
def returns(P, T, S, person, person_day_row, tail):
    """When a day ends at the end place, or with the last stop where there is none."""
    state_row = stop_row(tail)
    end = rest_behind(P, S, person_day_row, tail)
    if end < 0:
        end = start_of(S, tail) + duration_of(P, tail)
    return end + ticks(
        P, T, person, S[state_row + at.STOP_PLACE], P[person_row(P, person) + at.PERSON_HOME_END]
    )


@inner
def goes_home(P, person, place, to):
    """Whether a person goes home on the way from a stop's place to the next's."""
    if P[at.ANY_SPELLS] == 0:
        return False
    mode = P[person_row(P, person) + at.PERSON_MODE] // (P[at.PLACES] * P[at.PLACES])
    cells = P[at.SPELL_CELLS] + mode * P[at.PLACES]
    return P[cells + place] != P[cells + to]


@inner
def waited(P, T, S, person, person_day_row, slot):
    """Ticks waited from the day's first stop on, less the rest where it lies between two of them."""
    waits = 0
    length = P[person_day_row + at.DAY_REST_LENGTH]
    while next_of(S, slot) >= 0:
        state_row = stop_row(slot)
        other = stop_row(next_of(S, slot))
        if goes_home(P, person, S[state_row + at.STOP_PLACE], S[other + at.STOP_PLACE]):
            slot = next_of(S, slot)
            continue
        end = start_of(S, slot) + duration_of(P, slot)
        way = ticks(P, T, person, S[state_row + at.STOP_PLACE], S[other + at.STOP_PLACE])
        here = S[other + at.STOP_START] - end - way
        waits += here
        if (
            length > 0
            and here >= length
            and rests_on_leg(P, person_day_row, False, end, way, S[other + at.STOP_START])
        ):
            waits -= length
            length = 0
        slot = next_of(S, slot)
    behind = rest_behind(P, S, person_day_row, slot)
    if behind >= 0:
        end = end_of(P, S, slot)
        waits += behind - P[person_day_row + at.DAY_REST_LENGTH] - end
    return waits


@inner
def idle_ticks(P, T, S, person_day):
    """Idle ticks of a person-day, with or without stops."""
    person_day_row = day_row(P, person_day)
    day_state_row = route_row(P, person_day)
    if S[day_state_row + at.ROUTE_COUNT] == 0:
        return P[person_day_row + at.DAY_PRESENT]
    tail = S[day_state_row + at.ROUTE_TAIL]
    late = (
        returns(P, T, S, person_day // P[at.DAYS], person_day_row, tail)
        - P[person_day_row + at.DAY_HOME_BY]
    )
    idle = (
        P[person_day_row + at.DAY_PRESENT]
        - S[day_state_row + at.ROUTE_SERVICE]
        - S[day_state_row + at.ROUTE_ON_WAY]
    )
    if late > 0:
        idle += late
    if P[person_day_row + at.DAY_REST_LENGTH] > 0:
        end = end_of(P, S, tail)
        if end < P[person_day_row + at.DAY_REST_FROM]:
            end = P[person_day_row + at.DAY_REST_FROM]
        if (
            rested_at(P, S, tail) == 1
            or end + P[person_day_row + at.DAY_REST_LENGTH] <= P[person_day_row + at.DAY_REST_TO]
        ):
            idle -= P[person_day_row + at.DAY_REST_LENGTH]
    return idle if idle > 0 else 0


@inner
def firm_idle(P, S, person):
    """Idle ticks over all days that a person has whenever their present stops start."""
    ticks_idle = 0
    for person_day in range(person * P[at.DAYS], (person + 1) * P[at.DAYS]):
        person_day_row = day_row(P, person_day)
        day_state_row = route_row(P, person_day)
        idle = (
            P[person_day_row + at.DAY_PRESENT]
            - P[person_day_row + at.DAY_REST_LENGTH]
            - S[day_state_row + at.ROUTE_SERVICE]
            - S[day_state_row + at.ROUTE_ON_WAY]
        )
        if idle > 0:
            ticks_idle += idle
    return ticks_idle


@inner
def worst_idle(P, S):
    """Largest idle ticks of a person."""
    worst = 0
    for person in range(P[at.PEOPLE]):
        if idle_of(P, S, person) > worst:
            worst = idle_of(P, S, person)
    return worst


@inner
def lacks_way(P, person, start, end):
    """1 where a way that costs the person points is missing between two places, else 0; nowhere is NONE."""
    row = person_row(P, person)
    if P[row + at.PERSON_NO_WAY] == 0 or start < 0 or end < 0:
        return 0
    return P[P[at.NO_WAY] + P[row + at.PERSON_MODE] + start * P[at.PLACES] + end]


@inner
def _ways_lacking(P, S, person, slot):
    """Legs of a day, from its first slot on, for which there is no way."""
    count = 0
    here = P[person_row(P, person) + at.PERSON_HOME_START]
    while slot >= 0:
        place = S[stop_row(slot) + at.STOP_PLACE]
        count += lacks_way(P, person, here, place)
        here = place
        slot = next_of(S, slot)
    return count + lacks_way(P, person, here, P[person_row(P, person) + at.PERSON_HOME_END])


@inner
def work_points(P, S, person_day):
    """Points of a person-day for its stops, work and ways, whenever they start."""
    person_day_row = day_row(P, person_day)
    day_state_row = route_row(P, person_day)
    if S[day_state_row + at.ROUTE_COUNT] == 0:
        return 0
    points = 0
    work = (
        S[day_state_row + at.ROUTE_SERVICE]
        + P[at.TRAVEL_COUNTS] * S[day_state_row + at.ROUTE_ON_WAY]
    )
    if work > P[person_day_row + at.DAY_ORDINARY]:
        over = work - P[person_day_row + at.DAY_ORDINARY]
        points = plus(points, over, P[person_day_row + at.DAY_OVERTIME])
    if work > P[person_day_row + at.DAY_LONGEST]:
        over = work - P[person_day_row + at.DAY_LONGEST]
        points = plus(points, over, P[person_day_row + at.DAY_TOO_LONG])
    if S[day_state_row + at.ROUTE_COUNT] > P[person_day_row + at.DAY_MOST]:
        over = S[day_state_row + at.ROUTE_COUNT] - P[person_day_row + at.DAY_MOST]
        points = plus(points, over, P[person_day_row + at.DAY_TOO_MANY])
    over = S[day_state_row + at.ROUTE_COUNT] - P[person_day_row + at.DAY_ROOMY]
    if over > 0:
        points = plus(points, over * (over + 1) // 2, P[person_day_row + at.DAY_CROWDED])
    return points


@inner
def day_points(P, T, S, person_day):
    """Points of a person-day by when its stops start, their own lateness apart."""
    person_day_row = day_row(P, person_day)
    day_state_row = route_row(P, person_day)
    if S[day_state_row + at.ROUTE_COUNT] == 0:
        return 0
    points = 0
    tail = S[day_state_row + at.ROUTE_TAIL]
    end = start_of(S, tail) + duration_of(P, tail)
    person = person_day // P[at.DAYS]
    if P[person_day_row + at.DAY_REST_LENGTH] > 0 and rested_at(P, S, tail) != 1:
        opens = P[person_day_row + at.DAY_REST_FROM]
        if (end if end > opens else opens) + P[person_day_row + at.DAY_REST_LENGTH] > P[
            person_day_row + at.DAY_REST_TO
        ]:
            points += P[person_day_row + at.DAY_REST_MISSED] * owes_rest(
                P, S, person_day_row, S[day_state_row + at.ROUTE_HEAD], end
            )
    if (
        P[person_day_row + at.DAY_HOME_LATE] != 0
        and P[person_row(P, person) + at.PERSON_HOME_END] >= 0
    ):
        late = returns(P, T, S, person, person_day_row, tail) - P[person_day_row + at.DAY_HOME_BY]
        if late > 0:
            points = plus(points, late, P[person_day_row + at.DAY_HOME_LATE])
    head = stop_row(S[day_state_row + at.ROUTE_HEAD])
    home = P[person_row(P, person) + at.PERSON_HOME_START]
    if home >= 0 and P[person_day_row + at.DAY_SPAN_COUNT] > 0:
        early = (
            P[person_day_row + at.DAY_FIRST_FROM]
            - S[head + at.STOP_START]
            + ticks(P, T, person, home, S[head + at.STOP_PLACE])
        )
        if early > 0:
            points = plus(points, early, P[person_day_row + at.DAY_OUTSIDE])
    if P[person_row(P, person) + at.PERSON_NO_WAY] != 0:
        lacking = _ways_lacking(P, S, person, S[day_state_row + at.ROUTE_HEAD])
        points = plus(points, lacking, P[person_row(P, person) + at.PERSON_NO_WAY])
    if P[person_day_row + at.DAY_WAIT] != 0:
        wait = waited(P, T, S, person, person_day_row, S[day_state_row + at.ROUTE_HEAD])
        points = plus(points, wait, P[person_day_row + at.DAY_WAIT])
    return points
