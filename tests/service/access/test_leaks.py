"""What an account may not read, it reads by no detour: a change, a roster of its own, a refusal, a cache."""

import json

import pytest

from service.access.roles import AccountRole
from tests.service.canaries import CANARY, ROSTER, WEEK, at
from tests.service.conftest import until

PATCH = {"Content-Type": "application/merge-patch+json"}
OPEN = {"title": "quick"}
WINDOW = WEEK["visits"][2]["windows"]


def kept(client, week=None):
    answer = client.post("/instances", json=week or WEEK | OPEN)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def child_of(client, id, shown):
    return client.post(f"/instances/{id}/children", json=shown)


def opened(shown):
    shown["visits"][0]["private"] = shown["visits"][1]["private"] = False
    shown["cases"][0]["private"] = False


def emptied(shown):
    gone = ("private/1", "private/2")
    shown["visits"] = [one for one in shown["visits"] if one["id"] not in gone]
    shown["shifts"] = [one for one in shown["shifts"] if one["id"] != "private/shift/1"]
    shown["cases"], shown["duties"] = [], []
    shown["gaps"], shown["pins"], shown["exceptions"], shown["published"] = [], [], [], []


def without_a_trace(shown):
    """Everything of theirs is taken away; only the title, which was masked by their name, is left."""
    emptied(shown)
    for kind in ("households", "places"):
        shown[kind] = [one for one in shown[kind] if not one["id"].startswith("private/")]
    shown["people"] = shown["people"][:1]  # the other lives there
    shown["visits"] = [one for one in shown["visits"] if one["id"] == "west-visit"]
    for person in shown["people"]:
        person["skills"], person["wishes"], person["agreed"] = {}, [], []
        person["limits"], person["skill_until"] = {}, {}
    shown["history"], shown["settings"] = {}, {}


def of_its_kind(shown):
    shown["visits"].append(
        {
            "id": "mine",
            "name": "mine",
            "kind": "private/kind/1",
            "places": ["plaza"],
            "windows": WINDOW,
            "duration": 30,
        }
    )


def at_its_home(shown):
    shown["visits"].append(
        {
            "id": "mine",
            "name": "mine",
            "kind": "welfare_check",
            "places": [shown["households"][0]["place"]],
            "windows": WINDOW,
            "duration": 30,
        }
    )


@pytest.mark.parametrize("change", [opened, emptied, of_its_kind, without_a_trace])
def test_nobody_without_the_right_makes_private_matters_public(plain, cleared, change):
    id = kept(plain)
    shown = plain.get(f"/instances/{id}").json()
    change(shown)
    refused = child_of(plain, id, shown)
    assert (refused.status_code, refused.json()["code"]) == (403, "private_shown"), refused.text
    assert "private/" in refused.json()["detail"]
    assert CANARY not in refused.text
    if change is opened:
        patched = plain.post(
            f"/instances/{id}/children",
            content=json.dumps({"visits": shown["visits"]}),
            headers=PATCH,
        )
        assert CANARY not in patched.text
        if patched.status_code == 201:
            child = patched.json()["id"]
            assert CANARY not in plain.get(f"/instances/{child}").text
    may = child_of(cleared, id, shown)
    assert may.status_code == 201, may.text


def test_an_open_visit_at_a_hidden_home_does_not_name_it(plain):
    id = kept(plain)
    shown = plain.get(f"/instances/{id}").json()
    at_its_home(shown)
    answer = child_of(plain, id, shown)
    told = answer.text
    if answer.status_code == 201:
        told += plain.get(f"/instances/{answer.json()['id']}").text
    assert CANARY not in told


def test_cancelling_the_last_private_visit_does_not_show_whose_it_was(plain, cleared):
    week = WEEK | OPEN | {"cases": [], "duties": []}
    week["visits"] = [
        {k: v for k, v in visit.items() if k not in ("case", "duty", "bundle", "tie")}
        for visit in WEEK["visits"]
    ]
    week["shifts"] = [one for one in WEEK["shifts"] if one["id"] == "open-shift"]
    week["gaps"], week["pins"], week["published"], week["exceptions"] = [], [], [], []
    roster = ROSTER | {"instance": week["id"], "assignments": []}
    id = kept(plain, week)
    changes = {
        "horizon": week["horizon"],
        "changes": [{"kind": "cancel", "task": f"private/{n}"} for n in (1, 2)],
    }
    body = {"instance_id": id, "roster": roster, "changes": changes, "limits": {"steps": 1}}
    refused = plain.post("/replans", json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "private_shown"), refused.text
    assert CANARY not in refused.text
    assert cleared.post("/replans", json=body).status_code == 202


def test_the_next_week_does_not_show_what_this_one_hides(plain):
    id = kept(plain)
    shown = plain.get(f"/instances/{id}").json()
    emptied(shown)
    shown["horizon"] = {"start": "2026-11-30", "days": 1}
    for person in shown["people"]:
        person["availability"] = [
            {"from": at("08:00", "2026-11-30"), "to": at("17:00", "2026-11-30")}
        ]
    shown["visits"], shown["shifts"], shown["history"] = [], [], {}
    body = {
        "instance_id": id,
        "roster": ROSTER | {"assignments": []},
        "following": shown | {"id": "next"},
    }
    rolled = plain.post("/rolls", json=body)
    assert rolled.status_code == 403, rolled.text
    assert CANARY not in rolled.text


def test_who_makes_private_matters_public_is_in_the_audit(office, cleared):
    id = kept(cleared)
    shown = cleared.get(f"/instances/{id}").json()
    opened(shown)
    assert child_of(cleared, id, shown).status_code == 201
    with office.client("administrator") as client:
        noted = client.get("/audit", params={"instance": id}).json()["entries"]
    assert ("post_child", "made_public", "cleared-one") in {
        (one["operation"], one["purpose"], one["who"]) for one in noted
    }


def test_households_ratings_are_for_planners_alone(as_account, plain):
    id = kept(
        plain,
        WEEK
        | OPEN
        | {
            "cases": [],
            "visits": WEEK["visits"][2:3],
            "shifts": [],
            "duties": [],
            "gaps": [],
            "pins": [],
            "exceptions": [],
            "published": [],
            "households": [
                WEEK["households"][0] | {"ratings": {"cleared": 2}},
                WEEK["households"][1],
            ],
        },
    )
    viewer = as_account("looks", AccountRole.VIEWER)
    assert plain.get(f"/instances/{id}").json()["households"][0]["ratings"] == {"cleared": 2}
    assert not viewer.get(f"/instances/{id}").json()["households"][0].get("ratings")
    part = ROSTER["assignments"][2] | {
        "task": "open-visit",
        "person": "cleared",
        "start": at("10:00"),
        "end": at("10:30"),
    }
    body = {"instance_id": id, "roster": ROSTER | {"assignments": [part]}}
    for client, told in ((plain, True), (viewer, False)):
        answer = client.post("/evaluations", json=body)
        assert answer.status_code == 200, answer.text
        assert ("rating" in {one["rule"] for one in answer.json()["findings"]}) is told


FAR = WEEK["people"][1] | {
    "id": "far-worker",
    "name": "远处的人",
    "areas": ["west"],
    "kin": [],
    "home": None,
    "end_place": None,
}


def far_week():
    return WEEK | OPEN | {"people": [*WEEK["people"], FAR]}


def test_a_roster_of_ones_own_shows_nobody_from_elsewhere(plain, east):
    id = kept(plain, far_week())
    part = ROSTER["assignments"][2] | {"person": "elsewhere/person/3"}
    body = {"instance_id": id, "roster": ROSTER | {"assignments": [part]}}
    changes = {"changes": {"horizon": WEEK["horizon"], "changes": []}}
    asked = {
        "/evaluations": body,
        "/comparisons": {"first": body, "second": body},
        "/previews": body | changes,
        "/explanations/assignment": body | {"task": "open-shift"},
        "/explanations/unassigned": body,
        "/suggestions": body | {"person": "cleared"},
        "/replans": body | changes | {"limits": {"steps": 1}},
    }
    for path, request in asked.items():
        answer = east.post(path, json=request)
        assert "远处的人" not in json.dumps(answer.json(), ensure_ascii=False), path
        assert "far-worker" not in answer.text, path
        assert answer.status_code in (200, 403, 422), (path, answer.text)


def test_a_refusal_names_nothing_that_is_hidden(plain, east):
    id = kept(plain, far_week())
    shown = east.get(f"/instances/{id}").json()
    for kind in ("people", "visits", "places"):
        changed = json.loads(json.dumps(shown))
        for record in changed[kind]:
            if record["id"].startswith("elsewhere/"):
                record["name"] = "x"
        refused = child_of(east, id, changed)
        assert refused.status_code == 403, refused.text
        assert "elsewhere/" in refused.text
        for word in ("far-worker", "west-visit", "hall", "canary"):
            assert word not in refused.text, (kind, refused.text)
    for refused in (east.post("/jobs", json={"instance_id": id}),):
        assert refused.status_code == 403
        assert "far-worker" not in refused.text
        assert "hall" not in refused.text


def test_faults_and_warnings_quote_nothing_from_elsewhere(plain, east):
    id = kept(plain, far_week())
    shown = east.get(f"/instances/{id}").json()
    shown["pairs"] = [{"people": ["elsewhere/person/3", "elsewhere/person/3"], "together": "never"}]
    shown["visits"].append(shown["visits"][3])
    faulty = child_of(east, id, shown)
    assert faulty.status_code in (403, 422), faulty.text
    for word in ("far-worker", "west-visit", "hall", "canary", "远处", "西边的走访"):
        assert word not in json.dumps(faulty.json(), ensure_ascii=False), faulty.text


def test_an_account_with_areas_reads_the_audit_of_their_instances_alone(
    office, as_account, cleared
):
    id = kept(cleared)
    assert cleared.get(f"/instances/{id}", params={"private": "true"}).status_code == 200
    east = as_account("east-chief", AccountRole.ADMINISTRATOR, areas=["east"])
    west = as_account("north-chief", AccountRole.ADMINISTRATOR, areas=["north"])
    assert id in {one["instance"] for one in east.get("/audit").json()["entries"]}
    assert west.get("/audit").json()["entries"] == []


def test_a_worker_is_told_nothing_of_everybodys_work(as_account, cleared):
    job = cleared.post("/jobs", json={"instance": WEEK | OPEN, "labels": {"who": "all"}}).json()[
        "id"
    ]
    until(lambda: cleared.get(f"/jobs/{job}").json()["state"] == "succeeded")
    worker = as_account("her", AccountRole.WORKER, person="cleared")
    mine = next(
        one for one in worker.get("/people/cleared/rosters").json()["jobs"] if one["id"] == job
    )
    assert (mine["figures"], mine["labels"], mine["score"], mine["gap"]) == ({}, {}, None, None)
    whole = next(
        one for one in cleared.get("/people/cleared/rosters").json()["jobs"] if one["id"] == job
    )
    assert whole["figures"]
    assert whole["labels"] == {"who": "all"}
