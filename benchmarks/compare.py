"""Two result files side by side: medians, ratios, and whether the difference could be chance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import comb, exp, inf, log
from statistics import fmean

import pandas as pd

from benchmarks.frames import median_costs, solves
from benchmarks.result import Result
from benchmarks.table import number

TIE = 1e-6
"""Ratios nearer to 1 than this are ties."""


class NotComparableError(ValueError):
    """The two files measure different things."""


@dataclass(frozen=True)
class RunComparison:
    """What two result files say of each other, and what a reader should be warned of.

    pairs: a row for each instance (and solver) in both files, in the order of the first

    - instance: string, with the solver where it is not ours
    - first, second: float64, as `median_costs` has them
    - ratio: float64, second to first, below 1 if the second is better; NaN where it says nothing
    - outcome: int64, 1 if the second file is better, -1 if the first is, 0 for a tie
    """

    pairs: pd.DataFrame
    warnings: list[str]

    @property
    def mean_ratio(self) -> float:
        """Geometric mean of the ratios that are known; 1 where none is."""
        return geometric_mean(self.pairs["ratio"].dropna())

    def count(self, outcome: int) -> int:
        """Pairs with this outcome."""
        return int((self.pairs["outcome"] == outcome).sum())


def compare(first: list[Result], second: list[Result]) -> RunComparison:
    """Pair the instances that both files have. Raises NotComparableError where that means nothing."""
    for name, results in (("first", first), ("second", second)):
        if not results:
            raise NotComparableError(f"the {name} file holds no results")
    runs = solves(first), solves(second)
    families = [_values(run, "family") for run in runs]
    if families[0] != families[1]:
        raise NotComparableError(f"different families: {families[0]} and {families[1]}")
    costs = [median_costs(run) for run in runs]
    pairs = costs[0].to_frame("first").join(costs[1].to_frame("second"), how="inner")
    if pairs.empty:
        raise NotComparableError("no instance is in both files")
    return RunComparison(_judged(pairs), list(_warnings(runs, costs)))


def _judged(pairs: pd.DataFrame) -> pd.DataFrame:
    """Costs by (instance, solver), with labels, ratios and outcomes."""
    first, second = pairs["first"], pairs["second"]
    comparable = (first > 0) & (second > 0) & (first < inf) & (second < inf)
    ratio = (second / first).where(comparable).mask(first == second, 1.0)
    better = (second < first).astype("int64") - (second > first).astype("int64")
    return pd.DataFrame(
        {
            "instance": pd.Series(map(_label, pairs.index), dtype="string", index=pairs.index),
            "first": first,
            "second": second,
            "ratio": ratio,
            "outcome": better.mask((ratio - 1).abs() < TIE, 0),
        }
    ).reset_index(drop=True)


def geometric_mean(ratios: Iterable[float]) -> float:
    """Of positive numbers; 1 for none."""
    logarithms = [log(ratio) for ratio in ratios]
    return exp(fmean(logarithms)) if logarithms else 1.0


def sign_test(wins: int, losses: int) -> float:
    """Two-sided p-value: how likely so uneven a split is if either side wins by the toss of a coin.

    Ties are left out beforehand, as usual (Conover, Practical Nonparametric Statistics, 3.4).
    """
    tosses = wins + losses
    tail: int = sum(comb(tosses, fewer) for fewer in range(min(wins, losses) + 1))
    share: float = 2 * tail / 2**tosses
    return min(1.0, share)


def lines(comparison: RunComparison) -> Iterator[str]:
    """The comparison as text."""
    for warning in comparison.warnings:
        yield f"warning: {warning}"
    yield f"{'instance':36} {'first':>12} {'second':>12} {'ratio':>8}"
    for pair in comparison.pairs.itertuples():
        costs = f"{_cost(pair.first):>12} {_cost(pair.second):>12}"
        yield f"{pair.instance:36} {costs} {number(pair.ratio, 4) or '-':>8}"
    wins, ties, losses = (comparison.count(outcome) for outcome in (1, 0, -1))
    yield f"geometric mean of ratios {comparison.mean_ratio:.4f} (below 1: the second is better)"
    yield f"second better {wins}, tie {ties}, worse {losses}; sign test p = {sign_test(wins, losses):.3g}"


def _cost(cost: float) -> str:
    return "none" if cost == inf else number(cost)


def _label(key: tuple[str, str]) -> str:
    instance, solver = key
    return instance if solver == "lianxin" else f"{instance} ({solver})"


def _values(run: pd.DataFrame, field: str) -> list[object]:
    return sorted(run[field].unique().tolist())


def _warnings(runs: tuple[pd.DataFrame, pd.DataFrame], costs: Sequence[pd.Series]) -> Iterator[str]:
    for field in ("seconds", "cores"):
        values = [_values(run, field) for run in runs]
        if values[0] != values[1]:
            yield f"different {field}: {values[0]} and {values[1]}"
    seeds = [run["seed"].nunique() for run in runs]
    if seeds[0] != seeds[1]:
        yield f"different numbers of seeds: {seeds[0]} and {seeds[1]}"
    for name, here, there in (("first", 0, 1), ("second", 1, 0)):
        missing = [_label(key) for key in costs[here].index if key not in costs[there].index]
        if missing:
            yield f"only in the {name} file: {', '.join(missing)}"
