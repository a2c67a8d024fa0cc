"""The record of a run: enough to repeat it and to compare it."""

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Curve = list[list[float]]
"""[seconds, cost] pairs, cost falling."""
CURVE_POINTS = 60


@dataclass(frozen=True)
class Result:
    """One solve, or the attempt at one.

    seconds: the limit that was set; used: seconds spent, from a warm start; processor: those of the
        processor, of all threads and of processes begun
    cost: in the family's own unit; None where the solve failed. hard, medium, soft: points
    best_known, mean_known: published values in the family's unit, None if nobody published one
    first: seconds until the first roster without hard breaches; None if there was none
    bound: no roster costs less, in the family's unit; None: not known
    curve: how the cost fell while no hard rule was broken, at most CURVE_POINTS points
    checked: the checker finds the score that the solver reports, and no hard breach
    fault: why the solve failed; empty if it did not
    """

    family: str
    instance: str
    seed: int
    seconds: float
    cores: int
    solver: str = "lianxin"
    cost: float | None = None
    hard: int = 0
    medium: int = 0
    soft: int = 0
    best_known: float | None = None
    mean_known: float | None = None
    status: str = "unknown"
    engine: str = ""
    bound: float | None = None
    first: float | None = None
    used: float = 0.0
    processor: float = 0.0
    steps: int = 0
    checked: bool = False
    peak_megabytes: int = 0
    curve: Curve | None = None
    fault: str = ""

    @property
    def gap(self) -> float | None:
        """Per cent above the best known value; negative is better than it."""
        return above(self.cost, self.best_known)

    @property
    def mean_gap(self) -> float | None:
        """Per cent above the published mean."""
        return above(self.cost, self.mean_known)

    @property
    def bound_gap(self) -> float | None:
        """Per cent of the cost that lies above the bound; 0 is proven optimal."""
        if self.cost is None or self.bound is None:
            return None
        return 100 * (self.cost - self.bound) / self.cost if self.cost else 0.0


def above(cost: float | None, other: float | None) -> float | None:
    """Per cent by which a cost lies above another; None where there is nothing to compare with."""
    if cost is None or other is None:
        return None
    if not other:
        return 0.0 if not cost else None
    return 100 * (cost / other - 1)


def thinned(curve: Curve, points: int = CURVE_POINTS) -> Curve:
    """At most `points` of a curve, its first and last among them.

    Improvements crowd at the beginning, so steps of equal count are near enough to logarithmic time.
    """
    if len(curve) <= points:
        return curve
    step = (len(curve) - 1) / (points - 1)
    return [curve[round(number * step)] for number in range(points)]


def machine() -> dict[str, str | int]:
    """Where the run was made."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"


def commit() -> str:
    """The commit of the working tree, marked where it has changes; empty outside a checkout."""
    try:
        head = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=10"],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parent,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.strip()


def save(path: Path, results: list[Result], versions: dict[str, str]) -> None:
    """Write a result file: machine-readable, one line a solve; whole or not at all."""
    head = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "versions": versions,
    }
    rows = ",\n  ".join(json.dumps(_row(result)) for result in results)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(
        f'{{"run": {json.dumps(head)},\n "results": [\n  {rows}\n]}}\n', encoding="utf-8"
    )
    part.replace(path)


def _row(result: Result) -> dict[str, Any]:
    gaps = {"gap": result.gap, "mean_gap": result.mean_gap, "bound_gap": result.bound_gap}
    return asdict(result) | {
        name: None if gap is None else round(gap, 4) for name, gap in gaps.items()
    }


def load(path: Path) -> list[Result]:
    """Read a result file, also of an older run that recorded less.

    Raises FileNotFoundError, and ValueError for a file that holds no results.
    """
    names = Result.__dataclass_fields__
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["results"]
        return [Result(**{key: row[key] for key in row if key in names}) for row in rows]
    except (KeyError, TypeError, json.JSONDecodeError) as fault:
        raise ValueError(f"{path} is no result file: {fault!r}") from None
