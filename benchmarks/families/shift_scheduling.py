"""Employee shift scheduling (see scheduler/formats/literature/shift_scheduling.py)."""

import csv
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from benchmarks.families.case import Case
from scheduler.formats.literature import shift_scheduling
from scheduler.model import Instance, Roster, Score


def cases(data: Path, only: str) -> list[Case]:
    """The instances under ``data/shift_scheduling`` whose name matches the pattern, by number.

    Raises FileNotFoundError where the folder has no instances.
    """
    folder = data / "shift_scheduling"
    with (folder / "best_known.csv").open(encoding="utf-8") as table:
        best = {row["instance"]: row["best_known"] for row in csv.DictReader(table)}
    paths = [path for path in (folder / "instances").glob("*.txt") if fnmatch(path.stem, only)]
    return [
        Case(
            name=path.stem,
            load=partial(shift_scheduling.read_instance, path),
            cost=_cost,
            best_known=float(best[path.stem]) if best.get(path.stem) else None,
            save=_save,
        )
        for path in sorted(paths, key=_number)
    ]


def _number(path: Path) -> int:
    return int(path.stem.removeprefix("Instance"))


def _cost(score: Score) -> float:
    return float(shift_scheduling.cost(score.soft))


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    shift_scheduling.write_solution(folder / f"{instance.id}.csv", instance, roster)
