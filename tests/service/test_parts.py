"""One reader's part of a roster, who is free, hours over weeks, a person's weeks."""

import icalendar
import pytest

from service.examples import TINY
from service.middleware.security import REPORT_POLICY

COUNSELLING = {
    "id": "visit-2",
    "name": "金丝雀心理访谈",
    "kind": "welfare_check",
    "private": True,
    "places": ["building-3"],
    "windows": [{"from": "2026-11-23T13:00", "to": "2026-11-23T15:00"}],
    "duration": 30,
}
WEEK = TINY | {
    "id": "parts",
    "title": "parts",
    "visits": [*TINY["visits"], COUNSELLING],
    "places": [TINY["places"][0], TINY["places"][1] | {"area": "one", "private": True}],
    "areas": [
        {"id": "one", "name": "一社区", "kind": "community"},
        {"id": "two", "name": "二社区", "kind": "community"},
    ],
    "people": [
        *TINY["people"],
        TINY["people"][0] | {"id": "worker-04", "name": "网格员04", "clearance": True},
    ],
}


@pytest.fixture(scope="module")
def job(service):
    """Both visits are done: by the real solver, 5,000 moves."""
    answer = service.http.post("/jobs", json={"instance": WEEK, "limits": {"steps": 5000}})
    assert answer.status_code == 202, answer.text
    id = answer.json()["id"]
    assert service.ended(id)["unassigned"] == 0
    return id


def work(http, job, person):
    answer = http.get(f"/v1/jobs/{job}/people/{person}/roster")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_persons_roster_has_their_work_and_only_theirs(http, job):
    both = [work(http, job, person) for person in ("worker-03", "worker-04")]
    lines = [line for roster in both for line in roster["lines"]]
    assert sorted(line["task"] or "" for line in lines) == ["", "visit-1"]
    (open_line,) = [line for line in lines if not line["private"]]
    assert open_line["name"]["zh"] == "探访高龄独居老人"
    assert open_line["place"] == {"zh": "3栋", "en": "3栋"}
    assert "2026-11-23T09:00" <= open_line["start"] < open_line["end"] <= "2026-11-23T11:00"
    assert open_line["travel_minutes"] == 10
    assert both[0]["name"] == {"zh": "专职网格员03", "en": "专职网格员03"}
    assert (both[0]["start"], both[0]["days"]) == ("2026-11-23", 1)


FORMS = ["roster.xlsx", "roster.csv", "roster.ics", "report.html", "roster.txt"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "whose", ["people/worker-03", "people/worker-04", "areas/one", "places/station"]
)
def test_a_part_is_there_in_every_form_and_hides_what_is_private(http, job, whose, form):
    answer = http.get(f"/v1/jobs/{job}/{whose}/{form}")
    assert answer.status_code == 200, answer.text
    assert "金丝雀" not in answer.text
    assert "visit-2" not in answer.text
    if form == "report.html":
        assert answer.headers["content-security-policy"] == REPORT_POLICY
    else:
        assert answer.headers["content-disposition"] == f'attachment; filename="{form}"'


def test_a_persons_roster_hides_what_is_private(http, job):
    for person in ("worker-03", "worker-04"):
        text = http.get(f"/v1/jobs/{job}/people/{person}/roster").text
        assert "金丝雀" not in text
        assert "visit-2" not in text


def test_calendars_of_all_people_have_all_work(http, job):
    addresses = [f"/v1/jobs/{job}/people/{id}/roster.ics" for id in ("worker-03", "worker-04")]
    calendars = [icalendar.Calendar.from_ical(http.get(address).content) for address in addresses]
    assert sum(len(calendar.events) for calendar in calendars) == 2


def test_a_place_with_nothing_done_has_nothing_in_it(http, job):
    assert http.get(f"/v1/jobs/{job}/areas/two/roster.csv").text.count("\n") == 1


@pytest.mark.parametrize("whose", ["people/none", "places/worker-03", "areas/building-3"])
def test_who_is_not_in_the_week_is_not_found(http, job, whose):
    answer = http.get(f"/v1/jobs/{job}/{whose}/report.html")
    assert (answer.status_code, answer.json()["code"]) == (404, "part_not_found")


def test_who_is_free_is_told_with_hours(http, job):
    answer = http.get(f"/v1/jobs/{job}/free", params={"when": "周一 16:00-17:00"})
    assert answer.status_code == 200, answer.text
    assert {free["person"] for free in answer.json()["people"]} == {"worker-03", "worker-04"}
    spans = [free["spans"] for free in answer.json()["people"]]
    assert spans == 2 * [[{"start": "2026-11-23T16:00", "end": "2026-11-23T17:00"}]]
    params = {"when": "周一 16:00-17:00", "minutes": 61}
    assert http.get(f"/v1/jobs/{job}/free", params=params).json() == {"people": []}


@pytest.mark.parametrize(
    "params",
    [{"when": "someday"}, {"when": "周一", "skill": "none"}, {"when": "周一", "area": "x"}],
)
def test_what_is_not_understood_of_a_question_is_told(http, job, params):
    answer = http.get(f"/v1/jobs/{job}/free", params=params)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["pointer"].startswith("/query")


def test_hours_are_summed_over_weeks(http, job):
    people = http.get("/v1/loads", params={"job_id": job}).json()["people"]
    assert [load["person"] for load in people] == ["worker-03", "worker-04"]
    assert sum(load["minutes"] for load in people) == 60
    assert all(
        load["weeks"] == [{"start": "2026-11-23", "minutes": load["minutes"]}] for load in people
    )
    assert http.get("/v1/loads").status_code == 422
    assert http.get("/v1/loads", params={"job_id": [job, "none"]}).status_code == 404


def test_a_person_finds_the_weeks_they_work_in(service, http, job):
    by_person = {
        id: [one["id"] for one in http.get(f"/v1/people/{id}/rosters").json()["jobs"]]
        for id in ("worker-03", "worker-04", "nobody")
    }
    at_work = {id for id in ("worker-03", "worker-04") if work(http, job, id)["lines"]}
    assert {id for id, jobs in by_person.items() if job in jobs} == at_work
    assert by_person["nobody"] == []


def test_a_persons_weeks_forget_an_erased_job(service, http):
    id = service.submit("quick")
    service.ended(id)
    assert id in http.get("/v1/people/worker-03/rosters").text
    http.delete(f"/jobs/{id}")
    assert id not in http.get("/v1/people/worker-03/rosters").text
