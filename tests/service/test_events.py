"""Server-sent events: how a job stands at once, each change, and an end."""

import json
from collections.abc import Generator
from typing import Any

import httpx2


def events(
    http: httpx2.Client, id: str, **headers: str
) -> Generator[tuple[str, int, dict[str, Any]]]:
    """(event, id, data) as they come, until the stream ends."""
    with http.stream("GET", f"/jobs/{id}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        for line in answer.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "data" in fields:
                yield fields["event"], int(fields["id"]), json.loads(fields["data"])
                fields = {}


def test_a_follower_sees_better_and_better_and_then_the_end(service, http):
    id = service.submit("count", limits={"seconds": 600})
    told = []
    for event, number, job in events(http, id):
        told.append((event, number, job))
        if len([one for _, _, one in told if one["score"]]) == 2:
            http.post(f"/jobs/{id}/stop")
    numbers = [number for _, number, _ in told]
    assert numbers == sorted(set(numbers))
    assert [event for event, _, _ in told[:-1]] == ["status"] * (len(told) - 1)
    assert told[-1][0] == "end"
    assert told[-1][2]["state"] == "succeeded"
    costs = [job["score"]["soft"] for _, _, job in told if job["score"]]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]


def test_one_who_comes_late_gets_the_end_at_once(service, http):
    id = service.submit()
    ended = service.ended(id)
    assert list(events(http, id)) == [("end", ended["event"], ended)]


def test_one_who_comes_back_gets_what_came_since(service, http):
    id = service.submit()
    last = service.ended(id)["event"]
    assert [event for event, _, _ in events(http, id, **{"Last-Event-ID": "1"})] == ["end"]
    answer = http.get(f"/jobs/{id}/events", headers={"Last-Event-ID": str(last)})
    # 204 tells a browser not to connect again.
    assert answer.status_code == 204


def test_what_was_seen_is_not_told_again(service, http):
    id = service.submit("barren", limits={"seconds": 600})
    follower = events(http, id)
    _, number, job = next(follower)
    while job["state"] != "running":
        _, number, job = next(follower)
    follower.close()
    again = events(http, id, **{"Last-Event-ID": str(number)})
    http.post(f"/jobs/{id}/stop")
    assert next(again)[1] > number
    service.ended(id)


def test_a_strange_last_event_id_is_as_none(service, http):
    id = service.submit()
    service.ended(id)
    assert [event for event, _, _ in events(http, id, **{"Last-Event-ID": "yesterday"})] == ["end"]


def test_events_of_no_job_are_not_found(http):
    assert http.get("/jobs/nothing/events").json()["code"] == "job_not_found"
