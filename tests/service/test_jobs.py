"""Jobs: submitted, stopped, failed and erased; the search's end is never the service's."""

import json

import pytest

from scheduler.checker import check
from scheduler.formats.json_file import read_roster
from scheduler.model import Instance
from service.examples import TINY, TINY_ROSTER
from tests.service.conftest import until

QUICK = TINY | {"title": "quick"}
ENDLESS = {"seconds": 600}


def test_a_job_ends_with_a_roster_that_the_checker_prices_alike(service, http):
    answer = http.post(
        "/jobs", json={"instance": TINY, "limits": {"steps": 5000}, "seed": 7, "cores": 1}
    )
    assert answer.status_code == 202
    id = answer.json()["id"]
    assert answer.headers["location"] == f"/v1/jobs/{id}"
    job = service.ended(id)
    assert (job["state"], job["ended_by"]) == ("succeeded", "steps")
    assert job["unassigned"] == 0
    assert (job["seed"], job["cores"], job["attempts"]) == (7, 1, 1)
    assert job["limits"] == {"seconds": None, "idle_seconds": None, "steps": 5000}
    assert "lianxin" in job["versions"]
    assert job["figures"]["roster"]["visits_done"] == 1
    assert "people" not in job["figures"]["roster"]
    assert job["failure"] is None
    roster = read_roster(http.get(f"/jobs/{id}/roster").content)
    report = check(Instance.model_validate(TINY), roster)
    assert report.score == roster.score
    assert report.score.model_dump() == job["score"]


def test_the_light_status_names_nobody(service, http):
    id = service.submit()
    service.ended(id)
    assert "worker-03" in http.get(f"/jobs/{id}/roster").text
    assert "worker-03" not in http.get(f"/jobs/{id}").text
    assert "worker-03" not in http.get(f"/jobs/{id}/events").text


def test_a_job_without_limits_ends_after_a_minute(service):
    assert service.job(service.submit(limits={}))["limits"]["seconds"] == 60.0


def test_the_same_key_and_body_is_the_same_job(http):
    request = {"instance": QUICK, "limits": {"steps": 100}}
    key = {"Idempotency-Key": "once"}
    first = http.post("/jobs", json=request, headers=key)
    again = http.post("/jobs", json=request, headers=key)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.headers["location"] == first.headers["location"]
    assert again.json()["instance_id"] == first.json()["instance_id"]


def test_the_same_key_with_another_body_is_refused(http):
    key = {"Idempotency-Key": "twice"}
    http.post("/jobs", json={"instance": QUICK, "limits": {"steps": 100}}, headers=key)
    answer = http.post("/jobs", json={"instance": QUICK, "limits": {"steps": 101}}, headers=key)
    assert answer.status_code == 422
    assert answer.json()["code"] == "key_reused"


def test_stopping_keeps_the_best(service, http):
    id = service.submit("count", limits=ENDLESS)
    service.with_roster(id)
    answer = http.post(f"/jobs/{id}/stop")
    assert answer.status_code == 202
    assert answer.json()["stop_requested"] is True
    job = service.ended(id)
    assert job["state"] == "succeeded"
    assert http.get(f"/jobs/{id}/roster").json()["assignments"][0]["start"] > "2026-11-23T09:00"


def test_the_best_so_far_can_be_read_while_the_search_goes_on(service, http):
    id = service.submit("count", limits=ENDLESS)
    service.with_roster(id)
    first = http.get(f"/jobs/{id}/roster").json()["assignments"][0]["start"]
    until(lambda: http.get(f"/jobs/{id}/roster").json()["assignments"][0]["start"] > first)
    job = service.job(id)
    assert job["state"] == "running"
    assert job["score"]["soft"] < 1000
    http.post(f"/jobs/{id}/stop")
    service.ended(id)


def test_a_job_stopped_before_any_roster_is_cancelled(service, http):
    id = service.submit("barren", limits=ENDLESS)
    until(lambda: service.job(id)["state"] == "running")
    http.post(f"/jobs/{id}/stop")
    job = service.ended(id)
    assert (job["state"], job["ended_by"]) == ("cancelled", "user")
    answer = http.get(f"/jobs/{id}/roster")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_roster")


def test_a_job_stopped_while_it_waits_is_cancelled_at_once(service, http):
    # Two searches at a time: the third waits.
    busy = [service.submit("count", limits=ENDLESS) for _ in range(2)]
    until(lambda: all(service.job(id)["state"] == "running" for id in busy))
    waiting = service.submit("count", limits=ENDLESS)
    assert http.post(f"/jobs/{waiting}/stop").json()["state"] == "cancelled"
    for id in busy:
        http.post(f"/jobs/{id}/stop")
        service.ended(id)
    assert service.job(waiting)["attempts"] == 0


def test_stopping_a_job_that_has_ended_changes_nothing(service, http):
    id = service.submit()
    before = service.ended(id)
    answer = http.post(f"/jobs/{id}/stop")
    assert answer.status_code == 202
    assert answer.json() == before


def test_a_search_that_goes_on_after_its_end_is_killed(service, http):
    id = service.submit("deaf", limits={"seconds": 1})
    job = service.ended(id)
    assert job["state"] == "failed"
    assert job["failure"]["code"] == "search_overran"
    # What it had found can still be read.
    assert http.get(f"/jobs/{id}/roster").status_code == 200


@pytest.mark.parametrize(
    ("title", "code", "said"),
    [
        ("crash", "search_crashed", "-11"),
        ("hungry", "out_of_memory", "8192"),
        ("raise", "search_failed", "RuntimeError"),
    ],
)
def test_a_search_that_dies_is_a_failed_job_and_no_failed_service(service, title, code, said):
    job = service.ended(service.submit(title))
    assert job["state"] == "failed"
    assert job["failure"]["code"] == code
    assert said in job["failure"]["text"]["zh"]
    assert said in job["failure"]["text"]["en"]
    assert service.ended(service.submit())["state"] == "succeeded"


def test_what_a_failed_search_was_working_on_is_not_logged(service):
    service.ended(service.submit("raise"))
    log = service.log.read_text()
    assert "RuntimeError" in log
    assert "专职网格员" not in log
    assert "secret" not in log


def test_an_instance_that_cannot_be_solved_fails_with_its_faults(service):
    failure = service.ended(service.submit("unsolvable"))["failure"]
    assert failure["code"] == "instance_unsolvable"
    assert [one["pointer"] for one in failure["problems"]] == ["/places/1"]


def test_what_libraries_print_is_not_taken_for_a_message(service):
    assert service.ended(service.submit("chatter"))["state"] == "succeeded"


def test_a_job_begins_with_the_roster_that_it_is_given(service, http):
    # The puppet goes on from the start of the first assignment, a minute a step.
    late = json.loads(json.dumps(TINY_ROSTER))
    late["assignments"][0] |= {"start": "2026-11-23T10:00", "end": "2026-11-23T10:30"}
    id = service.submit("count", start_roster=late, limits={"steps": 5})
    service.ended(id)
    roster = http.get(f"/jobs/{id}/roster").json()
    assert roster["assignments"][0]["start"] == "2026-11-23T10:05"


def test_a_start_roster_of_another_instance_is_refused(http):
    other = TINY_ROSTER | {"instance": "other"}
    answer = http.post("/jobs", json={"instance": TINY, "start_roster": other})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["problems"]] == ["/start_roster/instance"]


def test_more_than_an_installation_gives_is_cut_to_it(service):
    job = service.job(service.submit(cores=1024, limits={"seconds": 1e9, "steps": 1}))
    assert job["cores"] == service.settings.max_cores
    assert job["limits"]["seconds"] == service.settings.max_seconds


def test_jobs_are_listed_newest_first_and_by_state(service, http):
    ids = [service.submit() for _ in range(3)]
    for id in ids:
        service.ended(id)
    listed = [one["id"] for one in http.get("/jobs", params={"limit": 3}).json()["jobs"]]
    assert listed == ids[::-1]
    paged = http.get("/jobs", params={"limit": 1, "offset": 1}).json()["jobs"]
    assert [one["id"] for one in paged] == [ids[1]]
    states = {one["state"] for one in http.get("/jobs?state=failed").json()["jobs"]}
    assert states <= {"failed"}


def test_a_record_is_erased_only_once_its_job_has_ended(service, http):
    id = service.submit("count", limits=ENDLESS)
    service.with_roster(id)
    assert http.delete(f"/jobs/{id}").json()["code"] == "job_not_ended"
    http.post(f"/jobs/{id}/stop")
    service.ended(id)
    assert http.delete(f"/jobs/{id}").status_code == 204
    for address in (f"/jobs/{id}", f"/jobs/{id}/roster", f"/jobs/{id}/events"):
        assert http.get(address).status_code == 404
    assert id not in http.get("/jobs").text


def test_the_key_of_an_erased_job_is_not_used_again(service, http):
    key = {"Idempotency-Key": "erased"}
    request = {"instance": QUICK, "limits": {"steps": 100}}
    id = http.post("/jobs", json=request, headers=key).json()["id"]
    service.ended(id)
    http.delete(f"/jobs/{id}")
    answer = http.post("/jobs", json=request, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_spent")
