"""What a command takes from its start to its end, on the sub-district's week: CPU of a process of its own.

Cold: nothing is loaded yet, but bytecode and kernels are in their caches, as after a first use.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from scheduler.formats.json_file import write_instance, write_roster
from scheduler.model import Instance, Roster

SEARCH_SECONDS = 0.2


def commands(instance: Instance, roster: Roster) -> dict[str, list[str]]:
    """Name → arguments of ``lianxin``, in a folder with ``week.json`` and ``roster.json``."""
    done = {part.task for part in roster.assignments}
    kept = next(visit.id for visit in instance.visits if visit.id in done)
    undone = next(visit.id for visit in instance.visits if visit.id not in done)
    files = ["week.json", "roster.json"]
    search = ["--seconds", f"{SEARCH_SECONDS:g}", "--out", "new.json", "--out-week", "next.json"]
    return {
        "--help": ["--help"],
        "check": ["check", *files],
        "suggest": ["suggest", *files, "--task", undone],
        "replan": ["replan", *files, "--cancel", kept, *search],
    }


def measure(instance: Instance, roster: Roster, times: int, folder: Path) -> Iterator[str]:
    """Lines to print: median and range of CPU seconds, and peak memory. The first run of each is left out."""
    write_instance(folder / "week.json", instance)
    write_roster(folder / "roster.json", roster)
    for name, arguments in commands(instance, roster).items():
        runs = [_ran(arguments, folder) for _ in range(times + 1)][1:]
        seconds = [run[0] for run in runs]
        yield (
            f"{name:8} {median(seconds):5.2f} s of CPU ({min(seconds):.2f} to {max(seconds):.2f}),"
            f" {max(memory for _, memory in runs)} MB"
        )


def _ran(arguments: list[str], folder: Path) -> tuple[float, int]:
    """CPU seconds and peak megabytes of a command. Raises RuntimeError where it fails."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scheduler.cli", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: a hard rule is broken
        raise RuntimeError(f"lianxin {' '.join(arguments)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
