"""Instances are kept as they came and never change; a changed one is a child."""

import httpx2

from service.examples import PATCH, TINY
from service.inputs import PATCH as MERGE_PATCH


def post(http: httpx2.Client, instance: dict, **headers: str) -> dict:
    answer = http.post("/instances", json=instance, headers=headers)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/instances/{answer.json()['id']}"
    return answer.json()


def test_an_instance_comes_back_as_it_was_posted(http):
    info = post(http, TINY)
    assert http.get(f"/instances/{info['id']}").json() == TINY
    assert info["counts"] == {"days": 1, "people": 1, "places": 2, "visits": 1, "shifts": 0}
    assert info["parent_id"] is None
    assert info["origin_id"] == info["id"]


def test_null_and_left_out_stay_apart(http):
    # A person's limit that is null lifts the role's limit; one left out keeps it.
    free = TINY["people"][0] | {"limits": {"rest_minutes": None}}
    instance = TINY | {"people": [free]}
    kept = http.get(f"/instances/{post(http, instance)['id']}").json()
    assert kept["people"][0]["limits"] == {"rest_minutes": None}


def test_the_same_instance_twice_is_two_instances_without_a_key(http):
    first, second = post(http, TINY), post(http, TINY)
    assert first["id"] != second["id"]
    assert first["digest"] == second["digest"]


def test_the_same_key_gives_the_same_instance(http):
    first = post(http, TINY, **{"Idempotency-Key": "week-48"})
    again = post(http, dict(reversed(TINY.items())), **{"Idempotency-Key": "week-48"})
    assert again["id"] == first["id"]


def test_a_key_is_not_taken_for_another_instance(http):
    key = {"Idempotency-Key": "week-49"}
    post(http, TINY, **key)
    answer = http.post("/instances", json=TINY | {"title": "另一份"}, headers=key)
    assert answer.status_code == 422
    assert answer.json()["code"] == "key_reused"


def test_a_merge_patch_makes_a_child(http):
    parent = post(http, TINY)
    answer = http.post(
        f"/instances/{parent['id']}/children",
        json=PATCH,
        headers={"Content-Type": MERGE_PATCH},
    )
    assert answer.status_code == 201, answer.text
    child = answer.json()
    assert child["parent_id"] == parent["id"]
    expected = TINY | {"title": PATCH["title"], "horizon": {"start": "2026-11-23", "days": 2}}
    assert http.get(f"/instances/{child['id']}").json() == expected
    assert http.get(f"/instances/{parent['id']}").json() == TINY


def test_null_in_a_merge_patch_takes_a_field_away(http):
    parent = post(http, TINY)
    answer = http.post(
        f"/instances/{parent['id']}/children",
        json={"title": None},
        headers={"Content-Type": MERGE_PATCH},
    )
    child = http.get(answer.headers["location"]).json()
    assert "title" not in child


def test_a_patch_that_breaks_the_instance_is_refused_with_its_place(http):
    parent = post(http, TINY)
    answer = http.post(
        f"/instances/{parent['id']}/children",
        json={"horizon": {"days": -1}},
        headers={"Content-Type": MERGE_PATCH},
    )
    assert answer.status_code == 422
    assert "/horizon/days" in [one["pointer"] for one in answer.json()["problems"]]


def test_lineage_names_ancestors_from_the_origin_and_children_from_the_oldest(http):
    origin = post(http, TINY)
    line = [origin]
    for title in ("二", "三"):
        answer = http.post(f"/instances/{line[-1]['id']}/children", json=TINY | {"title": title})
        line.append(answer.json())
    sibling = http.post(f"/instances/{origin['id']}/children", json=TINY | {"title": "旁支"}).json()
    lineage = http.get(f"/instances/{line[2]['id']}/lineage").json()
    assert [one["id"] for one in lineage["ancestors"]] == [line[0]["id"], line[1]["id"]]
    assert lineage["instance"]["origin_id"] == origin["id"]
    lineage = http.get(f"/instances/{origin['id']}/lineage").json()
    assert [one["id"] for one in lineage["children"]] == [line[1]["id"], sibling["id"]]
