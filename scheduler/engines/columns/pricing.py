"""Pricing: a person's cheapest rosters under the program's prices, in memory that is used again."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.arrays import Bools, Floats, Ints
from scheduler.engines.columns.labels import NEVER, labels
from scheduler.engines.columns.network import PersonNetwork

MOST_LABELS = 1 << 23
"""Labels of one pricing, about 0.3 GB; labels beyond that are lost."""
BEST = 3
"""Rosters that one pricing gives at most."""
MARGIN = 4.0
"""Points that are added to the margin needed before."""


@dataclass
class LabelMemory:
    """Memory for labels, used again by every pricing. words: of the counted lanes."""

    labels: int = 1 << 16
    words: int = 1
    arrays: tuple[NDArray[Any], ...] = field(init=False)
    margin: dict[int, float] = field(default_factory=dict)
    """By person: points above the bound within which the cheapest roster is expected."""

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
) -> tuple[Floats, Ints, int]:
    """A person's cheapest rosters under prices (float64 [item]), by `labels`.

    keep_most, relax: see `labels`. ceiling: points less prices from which on a roster is of no
    interest; masked: bool [choice], never taken; off: float64 [day], instead of the network's.
    Returns (points less prices, paths, cut). Memory for labels grows where it was too little.
    """
    if person.constant >= NEVER:  # no roster keeps a hard rule that the past has broken for good
        return np.empty(0), np.empty((0, person.days), dtype=np.int64), 0
    cost = person.cells - prices[person.items]
    if masked is not None:
        cost[masked] = NEVER
    memory = LabelMemory() if memory is None else memory
    memory.fit(person.limit.shape[1])
    top, margin = ceiling - person.constant, memory.margin.get(person.number, MARGIN)
    if person.prices.min() < 0:
        top = margin = math.inf
    states = (person.days + 1, len(person.run_next), person.classes)
    rest, units = np.empty(states), np.empty(states, dtype=np.int64)
    digits, fresh = np.empty_like(person.sizes), np.empty_like(person.limit[0])
    while True:
        order, queued = np.arange(len(cost)), np.zeros(2, dtype=np.int64)
        costs, final = np.full(BEST, 1e30), np.full(BEST, -1, dtype=np.int64)
        paths = np.full((BEST, person.days), -1, dtype=np.int64)
        count, cut, least = labels(
            person.days, person.classes, person.start, keep_most, relax,
            top, margin, *person.main,
            cost, person.group_first, person.choice_first, person.groups, person.dense,
            person.counted, person.follow_first, person.follow, person.run_next, person.run_cost,
            person.run_on, person.sizes, person.strides, person.need, person.most, person.clip,
            person.close, person.prices, person.limit, person.floor, person.keep,
            person.off if off is None else off, person.end, *memory.arrays,
            order, rest, units, queued, digits, fresh, costs, final, paths,
        )  # fmt: skip
        if cut == 2 and memory.labels < MOST_LABELS:
            memory.grow()
        elif count or least + margin >= min(top, NEVER):
            break
        else:
            margin = 4 * margin if margin < 1e9 else math.inf
    if count:
        memory.margin[person.number] = 1.5 * (costs[0] - least) + MARGIN
    return costs[:count] + person.constant, paths[:count], cut
