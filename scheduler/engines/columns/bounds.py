"""Bounds on what the days from each day on cost a person, by run and class, as one compiled function.

Limits on sums (most minutes, most weekends …) are no part of a run and a class. Instead each unit of a
limited sum costs a *toll*, and what the limit allows is paid back (Lagrangian relaxation): whatever the
tolls, no roster costs less. Tolls climb by subgradients of Polyak's length (Held, Wolfe & Crowder 1974,
10.1007/BF01580223) and are kept from one pricing to the next.
"""

from scheduler.engines.columns.total_rows import LARGEST
from scheduler.engines.compiled import inner, outer

NEVER = 1e29
FIELD, FIELDS = 9, 7
"""Bits of a counted lane, and lanes in a word."""
SHORTER = 0.6
"""Change of a step's length where the last one brought nothing."""
NEAR = 1e-6
FAR, FAR_SHARE = 10.0, 0.1
"""Points, and a share of the bound, above it at which tolls aim while no roster is known."""
DENSE, LANE, FIRST, LAST, LOW, HIGH, UNITS, PRICES, PRICED, CLIPPED = range(10)
"""Columns of `limits`: 1 for a dense lane; its number, or the counted one's; first and last day; least and
largest sum; most of a day; where its prices begin; 1 where one of them is not 0; 1 where larger sums count
as the largest."""
LIMIT = 10


@inner
def weigh(
    days, choice_cost, group_first, choice_first, dense, counted, lane_toll, field_toll,
    weighed, least, which,
):  # fmt: skip
    """Costs of choices with their tolls, after a day off and of work, and the least of each group."""
    for day in range(days):
        for group in range(group_first[day], group_first[day + 1]):
            for on in range(2):
                toll = 0.0
                for lane in range(lane_toll.shape[1]):
                    toll += lane_toll[day, lane] * dense[group, on, lane]
                least[group, on] = 1e30
                which[group, on] = choice_first[group]
                for choice in range(choice_first[group], choice_first[group + 1]):
                    total = choice_cost[choice] + toll
                    for field in range(field_toll.shape[1]):
                        if field_toll[day, field] > 0.0:
                            word = counted[choice, on, field // FIELDS]
                            amount = (word >> (FIELD * (field % FIELDS))) & LARGEST
                            total += field_toll[day, field] * amount
                    weighed[choice, on] = total
                    if total < least[group, on]:
                        least[group, on] = total
                        which[group, on] = choice


@inner
def complete(
    days, classes, group_first, groups, follow_first, follow, run_next, run_cost, run_on, off, end,
    least, rest, decide,
):  # fmt: skip
    """From the last day to the first, the least cost of the days from each on, and the first choice of it.

    rest: float64 [day + 1, run, class]; decide: int32 of the same shape, the group taken and 1 more, or 0
    """
    for run in range(run_next.shape[0]):
        for kind in range(classes):
            rest[days, run, kind] = end[run, kind]
    for day in range(days - 1, -1, -1):
        entries = (follow_first[day + 1] - follow_first[day]) // classes
        for run in range(run_next.shape[0]):
            on = run_on[run]
            for kind in range(classes if on or day == 0 else 1):
                best = run_cost[run, 0] + off[day] + rest[day + 1, run_next[run, 0], 0]
                taken = 0
                row = follow_first[day] + kind * entries
                for group in range(group_first[day], group_first[day + 1]):
                    letter = groups[group, 2]
                    total = least[group, on] + run_cost[run, letter]
                    total += rest[day + 1, run_next[run, letter], groups[group, 1]]
                    if total < best and (on or day == 0):
                        total += follow[row + groups[group, 0]]
                    if total < best:
                        best = total
                        taken = group + 1
                rest[day, run, kind] = best
                decide[day, run, kind] = taken
            if not on and day > 0:
                for kind in range(1, classes):
                    rest[day, run, kind] = rest[day, run, 0]
                    decide[day, run, kind] = decide[day, run, 0]


@inner
def trace(
    days, start, groups, dense, counted, run_next, run_on, limits, decide, which, path, used,
):  # fmt: skip
    """The roster of the least cost, and what it uses of each limited sum."""
    for row in range(limits.shape[0]):
        used[row] = 0
    run, kind = start, 0
    for day in range(days):
        on = run_on[run]
        group = decide[day, run, kind] - 1
        path[day] = -1
        letter = 0
        kind = 0
        if group >= 0:
            choice = which[group, on]
            path[day] = choice
            letter = groups[group, 2]
            kind = groups[group, 1]
            for row in range(limits.shape[0]):
                if limits[row, FIRST] <= day <= limits[row, LAST]:
                    lane = limits[row, LANE]
                    if limits[row, DENSE]:
                        used[row] += dense[group, on, lane]
                    else:
                        word = counted[choice, on, lane // FIELDS]
                        used[row] += (word >> (FIELD * (lane % FIELDS))) & LARGEST
        run = run_next[run, letter]


@inner
def pay_back(row, toll, limits, prices, wanted):
    """Least of a limited sum's own points less its tolls; `wanted` is set to the sum that has it."""
    low, high = limits[row, LOW], limits[row, HIGH]
    wanted[row] = high if toll > 0.0 else low
    if limits[row, PRICED] == 0:
        return -toll * wanted[row]
    best = 1e30
    for value in range(low, high + 1):
        points = prices[limits[row, PRICES] + value] - toll * value
        if points < best:
            best = points
            wanted[row] = value
    return best


@inner
def charge(limits, prices, tolls, lane_toll, field_toll, close_toll, close_back, wanted):
    """Write the tolls down by day. What is paid back in all."""
    back = 0.0
    for row in range(limits.shape[0]):
        toll, lane, last = tolls[row], limits[row, LANE], limits[row, LAST]
        points = pay_back(row, toll, limits, prices, wanted)
        back += points
        for day in range(limits[row, FIRST], last + 1):
            if limits[row, DENSE]:
                lane_toll[day, lane] = toll
            else:
                field_toll[day, lane] = toll
        if limits[row, DENSE]:
            close_toll[last, lane] = toll
            close_back[last, lane] = points
    return back


@inner
def own_points(limits, prices, tolls, used):
    """Points of sums of the limits less their tolls; 1e30 where one is not within. Clips `used`."""
    points = 0.0
    for row in range(limits.shape[0]):
        points -= tolls[row] * used[row]
        if limits[row, CLIPPED] and used[row] > limits[row, HIGH]:
            used[row] = limits[row, HIGH]
        if used[row] > limits[row, HIGH] or used[row] < limits[row, LOW]:
            points += 1e30
        elif limits[row, PRICED]:
            points += prices[limits[row, PRICES] + used[row]]
    return points


@inner
def lack(limits, tolls, used, wanted):
    """Set `wanted` to what is wanted instead of `used`. Square of the slope, in days."""
    square = 0.0
    for row in range(limits.shape[0]):
        if tolls[row] == 0.0 and limits[row, PRICED] == 0:
            wanted[row] = max(limits[row, LOW], min(limits[row, HIGH], used[row]))
        slope = (used[row] - wanted[row]) / limits[row, UNITS]
        square += slope * slope
    return square


@inner
def climb(limits, tolls, used, wanted, step):
    """Change the tolls along the slope. What bounds a sum on one side only has tolls of one sign."""
    for row in range(limits.shape[0]):
        units = limits[row, UNITS]
        tolls[row] += step * (used[row] - wanted[row]) / (units * units)
        below = limits[row, LOW] == 0 and limits[row, PRICED] == 0
        if (below and tolls[row] < 0.0) or (limits[row, CLIPPED] and tolls[row] > 0.0):
            tolls[row] = 0.0


@outer
def bound(
    days, classes, start, tries, ceiling, choice_cost, group_first, choice_first, groups, dense,
    counted, follow_first, follow, run_next, run_cost, run_on, off, end, limits, prices, tolls,
    lane_toll, field_toll, close_toll, close_back, rest, decide, weighed, least, which,
    path, trial, used, wanted, best_tolls,
):  # fmt: skip
    """The best bound that some tries find, with the arrays of its tolls.

    Arrays are those of `network.PersonNetwork`, except:

    tries: how often tolls may change; ceiling: costs of no interest, from which on it may end
    tolls: float64 [limit], at first the last ones, then those of the bound
    lane_toll, field_toll: float64 [day, lane or field]; close_toll, close_back: float64 [day, lane],
        the toll of a dense limit on its last day, and what is paid back for it
    rest, decide, weighed, least, which: see `complete` and `weigh`
    path: int64 [day], the cheapest roster within all limits that was met
    trial, used, wanted, best_tolls: working memory

    Returns (the bound, points of `path` or 1e30, what is paid back in all).
    """
    top, bottom, length, back = 1e30, -1e30, 1.0, 0.0
    best, attempt = 0, 0
    while best == 0:
        if attempt == tries:
            for row in range(limits.shape[0]):
                tolls[row] = best_tolls[row]
        back = charge(limits, prices, tolls, lane_toll, field_toll, close_toll, close_back, wanted)
        weigh(
            days, choice_cost, group_first, choice_first, dense, counted, lane_toll, field_toll,
            weighed, least, which,
        )  # fmt: skip
        complete(
            days, classes, group_first, groups, follow_first, follow, run_next, run_cost, run_on, off,
            end, least, rest, decide,
        )  # fmt: skip
        value = rest[0, start, 0] + back
        if rest[0, start, 0] >= NEVER:
            return 1e30, 1e30, back
        best = 1 if value > bottom or attempt == tries else 0
        if attempt == tries:
            break
        if value > bottom:
            bottom = value
            for row in range(limits.shape[0]):
                best_tolls[row] = tolls[row]
        else:
            length *= SHORTER
        trace(
            days, start, groups, dense, counted, run_next, run_on, limits, decide, which, trial, used,
        )  # fmt: skip
        points = rest[0, start, 0] + own_points(limits, prices, tolls, used)
        if points < top:
            top = points
            for day in range(days):
                path[day] = trial[day]
        square = lack(limits, tolls, used, wanted)
        attempt += 1
        if best == 1 and (square == 0.0 or attempt == tries or bottom >= min(top, ceiling) - NEAR):
            break
        best = 0
        aim = min(top, ceiling)
        if aim >= NEVER:
            aim = bottom + FAR + FAR_SHARE * abs(bottom)
        climb(limits, tolls, used, wanted, length * max(NEAR, aim - value) / max(NEAR, square))
    return bottom, top, back
