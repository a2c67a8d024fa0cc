"""A coordinator's week, as docs/coordinator.md tells it, is played: its commands and its edits in Excel."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.model import Instance, Roster
from scheduler.model.changes import Changes
from scheduler.stop import Stop
from scheduler.weeks.replan.search import ReplanResult, replan
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "coordinator.md").read_text(encoding="utf-8")
_PART = re.compile(
    r"```sh\n(?P<shell>.*?)```|(?P<table>(?:^\|[^\n]*\n)+)", re.DOTALL | re.MULTILINE
)
NEW_ROW = "新行"
STEPS = 20000
"""Of a search instead of its seconds: it ends in the same roster on a machine that is busy."""


def _steps() -> Iterator[list[str]]:
    """What is typed, as words of a command, or as ``edit`` and the cells of a row of a table."""
    for part in _PART.finditer(PAGE):
        if part["shell"]:
            yield from (shlex.split(line) for line in part["shell"].splitlines())
            continue
        for row in part["table"].splitlines()[2:]:
            yield ["edit", *(cell.strip() for cell in row.strip("|").split("|"))]


def _by_steps(
    week: Instance, published: Roster, changes: Changes, _stop: Stop, **how: Any
) -> ReplanResult:
    return replan(week, published, changes, Stop(steps=STEPS), **how)


def _edit(folder: Path, name: str, title: str, row: str, column: str, value: str) -> None:
    """Type a value into the cell of a workbook, as a coordinator would."""
    book = openpyxl.load_workbook(folder / name)
    sheet = book[title]
    rows = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    head = next(number for number, cells in enumerate(rows) if column in cells)
    if row == NEW_ROW:
        at = len(rows)
    else:
        at = next(number for number in range(head + 1, len(rows)) if row in rows[number])
    sheet.cell(at + 1, rows[head].index(column) + 1).value = value
    book.save(folder / name)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder after the week, and what each command said."""
    folder = tmp_path_factory.mktemp("week")
    said: dict[str, str] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("LIANXIN_LANG", "zh")
        patch.setattr("scheduler.weeks.replan.search.replan", _by_steps)
        for words in _steps():
            match words:
                case ["edit", *cells]:
                    _edit(folder, *cells)
                case ["cp", source, target]:
                    shutil.copy(source, target)
                case ["lianxin", *rest]:
                    if "--seconds" in rest:
                        at = rest.index("--seconds")
                        rest[at : at + 2] = ["--steps", str(STEPS)]
                    result = CliRunner().invoke(app, rest)
                    line = " ".join(words)
                    assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception}"
                    said[line] = result.output
                case _:
                    raise AssertionError(words)
    return folder, said


def _said(played: tuple[Path, dict[str, str]], command: str) -> str:
    """What the last command with these words said, without breaks of lines."""
    return next(
        re.sub(r"\s", "", said) for line, said in reversed(played[1].items()) if command in line
    )


def test_no_json_is_needed() -> None:
    assert "json" not in PAGE.lower()


def test_the_copied_workbook_is_solved_whole(played: tuple[Path, dict[str, str]]) -> None:
    assert "全部名额都已安排" in _said(played, "lianxin solve 本周.xlsx")


def test_an_edit_by_hand_is_the_roster(played: tuple[Path, dict[str, str]]) -> None:
    assert "改了1行" in _said(played, "lianxin check 本周.xlsx")
    assert "书法课" in _part_of(played[0] / "通知.txt", "孙芳")


def test_a_private_visit_is_told_to_nobody_else(played: tuple[Path, dict[str, str]]) -> None:
    assert "家庭关系咨询" not in (played[0] / "通知.txt").read_text(encoding="utf-8")
    assert "家庭关系咨询" in (played[0] / "陈静.html").read_text(encoding="utf-8")


def test_the_sick_person_has_no_work_that_day(played: tuple[Path, dict[str, str]]) -> None:
    assert "12-09" not in _days(played[0] / "排班2.xlsx", "王丽")
    assert "王丽" in (played[0] / "变更通知.txt").read_text(encoding="utf-8")


def test_new_work_is_found_told_and_done(played: tuple[Path, dict[str, str]]) -> None:
    said = _said(played, "--to 本周3.xlsx")
    assert "楼道堆物清理" in said
    assert "电动车充电纠纷" in said
    done = {row["事项"] for row in _rows(played[0] / "排班3.xlsx")}
    assert {"楼道堆物清理", "电动车充电纠纷"} <= done


def test_a_swap_is_only_that(played: tuple[Path, dict[str, str]]) -> None:
    before, after = (_rows(played[0] / f"排班{number}.xlsx") for number in (3, 4))
    assert _others(before) == _others(after)


def test_a_dry_run_says_so(played: tuple[Path, dict[str, str]]) -> None:
    assert "什么也没有写入" in _said(played, "--dry-run")


def test_the_exception_is_kept_with_its_reason(played: tuple[Path, dict[str, str]]) -> None:
    assert "只此一晚，本人同意" in _said(played, "lianxin check 本周8.xlsx")


def test_the_next_week_is_solved(played: tuple[Path, dict[str, str]]) -> None:
    dates = {str(row["开始"])[:10] for row in _rows(played[0] / "下周排班.xlsx")}
    assert dates
    assert min(dates) >= "2026-12-14"


def _rows(path: Path) -> list[dict[str, object]]:
    """The lines of a roster's workbook by head."""
    rows = [[cell.value for cell in cells] for cells in openpyxl.load_workbook(path)["排班明细"]]
    head = next(number for number, cells in enumerate(rows) if "事项" in cells)
    return [dict(zip(map(str, rows[head]), cells, strict=True)) for cells in rows[head + 1 :]]


def _days(path: Path, person: str) -> set[str]:
    return {str(row["开始"])[5:10] for row in _rows(path) if row["人员"] == person}


def _others(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The lines but for those of Monday, in order."""
    kept = [row for row in rows if "12-07" not in str(row["开始"])]
    return sorted(kept, key=str)


def _part_of(path: Path, person: str) -> str:
    """The text of one person in a file of texts."""
    texts = path.read_text(encoding="utf-8").split("\n\n")
    return next(text for text in texts if text.startswith(person))
