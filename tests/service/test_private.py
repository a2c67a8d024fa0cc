"""What is kept is sealed, readings are in the audit, and what is deleted is gone from the files."""

import io
import json
import zipfile

import pytest

from scheduler.model import Instance, Roster
from service.access.caller import LOCAL
from service.access.forgetting import forget, traces
from service.access.mask import CallerView
from service.examples import TINY
from service.store import Store
from tests.service.canaries import CANARY, ROSTER, WEEK

CHILD = WEEK | {"title": "quick"}


@pytest.fixture(scope="module")
def own(make_service):
    """A service that these tests have for themselves, with a solved private week."""
    service = make_service()
    answer = service.http.post("/jobs", json={"instance": CHILD})
    assert answer.status_code == 202, answer.text
    service.ended(answer.json()["id"])
    return service


def entries(service, **filters):
    answer = service.http.get("/audit", params=filters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def job_of(service):
    return service.http.get("/jobs").json()["jobs"][-1]


def _files(service) -> bytes:
    folder = service.settings.data_dir
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_no_file_of_the_database_has_a_private_word(own):
    data = _files(own)
    assert b"SQLite format 3" in data
    assert CANARY.encode() not in data
    assert b"canary home".hex().encode() not in data


def test_no_log_has_a_private_word_after_crashes_and_faults(make_service):
    service = make_service()
    for act in ("raise", "crash", "unsolvable", "chatter"):
        answer = service.http.post("/jobs", json={"instance": WEEK | {"title": f"{act} {CANARY}"}})
        job = service.ended(answer.json()["id"])
        assert CANARY not in json.dumps(job["failure"])
    service.http.post("/instances", json=WEEK | {"visits": [{"private": True, "id": CANARY}]})
    assert CANARY not in service.log.read_text(encoding="utf-8")


def test_who_has_the_right_gets_the_truth_and_it_is_noted(own):
    job = job_of(own)
    before = entries(own)["entries"]
    masked = own.http.get(f"/instances/{job['instance_id']}").text
    assert CANARY not in masked
    assert entries(own)["entries"] == before
    open_ = own.http.get(f"/instances/{job['instance_id']}", params={"private": "true"})
    assert open_.json() == CHILD
    roster = own.http.get(f"/jobs/{job['id']}/roster", params={"private": "true"}).json()
    assert roster["assignments"][0]["task"] == "canary-visit"
    for name in ("roster.csv", "report.html", "roster.ics", "roster.xlsx"):
        told = own.http.get(f"/jobs/{job['id']}/{name}", params={"private": "true"})
        words = told.content
        if name.endswith("xlsx"):
            with zipfile.ZipFile(io.BytesIO(words)) as book:
                words = book.read("xl/sharedStrings.xml")
        assert b"canary visit name" in words.replace(b"\r\n ", b""), name
    noted = entries(own)["entries"][: len(entries(own)["entries"]) - len(before)]
    assert {one["operation"] for one in noted} == {
        "get_instance",
        "get_roster",
        "get_csv",
        "get_report",
        "get_calendar",
        "get_workbook",
    }
    assert {one["instance"] for one in noted} == {job["instance_id"]}
    assert all(one["who"] == "local" and one["outcome"] == "ok" for one in noted)
    assert CANARY not in json.dumps(noted)


def test_a_masked_roster_and_neutral_ids_are_understood(own):
    id = job_of(own)["instance_id"]
    job = job_of(own)["id"]
    masked = own.http.get(f"/jobs/{job}/roster").json()
    assert masked["assignments"][0]["task"] == "private/1"
    assert masked["assignments"][0]["place"].startswith("private/place/")
    true = own.http.get(f"/jobs/{job}/roster", params={"private": "true"}).json()
    for request in ({"instance_id": id}, {"instance": CHILD}):
        answers = [
            own.http.post("/evaluations", json=request | {"roster": roster}).json()
            for roster in (masked, true)
        ]
        assert answers[0] == answers[1]
        assert answers[0]["score"]
    full = own.http.post(
        "/evaluations", params={"private": "true"}, json={"instance_id": id, "roster": masked}
    ).json()
    assert full["score"] == answers[0]["score"]
    assert [rule["points"] for rule in full["rules"]] == [
        rule["points"] for rule in answers[0]["rules"]
    ]
    submitted = own.http.post("/jobs", json={"instance_id": id, "start_roster": masked})
    assert submitted.status_code == 202, submitted.text
    own.ended(submitted.json()["id"])


def test_a_changed_masked_copy_keeps_what_it_hid(own):
    id = job_of(own)["instance_id"]
    masked = own.http.get(f"/instances/{id}").json()
    masked["visits"][0]["priority"] = 5
    masked["visits"].reverse()
    child = own.http.post(f"/instances/{id}/children", json=masked).json()["id"]
    true = own.http.get(f"/instances/{child}", params={"private": "true"}).json()
    assert true["visits"][::-1] == [CHILD["visits"][0] | {"priority": 5}, *CHILD["visits"][1:]]
    assert {name: true[name] for name in true if name != "visits"} == {
        name: CHILD[name] for name in CHILD if name != "visits"
    }
    patch = {"title": "quick patched"}
    headers = {"Content-Type": "application/merge-patch+json"}
    patched = own.http.post(f"/instances/{id}/children", content=json.dumps(patch), headers=headers)
    true = own.http.get(f"/instances/{patched.json()['id']}", params={"private": "true"}).json()
    assert true == CHILD | patch


def test_who_is_for_an_area_is_told_of_others_by_time_and_area_alone():
    week, roster = Instance.model_validate(WEEK), Roster.model_validate(ROSTER)
    view = CallerView(LOCAL, areas=frozenset({"east"}))
    mask = view.mask(week, roster=roster)
    shown = mask.bare(mask.other(week))
    far = shown["visits"][3]
    assert (far["id"], far["name"], far["kind"]) == ("elsewhere/4", "", "elsewhere")
    assert far["windows"] == WEEK["visits"][3]["windows"]
    assert [one["id"] for one in shown["visits"][:3]] == ["private/1", "private/2", "open-visit"]
    told = json.dumps(shown, ensure_ascii=False)
    assert "西边的走访" not in told
    assert "礼堂" not in told
    assert CANARY not in told
    assert mask.restored(json.loads(told), json.dumps(WEEK)) == WEEK
    near = {part.task for part in mask.roster(roster).assignments}
    assert near == {"private/1", "private/2", "private/shift/1", "open-shift"}
    for whole in (CallerView(LOCAL), CallerView(LOCAL, private=True)):
        assert "西边的走访" in json.dumps(
            whole.mask(week).bare(whole.mask(week).other(week)), ensure_ascii=False
        )


def test_the_audit_is_paged_and_filtered(own):
    first = entries(own, limit=2)
    assert len(first["entries"]) == 2
    rest = entries(own, limit=200, before=first["next"])
    ids = [one["id"] for one in first["entries"] + rest["entries"]]
    assert ids == list(range(ids[0], 0, -1))
    assert {one["operation"] for one in entries(own, operation="get_csv")["entries"]} == {"get_csv"}
    assert entries(own, who="nobody at all")["entries"] == []


def test_an_instance_is_deleted_with_its_jobs_and_leaves_nothing(own):
    job = own.submit("quick")
    id = own.ended(job)["instance_id"]
    child = own.http.post(f"/instances/{id}/children", json=TINY | {"title": "child"}).json()["id"]
    refused = own.http.delete(f"/instances/{id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "has_children")
    assert own.http.delete(f"/instances/{id}", params={"children": "true"}).status_code == 204
    for path in (
        f"/instances/{id}",
        f"/instances/{child}",
        f"/jobs/{job}",
        f"/instances/{id}/lineage",
    ):
        assert own.http.get(path).status_code == 404, path
    assert own.http.delete(f"/instances/{id}").status_code == 404
    assert {one["instance"] for one in entries(own, operation="delete_instance")["entries"]} == {
        id,
        child,
    }


def test_an_instance_with_an_open_job_is_not_deleted(own):
    job = own.submit("count", limits={"seconds": 600})
    id = own.job(job)["instance_id"]
    refused = own.http.delete(f"/instances/{id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "jobs_not_ended")
    own.http.post(f"/jobs/{job}/stop")
    own.ended(job)
    assert own.http.delete(f"/instances/{id}").status_code == 204


def test_the_id_of_a_deleted_instance_is_not_used_again(own):
    key = {"Idempotency-Key": "once"}
    id = own.http.post("/instances", json=TINY, headers=key).json()["id"]
    assert own.http.delete(f"/instances/{id}").status_code == 204
    again = own.http.post("/instances", json=TINY, headers=key)
    assert (again.status_code, again.json()["code"]) == (409, "key_spent")


def test_erasing_a_person_leaves_no_trace_and_a_week_that_can_be_solved(make_service):
    service = make_service()
    name, id = "张三丰的名字", "zhang-san-feng"
    week = json.loads(json.dumps(TINY).replace("worker-03", id)) | {"title": f"quick {name}"}
    week["people"][0]["name"] = name
    job = service.http.post("/jobs", json={"instance": week}).json()["id"]
    kept = service.ended(job)["instance_id"]
    before = service.http.get(f"/jobs/{job}/roster").json()
    assert before["assignments"][0]["person"] == id
    digest = service.http.get(f"/instances/{kept}/lineage").json()["instance"]["digest"]
    store = Store.of(service.settings)
    with store.session() as session:
        assert traces(session, "person", "nobody").instances == []
        where = traces(session, "person", name)
    assert (where.ids, where.instances, where.jobs) == (frozenset({id}), [kept], [job])
    assert service.http.get(f"/instances/{kept}").json()["people"][0]["name"] == name
    page = service.http.get(f"/jobs/{job}/report.html")
    assert name in page.text
    forget(store, "person", name)
    store.close()
    known = {"If-None-Match": page.headers["ETag"]}
    again = service.http.get(f"/jobs/{job}/report.html", headers=known)
    assert again.status_code == 200
    assert name not in again.text
    after = service.http.get(f"/jobs/{job}/roster").json()
    neutral = after["assignments"][0]["person"]
    assert neutral.startswith("erased/")
    told = (
        service.http.get(f"/instances/{kept}").text
        + json.dumps(service.job(job))
        + json.dumps(after)
    )
    assert id not in told
    assert name not in told
    assert neutral in told
    assert service.http.get(f"/instances/{kept}/lineage").json()["instance"]["digest"] != digest
    solved = service.http.post("/jobs", json={"instance_id": kept})
    assert service.ended(solved.json()["id"])["state"] == "succeeded"
    assert entries(service, operation="erase_person")["entries"]
    service.kill(whole_group=True)
    for path in service.settings.data_dir.glob("*.sqlite*"):
        data = path.read_bytes()
        assert id.encode() not in data
        assert name.encode() not in data
    service.start()


def test_a_fault_names_a_private_record_by_pointer_and_quotes_nothing_of_it(own):
    broken = WEEK | {"visits": [WEEK["visits"][0] | {"duration": "canary long"}]}
    for path, body in (
        ("/instances", broken),
        ("/validations", broken),
        ("/jobs", {"instance": broken}),
    ):
        answer = own.http.post(path, json=body)
        pointers = [one["pointer"] for one in answer.json()["problems"]]
        assert any(pointer.endswith("/visits/0/duration") for pointer in pointers), path
        assert "canary long" not in answer.text


def test_a_public_value_is_still_quoted(own):
    answer = own.http.post("/validations", json=WEEK | {"horizon": {"start": "someday", "days": 1}})
    assert "someday" in answer.text
