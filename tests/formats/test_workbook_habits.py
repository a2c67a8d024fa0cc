"""What people are used to write into any workbook: dashes, ticks, hours for minutes, notes below a list."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from scheduler.formats.workbook import inspect
from scheduler.formats.workbook.cells.context import CellContext, CellError
from scheduler.formats.workbook.cells.kinds import Counts, Duration, YesNo
from scheduler.formats.workbook.cells.moments import Length, Spans, Start
from scheduler.formats.workbook.cells.numerals import minutes
from scheduler.formats.workbook.cells.points import Coordinates
from scheduler.formats.workbook.sheets.people import PEOPLE
from scheduler.messages.problems import explain
from tests.formats.test_workbook_slips import ORIGINAL, book

MONDAY = CellContext(date(2026, 11, 23), 7)


def changed(sheet, row, field, value):
    return inspect(book({(sheet, row, field): value}))


def with_limits(*rows):
    """The example week with a sheet of limits: role and minutes a day."""
    written = openpyxl.load_workbook(io.BytesIO(book({})))
    page = written.create_sheet("工时上限")
    for row in (["岗位", "每日工时"], *rows):
        page.append(row)
    packed = io.BytesIO()
    written.save(packed)
    return packed.getvalue()


def faults(problems):
    return [
        (one.code, one.pointer.rpartition("!")[2]) for one in problems if one.severity == "error"
    ]


def code_of(kind, cell):
    with pytest.raises(CellError) as error:
        kind.read(cell, MONDAY)
    return error.value.code


def test_a_day_with_one_time_is_no_whole_day():
    assert code_of(Spans(), datetime(2026, 11, 24, 9)) == "without_end"
    assert len(Spans().read(datetime(2026, 11, 24), MONDAY)) == 1
    _, problems = changed("visits", 1, "windows", datetime(2026, 11, 24, 9))
    assert [code for code, _ in faults(problems)] == ["cell_without_end"]


@pytest.mark.parametrize(
    ("bare", "code"), [(8, "two_meanings"), ("59", "two_meanings"), (2.5, "two_meanings")]
)
def test_few_bare_minutes_of_work_a_day_may_be_hours(bare, code):
    assert code_of(Duration(least=60), bare) == code


def test_minutes_that_say_their_unit_are_what_they_say():
    hours = Duration(least=60)
    assert [hours.read(cell, MONDAY) for cell in (60, 0, "8小时", "8分钟", 480)] == [
        60,
        0,
        480,
        8,
        480,
    ]
    assert [hours.write(value, MONDAY) for value in (59, 60, 0)] == ["59分钟", 60, 0]
    assert hours.read(hours.write(8, CellContext(MONDAY.start, 7, "en")), MONDAY) == 8
    assert code_of(Length(least=30), 4) == "two_meanings"


def test_hours_in_the_sheet_of_limits_are_asked_about():
    _, problems = inspect(with_limits(["默认", 8]))
    (problem,) = [one for one in problems if one.severity == "error"]
    assert "8分钟" in explain(problem, "zh").cause
    assert "8小时" in explain(problem, "zh").cause


def test_a_name_of_two_people_is_the_id_of_neither():
    instance, _ = changed("people", 1, "name", "王丽")
    assert [person.id for person in instance.people][:2] == ["王丽-1", "王丽-2"]
    _, problems = inspect(book({("people", 1, "name"): "王丽", ("wishes", 0, "person"): "王丽"}))
    assert [code for code, _ in faults(problems)] == ["name_of_several"]


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("急救（2）", 2),
        ("急救(二级)", 2),
        ("急救 3", 3),
        ("急救:三", 3),
        ("急救：2级", 2),
        ("急救", 1),
    ],
)
def test_a_level_of_a_skill_as_people_write_it(typed, level):
    assert Counts(alone=1).read(typed, MONDAY) == {"急救": level}


@pytest.mark.parametrize("skill", ["急救 3", "急救(2)", "三级", "B 12", "(7)", "-"])
def test_a_skill_that_looks_like_a_level_is_read_as_written(skill):
    kind = Counts(alone=1)
    for level in (1, 4):
        assert kind.read(kind.write({skill: level}, MONDAY), MONDAY) == {skill: level}


@pytest.mark.parametrize(
    "word", ["周四请假", "周四（事假）", "病假 周四", "年假：11月26日", "周四休息"]
)
def test_a_leave_says_what_it_is_besides(word):
    leave = PEOPLE.columns[PEOPLE.position("leave")].kind
    assert leave.read(word, MONDAY) == [{"from": 3 * 1440, "to": 4 * 1440}]
    assert code_of(Spans(), word) == ""


def test_a_leave_without_days_is_asked_about():
    assert code_of(PEOPLE.columns[PEOPLE.position("leave")].kind, "病假") == ""


@pytest.mark.parametrize("dash", ["-", "—", "/", "——"])
@pytest.mark.parametrize(
    "field", ["gender", "mode", "leave", "start_place", "areas", "clearance", "skills"]
)
def test_a_dash_is_a_blank(dash, field):
    blank, _ = changed("people", 4, field, None)
    dashed, problems = changed("people", 4, field, dash)
    assert faults(problems) == []
    assert dashed == blank


def test_a_needed_cell_is_not_blank_by_a_dash():
    _, problems = changed("people", 0, "role", "-")
    assert [code for code, _ in faults(problems)] == ["cell_required"]


@pytest.mark.parametrize(
    ("sheet", "row", "field", "traditional"),
    [
        ("people", 0, "role", "專職網格員"),
        ("people", 0, "mode", "電動車"),
        ("wishes", 0, "person", "孫芳"),
        ("visits", 4, "duration", "1個小時"),
        ("people", 0, "availability", "週一至週五 8點半-12點, 13:30-17:30"),
    ],
)
def test_traditional_letters_are_read_like_simplified_ones(sheet, row, field, traditional):
    instance, problems = changed(sheet, row, field, traditional)
    assert faults(problems) == []
    assert instance == ORIGINAL


def test_a_shift_on_several_days_is_one_fault():
    for text in ("周一、周三 13:30-17:00", "周一至周五 13:30-17:00", "每天 13:30-17:00"):
        assert code_of(Start(), text) == "several_days"
        _, problems = changed("shifts", 0, "start", text)
        assert [code for code, _ in faults(problems)] == ["cell_several_days"]
    assert Start().read("11-24 22:00-11-25 06:00", MONDAY) == [1440 + 1320, 2880 + 360]


def test_what_a_number_is_for_is_said_in_the_language_of_the_reader():
    _, problems = changed("visits", 3, "priority", "高")
    (problem,) = [one for one in problems if one.severity == "error"]
    assert "5 最紧急" in explain(problem, "zh").remedy
    assert explain(problem, "en").remedy.isascii()


def test_a_repeated_row_is_told_in_the_words_of_the_cell():
    _, problems = inspect(with_limits(["默认", 480], ["默认", 420]))
    (problem,) = [one for one in problems if one.code == "row_repeated"]
    assert problem.value == "默认"


@pytest.mark.parametrize(
    ("typed", "meant"), [("愿意", True), ("不同意", False), ("没", False), ("关闭", False)]
)
def test_words_for_yes_and_no(typed, meant):
    assert YesNo().read(typed, MONDAY) is meant


def test_numbers_and_letters_of_a_place_are_alike():
    _, problems = changed("visits", 1, "places", "五栋")
    (problem,) = [one for one in problems if one.severity == "error"]
    assert problem.slots["suggestion"] == "5栋"


def test_degrees_in_letters():
    assert Coordinates().read("104度6分，30度39分", MONDAY) == [104.1, 30.65]
    assert minutes("1個半小時") == 90


def test_another_table_below_a_list_is_one_fault():
    written = openpyxl.load_workbook(io.BytesIO(book({})))
    page = written["走访"]
    for line in ([], [], ["统计"], ["类别", "次数"], ["检查", 2]):
        page.append(line)
    packed = io.BytesIO()
    written.save(packed)
    _, problems = inspect(packed.getvalue())
    (code, cell) = faults(problems)[0]
    assert (code, len(faults(problems))) == ("rows_astray", 1)
    assert cell == f"A{page.max_row - 2}"
    (told,) = [one for one in problems if one.code == "rows_astray"]
    assert told.slots["count"] == "3"


def test_heads_that_stand_there_twice_and_remarks_are_passed_over_with_a_notice():
    written = openpyxl.load_workbook(io.BytesIO(book({})))
    page = written["人员"]
    heads = [cell.value for cell in page[1]]
    line = [cell.value for cell in page[2]]
    line[heads.index("称呼")] = "赵六"
    for row in ([], heads, line, [], ["注：以上人员均已确认"]):
        page.append(row)
    packed = io.BytesIO()
    written.save(packed)
    instance, problems = inspect(packed.getvalue())
    assert faults(problems) == []
    assert {"repeated_heads", "total_row"} <= {one.code for one in problems}
    assert instance.people[:-1] == ORIGINAL.people
    assert instance.people[-1].name == "赵六"
