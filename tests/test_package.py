"""What ``from scheduler import …`` hands on: at no cost, and whatever was imported before."""

import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import scheduler

ROOT = Path(__file__).parent.parent
EVERY_MODULE = """
import pkgutil, importlib, scheduler
for module in pkgutil.walk_packages(scheduler.__path__, "scheduler."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
EVERY_NAME = """
import importlib, scheduler
for name, home in scheduler._HOMES.items():
    assert getattr(scheduler, name) is getattr(importlib.import_module(home), name), name
    assert callable(getattr(scheduler, name)), name
"""


def ran(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "code",
    [EVERY_MODULE + EVERY_NAME, EVERY_NAME + EVERY_MODULE + EVERY_NAME],
    ids=["modules first", "modules last"],
)
def test_a_name_is_the_same_whatever_was_imported_before(code: str) -> None:
    ran(code)


def test_importing_the_package_loads_none_of_it() -> None:
    code = "import sys, scheduler; print(*(m for m in sys.modules if m.startswith('scheduler')))"
    assert ran(code).split() == ["scheduler"]


def test_no_name_is_that_of_a_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(scheduler.__path__)}
    assert not modules.intersection(scheduler.__all__)


def test_type_checkers_see_the_same_names() -> None:
    source = Path(scheduler.__file__).read_text(encoding="utf-8")
    for name, home in scheduler._HOMES.items():
        assert f"    from {home} import {name} as {name}\n" in source
        assert name in dir(scheduler)
        assert name in dir(import_module(home))


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sovle'"):
        scheduler.sovle  # noqa: B018
