"""Whole blocks: their bound starts as the linear program's, rises, and holds for whole solutions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engines.exact.linear_program import BIG, LinearProgram
from scheduler.engines.exact.relaxation import Relaxation
from scheduler.engines.exact.relaxed_blocks import blocks
from scheduler.engines.exact.relaxed_people import add_worked
from scheduler.engines.exact.whole_blocks import NO_BLOCK, WholeBlocks
from scheduler.model import Slot
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.engines.exact.small_programs import SmallProgram, small_programs
from tests.rules.build import instance, person, visit, window

ENOUGH = 60.0


def solved(parts: WholeBlocks) -> list[int]:
    """The bound before each block and after the last."""
    least = [parts.least]
    while parts.left:
        parts.solve_next(ENOUGH, Stop())
        least.append(parts.least)
    return least


def triangles() -> LinearProgram:
    """Of three at most one of each two, twice; a row that joins them allows two of six."""
    program = LinearProgram()
    columns = [program.column() for _ in range(6)]
    for first in (0, 3):
        for one, other in ((0, 1), (1, 2), (0, 2)):
            program.row(-BIG, 1, [(columns[first + one], 1), (columns[first + other], 1)])
    program.row(-BIG, 5, [(column, 1) for column in columns])
    return program


def test_each_block_that_is_solved_raises_the_bound() -> None:
    # Halves of all six are worth 3 and 3 more; of whole ones each block has one.
    program, costs = triangles(), np.array([-2, -2, -2, -4, -4, -4])
    found = program.least(costs, seconds=ENOUGH)
    assert found is not None
    parts = WholeBlocks(program, costs, found.multipliers, np.array([0, 0, 0, 1, 1, 1]))
    assert solved(parts) == [-9, -7, -6]


def test_a_column_without_a_block_is_free_within_its_limits() -> None:
    program, costs = triangles(), np.array([-2, -2, -2, -4, -4, -4])
    nothing = np.zeros(program.rows, dtype=np.int64)
    # Without prices the three of no block are worth 4 each, whatever the rows between them say.
    alone = np.array([0, 0, 0, NO_BLOCK, NO_BLOCK, NO_BLOCK])
    assert solved(WholeBlocks(program, costs, nothing, alone)) == [-18, -14]


def test_a_block_without_time_leaves_the_bound() -> None:
    program, costs = triangles(), np.array([-2, -2, -2, -4, -4, -4])
    nothing = np.zeros(program.rows, dtype=np.int64)
    parts = WholeBlocks(program, costs, nothing, np.array([0, 0, 0, 1, 1, 1]))
    before = parts.least
    parts.solve_next(0.0, Stop())
    assert parts.least == before
    assert len(parts.left) == 1


@settings(max_examples=60, deadline=None)
@given(small=small_programs(columns=4), data=st.data())
def test_no_whole_solution_costs_less(small: SmallProgram, data: st.DataObject) -> None:
    program, costs = small.program, small.costs
    if small.best is None:
        return
    found = program.least(costs, seconds=data.draw(st.sampled_from([0, ENOUGH])))
    assert found is not None
    block = np.array([data.draw(st.integers(-1, 1)) for _ in costs])
    least = solved(WholeBlocks(program, costs, found.multipliers, block))
    assert least[0] == found.least
    assert least == sorted(least)
    assert least[-1] <= small.best
    whole = WholeBlocks(program, costs, found.multipliers, np.zeros(len(costs), dtype=np.int64))
    assert solved(whole)[-1] == small.best


DAY = window(0, "09:00", "17:00")


@pytest.mark.parametrize(("shared", "teams"), [(1, 2), (3, 2), (4, 1)])
def test_people_who_share_most_of_their_tasks_are_of_one_block(shared: int, teams: int) -> None:
    """Two teams of two people with three visits each, and so many more that both teams can do."""
    visits = [
        visit(f"{skill}{number}", Slot(skills={skill: 1}), windows=(DAY,))
        for skill, count in (("A", 3), ("B", 3), ("both", shared))
        for number in range(count)
    ]
    people = [
        person(f"{skill}-{number}", skills={skill: 1, "both": 1}, availability=(DAY,))
        for skill in "AB"
        for number in range(2)
    ]
    relaxation = Relaxation(lower(instance(*people, *visits, days=1)))
    add_worked(relaxation)
    for column in range(relaxation.assignments):
        where = int(relaxation.person[column]), int(relaxation.day[column])
        relaxation.program.row(-BIG, 0, [(column, 1), (relaxation.worked[where], -1)])
    block = blocks(relaxation)
    index = relaxation.lowered.index
    of_task = {
        index.tasks[task].id: int(at) for task, at in zip(relaxation.task, block, strict=False)
    }
    own = {of_task[f"{skill}{number}"] for skill in "AB" for number in range(3)}
    assert len(own) == teams
    assert NO_BLOCK not in own
    of_people = [
        {int(block[column]) for (who, _), column in relaxation.worked.items() if who in team}
        for team in ((0, 1), (2, 3))
    ]
    # What both teams can do belongs to the first, so that of the second's days the rows tell of both.
    assert of_people == ([{of_task["A0"]}, {NO_BLOCK}] if teams > 1 else [own, own])
