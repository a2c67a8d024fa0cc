"""What became of the work of a week; closed, opened again, closed again."""

from tests.service.weeks.conftest import DAYS

OUTSIDE = {
    "name": "送急救药",
    "person": "zhao",
    "place": "home",
    "start": f"{DAYS[0]}T14:00",
    "end": f"{DAYS[0]}T14:40",
}


def test_a_week_is_closed_once_everything_is_said_and_the_next_begins(desk):
    refused = desk.post("close", {}, 409)
    assert refused["code"] == "week_unreckoned"
    assert "走访a" in refused["detail"]
    assert "3" in refused["detail"]
    nobody = {"task": "a", "result": "nobody_in"}
    longer = {"task": "b", "result": "done", "end": f"{DAYS[0]}T11:15", "note": "聊得久"}
    said = desk.post("outcomes", {"outcomes": [nobody, longer], "outside": [OUTSIDE]})
    assert said["lacking"] == 1
    assert said["noted"][-1] == {"task": "outside-1", "slot": 0}
    assert desk.post("outcomes", {"rest": "done"}) == {
        "noted": [{"task": "c", "slot": 0}],
        "lacking": 0,
    }
    reckoned = desk.get("/reconciliation")
    assert reckoned["counts"] == {
        "lacking": 0,
        "done": 2,
        "nobody_in": 1,
        "not_done": 0,
        "outside": 1,
    }
    rows = {one["task"]: one for one in reckoned["items"]}
    assert (rows["b"]["worked_end"], rows["b"]["note"]) == (f"{DAYS[0]}T11:15", "聊得久")
    assert (rows["outside-1"]["planned"], rows["outside-1"]["name"]["zh"]) == (False, "送急救药")
    closed = desk.post("close", {})
    assert closed["closed"]
    assert closed["next"].startswith("2026-11-30")
    facts = desk.get()["facts"]
    assert (facts["keys"][-1], facts["next"]) == ("closed", closed["next"])
    following = desk.http.get(f"/weeks/{closed['next']}").json()
    assert (following["facts"]["previous"], following["start"]) == (desk.id, "2026-11-30")
    for what, body in (
        ("commands", {"changes": [{"kind": "unassign", "task": "a"}]}),
        ("undo", {}),
        ("redo", {}),
        ("publications", {}),
        ("outcomes", {"rest": "done"}),
        ("people/li/outcomes", {"outcomes": [{"task": "a", "result": None}]}),
        ("close", {}),
    ):
        answer = desk.post(what, body, 409)
        assert answer["code"] in ("week_closed", "nothing_to_undo", "nothing_to_redo"), what
    desk.http.delete(f"/weeks/{closed['next']}")


def test_opened_again_and_closed_again_the_same_week_follows(desk):
    desk.post("outcomes", {"rest": "done"})
    following = desk.post("close", {})["next"]
    url = f"/weeks/{following}"
    before = desk.http.get(f"{url}/state").json()["instance"]
    assert desk.post("reopening", {})["next"] == following
    assert desk.get()["facts"]["keys"][-1] == "reopened"
    desk.post("outcomes", {"outcomes": [{"task": "a", "result": "not_done"}]})
    assert desk.post("close", {})["next"] == following
    again = desk.http.get(url).json()
    assert again["revision"] == 2
    after = desk.http.get(f"{url}/state").json()["instance"]
    assert [one["id"] for one in after["visits"]] != [one["id"] for one in before["visits"]]
    assert desk.post("reopening", {})["closed"] is False
    assert desk.post("close", {})["next"] == following
    assert desk.http.get(url).json()["revision"] == 2, "nothing was otherwise"
    desk.http.delete(url)


def test_what_was_noted_by_mistake_is_taken_back(desk):
    noted = desk.post("outcomes", {"rest": "done", "outside": [OUTSIDE]})["noted"]
    assert len(noted) == 4
    back = [one | {"result": None} for one in noted]
    assert desk.post("outcomes", {"outcomes": back})["lacking"] == 3
    assert desk.get("/reconciliation?show=said")["items"] == []
    assert desk.get("/reconciliation?show=lacking&limit=1&offset=1")["items"][0]["task"] == "b"


def test_every_fault_of_what_is_said_is_told_at_its_place(desk):
    answer = desk.post(
        "outcomes",
        {
            "outcomes": [
                {"task": "a", "result": "done"},
                {"task": "a", "slot": 3, "result": "done"},
                {"task": "b", "result": "done", "end": f"{DAYS[0]}T09:00"},
                {"task": "d", "result": "done", "person": "nobody"},
            ],
            "outside": [OUTSIDE | {"person": "nobody", "end": f"{DAYS[0]}T13:00"}],
        },
        422,
    )
    assert {(one["pointer"], one["code"]) for one in answer["problems"]} == {
        ("/outcomes/1/slot", "unknown_slot"),
        ("/outcomes/2/end", "ends_before_start"),
        ("/outcomes/3/person", "unknown_person"),
        ("/outcomes/3", "worked_by_nobody"),
        ("/outside/0/person", "unknown_person"),
        ("/outside/0/end", "ends_before_start"),
    }
    late = OUTSIDE | {"start": "2026-12-01T09:00", "end": "2026-12-01T09:30"}
    answer = desk.post("outcomes", {"outside": [late]}, 422)
    assert [one["pointer"] for one in answer["problems"]] == ["/outside/0/start"]
    assert desk.get("/reconciliation")["counts"]["lacking"] == 3


def test_an_outcome_is_of_who_had_the_work_then(desk):
    desk.post("people/li/outcomes", {"outcomes": [{"task": "a", "result": "done"}]})
    assert desk.post("people/li/outcomes", {"outcomes": [{"task": "b", "result": "done"}]}, 404)
    desk.command(
        {"kind": "unassign", "task": "a"}, {"kind": "assign", "task": "a", "person": "zhao"}
    )
    lacking = desk.get("/reconciliation?show=lacking")["items"]
    assert "a" in [one["task"] for one in lacking]
