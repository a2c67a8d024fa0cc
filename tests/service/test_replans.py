"""Re-plans, differences and comparisons over HTTP."""

import copy

from scheduler.formats.parse import parse_changes, parse_instance
from scheduler.model import Roster
from scheduler.stop import Stop
from scheduler.weeks.replan.search import replan
from service.examples import CHANGES, TINY, TINY_ROSTER

LIMITS = {"steps": 3000}
NEW = {
    "kind": "new",
    "visits": [
        TINY["visits"][0]
        | {"id": "visit-2", "windows": [{"from": "2026-11-23T13:00", "to": "2026-11-23T16:00"}]}
    ],
}


def replanned(service, **asked):
    body = {"instance": TINY, "roster": TINY_ROSTER, "changes": CHANGES, "limits": LIMITS} | asked
    answer = service.http.post("/replans", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/jobs/{answer.json()['id']}"
    return service.ended(answer.json()["id"])


def difference(service, job):
    answer = service.http.get(f"/jobs/{job['id']}/difference")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_an_absence_is_told_to_whom_it_concerns(service):
    job = replanned(service)
    assert job["state"] == "succeeded"
    found = difference(service, job)
    assert (found["moved"], found["forced"]) == (0, 1)
    assert [one["person"] for one in found["people"]] == ["worker-03"]
    news = found["people"][0]["news"][0]
    assert (news["kind"], news["task"], news["forced"]) == ("lost", "visit-1", True)
    assert news["before"]["start"] == "2026-11-23T09:00"
    assert "no longer" in news["text"]["en"]
    assert "不再承担" in news["text"]["zh"]


def test_the_changed_week_is_a_child_with_what_people_know(service):
    job = replanned(service, changes={"changes": [NEW]})
    lineage = service.http.get(f"/instances/{job['instance_id']}/lineage").json()
    assert len(lineage["ancestors"]) == 1
    child = service.http.get(f"/instances/{job['instance_id']}").json()
    assert [one["task"] for one in child["published"]] == ["visit-1"]
    found = difference(service, job)
    assert found["started"] == ["visit-2"]
    roster = service.http.get(f"/jobs/{job['id']}/roster").json()
    assert {one["task"] for one in roster["assignments"]} == {"visit-1", "visit-2"}


def test_a_bound_on_people_moved_is_kept(service):
    job = replanned(service, changes={"changes": [NEW]}, most_moved=0)
    assert difference(service, job)["people"] == []


def test_a_re_plan_starts_from_a_jobs_roster_and_can_be_re_planned(service):
    first = replanned(service, changes={"changes": [NEW]})
    again = {"changes": [{"kind": "cancel", "task": "visit-2"}]}
    body = {"job_id": first["id"], "changes": again, "limits": LIMITS}
    answer = service.http.post("/replans", json=body)
    assert answer.status_code == 202, answer.text
    found = difference(service, service.ended(answer.json()["id"]))
    assert found["people"][0]["news"][0]["text"]["en"].endswith("is cancelled")


def test_the_same_key_makes_one_re_plan(service):
    body = {"instance": TINY, "roster": TINY_ROSTER, "changes": CHANGES, "limits": LIMITS}
    head = {"Idempotency-Key": "replan-once"}
    ids = {service.http.post("/replans", json=body, headers=head).json()["id"] for _ in range(2)}
    assert len(ids) == 1


def test_faults_of_changes_are_told_where_they_stand(http):
    changes = copy.deepcopy(CHANGES)
    changes["changes"][0]["person"] = "nobody"
    changes["changes"].append({"kind": "cancel"})
    body = {"instance": TINY, "roster": TINY_ROSTER, "changes": changes}
    answer = http.post("/replans", json=body)
    assert answer.status_code == 422
    assert {one["pointer"] for one in answer.json()["problems"]} == {
        "/changes/changes/0/person",
        "/changes/changes/1",
    }


def test_a_job_that_is_no_re_plan_has_no_difference(service):
    id = service.submit()
    service.ended(id)
    answer = service.http.get(f"/jobs/{id}/difference")
    assert answer.status_code == 404
    assert answer.json()["code"] == "no_replan"


def test_two_rosters_stand_side_by_side(http):
    empty = TINY_ROSTER | {"assignments": []}
    one = {"instance": TINY, "roster": TINY_ROSTER}
    other = {"instance": TINY, "roster": empty}
    answer = http.post("/comparisons", json={"first": one, "second": other})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["second"]["medium"] > found["first"]["medium"]
    figures = {row["key"]: (row["first"], row["second"]) for row in found["figures"]}
    assert figures["roster.visits_done"] == (1, 0)
    assert found["difference"]["stopped"] == ["visit-1"]


def test_faults_of_either_week_are_told_at_their_place(http):
    spoilt = TINY | {"visits": [TINY["visits"][0] | {"places": ["nowhere"]}]}
    sides = {"instance": TINY, "roster": TINY_ROSTER}, {"instance": spoilt, "roster": TINY_ROSTER}
    answer = http.post("/comparisons", json={"first": sides[0], "second": sides[1]})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["problems"]] == [
        "/second/instance/visits/0/places/0"
    ]


def test_a_bound_counts_against_what_was_published_as_the_library_does(service):
    """A second worker may step in for the one who is away, where the bound is one."""
    second = TINY["people"][0] | {"id": "worker-04", "name": "专职网格员04"}
    week = TINY | {"people": [*TINY["people"], second]}
    for most, started in ((0, 0), (1, 1)):
        job = replanned(service, instance=week, most_moved=most)
        found = difference(service, job)
        assert (found["moved"], found["forced"]) == (started, 1)
        instance, _ = parse_instance(week)
        published = Roster.model_validate(TINY_ROSTER)
        changes, _ = parse_changes(CHANGES, instance.horizon)
        ours = replan(instance, published, changes, Stop(**LIMITS), most_moved=most)
        roster = service.http.get(f"/jobs/{job['id']}/roster").json()
        assert roster["score"] == ours.roster.score.model_dump()
        assert [one["person"] for one in roster["assignments"]] == ["worker-04"] * started


def test_a_change_to_work_that_has_begun_is_told_and_not_made(service):
    frozen = CHANGES | {"freeze": {"time": "2026-11-23T09:30"}}
    job = replanned(service, changes=frozen)
    found = difference(service, job)
    assert found["people"] == []
    assert [notice["pointer"] for notice in found["notices"]] == ["/changes/changes/0"]
    assert [notice["code"] for notice in found["notices"]] == ["already_begun"]
    assert difference(service, replanned(service))["notices"] == []
