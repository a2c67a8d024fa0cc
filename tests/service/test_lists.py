"""Lists: filters, cursor, total; titles, labels and owners."""

import pytest

from service.examples import TINY

LABELS = {"batch": "lists", "社区": "一社区 🏠", "emoji🙂": "=yes"}


@pytest.fixture(scope="module")
def service(make_service, kind):
    """A service over each kind of database."""
    return make_service(kind)


@pytest.fixture(scope="module")
def jobs(service):
    """Three jobs of this module, the newest first, that have ended."""
    ids = [service.submit("quick", labels=LABELS | {"n": str(n)}) for n in range(3)]
    for id in ids:
        service.ended(id)
    return ids[::-1]


def listed(http, **params):
    answer = http.get("/jobs", params={"label": "batch=lists"} | params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_pages_go_on_by_cursor_and_tell_the_total(http, jobs):
    first = listed(http, limit=2)
    assert [job["id"] for job in first["jobs"]] == jobs[:2]
    assert first["total"] == 3
    second = listed(http, limit=2, cursor=first["next"])
    assert [job["id"] for job in second["jobs"]] == jobs[2:]
    assert (second["total"], second["next"]) == (3, None)


def test_a_page_that_is_just_full_is_the_last(http, jobs):
    assert listed(http, limit=3)["next"] is None


def test_a_cursor_stays_true_while_a_job_comes(service, http, jobs):
    cursor = listed(http, limit=1)["next"]
    service.ended(service.submit("quick", labels={"batch": "lists"}))
    after = listed(http, limit=2, cursor=cursor)["jobs"]
    assert [job["id"] for job in after] == jobs[1:]
    assert listed(http)["total"] == 4
    newest = listed(http, limit=1)["jobs"][0]["id"]
    assert http.delete(f"/jobs/{newest}").status_code == 204


def test_an_offset_still_works(http, jobs):
    assert [job["id"] for job in listed(http, limit=1, offset=1)["jobs"]] == jobs[1:2]


@pytest.mark.parametrize(
    "label", [["n=1"], ["batch=lists", "n=1"], ["n=1", "社区=一社区 🏠", "emoji🙂==yes"]]
)
def test_every_label_of_a_filter_must_be_there(http, jobs, label):
    assert [job["id"] for job in listed(http, label=label)["jobs"]] == [jobs[1]]


def test_labels_that_no_job_has_find_none(http, jobs):
    assert listed(http, label=["batch=lists", "n=9"]) == {"jobs": [], "total": 0, "next": None}


def test_jobs_are_found_by_state_instance_and_owner(service, http, jobs):
    job = service.job(jobs[0])
    assert listed(http, state="succeeded")["total"] == 3
    assert listed(http, state="failed")["total"] == 0
    assert listed(http, instance=job["instance_id"])["total"] == 1
    assert listed(http, owner="nobody")["total"] == 0
    assert job["owner"] == {"account": None, "name": "local"}


def test_jobs_are_found_by_when_they_were_made(service, http, jobs):
    # From is inside, to is not.
    middle = service.job(jobs[1])["created_at"]
    since, until = (
        listed(http, created_from=middle)["jobs"],
        listed(http, created_to=middle)["jobs"],
    )
    assert [job["id"] for job in since] == jobs[:2]
    assert [job["id"] for job in until] == jobs[2:]


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("stat=queued", "/query/stat", "unknown_parameter"),
        ("cursor=bm8", "/query/cursor", "not_a_cursor"),
        ("cursor=%F0%9F%99%82", "/query/cursor", "not_a_cursor"),
        ("cursor=WzEsMl0", "/query/cursor", "not_a_cursor"),
        ("cursor=WzEuMCwiXHVkODAwIl0", "/query/cursor", "not_a_cursor"),
        ("cursor=WzEuMCwiXHUwMDAwIl0", "/query/cursor", "not_a_cursor"),
        ("cursor=W05hTiwiYSJd", "/query/cursor", "not_a_cursor"),
        ("cursor=Wy1JbmZpbml0eSwiYSJd", "/query/cursor", "not_a_cursor"),
        ("label=nothing", "/query/label", "not_valid"),
        ("created_from=1.5", "/query/created_from", "not_valid"),
        ("created_from=2026-11-23T09:00", "/query/created_from", "not_valid"),
        ("limit=1e9", "/query/limit", "not_a_number"),
        ("limit=201", "/query/limit", "too_large"),
        (f"offset={'9' * 5000}", "/query/offset", "not_a_number"),
        ("owner=%00", "/query/owner", "broken_text"),
    ],
)
def test_a_wrong_parameter_is_told(http, query, pointer, code):
    answer = http.get(f"/jobs?{query}")
    assert answer.status_code == 422, answer.text
    (problem,) = answer.json()["problems"]
    assert (problem["pointer"], problem["code"]) == (pointer, code)


def test_an_unknown_parameter_is_told_with_those_that_there_are(http):
    (problem,) = http.get("/jobs?stat=queued").json()["problems"]
    assert "state" in problem["remedy"]["en"]
    assert "created_from" in problem["remedy"]["zh"]
    assert http.post("/instances?x=1", json=TINY).status_code == 422


def test_a_jobs_title_and_labels_change_and_nothing_else(service, http, jobs):
    before = service.job(jobs[0])
    patch = {"labels": {"n": None, "new": "1"}, "title": "改"}
    answer = http.patch(f"/jobs/{jobs[0]}", json=patch)
    assert answer.status_code == 200, answer.text
    # It is an event, so that whoever follows the job or has kept it sees it.
    changed = {"labels": LABELS | {"new": "1"}, "title": "改", "event": before["event"] + 1}
    assert answer.json() == before | changed == service.job(jobs[0])
    http.patch(f"/jobs/{jobs[0]}", json={"labels": {"n": "2", "new": None}})
    assert service.job(jobs[0])["title"] == "改"


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"labels": {"a=b": "c"}}, "/labels/a=b"),
        ({"labels": {"a": "x" * 201}}, "/labels/a"),
        ({"labels": {"a": "\n"}}, "/labels/a"),
        ({"labels": {str(n): "" for n in range(17)}}, "/labels"),
        ({"title": "x" * 201}, "/title"),
        ({"label": {}}, "/label"),
    ],
)
def test_wrong_labels_are_told(http, jobs, patch, pointer):
    answer = http.patch(f"/jobs/{jobs[0]}", json=patch)
    assert answer.status_code == 422, answer.text
    assert [problem["pointer"] for problem in answer.json()["problems"]] == [pointer]


def test_instances_are_found_by_name_title_and_label(http):
    first = http.post("/instances", json=TINY | {"id": "Street-7", "title": "七街 x"}).json()["id"]
    second = http.post("/instances", json=TINY | {"id": "z", "title": "在 STREET 上"}).json()["id"]
    assert http.patch(f"/instances/{first}", json={"labels": {"k": "v"}}).status_code == 200

    def found(**params):
        answer = http.get("/instances", params=params).json()
        ids = [instance["id"] for instance in answer["instances"]]
        assert len(ids) == answer["total"]
        return ids

    assert found(search="street") == [second, first]
    assert found(search="street", label="k=v") == [first]
    assert found(search="%") == []


def test_heads_are_the_ends_of_lines(http):
    parent = http.post("/instances", json=TINY | {"title": "kin"}).json()["id"]
    child = http.post(f"/instances/{parent}/children", json=TINY | {"title": "kin"}).json()["id"]
    params = {"search": "kin", "heads": "true"}
    answer = http.get("/instances", params=params).json()
    assert [instance["id"] for instance in answer["instances"]] == [child]
    assert http.get("/instances", params=params | {"heads": "false"}).json()["total"] == 2


def test_the_list_of_instances_goes_on_by_cursor(http):
    for _ in range(2):
        http.post("/instances", json=TINY | {"title": "pages"})
    first = http.get("/instances", params={"search": "pages", "limit": 1}).json()
    params = {"search": "pages", "limit": 1, "cursor": first["next"]}
    second = http.get("/instances", params=params).json()
    assert (first["total"], second["total"], second["next"]) == (2, 2, None)
    assert first["instances"] != second["instances"]
