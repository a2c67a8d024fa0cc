"""Why slots are empty and why assignments are as they are, over HTTP."""

from service.examples import TINY, TINY_ROSTER

EMPTY = TINY_ROSTER | {"assignments": []}


def test_an_empty_slot_has_its_reason_and_remedies_that_were_tried(http):
    away = TINY | {
        "people": [
            TINY["people"][0] | {"leave": [{"from": "2026-11-23T00:00", "to": "2026-11-23T12:00"}]}
        ]
    }
    answer = http.post("/explanations/unassigned", json={"instance": away, "roster": EMPTY})
    assert answer.status_code == 200, answer.text
    (slot,) = answer.json()["slots"]
    assert (slot["task"], slot["reason"], slot["impossible"]) == ("visit-1", "rules", True)
    assert slot["rules"] == ["availability"]
    assert slot["outweighed"] is None
    kinds = {one["kind"]: one for one in slot["remedies"]}
    assert {"window", "limit", "person"} == set(kinds)
    assert [kinds[kind]["applicable"] for kind in ("window", "limit", "person")] == [1, 1, 0]
    assert kinds["person"]["added"] == []
    assert kinds["window"]["added"][0]["start"] >= "2026-11-23T12:00"
    assert kinds["window"]["score"]["medium"] < 0
    assert all(one["text"]["zh"] and one["text"]["en"] for one in slot["remedies"])
    assert slot["attempts"][0]["breaks"]


def test_an_assignment_has_points_by_rule_and_other_ways(http):
    asked = {"instance": TINY, "roster": TINY_ROSTER, "task": "visit-1"}
    answer = http.post("/explanations/assignment", json=asked)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["score"]["medium"] < 0
    assert {one["rule"] for one in found["rules"]} >= {"unassigned", "travel"}
    assert all(one["assignments"] for one in found["alternatives"])
    assert "专职网格员03" in found["text"]["zh"]


def test_a_task_that_is_not_there_is_told_at_its_place(http):
    body = {"instance": TINY, "roster": EMPTY, "task": "nothing"}
    for path in ("unassigned", "assignment"):
        answer = http.post(f"/explanations/{path}", json=body)
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["problems"]] == ["/task"]


def test_pins_that_clash_are_named_with_what_to_relax(http):
    visits = [TINY["visits"][0], TINY["visits"][0] | {"id": "visit-2"}]
    pins = [
        {"task": "visit-1", "person": "worker-03", "start": "2026-11-23T09:30"},
        {"task": "visit-2", "person": "worker-03", "start": "2026-11-23T09:40"},
    ]
    answer = http.post(
        "/explanations/clash", json={"instance": TINY | {"visits": visits, "pins": pins}}
    )
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["status"] == "minimal"
    assert {"pinned"} <= {one["rule"] for one in found["requirements"]}
    assert all(one["text"]["zh"] and one["relax"]["en"] for one in found["requirements"])
    calm = http.post("/explanations/clash", json={"instance": TINY}).json()
    assert (calm["status"], calm["requirements"]) == ("none", [])
