"""The labelling DP: a person's cheapest rosters under the program's prices, as one compiled function.

A label is a path up to a day: its cost, the values of its counted lanes, the choice that made it
and the label before. Labels of one state are kept while none dominates them (no dearer, no count
higher), at most `keep_most` of them.
"""

import numpy as np

from scheduler.compiled import outer

NEVER = 1e29


@outer
def labels(
    days, classes, start, keep_most, relax, room,
    choice_cost, group_first, choice_first, groups, dense, counted,
    follow_first, follow, run_next, run_cost, run_on,
    sizes, strides, need, most, clip, close, prices,
    limit, floor, keep, off, end, best_of,
):  # fmt: skip
    """Labels of every day, and the cheapest at the end.

    Arrays as in `person.Person`; choice_cost: float64 [choice], with prices taken off, 1e29: masked.
    relax: labels that find no room are merged, so that the least cost is a bound; else dropped.
    Returns (costs, paths: int64 [best_of, day] of choices or -1, how many, cut: 0 where no label
    was lost, 1 where some found their state full, 2 where some found no memory).
    """
    lanes = sizes.shape[0]
    words = limit.shape[1]
    values = 1
    for lane in range(lanes):
        values *= sizes[lane]
    states = run_next.shape[0] * classes * values
    guard = 0
    for field in range(7):
        guard |= 1 << (8 * field + 7)
    low = guard - (guard >> 7)
    cost = np.empty(room, dtype=np.float64)
    count = np.empty((room, words), dtype=np.int64)
    made = np.empty((room, 3), dtype=np.int32)
    table = np.empty((2, states, keep_most), dtype=np.int32)
    held = np.zeros((2, states), dtype=np.int32)
    queue = np.empty((2, states), dtype=np.int32)
    queued = np.zeros(2, dtype=np.int64)
    digits = np.zeros(lanes, dtype=np.int64)
    fresh = np.zeros(words, dtype=np.int64)
    order = np.arange(choice_cost.shape[0])
    cut = 0
    for group in range(groups.shape[0]):
        for place in range(choice_first[group] + 1, choice_first[group + 1]):
            one = order[place]
            at = place
            while at > choice_first[group] and choice_cost[order[at - 1]] > choice_cost[one]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = one
    used = 1
    cost[0] = 0.0
    count[0, :] = 0
    made[0, 0] = -1
    made[0, 1] = -1
    here = 0
    first_state = start * classes * values
    table[0, first_state, 0] = 0
    held[0, first_state] = 1
    queue[0, 0] = first_state
    queued[0] = 1
    for day in range(days):
        there = 1 - here
        queued[there] = 0
        entries = (follow_first[day + 1] - follow_first[day]) // classes
        for number in range(queued[here]):
            state = queue[here, number]
            value = state % values
            kind = (state // values) % classes
            run = state // (values * classes)
            on = run_on[run]
            rest = value
            for lane in range(lanes):
                digits[lane] = rest % sizes[lane]
                rest //= sizes[lane]
            for group in range(group_first[day] - 1, group_first[day + 1]):
                work = 1 if group >= group_first[day] else 0
                step = run_cost[run, work]
                if step >= NEVER:
                    continue
                after = 0
                if work:
                    if choice_cost[order[choice_first[group]]] >= NEVER:
                        continue
                    if on or day == 0:
                        step += follow[follow_first[day] + kind * entries + groups[group, 0]]
                    after = groups[group, 1]
                else:
                    step += off[day]
                if step >= NEVER:
                    continue
                run_after = run_next[run, work]
                index = 0
                fits = True
                for lane in range(lanes):
                    reached = digits[lane] + (dense[group, on, lane] if work else 0)
                    if reached > most[day, lane]:
                        if clip[day, lane]:
                            reached = most[day, lane]
                        else:
                            fits = False
                            break
                    if reached < need[day, run_after, lane]:
                        fits = False
                        break
                    if close[day, lane] >= 0:
                        step += prices[close[day, lane] + reached]
                        reached = 0
                    index += reached * strides[lane]
                if not fits or step >= NEVER:
                    continue
                target = (run_after * classes + after) * values + index
                for own in range(held[here, state]):
                    label = table[here, state, own]
                    begin = choice_first[group] if work else 0
                    stop = choice_first[group + 1] if work else 1
                    for place in range(begin, stop):
                        choice = order[place] if work else -1
                        total = cost[label] + step
                        if work:
                            if choice_cost[choice] >= NEVER:
                                break
                            total += choice_cost[choice]
                        within = True
                        free = True
                        for word in range(words):
                            amount = count[label, word]
                            if work:
                                amount += counted[choice, on, word]
                                if counted[choice, on, word] != 0:
                                    free = False
                            if (((limit[day, word] | guard) - amount) & guard) != guard:
                                within = False
                                break
                            above = ((amount | guard) - floor[day, word]) & guard
                            mask = above - (above >> 7)
                            amount = (amount & mask) | (floor[day, word] & ~mask & low)
                            fresh[word] = amount & keep[day, word]
                        if not within:
                            continue
                        filled = held[there, target]
                        if filled == 0:
                            queue[there, queued[there]] = target
                            queued[there] += 1
                        dominated = False
                        slot = -1
                        worst = -1
                        worst_cost = total
                        for other in range(filled):
                            rival = table[there, target, other]
                            under = True
                            over = True
                            for word in range(words):
                                mine = fresh[word]
                                theirs = count[rival, word]
                                if (((mine | guard) - theirs) & guard) != guard:
                                    under = False
                                if (((theirs | guard) - mine) & guard) != guard:
                                    over = False
                            if under and cost[rival] <= total:
                                dominated = True
                                break
                            if over and total <= cost[rival]:
                                slot = other
                                break
                            if cost[rival] > worst_cost:
                                worst_cost = cost[rival]
                                worst = other
                        if not dominated:
                            new = -1
                            if slot >= 0:
                                new = table[there, target, slot]
                            elif filled < keep_most and used < room:
                                new = used
                                used += 1
                                table[there, target, filled] = new
                                held[there, target] = filled + 1
                            else:
                                cut = max(cut, 2 if used >= room else 1)
                                if filled == 0:
                                    queued[there] -= 1
                                elif relax:
                                    new = table[there, target, filled - 1]
                                    for word in range(words):
                                        mine = fresh[word]
                                        theirs = count[new, word]
                                        above = ((mine | guard) - theirs) & guard
                                        mask = above - (above >> 7)
                                        fresh[word] = (theirs & mask) | (mine & ~mask & low)
                                    if cost[new] <= total:
                                        for word in range(words):
                                            count[new, word] = fresh[word]
                                        new = -1
                                elif worst >= 0:
                                    new = table[there, target, worst]
                            if new >= 0:
                                cost[new] = total
                                for word in range(words):
                                    count[new, word] = fresh[word]
                                made[new, 0] = label
                                made[new, 1] = choice
                                made[new, 2] = target
                        if free:
                            break
                        if keep_most == 1 and not relax:
                            if place + 1 < stop:
                                cut = max(cut, 1)
                            break
        for number in range(queued[here]):
            held[here, queue[here, number]] = 0
        here = there
    costs = np.full(best_of, 1e30)
    final = np.full(best_of, -1, dtype=np.int64)
    for number in range(queued[here]):
        state = queue[here, number]
        after = end[state // (values * classes), (state // values) % classes]
        for own in range(held[here, state]):
            label = table[here, state, own]
            total = cost[label] + after
            if total < costs[best_of - 1] and total < NEVER:
                at = best_of - 1
                while at > 0 and costs[at - 1] > total:
                    costs[at] = costs[at - 1]
                    final[at] = final[at - 1]
                    at -= 1
                costs[at] = total
                final[at] = label
    paths = np.full((best_of, days), -1, dtype=np.int64)
    found = 0
    for number in range(best_of):
        label = final[number]
        if label < 0:
            break
        found += 1
        for day in range(days - 1, -1, -1):
            paths[number, day] = made[label, 1]
            label = made[label, 0]
    return costs, paths, found, cut


def price(
    person, prices, keep_most, *, relax=False, room=1 << 17, best_of=3, masked=None, off=None
):
    """`labels` for a person under prices (float64 [item]).

    masked: bool [choice], never taken; off: float64 [day], instead of the person's own.
    Returns (points less prices, paths, cut). Memory for labels grows where it was too little.
    """
    cost = person.cells - prices[person.items]
    if masked is not None:
        cost[masked] = NEVER
    while True:
        costs, paths, found, cut = labels(
            person.days, person.classes, person.start, keep_most, relax, room,
            cost, person.group_first, person.choice_first, person.groups, person.dense,
            person.counted, person.follow_first, person.follow, person.run_next, person.run_cost,
            person.run_on, person.sizes, person.strides, person.need, person.most, person.clip,
            person.close, person.prices, person.limit, person.floor, person.keep,
            person.off if off is None else off, person.end, best_of,
        )  # fmt: skip
        if cut < 2 or room >= MOST_LABELS:
            return costs[:found] + person.constant, paths[:found], cut
        room *= 4


MOST_LABELS = 1 << 23
"""Labels of one pricing; beyond, some are lost (about 0.3 GB)."""
