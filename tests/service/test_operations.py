"""Validation and evaluation answer without keeping anything."""

import copy

from service.examples import TINY, TINY_ROSTER


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
