"""Cost over time, a small panel for each instance, as SVG. Needs matplotlib (extra ``bench``)."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from benchmarks.frames import curves
from benchmarks.result import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = 4
PANEL_INCHES = 2.8, 2.1
STYLE: Any = {
    "svg.hashsalt": "lianxin",
    "svg.fonttype": "none",
    "font.size": 7,
    "lines.linewidth": 1.0,
}
"""A fixed salt: same curves, same file."""


class NoPlotsError(RuntimeError):
    """matplotlib is not installed, or there is nothing to draw."""


def plot(files: Sequence[tuple[str, Sequence[Result]]], out: Path) -> int:
    """Draw every curve of the named result files; the number of panels. Raises NoPlotsError."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        raise NoPlotsError(
            "drawing needs matplotlib: pip install -e '.[bench]' installs it"
        ) from None
    drawn = curves(files)
    count: int = drawn["instance"].nunique()
    if not count:
        raise NoPlotsError("no result has a curve; runs before the curve was recorded have none")
    columns = min(COLUMNS, count)
    rows = ceil(count / columns)
    with matplotlib.rc_context(STYLE):
        figure = Figure(
            figsize=(columns * PANEL_INCHES[0], rows * PANEL_INCHES[1]), layout="constrained"
        )
        panels = list(figure.subplots(rows, columns, squeeze=False).flat)
        names = dict.fromkeys(name for name, _ in files)
        colours = {name: f"C{number}" for number, name in enumerate(names)}
        by_instance = drawn.groupby("instance", sort=False)
        for panel, (instance, steps) in zip(panels, by_instance, strict=False):
            _draw(panel, instance, steps, colours)
        for panel in panels[count:]:
            panel.set_axis_off()
        out.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(out, format="svg", metadata={"Date": None})
    return count


def _draw(panel: "Axes", instance: str, steps: pd.DataFrame, colours: dict[str, str]) -> None:
    """Steps, one line a solve; the gap to the best known value where there is one, else the cost."""
    best = steps["best_known"].iloc[0]
    has_best = pd.notna(best) and best != 0
    heights = 100 * (steps["cost"] / best - 1) if has_best else steps["cost"]
    for (name, _), line in steps.assign(height=heights).groupby(["file", "solve"], sort=False):
        style: dict[str, Any] = {"where": "post", "color": colours[name], "alpha": 0.8}
        panel.step(line["seconds"], line["height"], label=name, **style)
    panel.set_xscale("log")
    panel.set_title(instance)
    panel.set_xlabel("seconds")
    panel.set_ylabel("gap, %" if has_best else "cost")
    if has_best:
        panel.axhline(0, color="0.6", linewidth=0.6)
    handles, labels = panel.get_legend_handles_labels()
    unique = dict(zip(labels, handles, strict=True))
    if len(colours) > 1:
        panel.legend(unique.values(), unique.keys(), frameon=False)
