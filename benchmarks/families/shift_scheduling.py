"""Employee shift scheduling (see scheduler/formats/literature/shift_scheduling.py)."""

from functools import partial
from pathlib import Path

from benchmarks.families.case import BenchmarkCase, matching, published
from scheduler.formats.literature import shift_scheduling
from scheduler.model import Instance, Roster, Score


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The instances under ``data/shift_scheduling`` whose name matches the pattern, by number.

    Raises FileNotFoundError where the folder has no instances.
    """
    folder = data / "shift_scheduling"
    best = published(folder / "best_known.csv", "best_known")
    return [
        BenchmarkCase(
            name=path.stem,
            load=partial(shift_scheduling.read_instance, path),
            cost=_cost,
            best_known=best.get(path.stem),
            save=_save,
        )
        for path in matching(folder / "instances", ".txt", only)
    ]


def _cost(score: Score) -> float:
    return float(shift_scheduling.cost(score.soft))


def _save(folder: Path, instance: Instance, roster: Roster) -> None:
    shift_scheduling.write_solution(folder / f"{instance.id}.csv", instance, roster)
