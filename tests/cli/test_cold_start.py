"""What each command may load of what takes long to load: nobody waits for what is not needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from instances.tiny import tiny
from scheduler.cli.app import Commands
from scheduler.engines.compiled import is_cold
from scheduler.formats.json_file import write_instance, write_roster
from scheduler.model import Pin
from scheduler.solver import warm_up

WEIGHTY = {
    "fastapi",
    "icalendar",
    "jinja2",
    "numba",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "pydantic",
    "sqlalchemy",
    "xlsxwriter",
}
RULES = {"numpy", "pydantic"}
"""A week and its rules."""
SEARCH = RULES | {"numba"}
"""Annealing alone, as where steps are limited, with kernels from the cache."""
PROOF = {"ortools", "pandas"}
"""CP-SAT, to which small weeks go; OR-Tools brings pandas."""
PAGE = RULES | {"jinja2"}
FRAMES = {"pandas"}
WORKBOOK = {"openpyxl", "xlsxwriter"}
CREW = tiny("crew_meets")
TASK = CREW.instance.visits[0].id
PEOPLE = [person.id for person in CREW.instance.people]

MAY_LOAD = {
    "--help": set(),
    "solve week.json --steps 1 --out new.json": SEARCH,
    "check week.json roster.json": RULES,
    "due week.json --roster roster.json": RULES,
    "template week.xlsx": RULES | {"openpyxl", "xlsxwriter"},
    "report week.json roster.json --out week.json": RULES,
    "report week.json roster.json --out week.csv": PAGE | FRAMES,
    "report week.json roster.json --out week.ics": PAGE | FRAMES | {"icalendar"},
    "report week.json roster.json --out week.xlsx": PAGE | FRAMES | {"openpyxl", "xlsxwriter"},
    "report week.json roster.json --out week.html": PAGE,
    "report week.json roster.json --person {person}": PAGE | {"openpyxl", "xlsxwriter"},
    "texts week.json roster.json": PAGE,
    "replan week.json roster.json --cancel {task} --seconds 0": SEARCH | PROOF,
    "assign week.json roster.json {task} {person} --dry-run --reason r": RULES,
    "unassign week.json roster.json {task} --dry-run --reason r": RULES,
    "swap week.json roster.json {person} {other} --dry-run --reason r": RULES,
    "move week.json roster.json {task} 9:00 --dry-run": RULES,
    "pin week.json roster.json --all --dry-run": RULES,
    "unpin week.json roster.json --all --dry-run": RULES,
    "lock week.json roster.json 11-23 --dry-run": RULES,
    "compare week.json roster.json roster.json": RULES,
    "explain week.json roster.json": RULES,
    "explain week.json --clash": RULES | PROOF,
    "suggest week.json empty.json --task {task}": RULES,
    "free week.json roster.json --when 周一": RULES | {"openpyxl", "xlsxwriter"},
    "loads week.json roster.json": PAGE | FRAMES | {"xlsxwriter"},
    "roll week.json roster.json --out new.json": RULES,
    "import-orders list.csv week.json --map map.toml": RULES | FRAMES | WORKBOOK,
    "export-results week.json roster.json list.csv --map map.toml --out results.csv": PAGE
    | FRAMES
    | WORKBOOK,
    "generate tiny/crew_meets": RULES,
    "user --help": {"pydantic"},
    "token --help": {"pydantic"},
    "keys --help": {"pydantic"},
    "audit --help": {"pydantic"},
    "erase --help": {"pydantic"},
    "worker --help": {"pydantic"},
    "migrate --help": {"pydantic"},
    "serve --help": {"pydantic"},  # Typer checks options with it
}
TOGETHER = {
    frozenset(may): [one for one in MAY_LOAD if MAY_LOAD[one] == may] for may in MAY_LOAD.values()
}
"""Commands that may load the same: they share a process, since none may make it more."""
SCRIPT = """
import os, shutil, sys
from scheduler.cli import app
for number, command in enumerate(sys.argv[1:]):
    os.chdir(shutil.copytree("files", f"files-{number}"))
    code = app(command.split(), standalone_mode=False)
    if code:
        sys.exit(f"{command}: {code}")
    os.chdir("..")
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
    print("loaded for", command, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def kernels() -> None:
    """Compiled: a first search on a machine loads all that has kernels."""
    if is_cold():
        warm_up()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a folder of files has a tiny week, its best roster and an empty one."""
    files = tmp_path / "files"
    files.mkdir()
    pinned = CREW.instance.changed(pins=(Pin(task=TASK, person=PEOPLE[1]),))
    write_instance(files / "week.json", pinned)
    write_roster(files / "roster.json", CREW.best)
    (files / "list.csv").write_text("no,where\n7,nowhere\n", encoding="utf-8")
    (files / "map.toml").write_text(
        'new_places = true\n[columns]\nid = "no"\nplace = "where"\n[kinds.other]\nminutes = 30\n',
        encoding="utf-8",
    )
    write_roster(files / "empty.json", CREW.best.model_copy(update={"assignments": ()}))
    return tmp_path


@pytest.mark.parametrize("may", TOGETHER, ids=lambda may: "+".join(sorted(may)) or "nothing")
def test_a_command_loads_what_it_needs_and_no_more(
    may: frozenset[str], folder: Path, kernels: None
) -> None:
    names = {"task": TASK, "person": PEOPLE[0], "other": PEOPLE[1]}
    commands = [command.format(**names) for command in TOGETHER[may]]
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, *commands], cwd=folder, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    lines = ended.stderr.splitlines()
    for command in commands:
        loaded = set(lines[lines.index(f"loaded for {command}") - 1].split())
        assert "scheduler" in loaded
        assert loaded & WEIGHTY <= may, command


def test_every_command_is_measured() -> None:
    assert {command.split()[0] for command in MAY_LOAD} - {"--help"} == set(Commands())
