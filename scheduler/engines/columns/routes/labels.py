"""Labels of a person's day: its cheapest routes under the program's prices, as one compiled function.

A label is a route up to a stop: its cost, its tasks, when the stop starts. Labels are taken up in order
of time; of those that start together all are settled before any goes on, or the dearest might fill the
memory. One that starts no earlier than another of its node, costs no less, and remembers all that the
other does goes no further. A node remembers tasks near it (ng-routes: Baldacci, Mingozzi & Roberti 2011,
10.1287/opre.1110.0975); nothing is done twice all the same, so that a good route may be missed.
"""

from scheduler.engines.compiled import inner, outer

WORDS = 2
"""Words of tasks, as bits."""
NODE, START, BEFORE, LATER, BEHIND, MEMORY = range(6)
SEEN = MEMORY + WORDS
WIDTH = SEEN + WORDS
"""Cells of a label. LATER: the next that starts then; BEHIND: the next of its node that costs no less."""
ROWS = STAY, FIRST, LAST, EVERY, DUE, LATE, OUT, BACK = range(8)
"""Of a node: ticks of stay; first and last start, and what they are multiples of; from when on each tick
costs LATE points; ticks of the ways out and back."""
EPSILON = 1e-9


@inner
def is_dominated(labels, cost, label, points, first, second):
    """Whether a label, or one behind it in its node, costs no more than these points and remembers no other task."""
    while label >= 0 and cost[label] <= points + EPSILON:
        if (labels[label, MEMORY] & ~first) == 0 and (labels[label, MEMORY + 1] & ~second) == 0:
            return True
        label = labels[label, BEHIND]
    return False


@inner
def settle(labels, cost, cheapest, label):
    """Put a label among those of its node, in order of cost; whether none of them dominates it."""
    node = labels[label, NODE]
    first, second = labels[label, MEMORY], labels[label, MEMORY + 1]
    if is_dominated(labels, cost, cheapest[node], cost[label], first, second):
        return False
    before, behind = -1, cheapest[node]
    while behind >= 0 and cost[behind] <= cost[label]:
        before, behind = behind, labels[behind, BEHIND]
    labels[label, BEHIND] = behind
    if before < 0:
        cheapest[node] = label
    else:
        labels[before, BEHIND] = label
    return True


@inner
def is_beaten(labels, cheapest, label):
    """Whether a label that was put before this one, but settled after it, dominates it."""
    first, second = labels[label, MEMORY], labels[label, MEMORY + 1]
    other = cheapest
    while other != label:
        if (labels[other, MEMORY] & ~first) == 0 and (labels[other, MEMORY + 1] & ~second) == 0:
            return True
        other = labels[other, BEHIND]
    return False


@inner
def extend(
    nodes, value, bits, near, rest, labels, cost, starting, cheapest,
    count, before, node, arrival, points, begin, end, ceiling,
):  # fmt: skip
    """Go on from a label (or -1, from nowhere) to a node, where that may be of use; how many labels there are."""
    start = max(arrival, nodes[FIRST, node])
    every = nodes[EVERY, node]
    start = (start + every - 1) // every * every
    leaves = start + nodes[STAY, node]
    if start > nodes[LAST, node] or leaves + nodes[BACK, node] > end:
        return count
    points -= value[node]
    if start > nodes[DUE, node]:
        points += (start - nodes[DUE, node]) * nodes[LATE, node]
    if points + rest[end - leaves] >= ceiling:
        return count
    first, second = bits[node, 0], bits[node, 1]
    seen, seen_too = first, second
    if before >= 0:
        first |= labels[before, MEMORY] & near[node, 0]
        second |= labels[before, MEMORY + 1] & near[node, 1]
        seen |= labels[before, SEEN]
        seen_too |= labels[before, SEEN + 1]
    if count >= labels.shape[0] or is_dominated(
        labels, cost, cheapest[node], points, first, second
    ):
        return count
    labels[count, NODE] = node
    labels[count, START] = start
    labels[count, BEFORE] = before
    labels[count, LATER] = starting[start - begin]
    labels[count, MEMORY] = first
    labels[count, MEMORY + 1] = second
    labels[count, SEEN] = seen
    labels[count, SEEN + 1] = seen_too
    cost[count] = points
    starting[start - begin] = count
    return count + 1


@outer
def route_labels(
    nodes, value, bits, near, way, rate, rest, begin, end, ceiling,
    labels, cost, whole, starting, cheapest,
):  # fmt: skip
    """Labels of a day, into memory; how many there are.

    nodes: int64 [row, node], see `ROWS`; value: float64 [node], points that it is worth; bits: int64
        [node, word], its task; near: int64 [node, word], tasks that it remembers
    way: int64 [node, node], ticks; begin, end: of the person's presence, ticks
    rate: points of a tick on the way; rest: float64 [tick], what the work of so many ticks may add to a
        cost, at most; ceiling: routes cost less than that
    labels: int64 [label, WIDTH]; cost: float64 [label]; whole: float64 [label], with the way back, for
        labels that none dominates, else 1e30; starting: int64 [tick] and cheapest: int64 [node], -1 at first: the
        labels' lists, by START and by NODE
    """
    count, stops = 0, nodes.shape[1]
    for node in range(stops):
        count = extend(
            nodes, value, bits, near, rest, labels, cost, starting, cheapest, count, -1, node,
            begin + nodes[OUT, node], rate * nodes[OUT, node], begin, end, ceiling,
        )  # fmt: skip
    for tick in range(end - begin + 1):
        label = starting[tick]
        while label >= 0:
            whole[label] = 1e30
            if settle(labels, cost, cheapest, label):
                back = rate * nodes[BACK, labels[label, NODE]]
                whole[label] = cost[label] + back
            label = labels[label, LATER]
        label = starting[tick]
        while label >= 0:
            here = labels[label, NODE]
            if whole[label] < 1e30 and not is_beaten(labels, cheapest[here], label):
                ready = labels[label, START] + nodes[STAY, here]
                for node in range(stops):
                    if (labels[label, SEEN] & bits[node, 0]) != 0:
                        continue
                    if (labels[label, SEEN + 1] & bits[node, 1]) != 0:
                        continue
                    count = extend(
                        nodes, value, bits, near, rest, labels, cost, starting, cheapest, count, label, node,
                        ready + way[here, node], cost[label] + rate * way[here, node],
                        begin, end, ceiling,
                    )  # fmt: skip
            label = labels[label, LATER]
    return count
