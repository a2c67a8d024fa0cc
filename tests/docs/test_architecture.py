"""The drawing of the house has the floors that the layer test holds."""

import re

from tests.docs.pages import ROOT, blocks
from tests.test_layers import ORDER

PAGE = ROOT / "docs" / "architecture.md"
ABOVE = ("service", "benchmarks", "instances")


def _floors() -> list[set[str]]:
    """The rooms of each floor of the first drawing, from the ground up."""
    drawing = blocks(PAGE, "text")[0].text
    floors = []
    for line in drawing.splitlines():
        rooms = re.split(r" {2,}", line.strip())[0]
        if "──" not in rooms:
            names = rooms.split(" · ")
            floors.append({name if name in ABOVE else f"scheduler.{name}" for name in names})
    return floors[::-1]


def test_the_drawing_has_the_floors_of_the_layers() -> None:
    assert _floors() == [set(group) for group in ORDER]


def test_the_drawing_fits_a_terminal() -> None:
    widest = max(len(line) for block in blocks(PAGE, "text") for line in block.text.splitlines())
    assert widest <= 100
