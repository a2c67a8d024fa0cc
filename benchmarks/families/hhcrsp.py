"""Home health care routing and scheduling (see scheduler/formats/literature/hhcrsp.py)."""

import csv
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from benchmarks.families.case import Case
from scheduler.formats.literature import hhcrsp
from scheduler.model import Instance, Roster, Score


def cases(data: Path, only: str) -> list[Case]:
    """The instances under ``data/hhcrsp`` whose name matches the pattern, by size.

    Raises FileNotFoundError where the folder has no instances.
    """
    folder = data / "hhcrsp"
    with (folder / "best_known.csv").open(encoding="utf-8") as table:
        best = {row["instance"]: float(row["cost"]) for row in csv.DictReader(table)}
    paths = [path for path in (folder / "instances").glob("*.json") if fnmatch(path.stem, only)]
    return [
        Case(
            name=path.stem,
            load=partial(hhcrsp.read_instance, path),
            cost=_cost,
            best_known=best.get(path.stem),
            save=_save,
        )
        for path in sorted(paths, key=_size)
    ]


def _size(path: Path) -> tuple[int, int]:
    patients, number = path.stem.split("_")[-2:]
    return int(patients), int(number)


def _cost(score: Score) -> float:
    return hhcrsp.cost(score.soft)


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    hhcrsp.write_solution(folder / f"sol-{instance.id}.json", instance, roster)
