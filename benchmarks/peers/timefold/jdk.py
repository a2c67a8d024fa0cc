"""Compiles and runs the Java sources beside this file, against the jars that the Python package brings."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from scheduler.engines.compiled import cache_folder

SOURCES = Path(__file__).parent
RELEASE = 17
"""Oldest Java that compiles them."""
NOT_NEEDED = ("logback", "junit", "mockito", "assertj", "jpyinterpreter", "timefold-solver-python")
"""Jars for tests and for Python, and one that would log every step."""


class JavaError(RuntimeError):
    """Java did not compile the sources, or ended with a fault; with the first lines that it told."""


def prepare() -> Path:
    """The folder of the classes, compiled now if these sources never were. Raises JavaError."""
    sources = sorted(SOURCES.glob("*.java"))
    jars = _jars()
    digest = hashlib.sha256("".join(jar.name for jar in jars).encode())
    for source in sources:
        digest.update(source.read_bytes())
    folder = cache_folder().parent / f"timefold-{digest.hexdigest()[:16]}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            classes = Path(made) / "classes"
            words = ["javac", "--release", str(RELEASE), "-proc:none", "-nowarn", "-d", classes]
            _run([*map(str, words), "-cp", _path(jars), *map(str, sources)])
            try:
                classes.replace(folder)
            except OSError:  # somebody else compiled them meanwhile
                if not folder.exists():
                    raise
    return folder


def run_main(words: list[str], cores: int) -> None:
    """Run the class Main until it ends, on so many cores. Raises JavaError."""
    limits = [f"-XX:ActiveProcessorCount={cores}", "-XX:+UseSerialGC"]
    _run(["java", *limits, "-cp", _path([prepare(), *_jars()]), "Main", *words])


def _jars() -> list[Path]:
    package = find_spec("timefold")
    if package is None or package.submodule_search_locations is None:
        raise JavaError("the Python package timefold, which brings the jars, is not installed")
    folder = Path(package.submodule_search_locations[0]) / "solver" / "jars"
    return sorted(jar for jar in folder.glob("*.jar") if not jar.name.startswith(NOT_NEEDED))


def _path(parts: list[Path]) -> str:
    return os.pathsep.join(map(str, parts))


def _run(words: list[str]) -> None:
    program = shutil.which(words[0])
    if program is None:
        raise JavaError(f"no {words[0]} here; a JDK of {RELEASE} or later has it")
    done = subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()[:3]
        raise JavaError(f"{words[0]} ended with {done.returncode}: {' / '.join(told)}")
