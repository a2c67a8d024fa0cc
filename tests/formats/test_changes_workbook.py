"""Changes and worked weeks as workbooks: they read back the same, and people may be named by name."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.formats.parse import parse_instance
from scheduler.formats.workbook.guard import read_changes_guarded, read_worked_guarded
from scheduler.formats.workbook.read_changes import inspect_changes, inspect_worked
from scheduler.formats.workbook.write_changes import write_changes, write_empty, write_worked
from scheduler.messages import LANGS, Lang
from scheduler.messages.problems import explain
from scheduler.model import Freeze, InputError, Limits, Window, WorkedWeek
from scheduler.model.changes import (
    Absence,
    Assign,
    Cancel,
    Change,
    Changes,
    Closure,
    Lock,
    MoveWork,
    New,
    PinWork,
    Presence,
    Reopen,
    SwapWork,
    Unassign,
    UnpinWork,
    Windows,
)
from scheduler.model.worked import Departure
from tests.formats.week import week as week_data

WEEK = parse_instance(week_data())[0]
assert WEEK is not None
DAY = 1440
SPAN = {"from": DAY, "to": 3 * DAY}
TWO = (Window(start=600, end=660), Window(start=DAY + 600, end=DAY + 700))
EXTRA = WEEK.visits[0].model_copy(update={"id": "visit-3", "name": "再访"})
EVERY: tuple[Change, ...] = (
    Absence(person="worker-1", **SPAN),
    New(visits=(EXTRA,), people=(WEEK.people[0].model_copy(update={"id": "w3", "name": "丙"}),)),
    Cancel(task="visit-1"),
    Presence(person="worker-2", **{"from": 615, "to": 700}),
    Closure(place="plaza", instead="station", **SPAN),
    Windows(visit="visit-2", windows=TWO),
    Reopen(visit="visit-2", windows=TWO[:1], priority=5),
    Assign(task="visit-1", slot=0, person="worker-2", start=605, place="plaza", reason="急"),
    Unassign(task="shift-1", person="worker-1"),
    SwapWork(first="worker-1", second="worker-2", task="visit-1", other="visit-2", reason="换"),
    SwapWork(first="worker-1", second="worker-2", **SPAN),
    MoveWork(task="visit-1", start=700),
    PinWork(person="worker-1"),
    PinWork(),
    UnpinWork(task="visit-1"),
    Lock(before=DAY),
)
TITLE = {"zh": "变更", "en": "Changes"}


def batch(*changes: Change, **more: Any) -> Changes:
    return Changes(horizon=WEEK.horizon, changes=changes, **more)


def read(path: Path) -> Changes:
    changes, problems, _ = inspect_changes(path, WEEK)
    assert changes is not None, problems
    assert not problems
    return changes


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_change_reads_back_the_same(tmp_path: Path, lang: Lang) -> None:
    changes = batch(*EVERY, freeze=Freeze(time=500, day=DAY), promised=("visit-2", "visit-1"))
    write_changes(tmp_path / "c.xlsx", changes, lang, WEEK)
    assert read(tmp_path / "c.xlsx") == changes


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(st.sampled_from(EVERY), max_size=6, unique_by=lambda one: one.kind),
    lang=st.sampled_from(LANGS),
)
def test_changes_in_any_order_read_back_the_same(
    tmp_path: Path, changes: list[Change], lang: Lang
) -> None:
    write_changes(tmp_path / "c.xlsx", batch(*changes), lang)
    assert read(tmp_path / "c.xlsx") == batch(*changes)


def filled(path: Path, rows: list[dict[str, Any]], kind: Any = "changes") -> Path:
    """The empty workbook in Chinese with rows typed below the example: head → cell."""
    write_empty(path, kind, "zh")
    book = openpyxl.load_workbook(path)
    sheet = book[book.sheetnames[0]]
    heads = {cell.value: cell.column for cell in sheet[2]}
    for number, row in enumerate(rows, 4):
        for head, value in row.items():
            sheet.cell(number, heads[head]).value = value
    book.save(path)
    return path


def test_an_empty_template_says_nothing(tmp_path: Path) -> None:
    for lang in LANGS:
        write_empty(tmp_path / "c.xlsx", "changes", lang)
        assert read(tmp_path / "c.xlsx") == batch()
        write_empty(tmp_path / "w.xlsx", "worked", lang)
        worked, problems, _ = inspect_worked(tmp_path / "w.xlsx", WEEK)
        assert (worked, problems) == (WorkedWeek(instance="week", horizon=WEEK.horizon), [])


def test_what_a_coordinator_types_is_understood(tmp_path: Path) -> None:
    rows = [
        {"什么变更": "请假", "人员": "专职网格员01", "什么时间": "11-24至11-25"},
        {"什么变更": "请假", "人员": "worker-2", "什么时间": "11-24 9:00-10:00; 11-26"},
        {"什么变更": "取消", "走访或班次": "阵地值守"},
        {"什么变更": "冻结", "时刻": "2026-11-24 08:00"},
    ]
    assert read(filled(tmp_path / "c.xlsx", rows)).changes == (
        Absence(person="worker-1", **{"from": DAY, "to": 3 * DAY}),
        Absence(person="worker-2", **{"from": DAY + 540, "to": DAY + 600}),
        Absence(person="worker-2", **{"from": 3 * DAY, "to": 4 * DAY}),
        Cancel(task="shift-1"),
        Lock(before=DAY + 480),
    )


def test_new_work_stands_on_the_sheets_of_a_week_and_gets_an_id(tmp_path: Path) -> None:
    path = filled(tmp_path / "c.xlsx", [{"什么变更": "取消", "走访或班次": "visit-1"}])
    book = openpyxl.load_workbook(path)
    sheet = book["走访"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = {"名称": "新走访", "类别": "door", "点位": "小广场"}
    row |= {"可开始时间": "11-23 09:00-11:00", "时长": 30}
    for head, value in row.items():
        sheet.cell(3, heads[head]).value = value
    book.save(path)
    new, cancel = read(path).changes
    assert isinstance(new, New)
    (visit,) = new.visits
    assert (visit.id, visit.places, visit.windows[0].start) == ("新走访", ("plaza",), 540)
    assert cancel == Cancel(task="visit-1")


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ({"什么变更": "请假", "人员": "专职网格员O1", "什么时间": "11-24"}, "none_of_person", "C4"),
        ({"什么变更": "请假", "人员": "worker-1"}, "cell_required", "D4"),
        ({"什么变更": "请假", "人员": "worker-1", "什么时间": "11-24", "原因": "病"}, "change_asks_not", "M4"),
        ({"什么变更": "取消", "走访或班次": "入户走访"}, "several_of_task", "B4"),
        ({"什么变更": "放假"}, "cell_not_choice", "A4"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_at_its_cell(
    tmp_path: Path, row: dict[str, Any], code: str, cell: str
) -> None:
    changes, problems, _ = inspect_changes(filled(tmp_path / "c.xlsx", [row]), WEEK)
    assert changes is None
    assert {(p.code, p.pointer) for p in problems} == {(code, f"变更!{cell}")}
    for lang in LANGS:
        assert all(explain(problems[0], lang))


def test_what_a_workbook_of_changes_cannot_hold_is_refused(tmp_path: Path) -> None:
    limited = WEEK.people[0].model_copy(update={"id": "x", "limits": Limits(weekly_days=3)})
    for changes in (
        batch(New(visits=(EXTRA,)), New(visits=(EXTRA,))),
        batch(New(people=(limited,))),
    ):
        with pytest.raises(InputError) as caught:
            write_changes(tmp_path / "c.xlsx", changes, "zh")
        assert caught.value.problems[0].code == "workbook_cannot_hold"
    assert not (tmp_path / "c.xlsx").exists()


WORKED = WorkedWeek(
    instance="week",
    horizon=WEEK.horizon,
    departures=(
        Departure(task="visit-1", done=False),
        Departure(task="shift-1", slot=0, person="worker-2", start=840, end=1000),
        Departure(task="visit-2", outcome="stable", rating=4),
    ),
)


@pytest.mark.parametrize("lang", LANGS)
def test_a_worked_week_reads_back_the_same(tmp_path: Path, lang: Lang) -> None:
    write_worked(tmp_path / "w.xlsx", WORKED, lang, WEEK)
    assert inspect_worked(tmp_path / "w.xlsx", WEEK)[:2] == (WORKED, [])


def test_times_alone_are_on_the_only_day_that_the_work_may_be(tmp_path: Path) -> None:
    rows = [{"走访或班次": "阵地值守", "实际开始": "14:30", "实际结束": "0:30"}]
    worked, problems, _ = inspect_worked(filled(tmp_path / "w.xlsx", rows, "worked"), WEEK)
    assert not problems
    # Monday 14:30 to Tuesday 0:30.
    assert worked.departures == (Departure(task="shift-1", start=870, end=1470),)


def test_the_guarded_readers_read_the_same_and_know_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    write_changes(path, batch(Cancel(task="visit-1"), New(visits=(EXTRA,))), "zh")
    changes, _, cells = read_changes_guarded(path.read_bytes(), WEEK, "c.xlsx")
    assert changes == batch(Cancel(task="visit-1"), New(visits=(EXTRA,)))
    assert cells.find("/changes/0/task") == "变更!B3"
    assert cells.find("/changes/1/visits/0/duration") == "走访!F2"
    write_worked(path, WORKED, "zh")
    worked, _, cells = read_worked_guarded(path.read_bytes(), WEEK, "w.xlsx")
    assert worked == WORKED
    assert cells.find("/departures/1/person") == "实绩!D4"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ({"什么变更": "请假", "人员": "worker-1"}, "什么时间"),
        ({"什么变更": "请假", "什么时间": "11-24"}, "人员"),
        ({"什么变更": "点位关闭", "什么时间": "11-24"}, "点位"),
        ({"什么变更": "指派", "走访或班次": "visit-1"}, "人员"),
        ({"什么变更": "改时间窗", "走访或班次": "visit-1"}, "什么时间"),
        ({"什么变更": "冻结"}, "时刻"),
    ],
)
def test_what_a_change_lacks_is_a_column_and_no_field(
    tmp_path: Path, row: dict[str, Any], cell: str
) -> None:
    record, problems, _ = inspect_changes(filled(tmp_path / "c.xlsx", [row]), WEEK)
    assert record is None
    assert [(p.code, p.slots["column"]) for p in problems] == [("cell_required", cell)]
