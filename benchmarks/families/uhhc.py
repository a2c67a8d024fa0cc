"""Unified home health care routing and scheduling (see scheduler/formats/literature/uhhc.py)."""

from functools import partial
from pathlib import Path

from benchmarks.families.case import BenchmarkCase, matching, published
from scheduler.formats.literature import uhhc
from scheduler.model import Instance, Roster, Score


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The instances under ``data/uhhc`` whose name matches the pattern, by number of patients.

    Best known is the best of the authors' ten annealings, mean known their mean.
    Raises FileNotFoundError where the folder has no instances.
    """
    folder = data / "uhhc"
    columns = ("patients", "sa_best_of_10", "sa_mean")
    patients, best, mean = (published(folder / "best_known.csv", column) for column in columns)
    paths = matching(folder / "instances", ".json", only)
    return [
        BenchmarkCase(
            name=path.stem,
            load=partial(uhhc.read_instance, path),
            cost=_cost,
            best_known=best.get(path.stem),
            mean_known=mean.get(path.stem),
            save=_save,
        )
        for path in sorted(paths, key=lambda path: (patients.get(path.stem, 0), path.stem))
    ]


def _cost(score: Score) -> float:
    return uhhc.cost(score.soft)


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    uhhc.write_solution(folder / f"sol-{instance.id}.json", instance, roster)
