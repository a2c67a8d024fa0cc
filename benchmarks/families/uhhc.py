"""Unified home health care routing and scheduling (see scheduler/formats/literature/uhhc.py)."""

import csv
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from benchmarks.families.case import Case
from scheduler.formats.literature import uhhc
from scheduler.model import Instance, Roster, Score


def cases(data: Path, only: str) -> list[Case]:
    """The instances under ``data/uhhc`` whose name matches the pattern, by number of patients.

    Best known is the best of the authors' ten annealings, mean known their mean.
    Raises FileNotFoundError where the folder has no instances.
    """
    folder = data / "uhhc"
    with (folder / "best_known.csv").open(encoding="utf-8") as table:
        known = {row["instance"]: row for row in csv.DictReader(table)}
    paths = [path for path in (folder / "instances").glob("*.json") if fnmatch(path.stem, only)]
    return [
        Case(
            name=path.stem,
            load=partial(uhhc.read_instance, path),
            cost=_cost,
            best_known=_number(known.get(path.stem), "sa_best_of_10"),
            mean_known=_number(known.get(path.stem), "sa_mean"),
            save=_save,
        )
        for path in sorted(paths, key=lambda path: _order(path.stem, known))
    ]


def _number(row: dict[str, str] | None, column: str) -> float | None:
    return None if row is None else float(row[column])


def _order(name: str, known: dict[str, dict[str, str]]) -> tuple[int, str]:
    return (int(known[name]["patients"]) if name in known else 0, name)


def _cost(score: Score) -> float:
    return uhhc.cost(score.soft)


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    uhhc.write_solution(folder / f"sol-{instance.id}.json", instance, roster)
