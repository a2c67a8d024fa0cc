"""Our own weeks, from instances/; the cost shown is the medium level, what is left undone."""

from functools import partial
from pathlib import Path

from benchmarks.families.case import BenchmarkCase, file_stem, matches
from instances.generate import generate
from scheduler.formats.json_file import write_roster
from scheduler.model import Instance, Roster, Score

NAMES = ("shizishan/community", "banbianjie", "shizishan/sub_district")


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The generated weeks whose name matches; `data` is not read."""
    return [
        BenchmarkCase(
            name=name, load=partial(generate, name), cost=medium, best_known=None, save=save_week
        )
        for name in NAMES
        if matches(name, only)
    ]


def medium(score: Score) -> float:
    """What is left undone, in points."""
    return float(score.medium)


def save_week(folder: Path, instance: Instance, roster: Roster) -> None:
    """Save an answer as our own JSON."""
    write_roster(folder / f"{file_stem(instance.id)}.json", roster)
