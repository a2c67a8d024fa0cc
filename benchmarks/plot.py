"""Cost over time, a small panel for each instance, as SVG. Needs matplotlib (extra ``bench``)."""

from collections.abc import Sequence
from itertools import count
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.result import Result, above

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
    drawn = [(label, one) for label, results in files for one in results if one.curve]
    instances = list(dict.fromkeys(one.instance for _, one in drawn))
    if not instances:
        raise NoPlotsError("no result has a curve; runs before the curve was recorded have none")
    columns = min(COLUMNS, len(instances))
    rows = ceil(len(instances) / columns)
    with matplotlib.rc_context(STYLE):
        figure = Figure(
            figsize=(columns * PANEL_INCHES[0], rows * PANEL_INCHES[1]), layout="constrained"
        )
        panels = figure.subplots(rows, columns, squeeze=False).flat
        colours = _colours([label for label, _ in files])
        for panel, instance in zip(panels, instances, strict=False):
            own = [(label, one) for label, one in drawn if one.instance == instance]
            _draw(panel, instance, own, colours)
        for panel in list(panels)[len(instances) :]:
            panel.set_axis_off()
        out.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(out, format="svg", metadata={"Date": None})
    return len(instances)


def _colours(labels: Sequence[str]) -> dict[str, str]:
    return {label: f"C{number}" for label, number in zip(dict.fromkeys(labels), count())}


def _draw(
    panel: "Axes", instance: str, own: list[tuple[str, Result]], colours: dict[str, str]
) -> None:
    """Steps, one line a solve; the gap to the best known value where there is one, else the cost."""
    best = own[0][1].best_known
    for label, one in own:
        seconds = [max(point[0], 0.01) for point in one.curve or ()]
        costs = [point[1] for point in one.curve or ()]
        end = max(one.used or one.seconds, seconds[-1])
        heights = [above(cost, best) for cost in costs] if best else costs
        line: dict[str, Any] = {"where": "post", "color": colours[label], "alpha": 0.8}
        panel.step([*seconds, end], [*heights, heights[-1]], label=label, **line)
    panel.set_xscale("log")
    panel.set_title(instance)
    panel.set_xlabel("seconds")
    panel.set_ylabel("gap, %" if best else "cost")
    if best:
        panel.axhline(0, color="0.6", linewidth=0.6)
    handles, labels = panel.get_legend_handles_labels()
    unique = dict(zip(labels, handles, strict=True))
    if len(colours) > 1:
        panel.legend(unique.values(), unique.keys(), frameon=False)
