"""One instance of a family, ready to be solved, priced and saved; and how a family's files are found."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from scheduler.model import Instance, Roster, Score

SolveWeek = Callable[[Instance], Roster]
"""Solves a week of an instance that is solved week by week."""


@dataclass(frozen=True)
class BenchmarkCase:
    """load: makes the instance. cost: the family's own cost of a score. best_known: None if nobody published one.

    save: writes a roster in the family's own format into a folder.
    mean_known: the mean of the published runs of which best_known is the best; None if there is none.
    by_week: solves the instance week by week, each within the limits; None: it is solved as a whole.
    reduced: it was made for peers to express, who get it as it is.
    """

    name: str
    load: Callable[[], Instance]
    cost: Callable[[Score], float]
    best_known: float | None
    save: Callable[[Path, Instance, Roster], None]
    mean_known: float | None = None
    by_week: Callable[[SolveWeek], Roster] | None = None
    reduced: bool = False


def matches(name: str, only: str) -> bool:
    """Whether a case's name is the one asked for, letter by letter or as a pattern with ``*``, ``?`` and ``[…]``."""
    return name == only or fnmatch(name, only)


def matching(folder: Path, ending: str, only: str) -> list[Path]:
    """The files with this ending whose stem matches, by the numbers in it, then by name.

    Any name will do: those without numbers come first.
    """
    paths = [path for path in folder.glob(f"*{ending}") if matches(path.stem, only)]
    return sorted(
        paths, key=lambda path: ([*map(int, re.findall(r"[0-9]+", path.stem))], path.stem)
    )


def published(table: Path, column: str) -> dict[str, float]:
    """Instance → the value of a column of a CSV file; only instances that have one.

    Raises FileNotFoundError where there is no such file.
    """
    with table.open(encoding="utf-8", newline="") as file:
        return {row["instance"]: float(row[column]) for row in csv.DictReader(file) if row[column]}


def file_stem(name: str) -> str:
    """A case's name as part of a file's, in which a slash would be a folder."""
    return name.replace("/", "-")
