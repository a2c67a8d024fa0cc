"""LinearProgram: what it says of a program holds for its whole solutions."""

import numpy as np
from hypothesis import given, settings

from scheduler.engines.exact.linear_program import BIG, LinearProgram
from tests.engines.exact.small_programs import SmallProgram, small_programs


def test_a_program_is_bounded_by_whole_numbers() -> None:
    # x + y >= 3 with x, y <= 2: least of 2 x + 3 y is 2 * 2 + 3 * 1 = 7.
    program = LinearProgram()
    x, y = program.column(2), program.column(2)
    program.row(3, BIG, [(x, 1), (y, 1)])
    found = program.least(np.array([2, 3]), seconds=5)
    assert found is not None
    assert found.least == 7
    assert found.values is not None
    assert found.values.tolist() == [2, 1]


def test_a_program_that_is_interrupted_is_bounded_by_what_is_there_at_once() -> None:
    # x + y <= 1: at most one of 2 and 3 is saved, each of which is worth nothing more at 3.
    program = LinearProgram()
    program.row(-BIG, 1, [(program.column(), 1), (program.column(), 1)])
    program.interrupt()
    found = program.least(np.array([-2, -3]), seconds=5)
    assert found is not None
    assert (found.least, found.values) == (-3, None)


@settings(max_examples=60, deadline=None)
@given(small=small_programs(columns=3))
def test_no_whole_solution_of_a_program_costs_less(small: SmallProgram) -> None:
    found = small.program.least(small.costs, seconds=5)
    hasty = small.program.least(small.costs, seconds=0)
    if small.best is not None:
        assert found is not None
        assert found.least <= small.best
        assert hasty is None or hasty.least <= small.best
