"""docs/adding_a_rule.md leaves no primitive out; tests/docs hold its quotations."""

import re
from dataclasses import fields
from pathlib import Path

from scheduler.lowered import Lowered

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding_a_rule.md").read_text(encoding="utf-8")


def test_every_primitive_has_its_line():
    primitives = [one.name for one in fields(Lowered) if one.name not in ("index", "scale")]
    lines = re.findall(r"^\| ([A-Z]\w+) \| .+ \|$", PAGE, flags=re.MULTILINE)
    assert [line.lower() for line in lines] == primitives
