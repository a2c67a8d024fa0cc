"""``python -m benchmarks run FAMILY``: solve public instances and print the gap to the best known."""

import os
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer

from benchmarks.families import FAMILIES
from benchmarks.result import Result, save
from benchmarks.run import run
from scheduler.solver import versions

app = typer.Typer(no_args_is_help=True, add_completion=False)
DATA = os.environ.get("LIANXIN_BENCHMARKS", "benchmarks/data")
HEADER = (
    f"{'instance':28} {'seed':>4} {'cost':>12} {'best known':>12} {'gap %':>8} "
    f"{'first s':>8} {'M moves/s':>9} {'checked':>7}"
)


@app.callback()
def _benchmarks() -> None:
    """Measure the solver."""


@app.command("run")
def run_family(
    family: Annotated[str, typer.Argument(help=f"One of {', '.join(FAMILIES)}.")],
    data: Annotated[Path, typer.Option(help="Folder with the public instances.")] = Path(DATA),
    only: Annotated[str, typer.Option(help="Pattern of instance names.")] = "*",
    seconds: Annotated[float, typer.Option(help="Search time for each solve.")] = 60.0,
    seeds: Annotated[int, typer.Option(help="Seeds 1 to this.")] = 1,
    cores: Annotated[int, typer.Option(help="Threads.")] = 1,
    save_to: Annotated[
        Path | None, typer.Option("--save", help="Folder for solutions and results.json.")
    ] = None,
) -> None:
    """Solve the instances of a family and print each cost beside the best known."""
    if family not in FAMILIES:
        raise typer.BadParameter(f"{family!r}; choose one of {', '.join(FAMILIES)}")
    results: list[Result] = []
    print(HEADER)
    try:
        for result in run(family, data, only, seconds, seeds, cores, save_to):
            results.append(result)
            print(_line(result), flush=True)
            if save_to is not None:
                save(save_to / "results.json", results, versions())
    except FileNotFoundError as fault:
        raise typer.BadParameter(f"no instances there: {fault.filename}") from None
    if not results:
        raise typer.BadParameter(f"no instance is named like {only!r}")
    gaps = [one.gap for one in results if one.gap is not None]
    if gaps:
        print(f"mean gap {fmean(gaps):+.2f} %, worst {max(gaps):+.2f} %, {len(gaps)} solves")


def _line(one: Result) -> str:
    best = "" if one.best_known is None else f"{one.best_known:.3f}"
    gap = "" if one.gap is None else f"{one.gap:+.2f}"
    rate = one.steps / one.seconds / 1e6
    checked = "yes" if one.checked else "NO"
    return (
        f"{one.instance:28} {one.seed:4} {one.cost:12.3f} {best:>12} {gap:>8} "
        f"{one.first:8.2f} {rate:9.2f} {checked:>7}"
    )


if __name__ == "__main__":
    app()
