"""What a person's new days cost: days, days in a row, runs, sums and headcounts, in compiled code.

Moves write what they give a person into NEW_ITEMS; `person_change` prices it and writes runs into NEW_RUNS;
`heads_change` and `sums_change` change the state at once, and log what stood there.
"""

from scheduler.engines.columns.cells import layout as at
from scheduler.engines.compiled import inner, outer
from scheduler.engines.expand import accessor

NEVER = 1 << 60


@accessor
def item_row(P, item):
    """Where an item's row begins."""
    return P[at.ITEM_ROWS] + item * at.ITEM_WIDTH


@accessor
def roster_cell(P, person, day):
    """Where a state has the item of a person's day."""
    return P[at.ROSTER_CELLS] + person * P[at.DAYS] + day


@accessor
def cost_of(P, person, item):
    """Points of a person's day with that item; hard ones and more: it is not for them."""
    return P[P[at.COST_CELLS] + person * P[at.ITEMS] + item]


@accessor
def letter_of(P, table, item):
    """The letter of an item or, for NONE, of a day off."""
    return P[table + (item if item >= 0 else P[at.ITEMS])]


@inner
def follow(P, person, day, before, after):
    """Points of an item (or NONE) after another on the day before."""
    points = 0
    if day > 0:
        if before >= 0 and after >= 0:
            profile = P[P[at.PERSON_ROWS] + person * at.PERSON_WIDTH + at.PERSON_PROFILE]
            table = P[P[at.FOLLOW_FIRST] + profile * P[at.DAYS] + day]
            width = P[item_row(P, after) + at.ITEM_PLACE]
            points = P[table + P[item_row(P, before) + at.ITEM_PLACE] * day_width(P, after) + width]
        elif before >= 0 or after >= 0:
            points = P[P[at.PAIR_CELLS] + person * P[at.DAYS] + day]
    return points


@accessor
def day_width(P, item):
    """Items of the item's day."""
    return P[item_row(P, item) + at.ITEM_DAY_ITEMS]


@inner
def day_cost(P, person, day, item):
    """Points of a day by itself."""
    if item >= 0:
        return cost_of(P, person, item)
    return P[P[at.OFF_CELLS] + person * P[at.DAYS] + day]


@inner
def person_change(P, S, W, person, first, end, side):
    """Points that the new items of days [first, end) change of a person's days, pairs of days and runs.

    W's REACH: the first day from which on runs are as before.
    """
    days = P[at.DAYS]
    row = P[at.PERSON_ROWS] + person * at.PERSON_WIDTH
    letters, steps, table = (
        P[row + at.PERSON_LETTERS],
        P[row + at.PERSON_STEPS],
        P[row + at.PERSON_TABLE],
    )
    roster = roster_cell(P, person, 0)
    runs = P[at.RUN_CELLS] + person * days
    items = P[at.NEW_ITEMS] + side * days
    new_runs = P[at.NEW_RUNS] + side * (days + 1)
    run = S[runs + first]
    before = S[roster + first - 1] if first > 0 else at.NONE
    old_before = before
    points = 0
    day = first
    while day < days:
        old = S[roster + day]
        old_run = S[runs + day]
        item = old
        if day < end:
            item = W[items + day]
            if item != old:
                points += day_cost(P, person, day, item) - day_cost(P, person, day, old)
        elif run == old_run and day > end:
            break
        if before != old_before or item != old:
            points += follow(P, person, day, before, item)
            points -= follow(P, person, day, old_before, old)
        W[new_runs + day] = run
        cell = steps + 2 * (run * letters + letter_of(P, table, item))
        old_cell = steps + 2 * (old_run * letters + letter_of(P, table, old))
        if cell != old_cell:
            points += P[cell + 1] - P[old_cell + 1]
        run = P[cell]
        before = item
        old_before = old
        day += 1
    W[at.REACH] = day
    return points


@inner
def _write(S, W, P, cell, value):
    entry = P[at.LOG_CELLS] + 2 * W[at.LOGGED]
    W[entry] = cell
    W[entry + 1] = S[cell]
    W[at.LOGGED] += 1
    S[cell] = value


@inner
def roll_back(P, S, W):
    """Undo what is logged."""
    entry = P[at.LOG_CELLS] + 2 * W[at.LOGGED]
    while W[at.LOGGED] > 0:
        W[at.LOGGED] -= 1
        entry -= 2
        S[W[entry]] = W[entry + 1]


@inner
def _join(P, S, W, item):
    """Points of one person more in an item."""
    cell = P[at.HEAD_CELLS] + item
    heads = S[cell]
    if heads >= P[item_row(P, item) + at.ITEM_ROOM]:
        return NEVER
    _write(S, W, P, cell, heads + 1)
    return P[P[item_row(P, item) + at.ITEM_MARGIN] + heads]


@inner
def _leave(P, S, W, item):
    """Points of one person fewer in an item."""
    cell = P[at.HEAD_CELLS] + item
    heads = S[cell] - 1
    _write(S, W, P, cell, heads)
    return -P[P[item_row(P, item) + at.ITEM_MARGIN] + heads]


@inner
def leave_all(P, S, W, person, first, end, side):
    """Points of the headcounts without the person's items that change."""
    roster, items = roster_cell(P, person, 0), P[at.NEW_ITEMS] + side * P[at.DAYS]
    points = 0
    for day in range(first, end):
        old = S[roster + day]
        if old >= 0 and old != W[items + day]:
            points += _leave(P, S, W, old)
    return points


@inner
def join_all(P, S, W, person, first, end, side):
    """Points of the headcounts with the person's new items; NEVER or more where one is full."""
    roster, items = roster_cell(P, person, 0), P[at.NEW_ITEMS] + side * P[at.DAYS]
    points = 0
    for day in range(first, end):
        item = W[items + day]
        if item >= 0 and item != S[roster + day]:
            points += _join(P, S, W, item)
            if points >= NEVER:
                break
    return points


@inner
def row_points(P, row, value):
    """Points of a row of Total at a value."""
    first = P[at.TOTAL_ROWS] + row * at.TOTAL_WIDTH
    piece = P[first + at.TOTAL_PIECE]
    points = 0
    for _ in range(P[first + at.TOTAL_PIECES]):
        over = P[piece + at.PIECE_SENSE] * (value - P[piece + at.PIECE_BOUND])
        if over > 0:
            points += over * P[piece + at.PIECE_POINTS]
        piece += at.PIECE_WIDTH
    return points


@inner
def add_item(P, S, W, person, day, old, item):
    """Change the sums that a day of a person is part of."""
    cell = P[at.ENTRY_FIRST] + person * P[at.DAYS] + day
    entry = P[at.ENTRY_ROWS] + P[cell] * at.ENTRY_WIDTH
    for _ in range(P[cell + 1] - P[cell]):
        amounts = P[entry + at.ENTRY_AMOUNTS]
        change = 0
        if item >= 0:
            change += P[amounts + item]
        if old >= 0:
            change -= P[amounts + old]
        if change != 0:
            row = P[entry + at.ENTRY_ROW]
            group = P[entry + at.ENTRY_GROUP]
            if group >= 0:
                amount = S[P[at.GROUP_CELLS] + group]
                _write(S, W, P, P[at.GROUP_CELLS] + group, amount + change)
                change = (1 if amount + change > 0 else 0) - (1 if amount > 0 else 0)
            if change != 0:
                _write(S, W, P, P[at.VALUE_CELLS] + row, S[P[at.VALUE_CELLS] + row] + change)
                if W[P[at.ROW_MARKS] + row] != W[at.MOVE]:
                    W[P[at.ROW_MARKS] + row] = W[at.MOVE]
                    W[P[at.TOUCHED_ROWS] + W[at.TOUCHED]] = row
                    W[at.TOUCHED] += 1
        entry += at.ENTRY_WIDTH


@inner
def sums_change(P, S, W, person, first, end, side):
    """Change the sums of a person by the new items of days [first, end)."""
    roster, items = roster_cell(P, person, 0), P[at.NEW_ITEMS] + side * P[at.DAYS]
    for day in range(first, end):
        old, item = S[roster + day], W[items + day]
        if old != item:
            add_item(P, S, W, person, day, old, item)


@inner
def touched_change(P, S, W):
    """Points that the touched rows of Total change."""
    points = 0
    for number in range(W[at.TOUCHED]):
        row = W[P[at.TOUCHED_ROWS] + number]
        cell = P[at.PRICE_CELLS] + row
        price = row_points(P, row, S[P[at.VALUE_CELLS] + row])
        points += price - S[cell]
        _write(S, W, P, cell, price)
    return points


@inner
def settle(P, S, W, person, first, end, side, reach):
    """Make the new items and runs of a person those of the state."""
    roster, items = roster_cell(P, person, 0), P[at.NEW_ITEMS] + side * P[at.DAYS]
    runs = P[at.RUN_CELLS] + person * P[at.DAYS]
    new_runs = P[at.NEW_RUNS] + side * (P[at.DAYS] + 1)
    for day in range(first, end):
        S[roster + day] = W[items + day]
    for day in range(first + 1, reach):
        S[runs + day] = W[new_runs + day]


@outer
def load(P, S, W, roster):
    """Make a roster, int64 [person * day], the state's, and price it from the start; its points."""
    days = P[at.DAYS]
    for cell in range(len(S)):
        S[cell] = 0
    points = P[at.BASE]
    for row in range(P[at.GROUP_CELLS] - P[at.PRICE_CELLS]):
        S[P[at.VALUE_CELLS] + row] = P[P[at.TOTAL_ROWS] + row * at.TOTAL_WIDTH + at.TOTAL_BASE]
        S[P[at.PRICE_CELLS] + row] = 0
    for person in range(P[at.PEOPLE]):
        row = P[at.PERSON_ROWS] + person * at.PERSON_WIDTH
        letters, steps = P[row + at.PERSON_LETTERS], P[row + at.PERSON_STEPS]
        table, run, before = P[row + at.PERSON_TABLE], P[row + at.PERSON_START], at.NONE
        for day in range(days):
            W[at.LOGGED] = 0
            W[at.TOUCHED] = 0
            item = roster[person * days + day]
            S[roster_cell(P, person, day)] = item
            S[P[at.RUN_CELLS] + person * days + day] = run
            points += day_cost(P, person, day, item) + follow(P, person, day, before, item)
            cell = steps + 2 * (run * letters + letter_of(P, table, item))
            points += P[cell + 1]
            run = P[cell]
            before = item
            if item >= 0:
                points += _join(P, S, W, item)
                add_item(P, S, W, person, day, at.NONE, item)
    for row in range(P[at.GROUP_CELLS] - P[at.PRICE_CELLS]):
        price = row_points(P, row, S[P[at.VALUE_CELLS] + row])
        S[P[at.PRICE_CELLS] + row] = price
        points += price
    W[at.LOGGED] = 0
    W[at.MOVE] += 1
    S[at.COST] = points
    return points
