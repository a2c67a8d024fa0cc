"""Results as lines of text: one a solve, and a summary by size."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import fmean, median

from benchmarks.result import Result

HEADER = (
    f"{'instance':28} {'seed':>4} {'cost':>12} {'best known':>12} {'gap %':>8} {'bound gap %':>11} "
    f"{'first s':>8} {'M moves/s':>9} {'checked':>7}"
)
_SIZE = re.compile(r"[_-](\d+)_\d+$|-(\d+)$")


def line(one: Result) -> str:
    """A solve in the columns of HEADER; one that failed says why."""
    if one.fault:
        return f"{one.instance:28} {one.seed:4} failed: {one.fault}"
    rate = one.steps / max(one.used or one.seconds, 1e-3) / 1e6
    checked = "yes" if one.checked else "NO"
    return (
        f"{one.instance:28} {one.seed:4} {number(one.cost):>12} {number(one.best_known):>12} "
        f"{signed(one.gap):>8} {number(one.bound_gap, 2):>11} {number(one.first, 2):>8} "
        f"{rate:9.2f} {checked:>7}"
    )


def number(value: float | None, places: int = 3) -> str:
    """With so many decimals; empty for None."""
    return "" if value is None else f"{value:.{places}f}"


def signed(value: float | None) -> str:
    """With sign and two decimals; empty for None."""
    return "" if value is None else f"{value:+.2f}"


def size_class(instance: str) -> int | None:
    """The size that a name tells: 100 of ``x_100_2``, 60 of ``day-60``; None: it tells none."""
    found = _SIZE.search(instance)
    return None if found is None else int(found[1] or found[2])


def summary(results: Iterable[Result]) -> Iterator[str]:
    """Lines by size, where several instances share one, then over all.

    Means and worst of the instances' median gaps, and the worst gap of any solve.
    """
    every = list(results)
    failed = sum(bool(one.fault) for one in every)
    unchecked = sum(not one.fault and not one.checked for one in every)
    sizes = Counter(map(size_class, {one.instance for one in every}))
    shared = [size for size, instances in sizes.items() if size is not None and instances > 1]
    if len(sizes) > 1:
        for size in sorted(shared):
            yield from _gaps(f"{size}", [one for one in every if size_class(one.instance) == size])
    yield from _gaps("all", every)
    if failed or unchecked:
        yield f"{failed} solves failed, {unchecked} did not pass the checker"


def _gaps(label: str, results: list[Result]) -> Iterator[str]:
    kinds = (
        ("best known", {key: _known(own, "gap") for key, own in _grouped(results).items()}),
        (
            "published mean",
            {key: _known(own, "mean_gap") for key, own in _grouped(results).items()},
        ),
        ("bound", {key: _known(own, "bound_gap") for key, own in _grouped(results).items()}),
    )
    for name, by_instance in kinds:
        lists = [gaps for gaps in by_instance.values() if gaps]
        if lists:
            medians = [median(gaps) for gaps in lists]
            yield (
                f"{label:>6}: mean gap to {name} {fmean(medians):+.2f} %, "
                f"worst median {max(medians):+.2f} %, worst {max(map(max, lists)):+.2f} %, "
                f"{len(lists)} instances, {sum(map(len, lists))} solves"
            )


def _grouped(results: list[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for one in results:
        found.setdefault(one.instance, []).append(one)
    return found


def _known(results: list[Result], gap: str) -> list[float]:
    """The gaps of solves that passed the checker; a bound holds for the others as well but says nothing."""
    values = [getattr(one, gap) for one in results if one.checked]
    return [value for value in values if value is not None]
