"""Set everything up and do a job: ``python3 dev.py demo``, ``python3 dev.py test`` and so on.

Needs Python 3.11 or newer and nothing else: it makes a virtual environment in ``.venv`` and
installs what constraints.txt pins.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OUT = ROOT / "out"


def main(arguments: list[str]) -> int:
    """Run a job by name; 2 where there is no such job or Python is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        print("Lianxin needs Python 3.11 or newer; this is", sys.version.split()[0])
        return 2
    if not arguments or arguments[0] not in JOBS:
        print("usage: python3 dev.py JOB [arguments of the job]")
        for name, job in JOBS.items():
            print(f"  {name:6}{job.__doc__}")
        return 2
    return JOBS[arguments[0]](arguments[1:])


def demo(arguments: list[str]) -> int:
    """Solve one community's week in Shizishan and open the pages on it. --fresh: begin anew; others go to `lianxin serve`."""
    _install("service")
    fresh = "--fresh" in arguments
    numbers = [int(folder.name.removeprefix("demo-")) for folder in OUT.glob("demo-*")]
    data = OUT / f"demo-{max([0, *numbers]) + fresh or 1}"
    more = [word for word in arguments if word != "--fresh"]
    return _run(["lianxin", "serve", "--example", "20", "--browser", "--data", str(data), *more])


def serve(arguments: list[str]) -> int:
    """Run the job service. Arguments go to `lianxin serve`."""
    _install("service")
    return _run(["lianxin", "serve", *arguments])


def fix(arguments: list[str]) -> int:
    """Format, and mend what the linter can mend. Arguments: files; else all."""
    _install("service,postgres,dev")
    return _run(["ruff", "check", "--fix", *arguments], ["ruff", "format", *arguments])


def lint(arguments: list[str]) -> int:
    """Format, lint, types, and whether the tests can be loaded, without changing anything."""
    # Types are not checked in tests: an import that is gone shows when they are collected.
    collect = ["python", "-m", "pytest", "--collect-only", "-qq"]
    return _check(arguments) or _run(collect)


def test(arguments: list[str]) -> int:
    """Format, lint, types, tests. Arguments go to pytest."""
    # Compiled once here, so that parallel test processes find kernels and bytecode, which need not write any.
    bytecode = ["python", "-m", "compileall", "-q", "scheduler", "service", "instances"]
    asserts = ["python", "-m", "tests.rewritten"]
    warm = "from scheduler.solver import warm_up; warm_up()"
    # Whole files, so that each starts its services once; the order is that of tests/conftest.py.
    files = ["--dist", "loadfile", "--no-loadscope-reorder"]
    tests = ["python", "-m", "pytest", "-n", "3", *files, *arguments]
    return _check([]) or _run(bytecode, asserts, ["python", "-c", warm], tests)


JOBS = {"demo": demo, "serve": serve, "fix": fix, "lint": lint, "test": test}


def _check(arguments: list[str]) -> int:
    _install("service,postgres,dev")
    return _run(["ruff", "format", "--check"], ["ruff", "check"], ["mypy", *arguments])


def _run(*commands: list[str]) -> int:
    """Run programs of the virtual environment until one fails; its exit code, or 0."""
    # Ctrl+C is for the program that runs, which ends in good order.
    signal.signal(signal.SIGINT, lambda *_: None)
    for program, *arguments in commands:
        code = subprocess.call([str(BIN / program), *arguments], cwd=ROOT)
        if code:
            return code
    return 0


def _install(extras: str) -> None:
    marker = VENV / f"installed-{extras.replace(',', '-')}"
    wanted = (ROOT / "constraints.txt").read_text() + (ROOT / "pyproject.toml").read_text()
    there = [name for name in VENV.glob("installed-*") if name.read_text() == wanted]
    if any({*marker.name.split("-")} <= {*name.name.split("-")} for name in there):
        return
    if not (BIN / "python").exists():
        subprocess.check_call([sys.executable, "-m", "venv", str(VENV)])
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.check_call([*pip, "-c", "constraints.txt", "-e", f".[{extras}]"], cwd=ROOT)
    marker.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
