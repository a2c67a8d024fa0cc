"""The roster as CSV, calendar and workbook: right, and harmless to open."""

import csv

import openpyxl
import pytest
from icalendar import Calendar

from scheduler.exports import FORMATS, csv_file, ical, workbook
from scheduler.messages.names import role_in_words
from scheduler.report import Audience
from tests.exports.conftest import HOSTILE, SECRET
from tests.rules.build import roster


def _cells(path):
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def test_csv_has_a_line_an_assignment_and_no_formula(tmp_path, week, answer):
    path = tmp_path / "roster.csv"
    csv_file.write_roster(path, week, answer, "zh")
    assert path.read_bytes().startswith("\ufeff".encode())
    head, *lines = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert head[:4] == ["日期", "星期", "开始", "结束"]
    assert [line[:4] for line in lines] == [
        ["2026-11-23", "周一", "09:00", "10:00"],
        ["2026-11-23", "周一", "10:00", "11:00"],
        ["2026-11-24", "周二", "14:00", "18:00"],
    ]
    assert lines[0][7] == "'" + HOSTILE


def test_csv_is_the_same_to_the_byte(tmp_path, week, answer):
    path = tmp_path / "roster.csv"
    csv_file.write_roster(path, week, answer, "en")
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    role = role_in_words("grid_worker", "en")
    assert lines == [
        "Date,Weekday,Start,End,Kind,Task,Place,Person,Role,Slot",
        f"""2026-11-23,Mon,09:00,10:00,check,lamp,P,"'=HYPERLINK(""http://evil"")",{role},1""",
        f"2026-11-23,Mon,10:00,11:00,Busy,Busy,佳宏路社区,bert,{role},1",
        f"2026-11-24,Tue,14:00,18:00,venue,venue,P,bert,{role},1",
        "",
    ]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", "\u3000", "\r\n\t "])
def test_no_text_is_taken_for_a_formula_whatever_blanks_it_begins_with(before, sign):
    assert csv_file.harmless(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


def test_other_text_and_numbers_are_left_as_they_are():
    for cell in ("a=1", "  a", "", "\t", -1, -1.5, None, "1-2", "（+1）"):
        assert csv_file.harmless(cell) is cell


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_no_name_begins_a_line_of_its_own_in_a_calendar_or_text(tmp_path, week, answer, end):
    name = f"A{end}X-EVIL:1,;\\n"
    people = [one.model_copy(update={"name": name}) for one in week.people]
    places = [
        one.model_copy(update={"name": name}) if one.area and not one.private else one
        for one in week.places
    ]
    evil = week.changed(title=name, people=tuple(people), places=tuple(places))
    whose = (None, Audience("person", "bert"), Audience("place", "P"))
    for form, audience in ((form, one) for form in (".ics", ".txt") for one in whose):
        path = tmp_path / f"evil{form}"
        FORMATS[form].write(path, evil, answer, "zh", audience=audience)
        written = path.read_bytes().decode()
        assert "A X-EVIL:1" in written.replace("\r\n ", "")
        assert not [line for line in written.splitlines() if line.startswith("X-EVIL")]
        assert written.count("\n") == written.count("\r\n") == written.count("\r")
    event = Calendar.from_ical((tmp_path / "evil.ics").read_bytes()).events[0]
    assert event["location"] == "A X-EVIL:1,;\\n"


def test_a_long_title_is_cut_in_the_footer_and_its_signs_are_kept(tmp_path, week, answer):
    titled = week.changed(title="&" * 300)
    workbook.write_roster(tmp_path / "r.xlsx", titled, answer, "zh")
    for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx"):
        if sheet.sheet_state == "visible" and "&" in str(sheet.oddFooter.left.text):
            assert set(sheet.oddFooter.left.text) == {"&"}
            assert 150 < len(sheet.oddFooter.left.text) <= 200


def test_csv_of_nobody_at_work_has_a_head(tmp_path, week):
    path = tmp_path / "roster.csv"
    csv_file.write_roster(path, week, roster(week), "en")
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "Date,Weekday,Start,End,Kind,Task,Place,Person,Role,Slot"
    ]


def test_a_private_visit_keeps_its_uid_in_both_calendars(tmp_path, week, answer):
    uids = []
    for private in (False, True):
        ical.write_roster(tmp_path / "roster.ics", week, answer, "en", private=private)
        events = Calendar.from_ical((tmp_path / "roster.ics").read_bytes()).events
        uids.append([str(event["uid"]) for event in events])
    assert uids[0] == uids[1]


def test_a_calendar_is_in_local_time_and_keeps_its_uids(tmp_path, week, answer):
    uids = []
    for name in ("first.ics", "second.ics"):
        ical.write_roster(tmp_path / name, week, answer, "en")
        events = Calendar.from_ical((tmp_path / name).read_bytes()).events
        uids.append([str(event["uid"]) for event in events])
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 3
    assert events[0].start.isoformat() == "2026-11-23T09:00:00+08:00"


def test_a_calendar_of_one_person_has_only_theirs(tmp_path, week, answer):
    FORMATS[".ics"].write(
        tmp_path / "bert.ics", week, answer, "zh", audience=Audience("person", "bert")
    )
    assert len(Calendar.from_ical((tmp_path / "bert.ics").read_bytes()).events) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_shows_people_by_days_and_prints_one_page_wide(tmp_path, week, answer, lang):
    path = tmp_path / "roster.xlsx"
    workbook.write_roster(path, week, answer, lang)
    people, _, shifts, lines, *_, undone, _, _ = _cells(path).values()
    row = next(row for row in people if str(row[0]).endswith(HOSTILE))
    assert "09:00–10:00 lamp" in row[1]
    assert any(row[0] == "P" and str(row[5]).startswith("1 / ") for row in shifts)
    assert any(row[0] == "venue" for row in undone)
    assert [row[0] for row in lines[2:]] == [part.task for part in answer.assignments]
    pages = [one for one in openpyxl.load_workbook(path) if one.sheet_state == "visible"]
    heads = ["$4:$4", "$1:$1", "$1:$1", "$1:$2", "$1:$1", "$1:$1", "$1:$1"]
    for sheet, head in zip(pages, heads, strict=True):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToHeight) == 0
        assert sheet.print_title_rows == head


def test_who_may_see_everything_does(tmp_path, week, answer):
    csv_file.write_roster(tmp_path / "r.csv", week, answer, "zh", private=True)
    assert f"{SECRET}谈心" in (tmp_path / "r.csv").read_text()
