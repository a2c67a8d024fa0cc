"""Every move is listed, has a test of its own, and says its share."""

from pathlib import Path

import pytest

from scheduler.engines.search import moves
from scheduler.engines.search.moves import MOVES
from tests.engines.search.weeks import random_week
from tests.rules.build import instance, lowered, person, visit, window

FILES = Path(moves.__file__).parent.glob("*.py")


def test_every_file_that_proposes_is_listed():
    proposing = {path.stem for path in FILES if "\ndef propose(" in path.read_text("utf-8")}
    assert proposing == set(MOVES)


@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_a_test_of_its_own(move):
    assert Path(__file__).with_name(f"test_{move}.py").exists()


@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_its_share_of_a_week_with_everything_or_of_a_large_day(move):
    week = lowered(random_week(0), "visit_window", "bundle", "rest_break")
    visits = [visit(f"v{number}", windows=(window(0, "09:00", "17:00"),)) for number in range(100)]
    day = lowered(instance(person("anna"), *visits, days=1), "visit_window")
    assert any(MOVES[move].supports(work) and MOVES[move].share(work) > 0 for work in (week, day))
