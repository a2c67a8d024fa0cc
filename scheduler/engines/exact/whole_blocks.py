"""Whole blocks: parts of a linear program in whole numbers, once the rows that join them have prices.

The multipliers of the rows that join blocks go into the costs, so that the rest falls apart (Lagrangian
relaxation; Geoffrion 1974, 10.1007/BFb0120690). The least costs of all blocks and what the prices collect
add up to a bound, whichever prices and blocks. It is as good as the linear program's before a block is solved,
and each block that is solved in whole numbers raises it.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python.cp_model import CpModel, LinearExpr

from scheduler.engines.exact.cp_sat import RunLimits, run_cp_sat
from scheduler.engines.exact.linear_program import PARTS, LinearProgram
from scheduler.stop import Stop

NO_BLOCK = -1
"""Block of a column that stands alone, and of a row that joins blocks."""
Ints = NDArray[np.int64]


class WholeBlocks:
    """A bound of a program's solutions in whole numbers, block by block.

    left: blocks that are not solved yet
    """

    def __init__(self, program: LinearProgram, costs: Ints, multipliers: Ints, block: Ints):
        """costs, block: [column]; multipliers: in PARTS, of the program's first rows."""
        self._program, self._block = program, block
        self._rows, self._columns, self._factors = program.arrays
        low, high, most = program.limits
        prices = np.zeros(len(low), dtype=np.int64)
        prices[: len(multipliers)] = multipliers
        self._row_block = _blocks_of_rows(block, self._rows, self._columns, len(low))
        collected = np.where(prices > 0, low, np.where(prices < 0, high, 0)) * prices
        joins = np.where(self._row_block == NO_BLOCK, prices, 0)
        self._costs = self._reduced(costs * PARTS, joins)
        alone = np.minimum(self._reduced(costs * PARTS, prices), 0) * most
        self._least: dict[int, int] = {
            number: int(collected[self._row_block == number].sum() + alone[block == number].sum())
            for number in np.unique(np.append(block, NO_BLOCK)).tolist()
        }
        self.left = [number for number in self._least if number != NO_BLOCK]

    @property
    def least(self) -> int:
        """A whole number that every solution in whole numbers costs at least."""
        return -(-sum(self._least.values()) // PARTS)

    def solve_next(self, seconds: float, stop: Stop) -> None:
        """Solve one of the blocks that are left, until time runs out; what is proven by then counts."""
        number = self.left.pop()
        columns = np.flatnonzero(self._block == number)
        model = CpModel()
        most = self._program.limits[2][columns].tolist()
        variables = [model.new_int_var(0, top, "") for top in most]
        low, high, _ = self._program.limits
        for row, at, factors in self._entries(number, columns):
            total = LinearExpr.weighted_sum([variables[place] for place in at], factors)
            model.add_linear_constraint(total, int(low[row]), int(high[row]))
        costs = self._costs[columns]
        used = np.flatnonzero(costs).tolist()
        model.minimize(
            LinearExpr.weighted_sum([variables[place] for place in used], costs[used].tolist())
        )
        run = run_cp_sat(model, RunLimits(seconds=seconds, stop=stop))
        if run.optimal or run.has_solution:
            self._least[number] = max(self._least[number], round(run.bound))

    def _entries(self, number: int, columns: Ints) -> Iterator[tuple[int, list[int], list[int]]]:
        """Row, places of its columns among the block's, and factors, of each row of a block."""
        here = np.flatnonzero(self._row_block[self._rows] == number)
        here = here[np.argsort(self._rows[here], kind="stable")]
        rows = self._rows[here]
        places = np.searchsorted(columns, self._columns[here]).tolist()
        factors = self._factors[here].tolist()
        cuts = np.flatnonzero(np.diff(rows, prepend=-1, append=-1)).tolist()
        for first, end in pairwise(cuts):
            yield int(rows[first]), places[first:end], factors[first:end]

    def _reduced(self, costs: Ints, prices: Ints) -> Ints:
        """Costs of columns less what rows pay for them, in parts."""
        reduced = costs.copy()
        np.subtract.at(reduced, self._columns, prices[self._rows] * self._factors)
        return reduced


def _blocks_of_rows(block: Ints, rows: Ints, columns: Ints, count: int) -> Ints:
    """int64 [row]: the block of all its columns."""
    lowest, highest = np.full(count, np.iinfo(np.int64).max), np.full(count, NO_BLOCK)
    np.minimum.at(lowest, rows, block[columns])
    np.maximum.at(highest, rows, block[columns])
    return np.where(lowest == highest, highest, NO_BLOCK)
