"""The micro-list of a week: an order from the telephone to its rating, each step as it follows from what happened."""

import csv
import io
import json

import pytest
from sqlalchemy import text

from service.access.forgetting import forget
from service.store import Store
from tests.service.weeks.conftest import DAYS, ROSTER, WEEK, Desk

HOURS = [{"start": f"{day}T09:00", "end": f"{day}T17:00"} for day in DAYS]
LAMP = {"name": "楼道灯不亮", "kind": "check", "place": "home", "windows": HOURS, "words": "王阿姨"}


def take(desk, status=201, **more):
    """The order that was taken down; the answer where it is refused."""
    return desk.post("orders", {**LAMP, **more}, status)


def accept(desk, order):
    return desk.post(f"requests/{order['id']}/acceptance", {})


def found(desk, order):
    return next(one for one in desk.get("/orders")["orders"] if one["id"] == order["id"])


def stage(desk, order):
    return found(desk, order)["stage"]


def assign(desk, task, day=0):
    return desk.command(
        {"kind": "assign", "task": task, "person": "zhao", "start": f"{DAYS[day]}T11:00"}
    )


def said(desk, task, result):
    return desk.post("outcomes", {"outcomes": [{"task": task, "slot": 0, "result": result}]})


def rate(desk, order, status=200, **rating):
    return desk.post(f"orders/{order['id']}/rating", rating, status)


def steps(desk):
    """The table of the micro-list in its file, and in the figures."""
    answer = desk.http.get(f"/weeks/{desk.id}/figures/orders.csv?lang=en")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return dict(rows[1:]), desk.get("/figures")["orders"]


def test_an_order_goes_from_the_telephone_to_its_rating_by_what_happens(desk):
    order = take(desk)
    assert (order["stage"], order["task"], order["people"]) == ("ordered", None, [])
    assert (order["name"]["zh"], order["words"]) == ("楼道灯不亮", "王阿姨")
    assert order["when"]["zh"].endswith("09:00–17:00")
    assert desk.get()["facts"]["ordered"] == 1
    before = len(desk.get("/state")["instance"]["visits"])
    revision = accept(desk, order)["revision"]
    assert desk.get()["facts"]["ordered"] == 0
    task = found(desk, order)["task"]
    visit = desk.get("/state")["instance"]["visits"][before]
    assert (visit["id"], visit["duration"], visit["places"]) == (task, 30, ["home"])
    assert [one["from"] for one in visit["windows"]] == [one["start"] for one in HOURS]
    assert stage(desk, order) == "accepted"
    desk.post("undo", {"revision": revision})
    assert (stage(desk, order), found(desk, order)["task"]) == ("ordered", None)
    accept(desk, order)
    assign(desk, task)
    planned = found(desk, order)
    assert planned["stage"] == "planned"
    assert [(one["person"], one["start"]) for one in planned["people"]] == [
        ("zhao", f"{DAYS[0]}T11:00")
    ]
    assert rate(desk, order, 409, rating=5)["code"] == "order_not_done"
    said(desk, task, "done")
    assert stage(desk, order) == "done"
    assert rate(desk, order, rating=4, words=" 来得很快 ")["stage"] == "rated"
    rated = found(desk, order)
    assert (rated["rating"], rated["rating_words"]) == (4, "来得很快")
    # It is said with the outcome, and what is said of that anew leaves it.
    longer = {"task": task, "slot": 0, "result": "done", "end": f"{DAYS[0]}T12:00"}
    desk.post("outcomes", {"outcomes": [longer]})
    assert found(desk, order)["rating"] == 4
    assert rate(desk, order, rating=None)["stage"] == "done"
    rate(desk, order, rating=2)
    said(desk, task, "nobody_in")
    assert (stage(desk, order), found(desk, order)["rating"]) == ("missed", None)
    # What was not done is rated no more, whatever is said of it later.
    said(desk, task, "done")
    assert (stage(desk, order), found(desk, order)["rating"]) == ("done", None)


def test_what_is_typed_twice_with_one_key_is_one_order(desk):
    path, key = f"/weeks/{desk.id}/orders", {"Idempotency-Key": f"lamp-{desk.id}"}
    first, again = (desk.http.post(path, json=LAMP, headers=key).json() for _ in range(2))
    assert first["id"] == again["id"]
    assert len(desk.get("/orders")["orders"]) == 1


def test_an_order_is_declined_with_words_handled_otherwise_or_struck(desk):
    order = take(desk)
    desk.http.post(f"/weeks/{desk.id}/requests/{order['id']}/refusal", json={"words": "归物业"})
    declined = found(desk, order)
    assert (declined["stage"], declined["answer"]) == ("refused", "归物业")
    path = f"/weeks/{desk.id}/requests/{order['id']}/answer"
    assert desk.http.delete(path).status_code == 204
    assert (stage(desk, order), found(desk, order)["answer"]) == ("ordered", "")
    desk.http.post(f"/weeks/{desk.id}/requests/{order['id']}/handling", json={})
    assert stage(desk, order) == "handled"
    strike = f"/weeks/{desk.id}/orders"
    assert desk.http.delete(f"{strike}/{order['id']}").status_code == 409
    other = take(desk)
    assert desk.http.delete(f"{strike}/{other['id']}").status_code == 204
    assert [one["id"] for one in desk.get("/orders")["orders"]] == [order["id"]]
    assert desk.http.delete(f"{strike}/{other['id']}").status_code == 404


def test_an_order_whose_work_was_cancelled_may_wait_again(desk):
    order = take(desk)
    accept(desk, order)
    path = f"/weeks/{desk.id}/requests/{order['id']}/answer"
    assert desk.http.delete(path).status_code == 409
    desk.command({"kind": "cancel", "task": found(desk, order)["task"]})
    assert stage(desk, order) == "dropped"
    assert desk.http.delete(path).status_code == 204
    assert stage(desk, order) == "ordered"


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"place": "moon"}, "/place", "unknown_place"),
        ({"windows": [{"start": "2026-12-23T09:00", "end": "2026-12-23T10:00"}]}, "/windows/0", ""),
        ({"windows": [HOURS[0], {**HOURS[1], "end": HOURS[1]["start"]}]}, "/windows/1/end", ""),
        ({"windows": [{**HOURS[0], "start": "2026-02-30T09:00"}]}, "/windows/0", "not_a_moment"),
        ({"windows": []}, "/windows", ""),
        ({"name": ""}, "/name", ""),
        ({"priority": 6}, "/priority", ""),
    ],
)
def test_what_cannot_be_taken_down_is_told_at_its_field(desk, wrong, pointer, code):
    (problem,) = take(desk, 422, **wrong)["problems"]
    assert problem["pointer"] == pointer
    assert code in problem["code"]


def test_all_faults_of_an_order_are_told_at_once(desk):
    both = {"place": "moon", "windows": [{"start": HOURS[0]["end"], "end": HOURS[0]["start"]}]}
    problems = take(desk, 422, **both)["problems"]
    assert [one["pointer"] for one in problems] == ["/place", "/windows/0/end"]


def test_accepted_work_takes_whom_other_work_of_its_kind_takes_and_goes_to_who_lives_there(http):
    pair = {"roles": ["grid_worker"], "must": True}, {"skills": {"electric": 1}, "people": ["li"]}
    alike = {**WEEK["visits"][0], "slots": pair, "least_crew": 1, "impartial": True}
    homes = [{"id": "h1", "name": "住户1", "place": "home"}]
    desk = Desk(http, {**WEEK, "visits": [alike], "households": homes}, None)
    order = take(desk, duration=45, priority=5)
    accept(desk, order)
    visit = desk.get("/state")["instance"]["visits"][1]
    assert visit["slots"] == [
        {"roles": ["grid_worker"], "must": True},
        {"skills": {"electric": 1}},
    ]
    assert (visit["least_crew"], visit["impartial"], visit["household"]) == (1, True, "h1")
    assert (visit["duration"], visit["priority"]) == (45, 5)


def test_what_is_not_done_goes_on_to_the_next_week_and_what_is_done_stays(desk):
    waits, missed, done, refused = (take(desk, name=name) for name in "甲乙丙丁")
    for order in (missed, done):
        accept(desk, order)
        assign(desk, found(desk, order)["task"], order is done)
    said(desk, found(desk, missed)["task"], "nobody_in")
    said(desk, found(desk, done)["task"], "done")
    desk.http.post(f"/weeks/{desk.id}/requests/{refused['id']}/refusal", json={"words": "不归社区"})
    desk.post("outcomes", {"rest": "done"})
    table, figures = steps(desk)
    assert (table["Ordered"], table["Accepted"], table["Done"]) == ("4", "2", "1")
    assert (figures["otherwise"], figures["mean_rating"]) == (1, None)
    following = desk.post("close", {})["next"]
    assert [stage(desk, one) for one in (waits, missed, done, refused)] == [
        "carried",
        "carried",
        "done",
        "refused",
    ]
    assert steps(desk)[1]["accepted"] == 2
    assert desk.get()["facts"]["ordered"] == 0
    take(desk, 409)
    # The public rates when it comes to it.
    rate(desk, done, rating=5)
    table, figures = steps(desk)
    assert (figures["rated"], figures["mean_rating"]) == (1, 5.0)
    assert table["Mean rating"] == "5.0"

    def next_list():
        return desk.http.get(f"/weeks/{following}/orders").json()["orders"]

    carried = {one["name"]["zh"]: one for one in next_list()}
    assert {name: one["stage"] for name, one in carried.items()} == {
        "甲": "ordered",
        "乙": "accepted",
    }
    assert all(one["carried"] for one in carried.values())
    assert carried["甲"]["since"] == waits["since"]
    path = f"/weeks/{following}/requests/{carried['甲']['id']}/acceptance"
    assert desk.http.post(path, json={}).status_code == 200
    visits = desk.http.get(f"/weeks/{following}/state").json()["instance"]["visits"]
    (mine,) = [one for one in visits if one["name"] == "甲"]
    assert mine["windows"][0]["from"] == "2026-11-30T09:00"
    # Closed again, the list there is as it was answered meanwhile, and has nothing twice.
    desk.post("reopening", {})
    said(desk, found(desk, missed)["task"], "done")
    desk.post("close", {})
    assert {one["name"]["zh"]: one["stage"] for one in next_list()} == {"甲": "accepted"}
    desk.http.delete(f"/weeks/{following}")


def test_an_order_is_sealed_and_erased_with_who_lives_there(make_service, kind):
    homes = [{"id": "h1", "name": "钱婆婆家", "place": "home"}]
    service = make_service(kind, worker=False)
    desk = Desk(service.http, {**WEEK, "households": homes}, ROSTER)
    order = take(desk, name="给钱婆婆家换灯", words="钱婆婆家电话 123")
    store = Store.of(service.settings)
    with store.session() as session:
        stored = str(session.execute(text("select said from requests")).all())
        assert json.dumps("钱婆婆")[1:-1] not in stored
        assert "钱婆婆" not in stored
    assert found(desk, order)["words"] == "钱婆婆家电话 123"
    forget(store, "household", "钱婆婆家")
    assert "钱婆婆" not in json.dumps(desk.get("/orders"), ensure_ascii=False)
    store.close()


def test_an_order_of_two_is_done_once_enough_of_them_did_it(http):
    alike = {**WEEK["visits"][0], "slots": [{}, {}], "least_crew": 1}
    desk = Desk(http, {**WEEK, "visits": [alike]}, None)
    order = take(desk)
    accept(desk, order)
    task = found(desk, order)["task"]
    start = f"{DAYS[0]}T11:00"
    pair = [("zhao", 0), ("wang", 1)]
    desk.command(
        *(
            {"kind": "assign", "task": task, "slot": slot, "person": person, "start": start}
            for person, slot in pair
        )
    )
    assert [one["slot"] for one in found(desk, order)["people"]] == [0, 1]
    said(desk, task, "not_done")
    assert stage(desk, order) == "planned"
    other = {"task": task, "slot": 1, "result": "nobody_in"}
    desk.post("outcomes", {"outcomes": [other]})
    assert stage(desk, order) == "missed"
    said(desk, task, "done")
    assert stage(desk, order) == "done"
    desk.post("outcomes", {"outcomes": [{**other, "result": None}]})
    assert stage(desk, order) == "done"
