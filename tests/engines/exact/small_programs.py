"""Small programs in whole numbers, and the least that a solution costs, by trying all."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from scheduler.engines.exact.linear_program import BIG, LinearProgram

MOST = 2
"""Of each column."""


@dataclass(frozen=True)
class SmallProgram:
    """costs: int64 [column]; best: the least that a solution in whole numbers costs, None where there is none."""

    program: LinearProgram
    costs: NDArray[np.int64]
    best: int | None


@st.composite
def small_programs(draw: st.DrawFn, columns: int) -> SmallProgram:
    """Some rows with one limit or two over so many columns."""
    number = st.integers(-4, 4)
    program = LinearProgram()
    for _ in range(columns):
        program.column(MOST)
    limits = []
    for _ in range(draw(st.integers(1, columns))):
        factors = [draw(number) for _ in range(columns)]
        low, high = sorted((draw(number), draw(number)))
        low, high = draw(st.sampled_from([(low, high), (low, BIG), (-BIG, high)]))
        program.row(low, high, [(at, by) for at, by in enumerate(factors) if by])
        limits.append((low, high, factors))
    costs = np.array([draw(number) for _ in range(columns)])
    prices = (
        int(costs @ np.array(one))
        for one in np.ndindex(*[MOST + 1] * columns)
        if all(low <= np.dot(factors, one) <= high for low, high, factors in limits)
    )
    return SmallProgram(program, costs, min(prices, default=None))
