"""What coordinators do to a workbook: hours left blank, kinds misspelt, a column of their own, last week's file."""

from datetime import date

import openpyxl
import pytest

from scheduler import Stop, check, solve
from scheduler.formats import workbook
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.messages import LANGS
from scheduler.messages.problems import explain
from scheduler.model import Calendar
from tests.cases.week_book import TITLES, at, filled, pointers, told

__all__ = ["filled"]


def test_the_week_itself_has_nothing_to_tell(filled):
    assert told(filled({}))[1] == []


def test_50_people_without_hours_are_told_once_each_and_what_comes_of_it_is_not(filled):
    week, problems = told(
        filled({("people", "availability", 1): None, ("people", "availability", 2): None})
    )
    assert week is not None
    assert [(one.code, one.pointer, one.value) for one in problems] == [
        ("person_without_hours", at("people", "availability", 1), "王丽"),
        ("person_without_hours", at("people", "availability", 2), "孙芳"),
    ]


def test_61_one_without_hours_is_told_though_the_others_can_do_all(filled):
    new = {"id": "新人", "name": "新人", "role": "居民志愿者"}
    _, problems = told(filled({("people", field, 3): value for field, value in new.items()}))
    assert [(one.code, one.pointer) for one in problems] == [
        ("person_without_hours", at("people", "availability", 3))
    ]
    assert "新人" in explain(problems[0], "zh").cause
    assert "新人 has no hours" in explain(problems[0], "en").cause


@pytest.mark.parametrize("lang", LANGS)
def test_61_the_template_shows_that_hours_are_needed(tmp_path, lang):
    workbook.write_template(tmp_path / "week.xlsx", lang)
    people = next(one for one in SHEETS if one.name == "people")
    heads = openpyxl.load_workbook(tmp_path / "week.xlsx")[people.title(lang)][1]
    hours, name, skills = (
        heads[people.position(field)].fill.fgColor.rgb
        for field in ("availability", "name", "skills")
    )
    assert hours == name != skills


def test_51_a_kind_misspelt_is_told_once_wherever_it_stands_with_the_one_that_was_meant(filled):
    _, problems = told(
        filled(
            {
                ("visits", "kind", 1): "检察",
                ("people", "agreed", 2): "夜巡、文化客",
                ("wishes", "kind", 1): "夜寻",
            }
        )
    )
    assert [(one.code, one.pointer, one.value, one.slots["suggestion"]) for one in problems] == [
        ("unknown_kind", at("people", "agreed", 2), "文化客", "文化课"),
        ("unknown_kind", at("wishes", "kind", 1), "夜寻", "夜巡"),
        ("kind_of_one", at("visits", "kind", 1), "检察", "检查"),
    ]
    assert "是不是想写“夜巡”？" in explain(problems[1], "zh").remedy
    assert "Did you mean “检查”?" in explain(problems[2], "en").remedy


def test_13_a_column_and_a_sheet_of_the_office_are_notices(filled):
    path = filled({})
    book = openpyxl.load_workbook(path)
    book[TITLES["people"]]["Q1"], book[TITLES["people"]]["Q3"] = "电话", "13900000000"
    book.create_sheet("我的备忘")["A1"] = "hello"
    book[TITLES["settings"]]["A40"], book[TITLES["settings"]]["B40"] = "负责人", "李主任"
    book.save(path)
    week, problems = told(path)
    assert week is not None
    assert [(one.code, one.severity, one.value) for one in problems] == [
        ("unknown_sheet", "warning", "我的备忘"),
        ("unknown_column", "warning", "负责人"),
        ("unknown_column", "warning", "电话"),
    ]


def test_13_a_column_that_looks_misspelt_is_a_fault(filled):
    path = filled({})
    book = openpyxl.load_workbook(path)
    book[TITLES["people"]]["Q1"] = "可工作时段"
    book.save(path)
    week, problems = told(path)
    assert week is None
    assert [(one.code, one.slots["suggestion"]) for one in problems] == [
        ("unknown_column", "可工作时间")
    ]


@pytest.mark.parametrize(
    ("typed", "people"), [("2人", 2), ("3 名", 3), ("1 person", 1), ("2 people", 2)]
)
def test_60_a_number_with_its_word_is_understood(filled, typed, people):
    week, problems = told(
        filled({("visits", "crew", 1): typed, ("visits", "slots.roles", 1): "专职网格员"})
    )
    assert problems == []
    assert len(week.visits[0].slots) == people


def test_60_a_cell_that_cannot_be_read_is_told_once_and_without_what_the_program_keeps(filled):
    _, problems = told(filled({("visits", "crew", 1): "两三个"}))
    assert [(one.code, one.pointer, one.value) for one in problems] == [
        ("cell_not_integer", at("visits", "crew", 1), "两三个")
    ]


def test_last_weeks_workbook_with_a_new_date_solves_with_what_is_old_told(filled):
    pin = {("pins", "task", 1): "夜巡1", ("pins", "person", 1): "孙芳"}
    dated = {("visits", "windows", 2): "11-24 09:00-11:00; 周一 09:00-11:00"}
    path = filled(pin | dated, start=date(2026, 11, 30))
    week, problems = told(path)
    # The leave of 26 November and the wish for the 28th are of last week.
    assert pointers(problems, "outside_horizon") == [
        at("people", "leave", 1),
        at("wishes", "days", 1),
    ]
    # So are all shifts (one notice for the sheet), the pin of one of them, and one of two times of a visit.
    assert pointers(problems, "row_of_another_week") == [
        at("shifts", "start", 1),
        at("pins", "task", 1),
    ]
    [shifts, _] = (one for one in problems if one.code == "row_of_another_week")
    assert (shifts.slots["count"], shifts.slots["cells"]) == ("4", "E3、E4、E5、E6")
    assert pointers(problems, "windows_of_another_week") == [at("visits", "windows", 2)]
    assert {one.severity for one in problems} == {"warning"}
    assert week is not None
    roster = solve(week, Stop(steps=200), seed=1)
    assert check(week, roster).feasible
    assert {part.task for part in roster.assignments} == {"检1", "检2", "检3", "检4"}


def test_a_visit_with_no_time_in_the_week_is_left_out_with_what_hangs_on_it(filled):
    week, problems = told(
        filled(
            {
                ("visits", "windows", 1): "11-17 09:00-11:00",
                ("gaps", "first", 1): "检1",
                ("gaps", "second", 1): "检2",
                ("gaps", "least_days", 1): 1,
            }
        )
    )
    assert [visit.id for visit in week.visits] == ["检2", "检3", "检4"]
    assert [(one.code, one.pointer) for one in problems] == [
        ("row_of_another_week", at("visits", "windows", 1)),
        ("row_of_another_week", at("gaps", "first", 1)),
    ]


def test_the_last_moment_of_the_week_is_of_it_and_the_next_is_not(filled):
    # 29 November is the Sunday; a start at 24:00 would be Monday's.
    inside, _ = told(filled({("shifts", "start", 1): "11-29 23:59"}))
    outside, problems = told(filled({("shifts", "start", 1): "11-30 00:00"}))
    assert (len(inside.shifts), len(outside.shifts)) == (4, 3)
    assert pointers(problems, "row_of_another_week") == [at("shifts", "start", 1)]
    first, problems = told(filled({("shifts", "start", 1): "11-23 00:00"}))
    assert (len(first.shifts), pointers(problems, "row_of_another_week")) == (4, [])
    for touching in ("11-22 22:00-24:00", "11-30 00:00-02:00"):
        week, _ = told(filled({("visits", "windows", 1): touching}))
        assert [visit.id for visit in week.visits] == ["检2", "检3", "检4"]


def test_holidays_of_the_office_are_read_and_written_as_they_are(filled, tmp_path):
    path = filled({})
    book = openpyxl.load_workbook(path)
    items = {row[0].value: row[1] for row in book[TITLES["settings"]].iter_rows()}
    assert items["公共假日"].value == "中国"
    items["另外的假日"].value = "2026-11-27至2026-11-28：街道活动；2026-12-01"
    items["另外的调休上班日"].value = "2026-11-29"
    items["假日照常的类别"].value = "夜巡"
    book.save(path)
    week, problems = told(path)
    assert problems == []
    assert week.settings.calendar == Calendar(
        country="cn",
        holidays={
            date(2026, 11, 27): "街道活动",
            date(2026, 11, 28): "街道活动",
            date(2026, 12, 1): "",
        },
        workdays={date(2026, 11, 29): ""},
        open_kinds=("夜巡",),
    )
    hard = Calendar(holidays={date(2026, 12, 1): 'a; b: "c"', date(2026, 12, 2): "无"})
    for calendar in (week.settings.calendar, hard):
        settings = week.settings.model_copy(update={"calendar": calendar})
        workbook.write_instance(tmp_path / "again.xlsx", week.changed(settings=settings), "en")
        assert workbook.read_instance(tmp_path / "again.xlsx").settings.calendar == calendar
