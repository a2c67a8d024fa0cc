"""Every move is listed, has a test of its own, and says its share."""

from pathlib import Path

import pytest

from scheduler.engines.search import moves
from scheduler.engines.search.moves import MOVES
from tests.engines.search.weeks import random_week
from tests.rules.build import lowered

FILES = Path(moves.__file__).parent.glob("*.py")


def test_every_file_that_proposes_is_listed():
    proposing = {path.stem for path in FILES if "\ndef propose(" in path.read_text("utf-8")}
    assert proposing == set(MOVES)


@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_a_test_of_its_own(move):
    assert Path(__file__).with_name(f"test_{move}.py").exists()


@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_its_share_of_a_week_with_everything(move):
    week = lowered(random_week(0), "visit_window", "bundle", "rest_break")
    assert MOVES[move].supports(week)
    assert MOVES[move].share(week) > 0
