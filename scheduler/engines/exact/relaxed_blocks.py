"""Blocks of the relaxation: people who mostly do the same tasks, those tasks, and the rows about nothing else."""

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.relaxation import Relaxation
from scheduler.engines.exact.whole_blocks import NO_BLOCK

ROUNDS = 3
"""Rows from assignments to columns, such as sums of sums."""
UNKNOWN = -2
Ints = NDArray[np.int64]


def blocks(relaxation: Relaxation) -> Ints:
    """int64 [column]: the block of each column of the program; NO_BLOCK for those that belong to several."""
    block = np.full(relaxation.program.columns, UNKNOWN, dtype=np.int64)
    together = _together(relaxation)
    tasks, task = np.unique(relaxation.task, return_inverse=True)
    counts = np.zeros((len(tasks), int(together.max(initial=0)) + 1), dtype=np.int64)
    np.add.at(counts, (task, together[relaxation.person]), 1)
    block[: relaxation.assignments] = counts.argmax(axis=1)[task] if len(tasks) else 0
    rows, columns, _ = relaxation.program.arrays
    for _ in range(ROUNDS):
        _spread(block, rows, columns)
    block[block == UNKNOWN] = NO_BLOCK
    return block


def _together(relaxation: Relaxation) -> Ints:
    """int64 [person]: alike for people who can do half of the same tasks, themselves or through others."""
    people = len(relaxation.lowered.index.people)
    can = np.zeros((people, len(relaxation.lowered.index.tasks)), dtype=np.float32)
    can[relaxation.person, relaxation.task] = 1
    number = can.sum(axis=1)
    alike = 2 * (can @ can.T) > np.minimum(number[:, None], number[None, :])
    np.fill_diagonal(alike, val=True)
    group = np.arange(people)
    while True:
        least = np.where(alike, group, people).min(axis=1)
        if (least == group).all():
            return np.unique(group, return_inverse=True)[1].astype(np.int64)
        group = least


def _spread(block: Ints, rows: Ints, columns: Ints) -> None:
    """Give columns without a block that of the rows that know of no other; NO_BLOCK where these differ."""
    known = block[columns] >= 0
    row_block = _shared(rows[known], block[columns][known], int(rows.max(initial=0)) + 1)
    told = (block[columns] == UNKNOWN) & (row_block[rows] >= 0)
    column_block = _shared(columns[told], row_block[rows][told], len(block))
    new = (block == UNKNOWN) & (column_block != UNKNOWN)
    block[new] = column_block[new]


def _shared(keys: Ints, values: Ints, count: int) -> Ints:
    """int64 [key]: the value of all its entries; NO_BLOCK where they differ, UNKNOWN where there are none."""
    top = np.iinfo(np.int64).max
    lowest, highest = np.full(count, top), np.full(count, UNKNOWN)
    np.minimum.at(lowest, keys, values)
    np.maximum.at(highest, keys, values)
    return np.where((lowest == highest) | (lowest == top), highest, NO_BLOCK)
