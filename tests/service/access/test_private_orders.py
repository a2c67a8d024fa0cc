"""Private orders of the micro-list are told to nobody who may not know, nor those of other areas there; hidden work has a name."""

import pytest

from tests.service.access.conftest import outcomes
from tests.service.canaries import CANARY, WEEK, at

HOURS = [{"start": at("13:00"), "end": at("16:00")}]
OPEN = {"name": "换灯泡", "kind": "round", "place": "plaza", "windows": HOURS}
PRIVATE = OPEN | {"name": "canary worries", "words": "canary rang", "private": True}


@pytest.fixture
def week(cleared):
    answer = cleared.post("/v1/weeks", json={"instance": WEEK})
    assert answer.status_code == 201, answer.text
    return f"/v1/weeks/{answer.json()['id']}"


def take(client, week, order, status=201):
    answer = client.post(f"{week}/orders", json=order)
    assert answer.status_code == status, answer.text
    return answer.json()


def listed(client, week, query=""):
    answer = client.get(f"{week}/orders{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["orders"]


def test_of_a_private_order_is_told_only_how_far_it_is(office, plain, cleared, week):
    taken = take(plain, week, PRIVATE)
    assert (taken["private"], taken["stage"], taken["words"]) == (True, "ordered", "")
    assert taken["name"]["zh"] == "不公开的需求"
    for client in (plain, cleared):
        shown = client.get(f"{week}/orders")
        page = client.get(f"{week.removeprefix('/v1').replace('/weeks', '/w')}/orders")
        assert page.status_code == 200, page.text
        for text in (shown.text, page.text):
            assert CANARY not in text
            assert "plaza" not in text
    revealed = cleared.get(
        f"{week.removeprefix('/v1').replace('/weeks', '/w')}/orders?private=true"
    )
    assert "canary worries" in revealed.text
    before = outcomes(office, "cleared-one").count(("get_orders", "ok"))
    (whole,) = listed(cleared, week, "?private=true")
    assert (whole["name"]["zh"], whole["words"]) == ("canary worries", "canary rang")
    assert outcomes(office, "cleared-one").count(("get_orders", "ok")) == before + 1
    assert plain.get(f"{week}/orders?private=true").status_code == 403


def test_a_private_order_is_private_work_once_it_is_accepted(plain, cleared, week):
    order = take(plain, week, PRIVATE)
    answer = plain.post(f"{week}/requests/{order['id']}/acceptance", json={})
    assert answer.status_code == 200, answer.text
    assert CANARY not in answer.text
    (mine,) = listed(plain, week)
    assert mine["task"].startswith("private/")
    state = cleared.get(f"{week}/state?private=true").json()["instance"]
    visit = next(one for one in state["visits"] if one["name"] == "canary worries")
    assert visit["private"]
    for what in ("/state", "/history", "/orders", "/figures"):
        told = plain.get(week + what).text
        assert visit["id"] not in told
        assert "canary worries" not in told


def test_orders_of_other_areas_are_not_there(plain, east, week):
    near, far = take(plain, week, OPEN), take(plain, week, OPEN | {"place": "hall"})
    assert [one["id"] for one in listed(east, week)] == [near["id"]]
    assert east.get(week).json()["facts"]["ordered"] == 1
    assert east.get(f"{week}/figures").json()["orders"]["ordered"] == 1
    take(east, week, OPEN)
    take(east, week, OPEN | {"place": "hall"}, 422)
    for what, body in (("acceptance", {}), ("refusal", {"words": "不"})):
        answer = east.post(f"{week}/requests/{far['id']}/{what}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "request_not_found")
    assert east.post(f"{week}/orders/{far['id']}/rating", json={"rating": 1}).status_code == 404
    assert east.delete(f"{week}/orders/{far['id']}").status_code == 404
    assert len(listed(plain, week)) == 3


def test_ratings_are_for_planners_alone(office, plain, week):
    order = take(plain, week, OPEN)
    plain.post(f"{week}/requests/{order['id']}/acceptance", json={})
    (mine,) = listed(plain, week)
    give = {"kind": "assign", "task": mine["task"], "person": "other", "start": at("13:00")}
    answer = plain.post(f"{week}/commands", json={"changes": [give], "reason": "近"})
    assert answer.status_code == 200, answer.text
    done = {"outcomes": [{"task": mine["task"], "slot": 0, "result": "done"}]}
    assert plain.post(f"{week}/outcomes", json=done).status_code == 200
    rated = plain.post(f"{week}/orders/{order['id']}/rating", json={"rating": 3, "words": "有点晚"})
    assert rated.json()["rating"] == 3, rated.text
    with office.client("viewer") as viewer:
        (seen,) = listed(viewer, week)
        assert (seen["stage"], seen["rating"], seen["rating_words"]) == ("rated", None, "")
        assert viewer.get(f"{week}/figures").json()["orders"]["mean_rating"] is None
    assert plain.get(f"{week}/figures").json()["orders"]["mean_rating"] == 3


def test_hidden_work_has_a_name_in_its_table(plain, week):
    page = plain.get(f"{week.removeprefix('/v1').replace('/weeks', '/w')}/work")
    rows = page.text.split("<tr data-id=")[1:]
    names = [row.split('data-field="name"')[1].split("<")[0].split(">")[1] for row in rows]
    assert len(names) > 2
    assert any(name.startswith("不公开的走访") for name in names), names
    assert "" not in names
