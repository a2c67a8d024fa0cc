"""A tour's cheapest routes under prices, and what a route costs."""

from dataclasses import dataclass, field

import numpy as np

from scheduler.engines.columns.arrays import Floats, Ints
from scheduler.engines.columns.routes.labels import (
    BACK,
    BEFORE,
    DUE,
    EVERY,
    FIRST,
    LAST,
    LATE,
    NODE,
    OUT,
    ROWS,
    SEEN,
    STAY,
    WIDTH,
    WORDS,
    route_labels,
)
from scheduler.engines.columns.routes.problem import Tour

Route = tuple[int, ...]
"""Nodes of a tour, in order."""
MOST_LABELS = 200_000
"""Labels of one pricing; more are lost."""
BEST = 10
"""Routes that one pricing gives at most."""
BITS = 62
"""Tasks that a word holds."""
MOST_NODES = BITS * WORDS
"""Nodes of one pricing; of more, those that are worth most for their time."""
TRIVIAL = 1e-6


@dataclass
class RouteMemory:
    """Memory for labels, used again by every pricing."""

    labels: Ints = field(default_factory=lambda: np.empty((MOST_LABELS, WIDTH), dtype=np.int64))
    cost: Floats = field(default_factory=lambda: np.empty(MOST_LABELS))
    whole: Floats = field(default_factory=lambda: np.empty(MOST_LABELS))


def cheapest_routes(
    tour: Tour, value: Floats, remembered: int, ceiling: float, memory: RouteMemory
) -> list[Route]:
    """Routes that cost less than `ceiling`, of different tasks, the cheapest first.

    value: float64 [node], points that it is worth, less what is asked for it. remembered: tasks that a
    node remembers; the more, the fewer good routes are missed, and the longer it takes.
    """
    chosen = np.flatnonzero(value > TRIVIAL)
    if len(chosen) > MOST_NODES:
        worth = value[chosen] / np.maximum(1, tour.nodes[STAY, chosen])
        chosen = np.sort(chosen[np.argsort(-worth, kind="stable")[:MOST_NODES]])
    if not len(chosen):
        return []
    nodes, way = np.ascontiguousarray(tour.nodes[:, chosen]), tour.way[np.ix_(chosen, chosen)]
    bits = _bits(tour.task[chosen])
    count = route_labels(
        nodes,
        value[chosen],
        bits,
        _near(bits, way, remembered),
        way,
        tour.rate,
        _rest(value[chosen], nodes[STAY], tour.end - tour.begin),
        tour.begin,
        tour.end,
        ceiling,
        memory.labels,
        memory.cost,
        memory.whole,
        np.full(tour.end - tour.begin + 1, -1, dtype=np.int64),
        np.full(len(chosen), -1, dtype=np.int64),
    )
    whole = memory.whole[:count]
    return [
        tuple(chosen[_nodes(memory.labels, label)].tolist())
        for label in _different(memory.labels, whole, ceiling)
    ]


def compile_routes() -> None:
    """Compile the labels' kernel, or load it from the cache."""
    one = np.zeros(1, dtype=np.int64)
    nodes, way = np.zeros((len(ROWS), 1), dtype=np.int64), np.zeros((1, 1), dtype=np.int64)
    tour = Tour(0, one, one, one, nodes, way, rate=1, begin=0, end=1)
    cheapest_routes(tour, np.ones(1), 0, 0.0, RouteMemory())


def _bits(tasks: Ints) -> Ints:
    numbers = np.unique(tasks, return_inverse=True)[1]
    bits = np.zeros((len(tasks), WORDS), dtype=np.int64)
    bits[np.arange(len(tasks)), numbers // BITS] = np.int64(1) << (numbers % BITS)
    return bits


def _near(bits: Ints, way: Ints, remembered: int) -> Ints:
    """The bits of each node's nearest."""
    near = np.zeros_like(bits)
    order = np.argsort(way + way.T, axis=1, kind="stable")[:, : remembered + 1]
    if remembered:
        near = np.bitwise_or.reduce(bits[order], axis=1)
    return near


def _rest(value: Floats, stay: Ints, ticks: int) -> Floats:
    """float64 [tick]: the least that so many ticks of work may add to a cost, ways aside (a fractional knapsack)."""
    order = np.argsort(-value / np.maximum(1, stay), kind="stable")
    work = np.concatenate([[0], np.cumsum(np.maximum(1, stay[order]))])
    worth = np.concatenate([[0.0], np.cumsum(value[order])])
    rest: Floats = -np.interp(np.arange(ticks + 1), work, worth)
    return rest


def _different(labels: Ints, whole: Floats, ceiling: float) -> list[int]:
    """The cheapest routes' last labels, one of each set of tasks."""
    cheap = np.flatnonzero(whole < ceiling - TRIVIAL)
    if len(cheap) > BEST * BEST:
        cheap = cheap[np.argpartition(whole[cheap], BEST * BEST)[: BEST * BEST]]
    found: dict[tuple[int, ...], int] = {}
    for label in cheap[np.argsort(whole[cheap], kind="stable")].tolist():
        found.setdefault(tuple(labels[label, SEEN : SEEN + WORDS].tolist()), label)
        if len(found) == BEST:
            break
    return list(found.values())


def _nodes(labels: Ints, label: int) -> list[int]:
    nodes = []
    while label >= 0:
        nodes.append(int(labels[label, NODE]))
        label = int(labels[label, BEFORE])
    return nodes[::-1]


def timed(tour: Tour, route: Route) -> tuple[list[int], int] | None:
    """Starts of a route's stops, each as early as can be, and its points; None where it is not in time."""
    starts, points, ready, before = list[int](), 0, tour.begin, -1
    rows = tour.nodes
    for node in route:
        leg = int(rows[OUT, node] if before < 0 else tour.way[before, node])
        every = int(rows[EVERY, node])
        start = -(-max(ready + leg, int(rows[FIRST, node])) // every) * every
        if start > rows[LAST, node]:
            return None
        late = max(0, start - int(rows[DUE, node])) * int(rows[LATE, node])
        points += tour.rate * leg + int(tour.fit[node]) + late
        starts.append(start)
        ready, before = start + int(rows[STAY, node]), node
    back = int(rows[BACK, before]) if route else 0
    return None if ready + back > tour.end else (starts, points + tour.rate * back)
