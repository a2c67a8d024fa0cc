"""The table of formats is whole: each is written, says nothing private, and is offered."""

import json
import pkgutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from instances.tiny import tiny
from scheduler import exports
from scheduler.cli.app import Commands
from scheduler.exports import FORMATS
from scheduler.model import Instance, Roster
from service import openapi
from tests.exports.conftest import SECRET

SHARED = {"loads", "orders", "wall", "words"}
"""Modules of the package that are no format."""
READ_BACK = {".json", ".xlsx"}
"""What is read back with its week has the ids of what is private, and none of its names."""
WITHOUT_NAMES = {".json"}


def _plain(path: Path) -> str:
    """The text of a file; of a zipped one, such as a workbook, that of all its parts."""
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(part).decode() for part in parts.namelist())


def _unfolded(path: Path) -> str:
    """The text of a calendar, whose long lines go on behind a space."""
    return path.read_bytes().decode().replace("\r\n ", "")


READERS: dict[str, Callable[[Path], str]] = {".ics": _unfolded}
"""By ending: how to read formats in which words do not stand as they are."""


@pytest.mark.parametrize("ending", FORMATS)
def test_a_format_writes_a_roster(ending: str, tmp_path: Path) -> None:
    week = tiny("crew_meets")
    path = tmp_path / f"roster{ending}"
    FORMATS[ending].write(path, week.instance, week.best, "en")
    assert path.stat().st_size > 0


@pytest.mark.parametrize("ending", sorted(FORMATS.keys() - {".xlsx"}))
def test_only_what_compares_tells_what_people_knew(ending: str, tmp_path: Path) -> None:
    # A workbook holds the second in which it was made.
    week = tiny("crew_meets")
    empty = week.best.model_copy(update={"assignments": ()})
    plain, compared = tmp_path / f"plain{ending}", tmp_path / f"compared{ending}"
    FORMATS[ending].write(plain, week.instance, empty, "en")
    FORMATS[ending].write(compared, week.instance, empty, "en", (week.instance, week.best))
    assert (plain.read_bytes() != compared.read_bytes()) == FORMATS[ending].compares


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_private_stands_in_no_export(
    ending: str, tmp_path: Path, week: Instance, answer: Roster
) -> None:
    path = tmp_path / f"roster{ending}"
    FORMATS[ending].write(path, week, answer, "zh")
    told = READERS.get(ending, _plain)(path)
    assert "lamp" in told
    assert SECRET not in told
    assert ("whisper" in told) == (ending in READ_BACK)
    assert ("佳宏路社区" in told) == (ending not in WITHOUT_NAMES)


def test_every_module_of_a_format_stands_in_the_table() -> None:
    modules = {module.name for module in pkgutil.iter_modules(exports.__path__)} - SHARED
    assert {form.module for form in FORMATS.values()} == modules


@pytest.mark.parametrize("ending", FORMATS)
def test_help_and_service_offer_every_format(ending: str) -> None:
    [out] = [option for option in Commands()["solve"].params if option.name == "out"]
    assert ending in str(getattr(out, "help", ""))
    paths = json.loads(openapi.FILE.read_text(encoding="utf-8"))["paths"]
    given = [
        path
        for path, item in paths.items()
        if FORMATS[ending].media_type
        in item.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    ]
    assert any(path.startswith("/v1/jobs/{job_id}/r") for path in given)
