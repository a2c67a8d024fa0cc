"""Whoever guesses the true id of what is hidden is answered as for a wrong guess."""

import json

import pytest

from tests.service.access.test_leaks import far_week, kept
from tests.service.canaries import CANARY, ROSTER, WEEK, at
from tests.service.conftest import until

PART = {
    "task": "open-visit",
    "slot": 0,
    "person": "other",
    "place": "plaza",
    "start": at("10:00"),
    "end": at("10:30"),
}


@pytest.fixture(scope="module")
def week(plain):
    """A stored week with hidden records and one from elsewhere."""
    return kept(plain, far_week())


@pytest.fixture(scope="module")
def job(plain, week):
    """A job of it that has ended."""
    return solved(plain, week)


def solved(client, week):
    """A job of a week, which has ended."""
    id = client.post("/jobs", json={"instance_id": week}).json()["id"]
    until(lambda: client.get(f"/jobs/{id}").json()["state"] == "succeeded")
    return id


def _roster(**part):
    return ROSTER | {"assignments": [PART | part]}


def _changes(*changes):
    return {"horizon": WEEK["horizon"], "changes": list(changes)}


def _asked(client, week, job, guess):
    """Every way to name something of a stored week, with a guess."""
    named = {"instance_id": week}
    empty = named | {"roster": ROSTER | {"assignments": []}}
    of_job = {"job_id": job}
    visit = WEEK["visits"][2] | {"id": "new", "household": guess}
    posts = [
        ("/evaluations", named | {"roster": _roster(**{at: guess})})
        for at in PART
        if at in ("task", "person", "place")
    ]
    for start in (empty, of_job):
        posts += [
            ("/explanations/assignment", start | {"task": guess}),
            ("/explanations/unassigned", start | {"task": guess}),
            ("/suggestions", start | {"task": guess}),
            ("/suggestions", start | {"person": guess}),
            ("/suggestions", start | {"visit": visit}),
        ]
        for change in (
            {"kind": "cancel", "task": guess},
            {
                "kind": "absence",
                "person": guess,
                "from": "2026-11-23T09:00",
                "to": "2026-11-23T10:00",
            },
            {"kind": "close", "place": guess},
            {"kind": "new", "visits": [visit]},
            {"kind": "new", "visits": [visit | {"id": guess, "household": "home-2"}]},
        ):
            posts += [("/previews", start | {"changes": _changes(change)})]
            posts += [("/replans", start | {"changes": _changes(change), "limits": {"steps": 1}})]
    posts.append(("/jobs", named | {"start_roster": _roster(task=guess), "limits": {"steps": 1}}))
    other = WEEK | {
        "visits": [WEEK["visits"][0] | {"id": guess}],
        "gaps": [],
        "pins": [],
        "exceptions": [],
        "published": [],
    }
    inline = {"instance": other, "roster": ROSTER | {"assignments": []}}
    posts.append(("/comparisons", {"first": of_job, "second": inline}))
    for path, body in posts:
        yield path, body, client.post(path, json=body)
    for path in ("people", "places", "areas"):
        for end in ("roster.csv",):
            where = f"/jobs/{job}/{path}/{guess}/{end}"
            yield where, None, client.get(where)
    yield "person", None, client.get(f"/jobs/{job}/people/{guess}/roster")
    shown = client.get(f"/instances/{week}").json()
    for kind, record in (
        ("visits", WEEK["visits"][2] | {"id": guess, "household": "home-2"}),
        ("visits", visit),
        ("places", WEEK["places"][1] | {"id": guess}),
        ("households", {"id": guess, "name": "n", "place": "plaza"}),
        ("pins", {"task": guess, "person": "other"}),
    ):
        body = shown | {kind: [*shown[kind], record]}
        yield f"child {kind}", record, client.post(f"/instances/{week}/children", json=body)


def _told(answer):
    """Status and words of an answer, but for the ids that it makes."""
    if answer.status_code >= 400 or answer.headers["content-type"] != "application/json":
        return answer.status_code, answer.text
    body = answer.json()
    made = ("id", "job_id", "instance_id", "parent_id", "origin_id", "created_at", "digest")
    for name in (*made, "state", "position", "event", "started_at"):
        body.pop(name, None)
    return answer.status_code, body


@pytest.mark.parametrize(
    ("who", "guess"),
    [
        ("plain", "canary-visit"),
        ("plain", "canary-household"),
        ("plain", "canary-home"),
        ("east", "west-visit"),
        ("east", "far-worker"),
    ],
)
def test_a_right_guess_is_answered_as_a_wrong_one(request, plain, week, job, who, guess):
    client = request.getfixturevalue(who)
    other = kept(plain, json.loads(json.dumps(far_week()).replace(f'"{guess}"', '"something"')))
    asked = zip(
        _asked(client, week, job, guess),
        _asked(client, other, solved(plain, other), guess),
        strict=True,
    )
    for (path, body, right), (_, _, wrong) in asked:
        assert _told(right) == _told(wrong), (path, body)
        assert "hidden-" not in right.text, (path, body)


def test_who_has_the_right_names_things_as_they_are(cleared, week):
    body = {"instance_id": week, "roster": ROSTER}
    assert cleared.post("/evaluations", json=body).status_code == 200


def test_a_record_of_the_same_id_as_a_hidden_one_leaves_that_as_it_is(plain, cleared, week):
    shown = plain.get(f"/instances/{week}").json()
    mine = WEEK["visits"][2] | {"id": "canary-visit", "household": "home-2"}
    body = shown | {"visits": [*shown["visits"], mine]}
    child = plain.post(f"/instances/{week}/children", json=body).json()["id"]
    true = cleared.get(f"/instances/{child}", params={"private": "true"}).json()
    ids = [one["id"] for one in true["visits"]]
    assert ids.count("canary-visit") == 1
    assert ids[0] == "canary-visit-2"
    assert true["pins"][0]["task"] == true["published"][0]["task"] == "canary-visit-2"
    again = plain.get(f"/instances/{child}").json()
    assert [one["id"] for one in again["visits"]][-1] == "canary-visit"
    assert "canary-visit-2" not in json.dumps(again)


@pytest.mark.parametrize("group", ["bundle", "tie"])
def test_work_of_a_group_that_is_called_as_a_hidden_one_is_not_of_that(plain, cleared, week, group):
    shown = plain.get(f"/instances/{week}").json()
    mine = WEEK["visits"][2] | {"id": "mine", "household": "home-2", group: f"canary-{group}"}
    changes = _changes({"kind": "new", "visits": [mine]})
    published = {"instance_id": week, "roster": ROSTER | {"assignments": []}}
    for path, body in (
        (f"/instances/{week}/children", shown | {"visits": [*shown["visits"], mine]}),
        ("/replans", published | {"changes": changes, "limits": {"steps": 1}}),
    ):
        answer = plain.post(path, json=body)
        assert answer.status_code in (201, 202), answer.text
        kept = answer.json()
        child = f"/instances/{kept.get('instance_id') or kept['id']}"
        seen = {one["id"]: one for one in plain.get(child).json()["visits"]}
        assert seen["mine"][group] == f"canary-{group}"
        assert seen["private/1"][group] == f"private/{group}/1"
        true = cleared.get(child, params={"private": "true"}).json()["visits"]
        groups = {one["id"]: one.get(group) for one in true}
        assert groups["canary-visit"] == f"canary-{group}-2"
        assert groups["mine"] == f"canary-{group}"


def test_what_is_kept_has_true_ids_again(plain, cleared, week, job):
    changes = _changes({"kind": "cancel", "task": "open-shift"})
    started = plain.post(
        "/replans", json={"job_id": job, "changes": changes, "limits": {"steps": 1}}
    )
    assert started.status_code == 202, started.text
    child = started.json()["instance_id"]
    true = cleared.get(f"/instances/{child}", params={"private": "true"}).json()
    assert "hidden-" not in json.dumps(true)
    assert "canary-visit" in [one["id"] for one in true["visits"]]
    rolled = plain.post("/rolls", json={"job_id": job})
    assert rolled.status_code == 201, rolled.text
    true = cleared.get(f"/instances/{rolled.json()['id']}", params={"private": "true"}).text
    assert "hidden-" not in true
    assert CANARY in true
