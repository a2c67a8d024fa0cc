"""A roster as a workbook: it reads back the same, and what a coordinator edits is the truth."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.exports.workbook import write_roster
from scheduler.formats.parse import parse_instance
from scheduler.formats.workbook.guard import read_roster_guarded
from scheduler.formats.workbook.read_roster import inspect_roster
from scheduler.formats.workbook.write_roster import RememberingBook, write_hidden, write_lines
from scheduler.messages import LANGS, Lang
from scheduler.messages.problems import explain
from scheduler.model import Assignment, Instance, Outcome, Roster, Score
from tests.formats.week import week as week_data

Edit = Callable[[Worksheet], None]
WEEK = parse_instance(week_data())[0]
assert WEEK is not None
ROSTER = Roster(
    instance="week",
    horizon=WEEK.horizon,
    assignments=(
        Assignment(task="shift-1", slot=0, person="worker-1", place="plaza", start=840, end=960),
        Assignment(task="visit-1", slot=0, person="worker-1", place="plaza", start=600, end=630),
    ),
    score=Score(medium=3, soft=7),
    outcome=Outcome(engine="search", seed=4, seconds=1.5, limits={"seconds": 2.0}),
    figures={"input": {"people": 2, "rate": 0.25}},
)
TITLE = {"zh": "排班明细", "en": "Assignments"}


def written(path: Path, lang: Lang = "zh", roster: Roster = ROSTER, week: Instance = WEEK) -> Path:
    write_roster(path, week, roster, lang)
    return path


def edited(path: Path, edit: Edit, lang: Lang = "zh", sheet: str = "") -> Path:
    """The workbook with an edit by hand; lines begin in row 3: 3 is the visit at 10, 4 the shift at 14."""
    written(path, lang)
    book = openpyxl.load_workbook(path)
    edit(book[sheet or TITLE[lang]])
    book.save(path)
    return path


def put(**cells: Any) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return edit


def read(path: Path, week: Instance = WEEK) -> tuple[Roster, list[str]]:
    """The roster and the codes of all warnings."""
    roster, problems, _ = inspect_roster(path, week)
    assert roster is not None, problems
    return roster, [problem.code for problem in problems]


def parts(roster: Roster) -> dict[tuple[str, int], tuple[str, str, int, int]]:
    return {(p.task, p.slot): (p.person, p.place, p.start, p.end) for p in roster.assignments}


@pytest.mark.parametrize("lang", LANGS)
def test_what_nobody_edited_comes_back_with_score_outcome_and_figures(
    tmp_path: Path, lang: Lang
) -> None:
    path = written(tmp_path / "r.xlsx", lang)
    assert read(path) == (ROSTER, [])
    book = openpyxl.load_workbook(path)  # as another program saves it
    book.save(path)
    assert read(path) == (ROSTER, [])


@pytest.mark.parametrize("lang", LANGS)
def test_a_moved_name_is_the_truth_and_score_and_outcome_are_gone(
    tmp_path: Path, lang: Lang
) -> None:
    path = edited(tmp_path / "r.xlsx", put(D3=" 心理咨询员０１"), lang)
    roster, codes = read(path)
    assert parts(roster)["visit-1", 0] == ("worker-2", "plaza", 600, 630)
    assert parts(roster)["shift-1", 0] == ("worker-1", "plaza", 840, 960)
    assert (roster.score, roster.outcome, roster.figures) == (None, None, {})
    assert codes == ["roster_edited"]


def test_an_id_typed_for_a_name_is_understood(tmp_path: Path) -> None:
    assert parts(read(edited(tmp_path / "r.xlsx", put(D3="worker-2")))[0])["visit-1", 0][0] == (
        "worker-2"
    )


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        (datetime(2026, 11, 23, 10, 45), 645),
        ("11月24日 9：05", 1440 + 545),
        (time(10, 30), 630),
        ("10:30", 630),
    ],
)
def test_a_start_that_was_typed_takes_the_end_along(
    tmp_path: Path, typed: object, start: int
) -> None:
    roster, _ = read(edited(tmp_path / "r.xlsx", put(F3=typed)))
    assert parts(roster)["visit-1", 0] == ("worker-1", "plaza", start, start + 30)


def test_an_end_that_was_typed_stands_and_is_judged(tmp_path: Path) -> None:
    roster, _ = read(edited(tmp_path / "r.xlsx", put(G3="11:00")))
    assert parts(roster)["visit-1", 0] == ("worker-1", "plaza", 600, 660)
    roster, _ = read(edited(tmp_path / "r.xlsx", put(F3="23:50", G3="0:20")))
    assert parts(roster)["visit-1", 0] == ("worker-1", "plaza", 1430, 1460)


@pytest.mark.parametrize(
    "edit", [put(D3=None), lambda sheet: sheet.delete_rows(3)], ids=["blank person", "row deleted"]
)
def test_a_line_that_was_struck_is_no_assignment(tmp_path: Path, edit: Edit) -> None:
    roster, codes = read(edited(tmp_path / "r.xlsx", edit))
    assert parts(roster).keys() == {("shift-1", 0)}
    assert codes == ["roster_edited"]


def test_lines_in_another_order_are_the_same_roster(tmp_path: Path) -> None:
    def swap(sheet: Worksheet) -> None:
        for column in range(1, 8):
            first, second = sheet.cell(3, column), sheet.cell(4, column)
            first.value, second.value = second.value, first.value

    assert read(edited(tmp_path / "r.xlsx", swap)) == (ROSTER, [])


def test_an_added_line_needs_only_what_the_task_does_not_say(tmp_path: Path) -> None:
    # visit-2 lasts 30 minutes, at the plaza only, on Monday only.
    added = put(A5="visit-2", D5="心理咨询员01", F5="15:00")
    roster, _ = read(edited(tmp_path / "r.xlsx", added))
    assert parts(roster)["visit-2", 0] == ("worker-2", "plaza", 900, 930)
    assert roster.assignments[:2] == ROSTER.assignments
    # A shift says its start, its place and its length; its only slot is taken, so it is no slot to add to.
    again = put(B5="阵地值守", D5="worker-2")
    _, problems, _ = inspect_roster(edited(tmp_path / "r.xlsx", again), WEEK)
    assert [problem.code for problem in problems] == ["no_free_slot"]
    instead = put(A4=None, C4=None, B4="阵地值守", D4="worker-2", E4=None, F4=None, G4=None)
    roster, _ = read(edited(tmp_path / "r.xlsx", instead))
    assert parts(roster)["shift-1", 0] == ("worker-2", "plaza", 840, 960)


@pytest.mark.parametrize(
    ("edit", "code", "at"),
    [
        (put(D3="心理咨询员O1"), "none_of_person", "D3"),
        (put(E3="大广场"), "none_of_place", "E3"),
        (put(A5="visit-9", D5="worker-1", F5="15:00"), "none_of_task", "A5"),
        (put(B5="入户走访", D5="worker-1", F5="15:00"), "several_of_task", "B5"),
        (put(D5="worker-1", F5="15:00"), "cell_required", "A5"),
        (put(A5="visit-2", D5="worker-1"), "cell_required", "F5"),
        (put(F3="上午晚些"), "cell_not_moment", "F3"),
        (put(B3="阵地值守"), "name_beside_id", "B3"),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_what_cannot_be_meant_is_told_at_its_cell(
    tmp_path: Path, edit: Edit, code: str, at: str, lang: Lang
) -> None:
    roster, problems, _ = inspect_roster(edited(tmp_path / "r.xlsx", edit, lang), WEEK)
    errors = [problem for problem in problems if problem.severity == "error"]
    assert roster is None
    assert [(p.code, p.pointer) for p in errors] == [(code, f"{TITLE[lang]}!{at}")]
    assert all(explain(errors[0], lang))


def test_a_name_that_is_nearly_right_gets_a_suggestion(tmp_path: Path) -> None:
    _, problems, _ = inspect_roster(edited(tmp_path / "r.xlsx", put(D3="专职网格员1")), WEEK)
    assert "专职网格员01" in explain(problems[-1], "zh").remedy


def test_people_of_one_name_are_written_and_read_by_id(tmp_path: Path) -> None:
    data = week_data()
    data["people"][1]["name"] = data["people"][0]["name"]
    twins = parse_instance(data)[0]
    assert twins is not None
    path = written(tmp_path / "r.xlsx", "zh", ROSTER, twins)
    assert openpyxl.load_workbook(path)["排班明细"]["D3"].value == "worker-1"
    assert read(path, twins) == (ROSTER, [])
    book = openpyxl.load_workbook(path)
    book["排班明细"]["D3"] = data["people"][0]["name"]
    book.save(path)
    _, problems, _ = inspect_roster(path, twins)
    assert ("several_of_person", "排班明细!D3") in [(p.code, p.pointer) for p in problems]


def test_an_edit_of_a_sheet_for_reading_is_told_and_not_lost_silently(tmp_path: Path) -> None:
    path = edited(tmp_path / "r.xlsx", put(F2="心理咨询员01"), sheet="每日走访")
    roster, problems, _ = inspect_roster(path, WEEK)
    assert roster == ROSTER
    assert [(p.code, p.pointer, p.severity) for p in problems] == [
        ("page_edited", "每日走访!A2", "warning")
    ]
    assert "排班明细" in explain(problems[0], "zh").remedy


def test_a_row_that_was_deleted_from_a_sheet_for_reading_is_told(tmp_path: Path) -> None:
    path = edited(tmp_path / "r.xlsx", lambda sheet: sheet.delete_rows(2), sheet="每日走访")
    assert read(path) == (ROSTER, ["page_edited"])


def test_without_what_was_written_the_lines_are_all_there_is(tmp_path: Path) -> None:
    path = written(tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(path)
    for title in book.sheetnames:
        if title != "排班明细":
            del book[title]
    book.save(path)
    roster, _ = read(path)
    assert parts(roster) == parts(ROSTER)
    assert (roster.instance, roster.horizon, roster.score) == ("week", WEEK.horizon, None)


def test_a_roster_of_another_week_is_one_fault(tmp_path: Path) -> None:
    other = WEEK.changed(id="other")
    roster, problems, _ = inspect_roster(written(tmp_path / "r.xlsx"), other)
    assert roster is None
    assert [(p.code, p.pointer) for p in problems] == [
        ("roster_of_another_instance", "排班信息!A2")
    ]


def test_a_private_visit_shows_neither_name_nor_place_and_still_reads_back(tmp_path: Path) -> None:
    data = week_data()
    data["visits"][0] |= {"private": True, "name": "家暴个案"}
    private = parse_instance(data)[0]
    assert private is not None
    path = written(tmp_path / "r.xlsx", "zh", ROSTER, private)
    row = [cell.value for cell in openpyxl.load_workbook(path)["排班明细"][3]]
    assert "家暴个案" not in str(row)
    assert row[4] == "plaza"
    assert read(path, private) == (ROSTER, [])


def test_the_guarded_reader_reads_the_same_and_knows_the_cells(tmp_path: Path) -> None:
    path = edited(tmp_path / "r.xlsx", put(D3="心理咨询员01"))
    read_back = read_roster_guarded(path.read_bytes(), WEEK, "r.xlsx")
    assert read_back.record == read(path)[0]
    assert [warning.code for warning in read_back.warnings] == ["roster_edited"]
    # The visit is the second assignment, as it was in the roster that was written.
    assert read_back.cells.find("/assignments/1/person") == "排班明细!D3"


_TASKS = st.sampled_from(["visit-1", "visit-2", "shift-1"])


@st.composite
def _rosters(draw: st.DrawFn) -> Roster:
    keys = draw(st.lists(st.tuples(_TASKS, st.integers(0, 3)), unique=True, max_size=5))
    assignments = []
    for task, slot in keys:
        start = draw(st.integers(-3000, 9000))
        person = draw(st.sampled_from(["worker-1", "worker-2"]))
        place = draw(st.sampled_from(["plaza", "station"]))
        end = start + draw(st.integers(1, 3000))
        part = {"task": task, "slot": slot, "person": person, "place": place}
        assignments.append(Assignment(**part, start=start, end=end))
    score = draw(st.none() | st.builds(Score, hard=st.integers(0, 9), soft=st.integers(0, 9)))
    return Roster(
        instance="week", horizon=WEEK.horizon, assignments=tuple(assignments), score=score
    )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(roster=_rosters(), lang=st.sampled_from(LANGS))
def test_any_roster_reads_back_the_same_with_or_without_what_was_written(
    tmp_path: Path, roster: Roster, lang: Lang
) -> None:
    path = tmp_path / "r.xlsx"
    book = RememberingBook(str(path))
    write_lines(book, WEEK, roster, lang, {}, ())
    bare = read_after_closing(book, path)
    assert parts(bare) == parts(roster)
    book = RememberingBook(str(path))
    write_lines(book, WEEK, roster, lang, {}, ())
    write_hidden(book, roster, {})
    assert read_after_closing(book, path) == roster


def read_after_closing(book: RememberingBook, path: Path) -> Roster:
    book.close()
    return read(path)[0]


def test_a_name_with_its_day_is_enough_for_a_new_line(tmp_path: Path) -> None:
    first = WEEK.shifts[0]
    again = first.model_copy(update={"id": "shift-2", "start": first.start + 1440})
    week = WEEK.changed(shifts=(first, again))
    path = written(tmp_path / "roster.xlsx", week=week)
    book = openpyxl.load_workbook(path)
    put(B5="阵地值守", D5="worker-1", F5=datetime(2026, 11, 24, 14))(book["排班明细"])
    book.save(path)
    roster, problems, _ = inspect_roster(path, week)
    assert [p.code for p in problems] == ["roster_edited"]
    assert roster is not None
    assert {part.task for part in roster.assignments} == {"visit-1", "shift-1", "shift-2"}
    put(F5="周三 14:00")(
        book["排班明细"]
    )  # no such shift on that day: which one is meant is not clear
    book.save(path)
    assert [p.code for p in inspect_roster(path, week)[1]] == ["several_of_task"]


def test_a_line_too_many_is_told_in_words(tmp_path: Path) -> None:
    path = edited(tmp_path / "roster.xlsx", put(B5="visit-1", D5="worker-2"))
    roster, problems, _ = inspect_roster(path, WEEK)
    assert roster is None
    assert [(p.code, p.pointer) for p in problems] == [("no_free_slot", "排班明细!C5")]
    assert "1 个名额" in explain(problems[0], "zh")[0]
