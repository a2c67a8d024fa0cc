"""Whoever guesses the true id of what a week hides is answered as for a wrong guess; who guesses a word is noted."""

import json

import pytest

from service.access.quoted import NOBODYS
from tests.service.access.test_hidden_work import WORKED
from tests.service.access.test_leaks import far_week
from tests.service.canaries import CANARY, ROSTER, WEEK, at

WINDOW = WEEK["visits"][2]["windows"]


def begun(client, hidden=None):
    """Address of a week. hidden: an id in it, which is "something" instead."""
    body = json.dumps({"instance": far_week(), "roster": WORKED})
    if hidden is not None:
        body = body.replace(f'"{hidden}"', '"something"')
    answer = client.post("/weeks", json=json.loads(body))
    assert answer.status_code == 201, answer.text
    return f"/weeks/{answer.json()['id']}"


def visit(id, **more):
    record = {"name": "新的", "kind": "welfare_check", "places": ["plaza"], "duration": 30}
    return {"id": id, "windows": WINDOW} | record | more


def edit(collection, id, record):
    return {"kind": "edit", "collection": collection, "id": id, "record": record}


def asked(client, week, guess):
    """Every way to name something of a week, with a guess: (way, answer)."""
    for path in (
        f"prices?task={guess}",
        f"tasks/{guess}/why",
        f"tasks/{guess}/candidates",
        f"undone/{guess}",
        f"history?task={guess}",
        f"history?person={guess}",
        f"search?q={guess}",
        f"people/{guess}/part",
        f"people/{guess}/requests",
    ):
        yield path, client.get(f"{week}/{path}")
    span = {"from": at("09:00"), "to": at("10:00")}
    for change in (
        {"kind": "unassign", "task": guess},
        {"kind": "unassign", "task": "open-shift", "person": guess},
        {"kind": "assign", "task": guess, "person": "other"},
        {"kind": "assign", "task": "open-visit", "person": guess, "start": at("10:00")},
        {"kind": "assign", "task": "open-visit", "person": "other", "place": guess},
        {"kind": "swap", "first": guess, "second": "other"},
        {"kind": "move", "task": guess, "start": at("10:00")},
        {"kind": "move", "task": "open-shift", "place": guess},
        {"kind": "cancel", "task": guess},
        {"kind": "absence", "person": guess, **span},
        {"kind": "closure", "place": guess, **span},
        {"kind": "windows", "visit": guess, "windows": [span]},
        {"kind": "new", "visits": [visit("new", household=guess)]},
        {"kind": "new", "visits": [visit("new", places=[guess])]},
        {"kind": "new", "visits": [visit(guess)]},
        edit("visits", guess, None),
        edit("visits", guess, visit(guess)),
        edit("visits", "new", visit("new", bundle=guess, tie=guess)),
        edit("places", guess, WEEK["places"][1] | {"id": guess}),
        edit("people", guess, None),
    ):
        body = {"changes": [change], "dry_run": True}
        yield change, client.post(f"{week}/commands", json=body)
    for said in (
        {"outcomes": [{"task": guess, "result": "done"}]},
        {"outcomes": [{"task": "open-shift", "result": "done", "person": guess}]},
    ):
        yield said, client.post(f"{week}/outcomes", json=said)
    swap = {"kind": "swap", "task": guess, "slot": 0}
    yield swap, client.post(f"{week}/people/cleared/requests", json=swap)
    told = {"people": [guess], "state": "told"}
    yield told, client.post(f"{week}/tell", json=told)
    gone = {"rows": [{"id": guess, "cells": {"name": "新"}}]}
    for table in ("visits", "people", "places", "households"):
        yield table, client.post(f"{week}/tables/{table}", json=gone | {"dry_run": True})


def told(answer, week):
    """Status and words of an answer, but for the week's own id and when it was made."""
    text = answer.text.replace(NOBODYS, "").replace(week.rpartition("/")[2], "week")
    if answer.status_code < 400 and answer.headers["content-type"] == "application/json":
        body = json.loads(text)
        for name in ("id", "at", "created_at"):
            body.pop(name, None)
        return answer.status_code, body
    return answer.status_code, text


@pytest.mark.parametrize(
    ("who", "guess"),
    [
        ("plain", "canary-visit"),
        ("plain", "canary-second"),
        ("plain", "canary-shift"),
        ("plain", "canary-household"),
        ("plain", "canary-home"),
        ("plain", "canary-bundle"),
        ("east", "west-visit"),
        ("east", "far-worker"),
    ],
)
def test_a_right_guess_is_answered_as_a_wrong_one(request, plain, who, guess):
    client = request.getfixturevalue(who)
    right, wrong = begun(plain), begun(plain, guess)
    answers = zip(asked(client, right, guess), asked(client, wrong, guess), strict=True)
    for (way, mine), (_, other) in answers:
        assert told(mine, right) == told(other, wrong), way


def test_who_has_the_right_may_name_hidden_work_as_it_is(cleared, plain):
    week = begun(plain)
    taken = {"changes": [{"kind": "unassign", "task": "canary-second"}], "dry_run": True}
    assert cleared.post(f"{week}/commands", json=taken).status_code == 200
    assert cleared.get(f"{week}/tasks/canary-second/why").status_code == 200


def test_a_visit_of_ones_own_with_the_id_of_a_hidden_one_leaves_that_as_it_is(plain, cleared):
    week = begun(plain)
    mine = edit("visits", "canary-visit", visit("canary-visit"))
    assert plain.post(f"{week}/commands", json={"changes": [mine]}).status_code == 200
    rows = {
        "rows": [
            {
                "id": None,
                "cells": {
                    "name": "canary-visit",
                    "kind": "welfare_check",
                    "places": "广场",
                    "windows": "9:00-16:00",
                    "duration": "30",
                },
            }
        ]
    }
    answer = plain.post(f"{week}/tables/visits", json=rows)
    assert answer.status_code == 200, answer.text
    true = cleared.get(f"{week}/state", params={"private": "true"}).json()["instance"]["visits"]
    ids = [one["id"] for one in true]
    assert len(set(ids)) == len(ids) == 6
    assert true[0]["id"] == "canary-visit"
    assert true[0]["private"] is True
    assert true[0]["name"] == "canary visit name"


def noted(office, outcome):
    with office.client("administrator") as client:
        entries = client.get("/audit?limit=200").json()["entries"]
    return [(one["who"], one["operation"]) for one in entries if one["outcome"] == outcome]


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    "more", [{"kind": "canary-kind"}, {"slots": [{"skills": {"canary-skill": 1}}]}]
)
def test_work_of_a_hidden_kind_or_skill_is_refused_and_noted(office, plain, cleared, more, dry_run):
    week = begun(plain)
    body = {"changes": [edit("visits", "new", visit("new", **more))], "dry_run": dry_run}
    before = noted(office, "private_shown")
    refused = plain.post(f"{week}/commands", json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "private_shown"), refused.text
    assert CANARY not in refused.text
    assert len(noted(office, "private_shown")) == len(before) + 1
    assert cleared.post(f"{week}/commands", json=body).status_code == 200


def test_a_hidden_word_that_is_typed_of_somebody_is_noted(office, plain):
    week = begun(plain)
    before = noted(office, "private_word")
    for cells in ({"skills": "急救"}, {"skills": "canary-skill 1"}):
        rows = {"rows": [{"id": "other", "cells": cells}]}
        answer = plain.post(f"{week}/tables/people", json=rows)
        assert answer.status_code == 200, answer.text
        assert CANARY not in answer.text
    person = {key: value for key, value in WEEK["people"][1].items() if "canary" not in str(value)}
    skilled = edit("people", "other", person | {"skills": {"canary-skill": 1}})
    assert plain.post(f"{week}/commands", json={"changes": [skilled]}).status_code == 200
    expected = [("plain", "post_command"), ("plain", "post_table"), *before]
    assert noted(office, "private_word") == expected


def test_a_hidden_word_in_a_child_of_an_instance_is_noted(office, plain):
    kept = plain.post("/instances", json=far_week()).json()["id"]
    shown = plain.get(f"/instances/{kept}").json()
    before = noted(office, "private_word")
    for skill, more in (("急救", []), ("canary-skill", [("plain", "post_child")])):
        shown["people"][1]["skills"] = {skill: 1}
        answer = plain.post(f"/instances/{kept}/children", json=shown)
        assert answer.status_code == 201, answer.text
        assert CANARY not in answer.text
        assert noted(office, "private_word") == [*more, *before]


def test_made_up_kinds_and_skills_are_asked_of_nothing_that_is_hidden(plain):
    """Questions about a roster of one's own: nothing tells a hidden kind from one that nobody has."""
    answers = []
    for kind, skill in (("canary-kind", "canary-skill"), ("nobody-kind", "nobody-skill")):
        kept = plain.post("/instances", json=far_week()).json()["id"]
        mine = {"instance_id": kept, "roster": ROSTER | {"assignments": []}}
        asked = visit("new", kind=kind, slots=[{"skills": {skill: 1}}])
        found = [plain.post("/suggestions", json=mine | {"visit": asked})]
        changes = {"horizon": WEEK["horizon"], "changes": [{"kind": "new", "visits": [asked]}]}
        found.append(plain.post("/previews", json=mine | {"changes": changes}))
        answers.append(
            [
                (one.status_code, one.text.replace(kind, "kind").replace(skill, "skill"))
                for one in found
            ]
        )
    assert answers[0] == answers[1]
