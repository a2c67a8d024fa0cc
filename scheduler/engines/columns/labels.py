"""The labelling DP: a person's cheapest rosters under the program's prices, as one compiled function.

A label is a path up to a day: its cost, the values of its counted lanes, its last choice and the label
before. A label dominates another of its state that costs no less and has no lower count; of the labels
that none dominates, a state keeps `keep_most`. States are hashed, so that memory grows with the states
that are reached and not with all possible ones.
"""

from scheduler.engines.compiled import inner, outer

NEVER = 1e29


@inner
def probe(keys, side, states, state):
    """The place of a state among the keys of a day, or the free place for it (linear probing)."""
    mask = keys.shape[1] - 1
    at = state & mask
    if states > mask:
        at = (state ^ (state >> 21) * 0x9E3779B1) & mask
    while keys[side, at] != state and keys[side, at] >= 0:
        at = (at + 1) & mask
    return at


@inner
def cheapest_first(choice_cost, choice_first, order):
    """Sort the choices of every group by their cost."""
    for group in range(choice_first.shape[0] - 1):
        for place in range(choice_first[group] + 1, choice_first[group + 1]):
            choice = order[place]
            at = place
            while at > choice_first[group] and choice_cost[order[at - 1]] > choice_cost[choice]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = choice


@inner
def completions(
    days, classes, choice_cost, order, group_first, choice_first, groups, dense,
    follow_first, follow, run_next, run_cost, run_on, off, end, lane, lane_price, rest, amount,
):  # fmt: skip
    """Bounds on what the days from each day on cost, by run and class.

    rest: float64 [day + 1, run, class], the least cost; amount: of the same shape, the units of `lane`
    that go with it. All other lanes are ignored; each unit of `lane` costs `lane_price` more, which
    prices its limit (Lagrangian relaxation).
    """
    for run in range(run_next.shape[0]):
        for kind in range(classes):
            rest[days, run, kind] = end[run, kind]
            amount[days, run, kind] = 0
    for day in range(days - 1, -1, -1):
        entries = (follow_first[day + 1] - follow_first[day]) // classes
        for run in range(run_next.shape[0]):
            on = run_on[run]
            for kind in range(classes if on or day == 0 else 1):
                best = run_cost[run, 0] + off[day] + rest[day + 1, run_next[run, 0], 0]
                units = amount[day + 1, run_next[run, 0], 0]
                for group in range(group_first[day], group_first[day + 1]):
                    letter = groups[group, 2]
                    if run_cost[run, letter] >= NEVER:
                        continue
                    after = run_next[run, letter]
                    gain = dense[group, on, lane]
                    total = choice_cost[order[choice_first[group]]] + run_cost[run, letter]
                    total += gain * lane_price + rest[day + 1, after, groups[group, 1]]
                    if on or day == 0:
                        total += follow[follow_first[day] + kind * entries + groups[group, 0]]
                    if total < best:
                        best = total
                        units = gain + amount[day + 1, after, groups[group, 1]]
                rest[day, run, kind] = best
                amount[day, run, kind] = units
            if not on and day > 0:
                for kind in range(1, classes):
                    rest[day, run, kind] = rest[day, run, 0]
                    amount[day, run, kind] = amount[day, run, 0]


@outer
def labels(
    days, classes, start, keep_most, relax, ceiling, margin, main, least_main, most_main, last_main,
    choice_cost, group_first, choice_first, groups, dense, counted,
    follow_first, follow, run_next, run_cost, run_on,
    sizes, strides, need, most, clip, close, prices,
    limit, floor, keep, off, end,
    cost, count, links, keys, heads, queue,
    order, rest_cost, units, queued, digits, fresh, costs, final, paths,
):  # fmt: skip
    """Labels of every day, and the cheapest at the end.

    Arrays are those of `network.PersonNetwork`, except:

    choice_cost: float64 [choice], points less prices; 1e29: masked
    cost, count, links, keys, heads, queue: of `pricing.LabelMemory`; links holds the label before, the
        choice, and the next label of the state
    order: int64 [choice], at first 0, 1, 2 …; rest_cost, units: written by `completions`
    queued: int64 [2]; digits: int64 [lane]; fresh: int64 [word]; working memory
    costs: float64 [best]; final: int64 [best]; paths: int64 [best, day]: the result, at first 1e30, -1
    ceiling: paths must cost less; margin: and at most so much more than the bound of `completions`
    main, least_main, most_main, last_main: the lane for that bound, its least, most and last day
    relax: labels beyond `keep_most` or memory are merged, so that the least cost is a bound; else lost

    Returns (number of paths, of choices or -1; cut: 0 no label was lost, 1 some at a full state, 2 some
    for want of memory; the bound: no path costs less).
    """
    lanes, words, capacity, best_of = sizes.shape[0], limit.shape[1], cost.shape[0], costs.shape[0]
    values = 1
    for lane in range(lanes):
        values *= sizes[lane]
    states = run_next.shape[0] * classes * values
    guard = 0
    for place in range(7):
        guard |= 1 << (8 * place + 7)
    low = guard - (guard >> 7)
    cheapest_first(choice_cost, choice_first, order)
    lane_price, bound = 0.0, 0
    floor_cost = -1e30
    judged = ceiling < NEVER or margin < NEVER
    if judged:
        low_price, high_price = 0.0, 0.0
        for attempt in range(10):
            completions(
                days, classes, choice_cost, order, group_first, choice_first, groups, dense,
                follow_first, follow, run_next, run_cost, run_on, off, end,
                main if main > 0 else 0, lane_price, rest_cost, units,
            )  # fmt: skip
            if main < 0 or attempt == 9:
                break
            met = units[0, start, 0]
            if attempt == 0:
                if least_main <= met <= most_main:
                    break
                bound = most_main if met > most_main else least_main
                top = 0.0
                for candidate in range(choice_cost.shape[0]):
                    if choice_cost[candidate] < NEVER and choice_cost[candidate] > top:
                        top = choice_cost[candidate]
                    elif -choice_cost[candidate] > top:
                        top = -choice_cost[candidate]
                unit = 1 << 30
                for group in range(groups.shape[0]):
                    if 0 < dense[group, 0, main] < unit:
                        unit = dense[group, 0, main]
                high_price = 2 * top / unit if met > most_main else 0.0
                low_price = 0.0 if met > most_main else -2 * top / unit
            elif met > bound:
                low_price = lane_price
            elif met < bound:
                high_price = lane_price
            else:
                break
            lane_price = (low_price + high_price) / 2
        floor_cost = rest_cost[0, start, 0] - lane_price * bound
        if floor_cost + margin < ceiling:
            ceiling = floor_cost + margin
        if floor_cost >= ceiling:
            return 0, 0, floor_cost
    cut, used, today = 0, 1, 0
    cost[0] = 0.0
    count[0, :] = 0
    links[0, :] = -1
    queue[0, 0] = probe(keys, 0, states, start * classes * values)
    keys[0, queue[0, 0]] = start * classes * values
    heads[0, queue[0, 0]] = 0
    queued[0] = 1
    for day in range(days):
        tomorrow = 1 - today
        queued[tomorrow] = 0
        entries = (follow_first[day + 1] - follow_first[day]) // classes
        for number in range(queued[today]):
            state = keys[today, queue[today, number]]
            first_label = heads[today, queue[today, number]]
            rest = state % values
            kind = (state // values) % classes
            run = state // (values * classes)
            on = run_on[run]
            for lane in range(lanes):
                digits[lane] = rest % sizes[lane]
                rest //= sizes[lane]
            for group in range(group_first[day] - 1, group_first[day + 1]):
                work = 1 if group >= group_first[day] else 0
                letter = groups[group, 2] if work else 0
                step = run_cost[run, letter]
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
                run_after = run_next[run, letter]
                index = 0
                fits = True
                spent = 0
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
                    if lane == main:
                        spent = reached if day <= last_main else bound
                    if close[day, lane] >= 0:
                        step += prices[close[day, lane] + reached]
                        reached = 0
                    index += reached * strides[lane]
                if not fits or step >= NEVER:
                    continue
                beyond = (
                    ceiling - rest_cost[day + 1, run_after, after] + lane_price * (bound - spent)
                )
                target = (run_after * classes + after) * values + index
                at = probe(keys, tomorrow, states, target)
                head = heads[tomorrow, at] if keys[tomorrow, at] >= 0 else -1
                begin = choice_first[group] if work else 0
                stop = choice_first[group + 1] if work else 1
                label = first_label
                while label >= 0:
                    for place in range(begin, stop):
                        choice = order[place] if work else -1
                        total = cost[label] + step
                        if work:
                            if choice_cost[choice] >= NEVER:
                                break
                            total += choice_cost[choice]
                        if total >= beyond:
                            break
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
                        dominated = False
                        new = -1
                        worst = -1
                        worst_cost = total
                        filled = 0
                        rival = head
                        while rival >= 0:
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
                                new = rival
                                break
                            if cost[rival] > worst_cost:
                                worst_cost = cost[rival]
                                worst = rival
                            filled += 1
                            rival = links[rival, 2]
                        if not dominated:
                            if new >= 0:
                                pass
                            elif filled < keep_most and used < capacity:
                                new = used
                                used += 1
                                if head < 0:
                                    keys[tomorrow, at] = target
                                    queue[tomorrow, queued[tomorrow]] = at
                                    queued[tomorrow] += 1
                                links[new, 2] = head
                                head = new
                                heads[tomorrow, at] = new
                            else:
                                if used >= capacity:
                                    cut = 2
                                elif cut == 0:
                                    cut = 1
                                if relax and head >= 0:
                                    new = head
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
                                else:
                                    new = worst
                            if new >= 0:
                                cost[new] = total
                                for word in range(words):
                                    count[new, word] = fresh[word]
                                links[new, 0] = label
                                links[new, 1] = choice
                        if free:
                            break
                        if keep_most == 1 and not relax:
                            if place + 1 < stop and cut == 0:
                                cut = 1
                            break
                    label = links[label, 2]
        for number in range(queued[today]):
            keys[today, queue[today, number]] = -1
        today = tomorrow
    for number in range(queued[today]):
        at = queue[today, number]
        state = keys[today, at]
        after_end = end[state // (values * classes), (state // values) % classes]
        label = heads[today, at]
        keys[today, at] = -1
        while label >= 0:
            total = cost[label] + after_end
            if total < costs[best_of - 1] and total < NEVER and total < ceiling:
                at = best_of - 1
                while at > 0 and costs[at - 1] > total:
                    costs[at] = costs[at - 1]
                    final[at] = final[at - 1]
                    at -= 1
                costs[at] = total
                final[at] = label
            label = links[label, 2]
    path_count = 0
    for number in range(best_of):
        label = final[number]
        if label < 0:
            break
        path_count += 1
        for day in range(days - 1, -1, -1):
            paths[number, day] = links[label, 1]
            label = links[label, 0]
    return path_count, cut, floor_cost
