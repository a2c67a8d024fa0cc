"""Results as lines of text: one a solve, and a summary by size."""

import re
from collections.abc import Iterable, Iterator
from math import isnan

import pandas as pd

from benchmarks.frames import solves
from benchmarks.result import Result

HEADER = (
    f"{'instance':28} {'seed':>4} {'cost':>12} {'best known':>12} {'gap %':>8} {'bound gap %':>11} "
    f"{'first s':>8} {'M moves/s':>9} {'checked':>7}"
)
_SIZE = re.compile(r"[_-](\d+)_\d+$|-(\d+)$")


def line(solve: Result) -> str:
    """A solve in the columns of HEADER; a failed one says why."""
    if solve.fault:
        return f"{solve.instance:28} {solve.seed:4} failed: {solve.fault}"
    rate = solve.steps / max(solve.used or solve.seconds, 1e-3) / 1e6
    checked = "yes" if solve.checked else "NO"
    return (
        f"{solve.instance:28} {solve.seed:4} {number(solve.cost):>12} {number(solve.best_known):>12} "
        f"{signed(solve.gap):>8} {number(solve.bound_gap, 2):>11} {number(solve.first, 2):>8} "
        f"{rate:9.2f} {checked:>7}"
    )


def number(value: float | None, places: int = 3) -> str:
    """With so many decimals; empty for None and NaN."""
    return "" if value is None or isnan(value) else f"{value:.{places}f}"


def signed(value: float | None) -> str:
    """With sign and two decimals; empty for None."""
    return "" if value is None else f"{value:+.2f}"


def size_class(instance: str) -> int | None:
    """The size in a name: 100 of ``x_100_2``, 60 of ``day-60``; None where there is none."""
    match = _SIZE.search(instance)
    return None if match is None else int(match[1] or match[2])


def summary(results: Iterable[Result]) -> Iterator[str]:
    """Lines by size, where several instances share one, then over all.

    Means and worst of the instances' median gaps, and the worst gap of any solve.
    """
    table = solves(results)
    failed = table["fault"] != ""
    unchecked = ~failed & ~table["checked"]
    instances = pd.Series(table["instance"].unique())
    sizes = instances.map(size_class).value_counts(dropna=False)
    if len(sizes) > 1:
        for size in sorted(sizes[(sizes > 1) & sizes.index.notna()].index):
            yield from _gaps(f"{size:.0f}", table[table["instance"].map(size_class) == size])
    yield from _gaps("all", table)
    if failed.any() or unchecked.any():
        yield f"{failed.sum()} solves failed, {unchecked.sum()} did not pass the checker"


def _gaps(label: str, results: pd.DataFrame) -> Iterator[str]:
    """Gaps of solves that passed the checker; a bound holds for the others as well but says nothing."""
    kinds = {"best known": "gap", "published mean": "mean_gap", "bound": "bound_gap"}
    for name, column in kinds.items():
        gaps = results.loc[results["checked"], ["instance", column]].dropna()
        medians = gaps.groupby("instance")[column].median()
        if len(medians):
            yield (
                f"{label:>6}: mean gap to {name} {medians.mean():+.2f} %, "
                f"worst median {medians.max():+.2f} %, worst {gaps[column].max():+.2f} %, "
                f"{len(medians)} instances, {len(gaps)} solves"
            )
