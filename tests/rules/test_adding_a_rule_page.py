"""docs/adding_a_rule.md quotes real files and leaves no primitive out."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from scheduler.lowered import Lowered

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding_a_rule.md").read_text(encoding="utf-8")
QUOTED = ("scheduler/rules/min_rest.py", "tests/rules/test_min_rest.py")


def test_every_primitive_has_its_line():
    primitives = [one.name for one in fields(Lowered) if one.name not in ("index", "scale")]
    lines = re.findall(r"^\| ([A-Z]\w+) \| .+ \|$", PAGE, flags=re.MULTILINE)
    assert [line.lower() for line in lines] == primitives


def test_every_piece_of_code_stands_in_the_files_it_is_about():
    sources = [(ROOT / path).read_text(encoding="utf-8") for path in QUOTED]
    pieces = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(pieces) == 4
    for piece in pieces:
        assert any(piece in source for source in sources), piece


@pytest.mark.parametrize("path", re.findall(r"`((?:scheduler|tests)/[\w/.]+)`", PAGE))
def test_every_file_it_names_is_there(path):
    assert (ROOT / path).exists()
