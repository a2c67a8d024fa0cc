"""Validation and evaluation answer without keeping anything."""

import copy

from instances.generate import generate
from scheduler.formats.workbook import write_instance
from service.examples import TINY, TINY_ROSTER
from service.inputs import WORKBOOK


def test_a_sound_instance_is_valid_and_counted(http):
    answer = http.post("/validations", json=TINY)
    assert answer.status_code == 200
    found = answer.json()
    assert found["valid"] is True
    assert found["figures"]["input"]["visits"] == 1


def test_validation_tells_every_fault_at_once_in_both_languages(http):
    instance = copy.deepcopy(TINY)
    instance["visits"][0]["places"] = ["nowhere"]
    instance["visits"][0]["duration"] = "long"
    instance["people"][0]["start_place"] = "elsewhere"
    answer = http.post("/validations", json=instance)
    assert answer.status_code == 200
    found = answer.json()
    assert found["valid"] is False
    at = {one["pointer"]: one for one in found["problems"]}
    assert {"/visits/0/duration", "/people/0/start_place"} <= set(at)
    fault = at["/visits/0/duration"]
    assert fault["value"] == "long"
    for lang in ("zh", "en"):
        assert fault["text"][lang]
        assert fault["remedy"][lang]


def test_a_trap_is_told_as_a_warning_in_json_and_workbook_alike(http, tmp_path):
    week = generate("tiny/crew_meets")
    idle = week.people[0].model_copy(update={"id": "idle", "name": "idle", "availability": ()})
    answer = http.post(
        "/validations",
        json=week.changed(people=(*week.people, idle)).model_dump(mode="json", exclude_none=True),
    )
    [problem] = answer.json()["problems"]
    assert (answer.json()["valid"], problem["severity"]) == (True, "warning")
    assert (problem["code"], problem["pointer"], problem["value"]) == (
        "person_without_hours",
        f"/people/{len(week.people)}/availability",
        "idle",
    )
    assert "idle has no hours" in problem["text"]["en"]
    assert "请填写在岗时间" in problem["remedy"]["zh"]

    week = generate("shizishan/community")
    idle = week.people[0].model_copy(update={"id": "idle", "name": "idle", "availability": ()})
    write_instance(tmp_path / "week.xlsx", week.changed(people=(*week.people, idle)), "zh")
    book = (tmp_path / "week.xlsx").read_bytes()
    for path, field in (("/validations", "problems"), ("/instances", "warnings")):
        answer = http.post(path, content=book, headers={"Content-Type": WORKBOOK})
        assert answer.status_code in (200, 201), answer.text
        told = [one for one in answer.json()[field] if one["code"] == "person_without_hours"]
        assert [one["pointer"] for one in told] == [f"人员!G{len(week.people) + 2}"]


def test_text_that_is_not_json_is_a_fault_like_any_other(http):
    answer = http.post(
        "/validations", content=b'{"id": ', headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json()["problems"]] == ["not_json"]


def test_a_roster_made_by_hand_is_judged_by_the_checker(http):
    answer = http.post("/evaluations", json={"instance": TINY, "roster": TINY_ROSTER})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["feasible"] is True
    assert found["score"]["hard"] == 0
    assert found["figures"]["roster"]["visits_done"] == 1


def test_a_broken_rule_is_told_with_its_sentence_and_not_refused(http):
    roster = copy.deepcopy(TINY_ROSTER)
    roster["assignments"][0] |= {"start": "2026-11-23T20:00", "end": "2026-11-23T20:30"}
    answer = http.post("/evaluations", json={"instance": TINY, "roster": roster})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["feasible"] is False
    hard = [one for one in found["findings"] if one["level"] == "hard"]
    assert hard
    assert all(one["text"]["zh"] and one["text"]["en"] for one in hard)
    # A rule's cost is the sum of its breaches.
    for rule in found["rules"]:
        breaches = [one["points"] for one in found["findings"] if one["rule"] == rule["rule"]]
        assert rule["points"] == sum(breaches)


def test_an_instance_that_is_kept_can_be_named(http):
    id = http.post("/instances", json=TINY).json()["id"]
    answer = http.post("/evaluations", json={"instance_id": id, "roster": TINY_ROSTER})
    assert answer.status_code == 200, answer.text


def test_a_roster_of_unknown_people_is_refused_at_their_places(http):
    roster = copy.deepcopy(TINY_ROSTER)
    roster["assignments"][0]["person"] = "nobody"
    answer = http.post("/evaluations", json={"instance": TINY, "roster": roster})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["problems"]] == ["/roster/assignments/0/person"]


def test_just_one_instance_is_asked_for(http):
    id = http.post("/instances", json=TINY).json()["id"]
    for both in ({}, {"instance_id": id, "instance": TINY}):
        answer = http.post("/evaluations", json=both | {"roster": TINY_ROSTER})
        assert answer.status_code == 422
        assert answer.json()["code"] == "one_instance"


def test_deep_health_solves_the_tiny_instance(http):
    found = http.get("/health/deep").json()
    assert found["status"] == "ok"
    assert found["score"]["hard"] == found["score"]["medium"] == 0
