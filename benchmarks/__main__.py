"""``python -m benchmarks``: ``run`` a family, with ``peers``; ``compare`` two runs; ``plot`` them.

``counters`` tells what becomes of the moves that are drawn; ``replan``, ``suggest`` and ``rolling`` measure
what happens to a roster once it is published, ``commands`` what the command line takes for it.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, TypeVar

import typer

from benchmarks import counters, rolling
from benchmarks import replan as replans
from benchmarks.compare import NotComparableError, lines
from benchmarks.compare import compare as compare_runs
from benchmarks.families import FAMILIES
from benchmarks.peers import run as peers
from benchmarks.plot import NoPlotsError
from benchmarks.plot import plot as plot_curves
from benchmarks.result import Result, load, save
from benchmarks.run import run
from benchmarks.table import HEADER, line, summary
from scheduler.formats.atomic import write_text
from scheduler.solver import versions

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, add_completion=False)
DATA = os.environ.get("LIANXIN_BENCHMARKS", "benchmarks/data")

Family = Annotated[str, typer.Argument(help=f"One of {', '.join(FAMILIES)}.")]
Data = Annotated[Path, typer.Option(help="Folder with the public instances.")]
Only = Annotated[str, typer.Option(help="Pattern of instance names.")]
Seconds = Annotated[float, typer.Option(help="Search time for each solve.")]
Seeds = Annotated[int, typer.Option(min=1, help="Seeds 1 to this.")]
Cores = Annotated[int, typer.Option(min=1, help="Threads.")]
Save = Annotated[Path | None, typer.Option("--save", help="Folder for solutions and results.json.")]


@app.callback()
def _benchmarks() -> None:
    """Measure the solver."""


@app.command("run")
def run_family(
    family: Family,
    data: Data = Path(DATA),
    only: Only = "*",
    seconds: Seconds = 60.0,
    seeds: Seeds = 1,
    cores: Cores = 1,
    save_to: Save = None,
) -> None:
    """Solve the instances of a family and print each cost beside the best known."""
    _check_family(family)
    results: list[Result] = []
    print(HEADER)
    for result in _with_data(run(family, data, only, seconds, seeds, cores, save_to)):
        results.append(result)
        print(line(result), flush=True)
        if save_to is not None:
            save(save_to / "results.json", results, versions())
    if not results:
        raise typer.BadParameter(f"no instance is named like {only!r}")
    print(*summary(results), sep="\n")


@app.command("peers")
def run_peers(
    family: Family,
    data: Data = Path(DATA),
    only: Only = "*",
    seconds: Seconds = 60.0,
    seeds: Seeds = 1,
    cores: Cores = 1,
    solver: Annotated[str, typer.Option(help="Pattern of peers' names; we always run.")] = "*",
    save_to: Save = None,
) -> None:
    """Solve what peers can express of the instances by Lianxin and every installed peer."""
    _check_family(family)
    shared = list(_with_data(peers.tasks(family, data, only, solver)))
    if not shared:
        raise typer.BadParameter(f"no instance is named like {only!r}")
    results: list[Result] = []
    print(peers.HEADER)
    for task in shared:
        ours: dict[int, Result] = {}
        for result in peers.run(family, task, seconds, seeds, cores, save_to):
            results.append(result)
            if result.solver == peers.OURS:
                ours[result.seed] = result
            print(peers.line(result, ours.get(result.seed)), flush=True)
            if save_to is not None:
                save(save_to / "results.json", results, versions() | peers.versions())
    print(*peers.summary(results), *peers.limits(shared), sep="\n")


@app.command("counters")
def count_moves(
    family: Family,
    data: Data = Path(DATA),
    only: Only = "*",
    steps: Annotated[int, typer.Option(min=1, help="Moves to draw.")] = 2_000_000,
    seed: Annotated[int, typer.Option(help="Of the search.")] = 1,
) -> None:
    """Anneal the instances of a family and print how the moves of each kind ended."""
    _check_family(family)
    names = 0
    for name, counts in _with_data(counters.run(family, data, only, steps, seed)):
        names += 1
        print(name, counters.HEADER, *counters.table(counts), sep="\n", flush=True)
    if not names:
        raise typer.BadParameter(f"no instance is named like {only!r}")


@app.command("replan")
def run_replan(
    count: Annotated[int, typer.Option(min=1, help="Scenarios.")] = 50,
    seconds: Annotated[list[float] | None, typer.Option(help="Of each re-plan; several.")] = None,
    scratch: Annotated[
        list[float] | None, typer.Option(help="Of each solve from scratch; several.")
    ] = None,
    publish: Annotated[float, typer.Option(help="Seconds of the published roster's search.")] = 60,
    name: Annotated[str, typer.Option(help="Week.")] = "shizishan/sub_district",
    bound: Annotated[
        list[int] | None,
        typer.Option(help="Most people moved; several. Then nothing from scratch."),
    ] = None,
    cores: Cores = 1,
    save_to: Save = None,
) -> None:
    """Re-plan disruptions of a published week, against solving it from scratch."""
    results: list[replans.ScenarioResult] = []
    print(replans.HEADER)
    limits = tuple(seconds or (5.0,)), tuple(scratch or (() if bound else (60.0,)))
    for result in replans.measure(name, count, *limits, publish, cores, tuple(bound or ())):
        results.append(result)
        print(replans.line(result), flush=True)
        if save_to is not None:
            replans.save(save_to / "replan.json", results)
    print(*replans.summary(results), sep="\n")


@app.command("rolling")
def run_rolling(
    seconds: Seconds = 20.0,
    weeks: Annotated[int, typer.Option(min=1, max=4, help="Weeks in a row.")] = 4,
    save_to: Save = None,
) -> None:
    """Solve weeks of Shizishan in a row, with the history of loads and without."""
    if save_to is not None:
        save_to.mkdir(parents=True, exist_ok=True)
    results = [
        rolling.measure(weeks, seconds, history=history, save_to=save_to)
        for history in (True, False)
    ]
    print(*rolling.table(results), sep="\n")
    if save_to is not None:
        data = {"results": [asdict(result) for result in results], "versions": versions()}
        write_text(save_to / "rolling.json", json.dumps(data, indent=1) + "\n")


@app.command("suggest")
def suggest(
    count: Annotated[int, typer.Option(min=2, help="New visits.")] = 100,
    roster: Annotated[
        Path | None, typer.Option(help="A roster of that week; else solve it.")
    ] = None,
    seconds: Seconds = 60.0,
) -> None:
    """Ask where new visits and cases fit into the sub-district's week: how soon, and how well."""
    from benchmarks.suggest import measure
    from instances.generate import generate
    from scheduler.due import expand
    from scheduler.formats.json_file import read_roster
    from scheduler.solver import solve
    from scheduler.stop import Stop

    week = expand(generate("shizishan/sub_district", 1))
    published = solve(week, Stop(seconds=seconds)) if roster is None else read_roster(roster)
    print(*measure(week, published, count), sep="\n")


@app.command("commands")
def run_commands(
    times: Annotated[int, typer.Option(min=1, help="Runs of each command.")] = 5,
    roster: Annotated[
        Path | None, typer.Option(help="A roster of that week; else solve it.")
    ] = None,
    seconds: Seconds = 20.0,
) -> None:
    """Run commands on the sub-district's week, each from nothing: CPU and memory."""
    from benchmarks.commands import measure
    from instances.generate import generate
    from scheduler.formats.json_file import read_roster
    from scheduler.solver import solve
    from scheduler.stop import Stop

    week = generate("shizishan/sub_district")
    published = solve(week, Stop(seconds=seconds)) if roster is None else read_roster(roster)
    with TemporaryDirectory() as folder:
        for told in measure(week, published, times, Path(folder)):
            print(told, flush=True)


@app.command("compare")
def compare_files(
    first: Annotated[Path, typer.Argument(help="A results.json.")],
    second: Annotated[Path, typer.Argument(help="Another, of the same family.")],
) -> None:
    """Two result files side by side: ratios, their geometric mean and a sign test."""
    try:
        print(*lines(compare_runs(_loaded(first), _loaded(second))), sep="\n")
    except NotComparableError as fault:
        raise typer.BadParameter(str(fault)) from None


@app.command("plot")
def plot_files(
    files: Annotated[list[Path], typer.Argument(help="One results.json or more.")],
    out: Annotated[Path, typer.Option(help="SVG file to write.")] = Path("curves.svg"),
) -> None:
    """Draw cost over time, a small panel for each instance."""
    try:
        panels = plot_curves([(_name(path), _loaded(path)) for path in files], out)
    except NoPlotsError as fault:
        raise typer.BadParameter(str(fault)) from None
    print(f"{out}: {panels} panels")


def _check_family(family: str) -> None:
    if family not in FAMILIES:
        raise typer.BadParameter(f"{family!r}; choose one of {', '.join(FAMILIES)}")


def _with_data(cases: Iterator[T]) -> Iterator[T]:
    """The cases of a family. Raises BadParameter where its data is missing."""
    try:
        yield from cases
    except FileNotFoundError as fault:
        raise typer.BadParameter(f"no instances there: {fault.filename}") from None


def _loaded(path: Path) -> list[Result]:
    try:
        return load(path)
    except FileNotFoundError:
        raise typer.BadParameter(f"no such file: {path}") from None
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from None


def _name(path: Path) -> str:
    return path.parent.name if path.name == "results.json" and path.parent.name else path.stem


if __name__ == "__main__":
    app()
