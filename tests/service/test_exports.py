"""A roster in every form; workbooks in and out."""

import csv
import io

import icalendar
import openpyxl
import pytest

from scheduler.formats.json_file import read_roster
from service.inputs import JSON, WORKBOOK
from service.middleware.security import API_POLICY, REPORT_POLICY


@pytest.fixture(scope="module")
def done(service):
    """A job with a roster: one visit of worker-03 to building-3 at 09:00."""
    id = service.submit("quick")
    service.ended(id)
    return id


def fetch(http, id, name, media_type):
    answer = http.get(f"/jobs/{id}/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == media_type
    return answer


def test_the_roster_as_json_can_be_read_back(http, done):
    roster = read_roster(fetch(http, done, "roster", JSON).content)
    assert [one.person for one in roster.assignments] == ["worker-03"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_roster_as_a_workbook_opens(http, done, lang):
    answer = fetch(http, done, f"roster.xlsx?lang={lang}", WORKBOOK)
    assert answer.headers["content-disposition"] == 'attachment; filename="roster.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    assert any("专职网格员03" in cell for cell in cells)


def test_the_roster_as_a_calendar_has_the_visit(http, done):
    calendar = icalendar.Calendar.from_ical(
        fetch(http, done, "roster.ics", "text/calendar").content
    )
    (event,) = calendar.events
    assert event.start.strftime("%Y-%m-%dT%H:%M") == "2026-11-23T09:00"


def test_the_roster_as_csv_has_a_line_for_the_assignment(http, done):
    text = fetch(http, done, "roster.csv", "text/csv").content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    assert len(lines) == 1
    assert len(lines[0]) == len(head)
    assert any("专职网格员03" in cell for cell in lines[0])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_sealed_off_and_needs_nothing(http, done, lang):
    answer = fetch(http, done, f"report.html?lang={lang}", "text/html")
    assert answer.headers["content-security-policy"] == REPORT_POLICY != API_POLICY
    assert "专职网格员03" in answer.text


def test_a_language_that_is_not_there_is_refused(http, done):
    assert http.get(f"/jobs/{done}/report.html?lang=fr").json()["code"] == "input_invalid"


def test_there_is_nothing_to_export_before_the_first_roster(service, http):
    id = service.submit("barren", limits={"seconds": 600})
    assert http.get(f"/jobs/{id}/roster.csv").json()["code"] == "not_ready"
    http.post(f"/jobs/{id}/stop")
    service.ended(id)


def test_what_is_no_workbook_is_told_so(http):
    answer = http.post("/validations", content=b"PK no", headers={"Content-Type": WORKBOOK})
    assert answer.status_code == 200
    assert answer.json()["valid"] is False
    assert len(answer.json()["problems"]) == 1
