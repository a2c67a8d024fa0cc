"""A small week in a workbook as coordinators fill it, to be changed by tests."""

from copy import copy
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from scheduler.formats import workbook
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import Instance, Problem

TITLES = {sheet.name: sheet.title("zh") for sheet in SHEETS}
WEEK: dict[str, list[dict[str, object]]] = {
    "places": [
        {"id": "广场", "name": "小广场", "point.longitude": 104.1, "point.latitude": 30.6},
        {"id": "办公室", "name": "办公室", "point.longitude": 104.11, "point.latitude": 30.6},
    ],
    "people": [
        {
            "id": "王丽",
            "name": "王丽",
            "role": "专职网格员",
            "availability": "周一至周五 08:30-17:30",
            "leave": "11-26",
        },
        {
            "id": "孙芳",
            "name": "孙芳",
            "role": "党员志愿者",
            "availability": "每天 18:00-21:00",
            "agreed": "夜巡、文化课",
        },
    ],
    "wishes": [{"person": "王丽", "want": "否", "days": "11-28", "weight": 5}],
    "visits": [
        {
            "id": f"检{number}",
            "name": "消防检查",
            "kind": "检查",
            "places": "广场",
            "windows": "周一至周五 09:00-11:00",
            "duration": 40,
            "slots.roles": "专职网格员",
        }
        for number in range(1, 5)
    ],
    "shifts": [
        {
            "id": f"夜巡{number}",
            "name": "夜间巡逻",
            "kind": kind,
            "place": "广场",
            "start": f"11-{22 + number} 18:30",
            "duration": 60,
        }
        for number, kind in enumerate(("夜巡", "夜巡", "夜巡", "文化课"), 1)
    ],
}


def cell(sheet: str, field: str, row: int) -> tuple[str, str]:
    """(title, cell) of the row-th record of a sheet."""
    position = next(one for one in SHEETS if one.name == sheet).position(field)
    return TITLES[sheet], f"{openpyxl.utils.get_column_letter(position + 1)}{row + 2}"


@cache
def _book() -> openpyxl.Workbook:
    """The week's workbook, for all tests: who changes cells puts them back."""
    with TemporaryDirectory() as folder:
        blank = Path(folder) / "blank.xlsx"
        workbook.write_template(blank, "zh")
        book = openpyxl.load_workbook(blank)
    book[TITLES["settings"]]["B2"] = "第48周"
    for sheet, records in WEEK.items():
        for row, record in enumerate(records, 1):
            for field, value in record.items():
                title, place = cell(sheet, field, row)
                book[title][place] = value
    return book


def fill(
    path: Path,
    changes: dict[tuple[str, str, int], object],
    start: date = date(2026, 11, 23),
) -> Path:
    """Write a workbook of the week with some cells changed, (sheet, field, row) → value."""
    book = _book()
    values = {cell(*which): value for which, value in changes.items()}
    values[TITLES["settings"], "B4"] = start
    cells = {place: book[place[0]][place[1]] for place in values}
    before = [(one, one.value, copy(one._style)) for one in cells.values()]
    for place, one in cells.items():
        one.value = values[place]
    book.save(path)
    for one, value, style in before:
        one.value, one._style = value, style
    return path


@pytest.fixture
def filled(tmp_path: Path):
    """Makes a workbook as `fill` does; read as a user's is."""
    return partial(fill, tmp_path / "week.xlsx")


def told(path: Path) -> tuple[Instance | None, list[Problem]]:
    week, problems = workbook.inspect(path)
    for problem in problems:
        for lang in LANGS:
            advice = explain(problem, lang)
            assert advice.cause
            assert advice.remedy
            assert "object" not in "".join(advice) + problem.value
    return week, problems


def pointers(problems: list[Problem], code: str) -> list[str]:
    return [problem.pointer for problem in problems if problem.code == code]


def at(sheet: str, field: str, row: int) -> str:
    return "!".join(cell(sheet, field, row))
