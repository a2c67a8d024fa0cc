"""A runner that speaks English in an empty folder, and a tiny week there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.formats.json_file import write_instance, write_roster
from tests.cli.hand_made import CREW

Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command there; its result has exit_code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(one) for one in arguments])


@pytest.fixture
def crew(run: Run) -> tuple[Path, Path]:
    """A tiny week and its best roster, in files."""
    write_instance(Path("crew.json"), CREW.instance)
    write_roster(Path("best.json"), CREW.best)
    return Path("crew.json"), Path("best.json")
