"""What people do to a workbook and mean well: each is read like the week without it, or asked back once."""

import openpyxl
import pytest

from scheduler.formats import workbook
from scheduler.messages.problems import explain
from scheduler.model import Role
from tests.cases.week_book import TITLES, at, cell, fill, filled, pointers, told

__all__ = ["filled"]


@pytest.fixture
def changed(filled):
    """The week's workbook after a function changed it, read as a user's is: (instance, problems)."""

    def change(act):
        path = filled({})
        book = openpyxl.load_workbook(path)
        act(book)
        book.save(path)
        return told(path)

    return change


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    return told(fill(tmp_path_factory.mktemp("book") / "week.xlsx", {}))[0]


def head(sheet: str, field: str) -> str:
    return cell(sheet, field, -1)[1]


def test_05_a_merge_has_its_value_in_all_its_cells(changed, week):
    def merge(book):
        visits = book[TITLES["visits"]]
        for field in ("windows", "places"):
            first, last = (cell("visits", field, row)[1] for row in (1, 4))
            visits.merge_cells(f"{first}:{last}")
        people = book[TITLES["people"]]
        people.insert_rows(1)
        people["A1"] = "一网格人员名单"
        people.merge_cells("A1:P1")

    assert changed(merge) == (week, [])


def test_05_a_merge_below_the_table_makes_no_rows(changed, week):
    def note(book):
        visits = book[TITLES["visits"]]
        visits["A20"] = "合计"
        visits.merge_cells("A20:F22")

    read, problems = changed(note)
    assert read == week
    assert [(one.code, one.severity) for one in problems] == [("total_row", "warning")]


def test_05_a_total_beside_an_empty_first_column_is_quoted_at_its_cell(changed, week):
    def total(book):
        visits = book[TITLES["visits"]]
        visits["B20"] = "合计"

    read, (found,) = changed(total)
    assert read == week
    assert (found.code, found.value) == ("total_row", "合计")
    assert found.pointer.endswith("B20")


def test_16_other_heads_and_titles_are_understood(changed, week):
    def rename(book):
        book[TITLES["people"]][head("people", "name")] = "姓名"
        book[TITLES["people"]][head("people", "availability")] = "上班时间（必填）"
        book[TITLES["visits"]][head("visits", "duration")] = "时长(分钟)"
        book[TITLES["shifts"]].title = "班次表"
        book[TITLES["visits"]].title = "走访 "

    assert changed(rename) == (week, [])


def test_16_a_sheet_is_known_by_its_heads_with_a_notice(changed, week):
    def rename(book):
        book[TITLES["visits"]].title = "十一月第四周"

    read, problems = changed(rename)
    assert read == week
    assert [(one.code, one.severity, one.value) for one in problems] == [
        ("sheet_taken_as", "warning", "十一月第四周")
    ]


def test_16_a_head_in_hours_counts_hours(changed):
    def hours(book):
        book[TITLES["visits"]][head("visits", "duration")] = "时长（小时）"
        for row, typed in enumerate((1, 0.5, "1.5", "40分钟"), 1):
            title, place = cell("visits", "duration", row)
            book[title][place] = typed

    read, problems = changed(hours)
    assert problems == []
    assert [visit.duration for visit in read.visits] == [60, 30, 90, 40]


def test_16_columns_moved_and_doubled(changed, week):
    def move(book):
        people = book[TITLES["people"]]
        people.insert_cols(1)
        people["A1"] = "备注"
        people["A3"] = "组长"
        settings = book[TITLES["settings"]]
        settings.insert_cols(1)
        settings.insert_rows(1, amount=2)

    read, problems = changed(move)
    assert read == week
    assert problems == []
    _, problems = changed(lambda book: book[TITLES["people"]].__setitem__("Q1", "称呼"))
    assert [(one.code, one.pointer) for one in problems] == [("repeated_column", "人员!Q1")]


def test_17_blank_ids_are_made_the_same_each_time_and_names_refer(filled):
    changes = {
        (sheet, "id", row): None
        for sheet, rows in (("people", 2), ("places", 2), ("visits", 4), ("shifts", 4))
        for row in range(1, rows + 1)
    }
    names = {
        ("visits", "places", 1): "小广场",
        ("visits", "places", 2): "小广场/办公室",
        ("visits", "name", 3): "二栋检查",
        ("pins", "task", 1): "二栋检查",
        ("pins", "person", 1): "王丽",
        ("visits", "places", 3): "小广场",
        ("visits", "places", 4): "小广场 办公室",
    }
    shifts = {("shifts", "place", row): "小广场" for row in range(1, 5)}
    path = filled(changes | names | shifts)
    week, problems = told(path)
    assert problems == []
    assert [place.id for place in week.places] == ["小广场", "办公室"]
    assert [visit.id for visit in week.visits] == [
        "消防检查-1",
        "消防检查-2",
        "二栋检查",
        "消防检查-3",
    ]
    assert [shift.id for shift in week.shifts] == [f"夜间巡逻 11-{day}" for day in (23, 24, 25, 26)]
    assert [visit.places for visit in week.visits] == [
        ("小广场",), ("小广场", "办公室"), ("小广场",), ("小广场", "办公室")
    ]  # fmt: skip
    assert week.pins[0].task == "二栋检查"
    assert told(path)[0] == week


def test_17_a_made_id_never_is_one_that_was_given(filled):
    week, problems = told(
        filled({("people", "id", 1): None, ("people", "id", 2): "王丽", ("wishes", "person", 1): 1})
    )
    assert week is None
    assert [(one.code, one.pointer, one.value) for one in problems] == [
        ("unknown_person", at("wishes", "person", 1), "1")
    ]
    week, _ = told(filled({("people", "id", 1): None, ("people", "id", 2): "王丽"}))
    assert [person.id for person in week.people] == ["王丽-2", "王丽"]
    assert week.people[1].wishes != ()  # an id comes before a name


def test_17_a_name_of_two_is_asked_back_with_both(filled):
    changes = {
        ("people", "name", 2): "王丽",
        ("people", "id", 1): "甲",
        ("people", "id", 2): "乙",
    }
    _, problems = told(filled(changes))
    assert [(one.code, one.pointer, one.slots.get("candidates")) for one in problems] == [
        ("same_name", at("people", "name", 2), None),
        ("name_of_several", at("wishes", "person", 1), "甲、乙"),
    ]


def test_17_a_name_that_is_nobodys_has_a_suggestion(filled):
    _, problems = told(filled({("wishes", "person", 1): "王莉"}))
    assert [(one.code, one.pointer, one.slots["suggestion"]) for one in problems] == [
        ("unknown_person", at("wishes", "person", 1), "王丽")
    ]


def test_17_a_week_without_an_id_is_called_by_its_first_day(filled):
    path = filled({})
    book = openpyxl.load_workbook(path)
    book[TITLES["settings"]]["B2"] = None
    book.save(path)
    week, problems = told(path)
    assert (week.id, problems) == ("2026-11-23", [])


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("楼长", Role.BUILDING_CAPTAIN),
        ("楼门长", Role.BUILDING_CAPTAIN),
        ("心理咨询师", Role.COUNSELLOR),
        ("专职", Role.GRID_WORKER),
        ("社区专职网格员", Role.GRID_WORKER),
        ("网格长", Role.CHIEF_GRID_OFFICER),
        ("Grid Worker", Role.GRID_WORKER),
    ],
)
def test_18_a_role_that_only_one_word_fits(filled, typed, role):
    week, problems = told(filled({("people", "role", 1): typed}))
    assert week.people[0].role is role
    assert {one.code for one in problems} <= {"cell_read_as", "shift_too_few", "visit_nobody_fit"}


@pytest.mark.parametrize(
    ("typed", "choices"),
    [("网格员", "专职网格员、微网格员"), ("志愿者", "党员志愿者、居民志愿者")],
)
def test_18_a_role_that_two_words_fit_is_asked_back_with_both(filled, typed, choices):
    _, problems = told(filled({("people", "role", 1): typed, ("visits", "slots.roles", 1): typed}))
    assert [(one.code, one.pointer, one.slots["choices"]) for one in problems] == [
        ("cell_choice_of_several", at("people", "role", 1), choices),
        ("cell_choice_of_several", at("visits", "slots.roles", 1), choices),
    ]
    assert "did you mean" not in explain(problems[0], "zh").remedy


@pytest.mark.parametrize("typed", ["专职网格员/楼栋长", "专职网格员 楼栋长", "专职网格员和楼栋长"])
def test_18_roles_with_a_stroke_or_a_space_between(filled, typed):
    week, problems = told(filled({("visits", "slots.roles", 1): typed}))
    assert problems == []
    assert week.visits[0].slots[0].roles == (Role.GRID_WORKER, Role.BUILDING_CAPTAIN)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("半小时", 30), ("半个小时", 30), ("一小时", 60), ("一个小时", 60), ("一个半小时", 90),
        ("1个半小时", 90), ("1小时半", 90), ("两小时", 120), ("1.5小时", 90), ("1.5h", 90),
        ("一刻钟", 15), ("三刻钟", 45), ("四十分钟", 40), ("９０分", 90), ("1小时\n30分", 90), ("1:30", 90),
    ],
)  # fmt: skip
def test_19_a_duration_in_words(filled, typed, minutes):
    week, problems = told(filled({("visits", "duration", 1): typed}))
    assert problems == []
    assert week.visits[0].duration == minutes


@pytest.mark.parametrize("typed", ["很久", "半天", "一天", "40~60分钟", "2,3", "小时"])
def test_19_a_duration_that_is_none_is_told_once(filled, typed):
    _, problems = told(filled({("visits", "duration", 1): typed}))
    assert [(one.code, one.pointer) for one in problems] == [
        ("cell_not_duration", at("visits", "duration", 1))
    ]


@pytest.mark.parametrize("typed", ["1.5", 0.5])
def test_19_a_bare_number_that_may_be_hours_is_asked_about_once(filled, typed):
    _, problems = told(filled({("visits", "duration", 1): typed}))
    assert [(one.code, one.pointer) for one in problems] == [
        ("cell_two_meanings", at("visits", "duration", 1))
    ]


@pytest.mark.parametrize(
    ("typed", "number"), [("两人", 2), ("2 人", 2), ("三名", 3), ("八人", 8), ("1,000", None), ("2,3", None)]
)  # fmt: skip
def test_19_a_number_in_words(filled, typed, number):
    week, problems = told(filled({("visits", "crew", 1): typed}))
    if number is None:
        assert [one.pointer for one in problems] == [at("visits", "crew", 1)]
    else:
        assert len(week.visits[0].slots) == number


def test_19_a_person_with_a_number_as_id_is_named_as_before(filled):
    week, problems = told(
        filled({("people", "id", 1): 1, ("pins", "task", 1): "检1", ("pins", "person", 1): 1})
    )
    assert problems == []
    assert week.people[0].wishes  # the wish names 王丽
    assert week.pins[0].person == "1"


def test_24_places_without_coordinates_are_told_once(filled):
    blank = {
        ("places", field, row): None
        for field in ("point.longitude", "point.latitude")
        for row in (1, 2)
    }
    week, problems = told(filled(blank))
    assert [place.point for place in week.places] == [None, None]
    assert [(one.code, one.severity, one.value) for one in problems] == [
        ("ways_by_default", "warning", "小广场")
    ]
    assert "5 分钟" in explain(problems[0], "zh").cause


def test_30_hidden_sheets_and_rows_count_with_a_notice(changed, week):
    def hide(book):
        book[TITLES["shifts"]].sheet_state = "hidden"
        book[TITLES["visits"]].row_dimensions[4].hidden = True
        book[TITLES["visits"]].row_dimensions[5].hidden = True
        book[TITLES["visits"]].row_dimensions[40].hidden = True  # blank

    read, problems = changed(hide)
    assert read == week
    assert [(one.code, one.severity, one.pointer, one.slots["count"]) for one in problems] == [
        ("hidden_rows", "warning", "走访!A4", "2"),
        ("hidden_sheet", "warning", "班次!A1", "4"),
    ]


@pytest.mark.parametrize(("field", "typed"), [("id", "王五"), ("name", "王五"), ("id", None)])
def test_34_an_example_half_typed_over_is_one_fault(changed, field, typed):
    def overwrite(book):
        title, place = cell("people", field, 0)
        book[title][place] = typed

    _, problems = changed(overwrite)
    assert [(one.code, one.pointer) for one in problems] == [
        ("example_overwritten", at("people", "id", 0))
    ]


def test_40_a_shift_says_its_end_beside_its_start(filled):
    changes = {
        ("shifts", "start", 1): "11-23 18:30-20:30",
        ("shifts", "duration", 1): None,
        ("shifts", "start", 2): "周二 晚上6点半",
        ("shifts", "duration", 2): "18:30-20:30",
        ("shifts", "start", 3): "11月25日 22:00-6:00",
        ("shifts", "duration", 3): "8小时",
        ("shifts", "start", 4): "11-26 22:00-11-27 06:00",
        ("shifts", "duration", 4): None,
    }
    week, problems = told(filled(changes))
    assert {one.code for one in problems} <= {"shift_too_few"}
    day = 24 * 60
    assert [(shift.start, shift.duration) for shift in week.shifts] == [
        (18 * 60 + 30, 120),
        (day + 18 * 60 + 30, 120),
        (2 * day + 22 * 60, 480),
        (3 * day + 22 * 60, 480),
    ]


@pytest.mark.parametrize(
    ("start", "duration", "code", "field"),
    [
        ("18:30", 120, "cell_needs_day", "start"),
        ("11-24 18:30-20:30", 60, "start_and_length", "duration"),
        ("11-24 18:30", "19:30-20:30", "start_and_length", "duration"),
        ("11-24 18:30", None, "cell_required", "duration"),
    ],
)
def test_40_a_shift_whose_times_do_not_fit_is_one_fault(filled, start, duration, code, field):
    _, problems = told(filled({("shifts", "start", 2): start, ("shifts", "duration", 2): duration}))
    assert [(one.code, one.pointer) for one in problems] == [(code, at("shifts", field, 2))]


@pytest.mark.parametrize("typed", ["夜巡/文化课", "夜巡 文化课", "夜巡，文化课", "夜巡；\n文化课"])
def test_kinds_and_skills_with_a_stroke_or_a_space_between(filled, typed):
    changes = {
        ("people", "agreed", 2): typed,
        ("people", "skills", 1): "急救 消防检查:2/登高3级",
        ("visits", "slots.skills", 1): "消防检查:2",
        ("visits", "slots.skills", 2): "急救、登高",
    }
    week, problems = told(filled(changes))
    assert problems == []
    assert week.people[1].agreed == ("夜巡", "文化课")
    assert week.people[0].skills == {"急救": 1, "消防检查": 2, "登高": 3}


def test_a_formula_that_was_never_computed_is_no_blank_cell(changed):
    def formula(book):
        title, place = cell("people", "leave", 2)
        book[title][place] = "=TODAY()"

    _, problems = changed(formula)
    assert pointers(problems, "cell_formula") == [at("people", "leave", 2)]


def test_the_same_sheet_twice_is_a_fault_and_not_a_choice(changed):
    def copy(book):
        book.copy_worksheet(book[TITLES["shifts"]]).title = "班次表"

    _, problems = changed(copy)
    assert [one.code for one in problems] == ["repeated_sheet"]


def test_words_of_the_template_stay_what_they_are(tmp_path, filled):
    week, _ = told(filled({}))
    for lang in ("zh", "en"):
        workbook.write_instance(tmp_path / "again.xlsx", week, lang)
        assert workbook.inspect(tmp_path / "again.xlsx") == (week, [])
