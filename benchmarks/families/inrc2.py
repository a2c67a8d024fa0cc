"""Nurse rostering of INRC-II (see scheduler/formats/literature/inrc2.py), all weeks at once or rolled.

Rolled: each week is solved with the history of the weeks before and nothing known of those after, which
are taken to be as those before; the price is that of all weeks together.
"""

from functools import partial
from pathlib import Path

from benchmarks.families.case import BenchmarkCase, SolveWeek, matches, published
from scheduler.formats.literature import inrc2
from scheduler.model import Instance, Roster, Score
from scheduler.weeks.roll import roll


def cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The instances under ``data/inrc2`` whose name matches, smallest first: those with a published value.

    Raises FileNotFoundError where the folder has no instances.
    """
    return _cases(data, only, rolled=False)


def rolled_cases(data: Path, only: str) -> list[BenchmarkCase]:
    """The same, week by week; the best known is that of the weeks together."""
    return _cases(data, only, rolled=True)


def _cases(data: Path, only: str, *, rolled: bool) -> list[BenchmarkCase]:
    folder = data / "inrc2"
    best = published(folder / "best_known.csv", "best")
    solved = [
        f"{at.parent.name}_{at.name.removeprefix('Solution_H_').replace('-WD_', '_')}"
        for at in folder.glob("*/Solution_H_*")
    ]
    return [
        BenchmarkCase(
            name=name,
            load=partial(_load, folder, name),
            cost=_cost,
            best_known=best.get(name),
            save=partial(_save, folder),
            by_week=partial(_by_week, folder, name) if rolled else None,
        )
        for name in sorted({*best, *solved})
        if matches(name, only)
    ]


def _load(folder: Path, name: str) -> Instance:
    return inrc2.read_plan(folder, name).instance()


def _by_week(folder: Path, name: str, solve: SolveWeek) -> Roster:
    plan = inrc2.read_plan(folder, name)
    done: list[tuple[Instance, Roster]] = []
    for number in range(len(plan.weeks)):
        week, ahead = plan.week(number), plan.ahead(number)
        if done:
            week, ahead = roll(*done[-1], week), roll(*done[-1], ahead)
        done.append((week, plan.first_week(number, solve(ahead))))
    return plan.joined([roster for _, roster in done])


def _cost(score: Score) -> float:
    return float(inrc2.cost(score.soft))


def _save(data: Path, folder: Path, instance: Instance, roster: Roster) -> None:
    target = folder / instance.id
    target.mkdir(parents=True, exist_ok=True)
    inrc2.write_solution(target, inrc2.read_plan(data, instance.id), instance, roster)
