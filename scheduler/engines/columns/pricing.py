"""Pricing: a person's cheapest rosters under the program's prices, in memory that is used again."""

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.arrays import Bools, Floats, Ints
from scheduler.engines.columns.bounds import FIELDS, NEAR, bound
from scheduler.engines.columns.labels import NEVER, labels
from scheduler.engines.columns.network import PersonNetwork

KEEP, LONG = (1, 8, 64), 120
"""Labels kept for each state: few at first, more where no rosters come of it; and days beyond which the last
of them would take too long."""
MOST_LABELS = 1 << 23
"""Labels of one pricing, about 0.3 GB; labels beyond that are lost."""
BEST = 3
"""Rosters that one pricing gives at most."""
BEAM, NARROW, WIDEST = 400, 50, 8
"""States of a day that are followed further where one label of each is kept, and where prices are still far
from the best; labels up to which any are left out."""
TRIES, FIRST_TRIES = 4, 32
"""Tries of a bound's tolls, and of its first ones."""
MARGIN, WIDER, FARTHEST = 4.0, 4, 1e9
"""Points that are added to the margin needed before; how many times as wide it becomes where no roster was found,
and over long times the beam; and how wide at most, before it has no limit."""


def keeps(days: int) -> tuple[int, ...]:
    """`KEEP` for so many days."""
    return KEEP if days <= LONG else KEEP[:-1]


@dataclass
class LabelMemory:
    """Memory for labels, used again by every pricing. words: of the counted lanes."""

    labels: int = 1 << 16
    words: int = 1
    arrays: tuple[NDArray[Any], ...] = field(init=False)
    margin: dict[int, float] = field(default_factory=dict)
    """By person: points above the bound within which the cheapest roster is expected."""
    usual: float = MARGIN
    """Those of the last person."""

    def __post_init__(self) -> None:
        self._make()

    def fit(self, words: int) -> None:
        """Allocate at least that many words."""
        if words > self.words:
            self.words = words
            self._make()

    def grow(self) -> None:
        """Four times the labels."""
        self.labels *= 4
        self._make()

    def _make(self) -> None:
        self.arrays = (
            np.empty(self.labels, dtype=np.float64),
            np.empty(self.labels, dtype=np.float64),
            np.empty((self.labels, self.words), dtype=np.int64),
            np.empty((self.labels, 3), dtype=np.int32),
            np.full((2, 2 * self.labels), -1, dtype=np.int64),
            np.empty((2, 2 * self.labels), dtype=np.int32),
            np.empty((2, self.labels), dtype=np.int32),
        )


def price_rosters(
    person: PersonNetwork,
    prices: Floats,
    keep_most: int,
    *,
    relax: bool = False,
    memory: LabelMemory | None = None,
    masked: Bools | None = None,
    off: Floats | None = None,
    ceiling: float = math.inf,
    widest: int = BEAM,
) -> tuple[Floats, Ints, int]:
    """A person's cheapest rosters under prices (float64 [item]), by `labels`.

    keep_most, relax: see `labels`. ceiling: points less prices from which on a roster is of no
    interest; masked: bool [choice], never taken; off: float64 [day], instead of the network's; widest: see
    `BEAM`.
    Returns (points less prices, paths, cut). Memory for labels grows where it was too little.
    """
    if person.constant >= NEVER:  # no roster keeps a hard rule that the past has broken for good
        return np.empty(0), np.empty((0, person.days), dtype=np.int64), 0
    cost = person.cells - prices[person.items]
    if masked is not None:
        cost[masked] = NEVER
    off = person.off if off is None else off
    memory = LabelMemory() if memory is None else memory
    memory.fit(person.limit.shape[1])
    top, margin = ceiling - person.constant, memory.margin.get(person.number, memory.usual)
    bounds = bounded(person, cost, off, top)
    key = bounds.weighed[:, 0].copy() if keep_most == 1 and not relax else cost
    beam = 0 if relax or keep_most > WIDEST else widest * keep_most
    while True:
        order, queued = np.arange(len(cost)), np.zeros(2, dtype=np.int64)
        costs, final = np.full(BEST, 1e30), np.full(BEST, -1, dtype=np.int64)
        paths = np.full((BEST, person.days), -1, dtype=np.int64)
        count, cut = labels(
            person.days, person.classes, person.start, keep_most, beam, relax,
            min(top, bounds.least + margin), bounds.back,
            cost, key, bounds.weighed, bounds.cheapest, person.group_first, person.choice_first,
            person.groups, person.dense,
            person.counted, person.follow_first, person.follow, person.run_next, person.run_cost,
            person.run_on, person.sizes, person.strides, person.need, person.most, person.clip,
            person.close, person.prices, person.limit, person.floor, person.keep,
            off, person.end, bounds.rest, bounds.close_toll, bounds.close_back, *memory.arrays,
            order, queued, np.empty_like(person.sizes), np.empty_like(person.limit[0]), np.zeros(64, dtype=np.int64),
            costs, final, paths,
        )  # fmt: skip
        if cut == 2 and memory.labels < MOST_LABELS:
            memory.grow()
            continue
        if count or bounds.least + margin >= min(top, NEVER):
            break
        if person.days <= LONG:
            margin = WIDER * margin if margin < FARTHEST else math.inf
            continue
        if margin < abs(bounds.least):
            margin *= WIDER
        else:  # nothing but states that were left out can be why there is none
            margin, beam = math.inf, WIDER * beam
        before, bounds = bounds, bounded(person, cost, off, top)  # tolls climb on
        if before.top < bounds.top:
            bounds = replace(bounds, top=before.top, path=before.path)
        key = bounds.weighed[:, 0].copy() if keep_most == 1 and not relax else cost
    if count:
        memory.usual = memory.margin[person.number] = 1.5 * (costs[0] - bounds.least) + MARGIN
    if bounds.top < min(top, costs[0]) - NEAR and not relax:
        costs, paths = np.roll(costs, 1), np.roll(paths, 1, axis=0)
        count, costs[0], paths[0] = min(BEST, count + 1), bounds.top, bounds.path
    return costs[:count] + person.constant, paths[:count], cut


@dataclass(frozen=True)
class Bounds:
    """What `bounds.bound` found of a person under some prices, and its arrays."""

    least: float
    top: float
    back: float
    path: Ints
    rest: Floats
    weighed: Floats
    cheapest: Floats
    close_toll: Floats
    close_back: Floats


def bounded(person: PersonNetwork, cost: Floats, off: Floats, top: float) -> Bounds:
    """Bound a person's rosters; the network keeps its tolls.

    cost: float64 [choice + 1]; off: float64 [day]; top: costs from which on it may end.
    """
    days, rows = person.days, len(person.limits)
    states = (days + 1, len(person.run_next), person.classes)
    path, trial = np.full((2, days), -1, dtype=np.int64)
    lane_toll, close_toll, close_back = np.zeros((3, days, len(person.sizes)))
    field_toll = np.zeros((days, FIELDS * person.limit.shape[1]))
    weighed, least = np.empty((len(cost), 2)), np.empty((len(person.groups), 2))
    which, rest = np.empty(least.shape, dtype=np.int64), np.empty(states)
    used, wanted = np.empty((2, rows), dtype=np.int64)
    tries = TRIES if person.tolls.any() else FIRST_TRIES
    value, points, back = bound(
        days, person.classes, person.start, tries, top, cost, person.group_first,
        person.choice_first, person.groups, person.dense, person.counted, person.follow_first,
        person.follow, person.run_next, person.run_cost, person.run_on, off, person.end,
        person.limits, person.prices, person.tolls, lane_toll, field_toll, close_toll, close_back,
        rest, np.empty(states, dtype=np.int32), weighed, least, which,
        path, trial, used, wanted, np.zeros(rows),
    )  # fmt: skip
    return Bounds(value, points, back, path, rest, weighed, least, close_toll, close_back)
