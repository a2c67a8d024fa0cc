"""docs/adding_a_move.md quotes real files and names real things."""

import re
from pathlib import Path

import pytest

from scheduler.engines.search import layout, rows, state
from scheduler.engines.search.moves import MOVES, common, estimate
from tests.engines.search.moves import board

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "adding_a_move.md").read_text(encoding="utf-8")
QUOTED = (
    "scheduler/engines/search/moves/change_person.py",
    "tests/engines/search/moves/test_change_person.py",
)


def test_every_piece_of_code_stands_in_the_files_it_is_about():
    sources = [(ROOT / path).read_text(encoding="utf-8") for path in QUOTED]
    pieces = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(pieces) == 5
    for piece in pieces:
        assert any(piece in source for source in sources), piece


@pytest.mark.parametrize("name", sorted(set(re.findall(r"at\.([A-Z_]+)", PAGE))))
def test_every_column_it_names_is_declared(name):
    assert hasattr(layout, name)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(\w+)\([PSTW], .*?\)`", PAGE))))
def test_every_function_it_names_is_there(name):
    assert name == "propose" or any(hasattr(module, name) for module in (rows, state, common))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PAGE))))
def test_every_helper_it_names_is_there(name):
    modules = (rows, state, common, estimate, board)
    assert any(hasattr(module, name) for module in modules)


def test_its_line_of_python_prints_every_move(capsys):
    lines = re.findall(r'python -c "(.*)"', PAGE)
    assert len(lines) == 1
    exec(lines[0], {})
    printed = capsys.readouterr().out
    assert all(str(move.__doc__) in printed for move in MOVES.values())


@pytest.mark.parametrize(
    "path", sorted({*re.findall(r"`((?:scheduler|tests)/[\w/.]+)`", PAGE)} | set(QUOTED))
)
def test_every_file_it_names_is_there(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("link", re.findall(r"\]\(\.\./([\w/.]+)\)", PAGE))
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).exists()
