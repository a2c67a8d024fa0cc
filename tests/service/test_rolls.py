"""A week is rolled into a new instance, which is kept."""

from service.examples import TINY, TINY_ROSTER


def test_a_rolled_week_is_kept_as_a_child_with_its_history(http):
    parent = http.post("/instances", json=TINY).json()["id"]
    answer = http.post("/rolls", json={"instance_id": parent, "roster": TINY_ROSTER})
    assert answer.status_code == 201, answer.text
    assert answer.json()["parent_id"] == parent
    rolled = http.get(answer.headers["Location"]).json()
    assert rolled["horizon"]["start"] > TINY["horizon"]["start"]
    worker = TINY_ROSTER["assignments"][0]["person"]
    assert rolled["history"][worker]["minutes"] > 0


def test_a_record_that_fits_nothing_is_told_at_its_place(http):
    worked = {
        "horizon": TINY["horizon"],
        "instance": TINY["id"],
        "departures": [{"task": "nothing"}],
    }
    answer = http.post("/rolls", json={"instance": TINY, "roster": TINY_ROSTER, "worked": worked})
    assert answer.status_code == 422
    pointers = [one["pointer"] for one in answer.json()["problems"]]
    assert pointers == ["/worked/departures/0/task"]


def test_a_fault_of_the_following_week_is_told_at_its_place(http):
    following = TINY | {"horizon": {"start": "no day", "days": 1}}
    asked = {"instance": TINY, "roster": TINY_ROSTER, "following": following}
    answer = http.post("/rolls", json=asked)
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json()["problems"]} == {"/following/horizon/start"}
