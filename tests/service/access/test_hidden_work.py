"""Outcomes, own parts, history and figures of a week of two areas: each reads and writes what is theirs."""

import json

import pytest

from service.access.roles import AccountRole
from tests.service.access.test_leaks import far_week
from tests.service.canaries import CANARY, ROSTER, at

FAR_NAME = "远处的人"
HIDDEN = (CANARY, "far-worker", "west-visit", FAR_NAME, "西边的走访")
"""What a coordinator of the east does not read."""


def part(task, person, place, start, end):
    times = {"start": at(start), "end": at(end)}
    return {"task": task, "slot": 0, "person": person, "place": place} | times


WORKED = ROSTER | {
    "assignments": [
        *ROSTER["assignments"],
        part("west-visit", "far-worker", "hall", "09:00", "09:30"),
    ]
}


@pytest.fixture(scope="module")
def viewer(as_account):
    return as_account("looks-on", AccountRole.VIEWER)


@pytest.fixture
def week(plain):
    """A week of its own in which somebody has the private visits, and somebody elsewhere the one in the west."""
    answer = plain.post("/weeks", json={"instance": far_week(), "roster": WORKED})
    assert answer.status_code == 201, answer.text
    return f"/weeks/{answer.json()['id']}"


def said(client, week, **body):
    return client.post(f"{week}/outcomes", json=body)


def reckoned(client, week):
    answer = client.get(f"{week}/reconciliation")
    assert answer.status_code == 200, answer.text
    return answer.json()


def clean(answer, words=HIDDEN):
    """The answer, which says nothing hidden."""
    told = json.dumps(answer.json(), ensure_ascii=False)
    assert not [word for word in words if word in told], told
    return answer


OUTSIDE = {
    "name": f"{FAR_NAME}送药",
    "person": "far-worker",
    "place": "hall",
    "start": at("10:00"),
    "end": at("10:30"),
    "note": FAR_NAME,
}


def test_what_became_of_hidden_work_is_told_to_nobody_without_the_right(plain, viewer, week):
    told = {"result": "done", "outcome": "canary-outcome", "rating": 2, "note": "canary note"}
    at_home = OUTSIDE | {"person": "cleared", "place": "canary-home", "name": "canary name"}
    opened = {"task": "open-shift", "result": "done", "outcome": "stable", "rating": 4}
    answer = said(plain, week, outcomes=[{"task": "private/2", **told}, opened])
    assert answer.status_code == 200, answer.text
    # Who may not know of the home cannot say that anything was done there.
    assert said(plain, week, outside=[at_home]).status_code == 422
    for client in (plain, viewer):
        clean(client.get(f"{week}/reconciliation"), (CANARY,))
        rows = {one["task"]: one for one in reckoned(client, week)["items"]}
        row = rows["private/2"]
        assert row["result"] == "done"
        assert (row["outcome"], row["rating"], row["note"]) == (None, None, "")
        assert rows["open-shift"]["outcome"] == "stable"
        # How households rate people is for planners.
        assert rows["open-shift"]["rating"] == (4 if client is plain else None)


def test_who_has_the_right_reads_what_became_of_hidden_work(cleared, plain, week):
    told = {"result": "done", "outcome": "canary-outcome", "rating": 2, "note": "canary note"}
    at_home = OUTSIDE | {"person": "cleared", "place": "canary-home", "name": "canary name"}
    answer = said(cleared, week, outcomes=[{"task": "canary-second", **told}], outside=[at_home])
    assert answer.status_code == 200, answer.text
    open_ = cleared.get(f"{week}/reconciliation", params={"private": "true"}).json()["items"]
    rows = {one["task"]: one for one in open_}
    row = rows["canary-second"]
    assert (row["outcome"], row["rating"], row["note"]) == ("canary-outcome", 2, "canary note")
    assert rows["outside-1"]["name"]["zh"] == "canary name"
    clean(plain.get(f"{week}/reconciliation"), (CANARY,))
    rows = {one["task"]: one for one in reckoned(plain, week)["items"]}
    assert rows["outside-1"]["name"]["zh"] == "不公开的走访"


def test_an_area_reads_and_writes_outcomes_of_its_own_work_alone(plain, east, week):
    far = {"task": "west-visit", "result": "nobody_in"}
    here = {"task": "open-shift", "result": "done", "person": "far-worker"}
    answer = said(plain, week, outcomes=[far, here], outside=[OUTSIDE])
    assert answer.status_code == 200, answer.text
    clean(east.get(f"{week}/reconciliation"), (CANARY, "far-worker", "west-visit", "西边的走访"))
    mine = reckoned(east, week)
    assert mine["counts"] | {"lacking": 0} == {
        "lacking": 0,
        "done": 1,
        "nobody_in": 0,
        "not_done": 0,
        "outside": 0,
    }
    rows = {one["task"]: one for one in mine["items"]}
    assert rows["open-shift"]["worked_by"] == "elsewhere/person/3"
    assert not {"outside-1", "elsewhere/4"} & rows.keys()
    for wanted, status in (
        ({"outcomes": [{"task": "elsewhere/4", "result": None}]}, 403),
        ({"outcomes": [{"task": "outside-1", "result": None}]}, 403),
        ({"outside": [OUTSIDE | {"place": "elsewhere/place/3", "person": "other"}]}, 403),
        ({"outcomes": [{"task": "west-visit", "result": "done"}]}, 422),
        ({"outcomes": [{"task": "west-visit", "result": None}]}, 200),
        ({"outcomes": [{"task": "no-such-visit", "result": None}]}, 200),
    ):
        refused = said(east, week, **wanted)
        assert refused.status_code == status, (wanted, refused.text)
        clean(refused, ("far-worker", "hall", FAR_NAME))
    assert said(east, week, rest="done").status_code == 200
    kept = {one["task"]: one for one in reckoned(plain, week)["items"]}
    assert kept["west-visit"]["result"] == "nobody_in"
    assert kept["outside-1"]["person"] == "far-worker"


def test_a_record_of_work_that_is_gone_takes_no_page_and_no_closing(plain, week):
    empty = {"task": "open-visit", "result": "done", "person": "other", "start": at("10:00")}
    assert said(plain, week, outcomes=[empty]).status_code == 200
    assert "open-visit" in {one["task"] for one in reckoned(plain, week)["items"]}
    gone = {"kind": "edit", "collection": "visits", "id": "open-visit", "record": None}
    answer = plain.post(f"{week}/commands", json={"changes": [gone]})
    assert answer.status_code == 200, answer.text
    assert "open-visit" not in {one["task"] for one in reckoned(plain, week)["items"]}
    assert said(plain, week, rest="done").status_code == 200
    assert plain.post(f"{week}/close").status_code == 200


def test_nothing_of_one_person_elsewhere_is_read_or_written(plain, east, week):
    assert plain.post(f"{week}/publications", json={}).status_code == 200
    sick = {"kind": "sick", "span": {"start": at("08:00"), "end": at("18:00")}}
    done = {"outcomes": [{"task": "west-visit", "result": "done"}]}
    asked = plain.post(f"{week}/people/far-worker/requests", json=sick)
    assert asked.status_code == 201, asked.text
    for method, path, body in (
        ("GET", "part", None),
        ("GET", "requests", None),
        ("POST", "requests", sick),
        ("DELETE", f"requests/{asked.json()['id']}", None),
        ("POST", "outcomes", done),
        ("POST", "received", {}),
        ("POST", "link", None),
        ("DELETE", "link", None),
    ):
        for who, status in (("far-worker", 404), ("nobody-of-this-id", 404)):
            answer = east.request(method, f"{week}/people/{who}/{path}", json=body)
            assert answer.status_code == status, (path, answer.text)
            assert FAR_NAME not in answer.text
    listed = plain.get(f"{week}/people/far-worker/requests").json()["requests"]
    assert [one["state"] for one in listed] == ["open"]
    assert reckoned(plain, week)["counts"]["done"] == 0


def test_the_history_of_what_lies_elsewhere_is_nameless(plain, east, week):
    taken = {"kind": "unassign", "task": "west-visit"}
    wait = {"changes": [taken], "reason": f"{FAR_NAME}请假，礼堂关门"}
    assert plain.post(f"{week}/commands", json=wait).status_code == 200
    here = {"changes": [{"kind": "unassign", "task": "open-shift"}], "reason": "换班"}
    assert east.post(f"{week}/commands", json=here).status_code == 200
    whole = clean(east.get(f"{week}/history"), (*HIDDEN, "礼堂")).json()
    assert whole["revisions"][0]["reason"] == "换班"
    for query in ({"task": "west-visit"}, {"person": "far-worker"}, {"task": "no-such"}):
        assert clean(east.get(f"{week}/history", params=query)).json()["total"] == 0
    assert plain.get(f"{week}/history", params={"task": "west-visit"}).json()["total"] == 1
    refused = east.post(f"{week}/undo", json={"revision": 2})
    assert refused.status_code in (403, 404, 409), refused.text
    clean(refused)


def test_the_figures_of_an_area_hold_nothing_from_elsewhere(plain, east, week):
    whole, mine = (
        clean(c.get(f"{week}/figures"), w).json()
        for c, w in (
            (plain, (CANARY,)),
            (east, (*HIDDEN, "elsewhere/")),
        )
    )
    assert "far-worker" in {one["person"] for one in whole["loads"]}
    assert {one["person"] for one in mine["loads"]} == {"cleared", "other"}
    # Two private visits are done, 30 minutes each, the private duty, 30, the open one, 60; 30 in the west.
    assert [day["task_minutes"] for day in whole["days"]] == [180]
    assert [day["task_minutes"] for day in mine["days"]] == [150]
    kinds = {(one["kind"], one["shift"]): one["slots"]["wanted"] for one in mine["kinds"]}
    # Private work is of one kind to everybody.
    assert kinds == {
        ("private", True): 1,
        ("patrol", True): 1,
        ("private", False): 2,
        ("welfare_check", False): 1,
    }
    for table in ("loads", "days", "kinds", "faces", "undone"):
        for client, hidden in ((plain, (CANARY,)), (east, HIDDEN)):
            told = client.get(f"{week}/figures/{table}.csv").content.decode("utf-8-sig")
            assert not [word for word in hidden if word in told], (table, told)
