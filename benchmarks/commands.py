"""What a command takes from its start to its end, on the sub-district's week: CPU of a process of its own.

Cold: nothing is loaded yet, but bytecode and kernels are in their caches, as after a first use.
"""

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
    command = [sys.executable, "-m", "scheduler.cli", *arguments]
    told = subprocess.run(
        [sys.executable, "-S", "-c", _STARTER, *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    code, seconds, kilobytes = told.stdout.split()
    if code not in ("0", "1"):  # 1: a hard rule is broken
        raise RuntimeError(f"lianxin {' '.join(arguments)} ended with {code}")
    return float(seconds), int(kilobytes) // 1024


_STARTER = """
import os, sys
silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, used = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Starts a command and tells what it used. A process of its own, which is small: a child's peak holds what its
parent had in memory when it was started, until it loads its own program."""
