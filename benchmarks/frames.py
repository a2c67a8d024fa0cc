"""Results of many solves as pandas tables, for comparing, summing up and drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from math import inf

import pandas as pd

from benchmarks.result import Result

_GAPS = ("gap", "mean_gap", "bound_gap")
_DTYPES = {
    "family": "string",
    "instance": "string",
    "solver": "string",
    "status": "string",
    "engine": "string",
    "fault": "string",
    "seed": "int64",
    "cores": "int64",
    "hard": "int64",
    "medium": "int64",
    "soft": "int64",
    "steps": "int64",
    "peak_megabytes": "int64",
    "checked": "bool",
}
_EARLIEST_SECONDS = 0.01
"""Where a curve begins on a logarithmic axis, which has no zero."""


def solves(results: Iterable[Result]) -> pd.DataFrame:
    """A row a solve, in the order given.

    The columns are the fields of `Result` but the curve, then gap, mean_gap and bound_gap in per cent.
    Seconds, costs, bounds and gaps are float64 (NaN: none), counts int64, checked bool, the rest string.
    """
    names = [field.name for field in fields(Result) if field.name != "curve"]
    rows = [[getattr(result, name) for name in (*names, *_GAPS)] for result in results]
    table = pd.DataFrame(rows, columns=[*names, *_GAPS])
    return table.astype({name: _DTYPES.get(name, "float64") for name in table.columns})


def median_costs(solves: pd.DataFrame) -> pd.Series:
    """Median cost over the seeds, by (instance, solver) in the order in which they come.

    inf where at least half of the solves failed or did not pass the checker.
    """
    sound = solves["checked"] & solves["cost"].notna() & (solves["fault"] == "")
    costs = solves["cost"].where(sound, inf)
    return costs.groupby([solves["instance"], solves["solver"]], sort=False).median()


def curves(files: Sequence[tuple[str, Sequence[Result]]]) -> pd.DataFrame:
    """A row for each step of a curve, of every solve that has one.

    file: the name given, string; instance: string; solve: int64, numbered over all files; best_known:
    float64 (NaN: none); seconds, cost: float64. A last row of each solve says where its search ended.
    """
    rows = [
        (name, result.instance, number, result.best_known, seconds, cost)
        for number, (name, result) in enumerate(
            (name, result) for name, results in files for result in results if result.curve
        )
        for seconds, cost in _steps(result)
    ]
    columns = ["file", "instance", "solve", "best_known", "seconds", "cost"]
    floats = dict.fromkeys(("best_known", "seconds", "cost"), "float64")
    texts = dict.fromkeys(("file", "instance"), "string")
    return pd.DataFrame(rows, columns=columns).astype(texts | {"solve": "int64"} | floats)


def _steps(result: Result) -> list[tuple[float, float]]:
    steps = [(max(seconds, _EARLIEST_SECONDS), cost) for seconds, cost in result.curve or ()]
    last, cost = steps[-1]
    return [*steps, (max(result.used or result.seconds, last), cost)]
