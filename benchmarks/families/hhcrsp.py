"""Home health care routing and scheduling (see scheduler/formats/literature/hhcrsp.py)."""

from functools import partial
from pathlib import Path

from benchmarks.families.case import BenchmarkCase, matching, published
from scheduler.formats.literature import hhcrsp
from scheduler.model import Instance, Roster, Score


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The instances under ``data/hhcrsp`` whose name matches the pattern, by size.

    Raises FileNotFoundError where the folder has no instances.
    """
    folder = data / "hhcrsp"
    best = published(folder / "best_known.csv", "cost")
    return [
        BenchmarkCase(
            name=path.stem,
            load=partial(hhcrsp.read_instance, path),
            cost=_cost,
            best_known=best.get(path.stem),
            save=_save,
        )
        for path in matching(folder / "instances", ".json", only)
    ]


def _cost(score: Score) -> float:
    return hhcrsp.cost(score.soft)


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    hhcrsp.write_solution(folder / f"sol-{instance.id}.json", instance, roster)
