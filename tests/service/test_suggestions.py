"""Suggestions over HTTP: ranked places with sentences, and every fault at once."""

import copy

from service.examples import TINY, TINY_ROSTER

VISIT = TINY["visits"][0]
NEW = VISIT | {"id": "visit-2", "name": "代办买药"}
ASKED = {"instance": TINY, "roster": TINY_ROSTER}


def test_a_new_visit_has_places_with_sentences_points_and_travel(http):
    answer = http.post("/suggestions", json=ASKED | {"visit": NEW})
    assert answer.status_code == 200, answer.text
    best = answer.json()["suggestions"][0]
    assert best["assignments"][0]["start"] == "2026-11-23T09:30"
    assert best["travel"] == [{"person": "worker-03", "ticks": 0}]
    points = {one["rule"]: one["points"] for one in best["rules"]}
    assert points["unassigned"] == -5
    assert best["score"]["medium"] == -5
    assert "代办买药" in best["text"]["zh"]
    assert "Mon 23 Nov 09:30" in best["text"]["en"]


def test_a_suggestion_is_accepted_by_its_changes(http):
    best = http.post("/suggestions", json=ASKED | {"visit": NEW}).json()["suggestions"][0]
    answer = http.post("/previews", json=ASKED | {"changes": best["changes"]})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert {one["id"] for one in found["instance"]["visits"]} == {"visit-1", "visit-2"}
    assert best["assignments"][0] in found["roster"]["assignments"]
    assert found["refused"] == []


def test_open_work_is_found_by_task_and_by_person(http):
    empty = TINY_ROSTER | {"assignments": []}
    for question in ({"task": "visit-1"}, {"person": "worker-03"}):
        answer = http.post("/suggestions", json={"instance": TINY, "roster": empty} | question)
        assert answer.status_code == 200, answer.text
        found = answer.json()["suggestions"]
        assert {one["assignments"][0]["task"] for one in found} == {"visit-1"}


def test_a_case_is_placed(http):
    case = {"id": "c", "name": "c", "kind": "mediation", "sessions": 1, "every_days": [1, 1]}
    case |= {"places": ["building-3"], "duration": 30}
    answer = http.post("/suggestions", json=ASKED | {"case": case})
    assert answer.status_code == 200, answer.text
    assert answer.json()["suggestions"][0]["assignments"][0]["task"] == "case/c/1"


def test_faults_are_told_where_they_stand_in_the_request(http):
    wrong = copy.deepcopy(NEW) | {"places": ["nowhere"], "id": "visit-1"}
    answer = http.post("/suggestions", json=ASKED | {"visit": wrong})
    assert answer.status_code == 422
    assert {one["pointer"] for one in answer.json()["problems"]} == {"/visit/places/0", "/visit/id"}
    answer = http.post("/suggestions", json=ASKED | {"visit": NEW | {"duration": "long"}})
    assert [one["pointer"] for one in answer.json()["problems"]] == ["/visit/duration"]


def test_one_question_one_roster_one_instance(http):
    for request, code in (
        (ASKED, "one_question"),
        (ASKED | {"visit": NEW, "task": "visit-1"}, "one_question"),
        ({"instance": TINY, "task": "visit-1"}, "one_roster"),
        ({"roster": TINY_ROSTER, "task": "visit-1"}, "one_instance"),
        ({"job_id": "none", "task": "visit-1"}, "job_not_found"),
    ):
        answer = http.post("/suggestions", json=request)
        assert answer.json()["code"] == code, answer.text


def test_a_jobs_roster_is_asked_again_and_again(service, http):
    job = http.post("/jobs", json={"instance": TINY, "limits": {"steps": 2000}}).json()["id"]
    service.ended(job)
    answers = [http.post("/suggestions", json={"job_id": job, "visit": NEW}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    other = http.post("/suggestions", json={"job_id": job, "instance": TINY, "visit": NEW})
    assert other.json()["code"] == "one_instance"
