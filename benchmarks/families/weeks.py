"""Our own weeks, from instances/; the cost shown is the medium level, what is left undone."""

from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from benchmarks.families.case import Case
from instances.generate import generate
from scheduler.formats.json_file import write_roster
from scheduler.model import Instance, Roster, Score

NAMES = ("shizishan/community", "banbianjie", "shizishan/sub_district")


def cases(data: Path, only: str) -> list[Case]:
    """The generated weeks whose name matches; `data` is not read."""
    return [
        Case(name=name, load=partial(generate, name), cost=_medium, best_known=None, save=_save)
        for name in NAMES
        if fnmatch(name, only)
    ]


def _medium(score: Score) -> float:
    return float(score.medium)


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    write_roster(folder / f"{instance.id.replace('/', '-')}.json", roster)
