"""The README's table of folders fits on a screen and names every room."""

import re

from tests.docs.pages import ROOT, code, text
from tests.test_layers import ORDER

README = ROOT / "README.md"
SCREEN = 24


def _table() -> list[str]:
    return re.findall(r"^\| `.*$", text(README).partition("| folder | what |")[2], re.MULTILINE)


def _rooms() -> set[str]:
    """Folders and modules of the table; within `scheduler` the first of a row says so for all."""
    rooms = set()
    for row in _table():
        first, *others = re.findall(r"`([\w/.]+)`", row.split(" | ")[0])
        inside = "scheduler/" if first.startswith("scheduler/") else ""
        rooms |= {first, *(inside + other for other in others)}
    return rooms


def test_every_room_it_names_is_there() -> None:
    assert all((ROOT / room).exists() for room in _rooms())


def test_every_room_of_the_layers_is_in_it() -> None:
    told = {re.sub(r"/$|\.py$", "", room).replace("/", ".") for room in _rooms()}
    parts = {name for group in ORDER for name in group}
    assert {name for name in parts if ".".join(name.split(".")[:2]) not in told} == set()


def test_it_fits_on_a_screen() -> None:
    assert len(_table()) + 2 <= SCREEN


def test_every_command_stands_in_it() -> None:
    from tests.docs.test_samples import LIANXIN

    shown = {word.split()[1] for word in code(README) if word.startswith("lianxin ")}
    shown |= set(re.findall(r"^(?:\$ )?lianxin ([\w-]+)", text(README), re.MULTILINE))
    assert set(LIANXIN.commands) <= shown
