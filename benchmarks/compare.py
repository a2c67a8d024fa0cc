"""Two result files side by side: medians, ratios, and whether the difference could be chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb, exp, inf, log
from statistics import fmean, median

from benchmarks.result import Result
from benchmarks.table import number

TIE = 1e-6
"""Ratios nearer to 1 than this are ties."""


class NotComparableError(ValueError):
    """The two files measure different things."""


@dataclass(frozen=True)
class Pair:
    """An instance in both files: the median cost of each over its seeds.

    inf where at least half of the solves failed or did not pass the checker.
    """

    instance: str
    first: float
    second: float

    @property
    def ratio(self) -> float | None:
        """Second to first, below 1 if the second is better; None where it says nothing."""
        if self.first == self.second:
            return 1.0
        if inf in (self.first, self.second) or self.first <= 0 or self.second <= 0:
            return None
        return self.second / self.first

    @property
    def outcome(self) -> int:
        """1 if the second file is better, -1 if the first is, 0 for a tie."""
        ratio = self.ratio
        if ratio is not None and abs(ratio - 1) < TIE:
            return 0
        return 1 if self.second < self.first else -1


@dataclass(frozen=True)
class Comparison:
    """Pairs in the order of the first file, and what a reader should be warned of."""

    pairs: list[Pair]
    warnings: list[str]

    @property
    def mean_ratio(self) -> float:
        """Geometric mean of the ratios that are known; 1 where none is."""
        return geometric_mean([pair.ratio for pair in self.pairs if pair.ratio is not None])

    def count(self, outcome: int) -> int:
        """Pairs with this outcome."""
        return sum(pair.outcome == outcome for pair in self.pairs)


def compare(first: list[Result], second: list[Result]) -> Comparison:
    """Pair the instances that both files have. Raises NotComparableError where that means nothing."""
    for name, results in (("first", first), ("second", second)):
        if not results:
            raise NotComparableError(f"the {name} file holds no results")
    families = _values(first, "family"), _values(second, "family")
    if families[0] != families[1]:
        raise NotComparableError(f"different families: {families[0]} and {families[1]}")
    medians = _medians(first), _medians(second)
    shared = [key for key in medians[0] if key in medians[1]]
    if not shared:
        raise NotComparableError("no instance is in both files")
    pairs = [Pair(_label(key), medians[0][key], medians[1][key]) for key in shared]
    return Comparison(pairs, list(_warnings(first, second, medians)))


def geometric_mean(ratios: list[float]) -> float:
    """Of positive numbers; 1 for none."""
    return exp(fmean(map(log, ratios))) if ratios else 1.0


def sign_test(wins: int, losses: int) -> float:
    """Two-sided p-value: how likely so uneven a split is if either side wins by the toss of a coin.

    Ties are left out beforehand, as usual (Conover, Practical Nonparametric Statistics, 3.4).
    """
    tosses = wins + losses
    tail = sum(comb(tosses, fewer) for fewer in range(min(wins, losses) + 1))
    return min(1.0, 2 * tail / 2**tosses)


def lines(found: Comparison) -> Iterator[str]:
    """The comparison as text."""
    for warning in found.warnings:
        yield f"warning: {warning}"
    yield f"{'instance':36} {'first':>12} {'second':>12} {'ratio':>8}"
    for pair in found.pairs:
        costs = f"{_cost(pair.first):>12} {_cost(pair.second):>12}"
        yield f"{pair.instance:36} {costs} {number(pair.ratio, 4) or '-':>8}"
    wins, ties, losses = (found.count(outcome) for outcome in (1, 0, -1))
    yield f"geometric mean of ratios {found.mean_ratio:.4f} (below 1: the second is better)"
    yield f"second better {wins}, tie {ties}, worse {losses}; sign test p = {sign_test(wins, losses):.3g}"


def _cost(cost: float) -> str:
    return "none" if cost == inf else number(cost)


_Key = tuple[str, str]


def _label(key: _Key) -> str:
    instance, solver = key
    return instance if solver == "lianxin" else f"{instance} ({solver})"


def _medians(results: list[Result]) -> dict[_Key, float]:
    costs: dict[_Key, list[float]] = {}
    for one in results:
        good = one.checked and one.cost is not None and not one.fault
        cost = one.cost if good and one.cost is not None else inf
        costs.setdefault((one.instance, one.solver), []).append(cost)
    return {key: median(own) for key, own in costs.items()}


def _values(results: list[Result], field: str) -> list[object]:
    return sorted({getattr(one, field) for one in results})


def _warnings(
    first: list[Result], second: list[Result], medians: tuple[dict, dict]
) -> Iterator[str]:
    for field in ("seconds", "cores"):
        values = _values(first, field), _values(second, field)
        if values[0] != values[1]:
            yield f"different {field}: {values[0]} and {values[1]}"
    seeds = len(_values(first, "seed")), len(_values(second, "seed"))
    if seeds[0] != seeds[1]:
        yield f"different numbers of seeds: {seeds[0]} and {seeds[1]}"
    for name, own, other in (("first", 0, 1), ("second", 1, 0)):
        missing = [_label(key) for key in medians[own] if key not in medians[other]]
        if missing:
            yield f"only in the {name} file: {', '.join(missing)}"
