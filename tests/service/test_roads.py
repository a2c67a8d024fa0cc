"""Weeks with roads, through the service: the worker asks the server that the settings name, a search asks nobody."""

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from scheduler.model import InputError, Instance
from scheduler.travel import travel
from scheduler.travel.road_server import RoadServer
from scheduler.travel.road_servers import RoadServers, use
from service.examples import TINY
from service.roads import use_ways, ways_of
from service.store.ways import WaysStore
from tests.service.conftest import Service
from tests.travel.road_server import RoadServerPuppet


@pytest.fixture(scope="module")
def service(make_service, puppet: RoadServerPuppet) -> Service:
    """A service that knows one road server."""
    return make_service(road_servers={"office": RoadServer(url=puppet.url)})


@pytest.fixture(scope="module")
def puppet() -> Iterator[RoadServerPuppet]:
    server = RoadServerPuppet()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.closing = True
    server.shutdown()
    server.server_close()
    use(None)


def _week(server: str = "office") -> dict[str, Any]:
    points = [{"longitude": 104, "latitude": 30 + number / 100} for number in range(100)]
    places = [
        {**place, "point": point} for place, point in zip(TINY["places"], points, strict=False)
    ]
    return {**TINY, "places": places, "settings": {"travel": {"kind": "road", "server": server}}}


def _body(server: str = "office") -> str:
    return Instance.model_validate(_week(server)).model_dump_json(exclude_none=True)


def test_a_server_that_nobody_named_is_not_reached(service: Service, puppet) -> None:
    for settings in (
        {"kind": "road", "url": puppet.url},
        {"kind": "road", "server": "office", "url": puppet.url},
        {"kind": "road", "server": puppet.url},
        {"kind": "road", "url": "http://[::1"},
    ):
        week = _week() | {"settings": {"travel": settings}}
        answer = service.http.post("/validations", json=week, timeout=120)
        codes = {problem["code"] for problem in answer.json()["problems"]}
        assert codes & {"road_url_here", "road_server_unknown"}, answer.text
    ended = service.ended(service.submit("quick", instance=_week(puppet.url)))
    assert ended["state"] == "failed"
    assert ended["failure"]["problems"][0]["code"] == "road_server_unknown"
    assert puppet.asked == []


def test_a_job_is_searched_with_the_ways_of_the_named_server(service: Service, puppet) -> None:
    for _ in range(2):
        job = service.submit("quick", instance=_week(), limits={"steps": 100})
        assert service.ended(job)["state"] == "succeeded"
    # One table for each mode; the second job has those that are kept.
    assert [profile for profile, _, _ in puppet.asked] == ["foot", "bike"]


def test_a_search_asks_no_server(puppet) -> None:
    use(RoadServers({"office": RoadServer(url=puppet.url)}))
    ways = json.loads(json.dumps(ways_of(_body())))
    asked = len(puppet.asked)
    instance = Instance.model_validate_json(_body())
    first, second = instance.places[0].id, instance.places[1].id
    use_ways(ways, instance)
    # A hundredth of a degree x 6,000 s on foot: a minute.
    assert travel(instance).between("walk", first, second) == 1
    assert len(puppet.asked) == asked
    moved = instance.changed(places=instance.places[::-1])
    with pytest.raises(InputError) as caught:
        travel(moved)
    assert caught.value.problems[0].code == "road_service"
    use_ways({}, instance)
    with pytest.raises(InputError) as caught:
        travel(instance)
    assert caught.value.problems[0].code == "road_server_unknown"


def test_a_week_without_roads_has_no_ways() -> None:
    body = Instance.model_validate(TINY | {"title": "road"}).model_dump_json()
    assert '"road"' in body
    assert ways_of(body) == {}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_tables_are_kept_for_three_months_whatever_process_asks(
    kind: str, make_database, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = make_database(kind)
    kept, another = WaysStore(address), WaysStore(address)
    kept.add("a" * 64, b"old")
    kept.add("a" * 64, b"table")
    assert another.find("a" * 64) == b"table"
    another.close()
    assert kept.find("b" * 64) is None
    monkeypatch.setattr("service.store.ways._KEEP_SECONDS", -1.0)
    assert kept.find("a" * 64) is None
    kept.add("b" * 64, b"table")
    monkeypatch.undo()
    assert kept.find("a" * 64) is None
    kept.close()


def test_without_a_database_a_table_is_asked_for_again(tmp_path) -> None:
    away = WaysStore(f"sqlite:///{tmp_path / 'nowhere' / 'no.sqlite'}")
    away.add("a" * 64, b"table")
    assert away.find("a" * 64) is None
    away.close()
