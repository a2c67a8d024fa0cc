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
    assert answer.headers["Location"] == f"/v1/jobs/{answer.json()['id']}"
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


SECOND = TINY["people"][0] | {"id": "worker-04", "name": "专职网格员04"}
TWO = TINY | {"people": [*TINY["people"], SECOND]}
GIVE = {"kind": "assign", "task": "visit-1", "person": "worker-04"}


def previewed(http, *changes, **asked):
    body = {"instance": TWO, "roster": TINY_ROSTER, "changes": {"changes": list(changes)}} | asked
    answer = http.post("/previews", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_preview_has_points_news_week_and_roster_at_once(http):
    found = previewed(http, GIVE)
    assert (found["broken"], found["refused"]) == ([], [])
    (part,) = found["roster"]["assignments"]
    assert (part["person"], part["start"]) == ("worker-04", "2026-11-23T09:00")
    assert found["roster"]["score"] == found["after"]
    costs = http.post(
        "/evaluations", json={"instance": found["instance"], "roster": found["roster"]}
    )
    assert costs.json()["score"] == found["after"]
    assert {one["person"] for one in found["difference"]["people"]} == {"worker-03", "worker-04"}
    changed = {one["rule"]: (one["first"], one["second"]) for one in found["rules"]}
    assert all(first != second for first, second in changed.values())
    medium = found["after"]["medium"] - found["before"]["medium"]
    levels = {one["rule"]: one["level"] for one in found["rules"]}
    assert medium == sum(b - a for rule, (a, b) in changed.items() if levels[rule] == "medium")


def test_a_preview_that_a_rule_refuses_says_so_and_gives_nothing(http):
    late = {"kind": "move", "task": "visit-1", "start": "2026-11-23T12:00"}
    found = previewed(http, late)
    assert (found["instance"], found["roster"]) == (None, None)
    assert [one["rule"] for one in found["broken"]] == ["visit_window"]
    (refusal,) = found["refused"]
    assert (refusal["code"], refusal["pointer"]) == ("rule_broken", "/changes/changes/0")
    assert "1 h 1 min" in refusal["text"]["en"]
    assert "1 小时 1 分" in refusal["text"]["zh"]
    told = previewed(http, late | {"reason": "住户白天不在"})
    assert told["refused"] == []
    assert [one["reason"] for one in told["instance"]["exceptions"]] == ["住户白天不在"]
    assert told["after"]["hard"] == 0


def test_an_impossible_change_has_its_pointer(http):
    body = {"instance": TWO, "roster": TINY_ROSTER}
    wrong = [GIVE | {"person": "worker-3"}, {"kind": "swap", "first": "worker-03"}]
    for change, pointer in zip(wrong, ("/person", "/second"), strict=True):
        answer = http.post("/previews", json=body | {"changes": {"changes": [change]}})
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["problems"]] == [
            f"/changes/changes/0{pointer}"
        ]


def test_a_replan_keeps_what_is_said_by_hand(service):
    for most in (None, 0):
        job = replanned(service, instance=TWO, changes={"changes": [GIVE]}, most_moved=most)
        roster = service.http.get(f"/jobs/{job['id']}/roster").json()
        assert [one["person"] for one in roster["assignments"]] == ["worker-04"]
        child = service.http.get(f"/instances/{job['instance_id']}").json()
        assert [(pin["task"], pin["person"]) for pin in child["pins"]] == [("visit-1", "worker-04")]


def test_a_replan_that_a_rule_refuses_is_a_fault(http):
    late = {"kind": "move", "task": "visit-1", "start": "2026-11-23T12:00"}
    body = {"instance": TWO, "roster": TINY_ROSTER, "changes": {"changes": [late]}}
    answer = http.post("/replans", json=body)
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["problems"]] == ["rule_broken"]
