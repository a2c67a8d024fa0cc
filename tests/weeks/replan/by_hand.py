"""What changes by hand make of the published rows."""

from typing import Any

import pytest

from scheduler.model import InputError
from scheduler.weeks.replan import apply
from tests.weeks.replan.week import ROWS, changes, published, rows, week

WHY = "只有他熟悉这户"


def after(*some: Any, **more: Any) -> set[tuple]:
    """What the roster is after changes without a search, less what it was, and the other way round."""
    return rows(apply(week(), published(), changes(*some, **more)).remaining)


def fault(*some: Any, **more: Any) -> tuple[str, str, str]:
    """Code, pointer and value of the one fault."""
    with pytest.raises(InputError) as caught:
        apply(week(), published(), changes(*some, **more))
    (problem,) = caught.value.problems
    return problem.code, problem.pointer, problem.value


def swapped(*pairs: tuple[tuple, tuple]) -> set[tuple]:
    """The published rows with some in the place of others."""
    return set(ROWS) - {old for old, _ in pairs} | {new for _, new in pairs if new}


def row(task: str, who: str, slot: int = 0, **more: Any) -> tuple:
    """The published row of a slot as another person, place or start has it."""
    old = next(one for one in ROWS if one[:2] == (task, slot))
    return (task, slot, who, more.get("place", old[3]), more.get("start", old[4]))


V, W, X0, X1, S, Y = ROWS
