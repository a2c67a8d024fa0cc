"""The labelling DP: a person's cheapest rosters under the program's prices, as one compiled function.

A label is a path up to a day: its cost, the values of its counted lanes, its last choice and the label
before. A label dominates another of its state that costs no less and has no lower count; of the labels
that none dominates, a state keeps `keep_most`. States are hashed, so that memory grows with the states
that are reached and not with all possible ones.
"""

from scheduler.engines.columns.bounds import FIELD, FIELDS
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
def beam_limit(
    keys, queue, heads, tolled, rest_cost, today, queued, day, classes, values, beam, bins
):
    """The bound from which on states of a day are left out, so that about `beam` stay."""
    low, high = 1e30, -1e30
    for number in range(queued):
        at = queue[today, number]
        state = keys[today, at]
        bound = tolled[heads[today, at]]
        bound += rest_cost[day, state // (values * classes), (state // values) % classes]
        low, high = min(low, bound), max(high, bound)
    width = (high - low) / bins.shape[0] + 1e-9
    bins[:] = 0
    for number in range(queued):
        at = queue[today, number]
        state = keys[today, at]
        bound = tolled[heads[today, at]]
        bound += rest_cost[day, state // (values * classes), (state // values) % classes]
        bins[min(bins.shape[0] - 1, int((bound - low) / width))] += 1
    stay, last = bins[0], 1
    while last < bins.shape[0] and stay + bins[last] <= beam:
        stay += bins[last]
        last += 1
    return low + last * width


@outer
def labels(
    days, classes, start, keep_most, beam, relax, ceiling, back,
    choice_cost, key, weighed, least, group_first, choice_first, groups, dense, counted,
    follow_first, follow, run_next, run_cost, run_on,
    sizes, strides, need, most, clip, close, prices,
    limit, floor, keep, off, end, rest_cost, close_toll, close_back,
    cost, tolled, count, links, keys, heads, queue,
    order, queued, digits, fresh, bins, costs, final, paths,
):  # fmt: skip
    """Labels of every day, and the cheapest at the end.

    Arrays are those of `network.PersonNetwork`, except:

    choice_cost: float64 [choice], points less prices; 1e29: masked; key: by which choices are tried
    weighed, least, rest_cost, close_toll, close_back, back: of `bounds.bound`
    cost, tolled, count, links, keys, heads, queue: of `pricing.LabelMemory`; tolled: cost with tolls and
        what is paid back; links holds the label before, the choice, and the next label of the state
    order: int64 [choice], at first 0, 1, 2 …; queued: int64 [2]; digits: int64 [lane]; fresh: int64
        [word]; working memory
    costs: float64 [best]; final: int64 [best]; paths: int64 [best, day]: the result, at first 1e30, -1
    ceiling: paths must cost less; beam: states of a day that are followed further, 0: all; bins: working
        memory
    relax: labels beyond `keep_most` or memory are merged, so that the least cost is a bound; else lost

    Returns (number of paths, of choices or -1; cut: 0 no label was lost, 1 some at a full state, 2 some
    for want of memory).
    """
    lanes, words, capacity, best_of = sizes.shape[0], limit.shape[1], cost.shape[0], costs.shape[0]
    values = 1
    for lane in range(lanes):
        values *= sizes[lane]
    states = run_next.shape[0] * classes * values
    guard = 0
    for place in range(FIELDS):
        guard |= 1 << (FIELD * place + FIELD - 1)
    low = guard - (guard >> (FIELD - 1))
    cheapest_first(key, choice_first, order)
    cut, used, today = 0, 1, 0
    cost[0] = 0.0
    tolled[0] = back
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
        last_bound, left = 1e30, 2 * beam
        if 0 < beam < queued[today]:
            cut = max(cut, 1)
            last_bound = beam_limit(
                keys, queue, heads, tolled, rest_cost, today, queued[today], day, classes, values,
                beam, bins,
            )  # fmt: skip
        for number in range(queued[today]):
            state = keys[today, queue[today, number]]
            first_label = heads[today, queue[today, number]]
            rest = state % values
            kind = (state // values) % classes
            run = state // (values * classes)
            if last_bound < NEVER:
                if left == 0 or tolled[first_label] + rest_cost[day, run, kind] >= last_bound:
                    continue
                left -= 1
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
                extra = 0.0
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
                        extra -= close_toll[day, lane] * reached + close_back[day, lane]
                        reached = 0
                    index += reached * strides[lane]
                if not fits or step >= NEVER:
                    continue
                beyond = ceiling - rest_cost[day + 1, run_after, after] - step - extra
                target = (run_after * classes + after) * values + index
                at = probe(keys, tomorrow, states, target)
                head = heads[tomorrow, at] if keys[tomorrow, at] >= 0 else -1
                begin = choice_first[group] if work else 0
                stop = choice_first[group + 1] if work else 1
                label = first_label
                while label >= 0:
                    if tolled[label] + (least[group, on] if work else 0.0) >= beyond:
                        label = links[label, 2]
                        continue
                    for place in range(begin, stop):
                        choice = order[place] if work else -1
                        total = cost[label] + step
                        reckoned = tolled[label]
                        if work:
                            if choice_cost[choice] >= NEVER:
                                continue
                            total += choice_cost[choice]
                            reckoned += weighed[choice, on]
                        if reckoned >= beyond:
                            continue
                        reckoned += step + extra
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
                            mask = above - (above >> (FIELD - 1))
                            amount = (amount & mask) | (floor[day, word] & ~mask & low)
                            fresh[word] = amount & keep[day, word]
                        if not within:
                            continue
                        dominated = False
                        new = -1
                        worst = -1
                        worst_cost = reckoned
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
                            if tolled[rival] > worst_cost:
                                worst_cost = tolled[rival]
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
                                        mask = above - (above >> (FIELD - 1))
                                        fresh[word] = (theirs & mask) | (mine & ~mask & low)
                                    if reckoned < tolled[new]:
                                        tolled[new] = reckoned
                                    reckoned = tolled[new]
                                    if cost[new] <= total:
                                        for word in range(words):
                                            count[new, word] = fresh[word]
                                        new = -1
                                else:
                                    new = worst
                            if new >= 0:
                                cost[new] = total
                                tolled[new] = reckoned
                                for word in range(words):
                                    count[new, word] = fresh[word]
                                links[new, 0] = label
                                links[new, 1] = choice
                        if free or (keep_most == 1 and not relax):
                            for later in range(place + 1, stop):
                                if not free or choice_cost[order[later]] < choice_cost[choice]:
                                    cut = max(cut, 1)
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
    return path_count, cut
