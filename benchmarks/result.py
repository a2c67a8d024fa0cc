"""What a run is remembered by: enough to do it again and to compare it."""

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One solve. `first` is the seconds until the first checked roster, from a warm start."""

    family: str
    instance: str
    seed: int
    seconds: float
    cores: int
    cost: float
    hard: int
    medium: int
    soft: int
    best_known: float | None
    first: float
    steps: int
    checked: bool
    peak_megabytes: int

    @property
    def gap(self) -> float | None:
        """Per cent above the best known value; negative is better than it."""
        if not self.best_known:
            return None
        return 100 * (self.cost / self.best_known - 1)


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
    """Write a result file: machine-readable, one line a solve."""
    head = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "versions": versions,
    }
    rows = ",\n  ".join(json.dumps(asdict(one) | {"gap": one.gap}) for one in results)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'{{"run": {json.dumps(head)},\n "results": [\n  {rows}\n]}}\n', encoding="utf-8"
    )
