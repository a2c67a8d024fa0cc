"""Travel by the road servers that the installation names: the answers of OSRM and Valhalla, and of others."""

import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from scheduler.formats.json_file import inspect
from scheduler.messages.problems import explain
from scheduler.model import Horizon, InputError, Instance, Place, Point, Roads, Settings
from scheduler.travel import Travel, travel
from scheduler.travel.road_fetch import fetch
from scheduler.travel.road_server import RoadServer
from scheduler.travel.road_servers import RoadServers, installed, use
from scheduler.travel.road_table import RoadTable, cells
from tests.formats.week import bytes_of, week
from tests.travel.road_server import RoadServerPuppet

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def puppet() -> Iterator[RoadServerPuppet]:
    server = RoadServerPuppet()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.closing = True
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_servers() -> Iterator[None]:
    use(RoadServers())
    yield
    use(None)


def _instance(*latitudes: float, parking: int = 0) -> Instance:
    parking_minutes = {"walk": 0, "e_bike": parking}
    return Instance(
        id="ways",
        horizon=Horizon(start=date(2026, 11, 23), days=1),
        places=tuple(
            Place(id=f"p{number}", name="p", point=Point(longitude=104, latitude=latitude))
            for number, latitude in enumerate(latitudes)
        ),
        people=(),
        settings=Settings(travel=Roads(server="office", parking_minutes=parking_minutes)),
    )


def _ways(puppet: RoadServerPuppet, *latitudes: float, parking: int = 0, **choices: Any) -> Travel:
    use(RoadServers({"office": RoadServer(url=puppet.url, **choices)}))
    return travel(_instance(*latitudes, parking=parking))


def _refused(puppet: RoadServerPuppet, **choices: Any) -> str:
    with pytest.raises(InputError) as caught:
        _ways(puppet, 30.0, 30.01, **choices)
    [problem] = caught.value.problems
    assert (problem.pointer, problem.value) == ("/settings/travel/server", "office")
    assert "secret" not in str(caught.value)
    assert explain(problem, "zh").remedy
    assert "office" in explain(problem, "en").cause
    return problem.code


@pytest.mark.parametrize("engine", ["osrm", "valhalla"])
def test_seconds_become_whole_minutes_and_what_does_not_connect_is_no_way(engine, puppet):
    # 0.0101 degrees x 6,000 s on foot = 60.6 s, rounded up: 2 minutes, and 1.5 m a second: 91 m. By
    # bike 20.2 s: 1 minute, and 2 to park. No way leads across the parallel of 40 degrees.
    ways = _ways(puppet, 30.0, 30.0101, 50.0, parking=2, engine=engine)
    assert ways.between("walk", "p0", "p1") == 2
    assert ways.between("e_bike", "p1", "p0") == 3
    assert ways.between("e_bike", "p0", "p0") == 0
    assert ways.distance("p1", "p0") == 30  # by bike, the last mode: 20.2 s x 1.5 m
    assert not ways.has_way("walk", "p0", "p2")
    assert ways.between("e_bike", "p2", "p0") == 0
    profiles = {"osrm": ["foot", "bike"], "valhalla": ["pedestrian", "bicycle"]}
    assert [profile for profile, _, _ in puppet.asked] == profiles[engine]


def test_valhalla_may_answer_concisely(puppet):
    puppet.concise = True
    ways = _ways(puppet, 30.0, 30.01, 50.0, engine="valhalla")
    assert ways.between("walk", "p0", "p1") == 1
    assert ways.distance("p0", "p1") == 30
    assert not ways.has_way("e_bike", "p1", "p2")


@pytest.mark.parametrize(("engine", "most", "requests"), [("osrm", 4, 9), ("valhalla", 2, 9)])
def test_more_places_than_a_server_takes_are_asked_for_in_blocks(engine, most, requests, puppet):
    # Five places in blocks of two are three blocks on each side; OSRM counts both sides together.
    puppet.most_places = most
    latitudes = [30.0, 30.01, 30.03, 30.06, 30.1]
    ways = _ways(puppet, *latitudes, engine=engine, most_places=most)
    assert len(puppet.asked) == 2 * requests
    for row, start in enumerate(latitudes):
        for column, end in enumerate(latitudes):
            seconds = round(6_000 * abs(start - end), 0 if engine == "valhalla" else 1)
            assert ways.ticks[0, row, column] == math.ceil(seconds / 60 - 1e-9)


def test_as_many_places_as_a_server_takes_are_one_request(puppet):
    puppet.most_places = 3
    _ways(puppet, 30.0, 30.01, 30.02, most_places=3)
    assert [count for _, count, _ in puppet.asked] == [3, 3]


def test_profiles_and_credentials_are_the_installations_and_the_credentials_go_nowhere_else(puppet):
    address = puppet.url.replace("http://", "http://li%20na:secret@")
    profiles = {"e_bike": "foot"}
    use(RoadServers({"office": (server := RoadServer(url=address, profiles=profiles))}))
    travel(_instance(30.0, 30.01))
    assert [profile for profile, _, _ in puppet.asked] == ["foot", "foot"]
    assert puppet.asked[0][2]["Authorization"] == "Basic bGkgbmE6c2VjcmV0"
    assert "secret" not in repr(server)
    puppet.answer = 200, JSON, b"{}"
    with pytest.raises(InputError) as caught:
        fetch("office", server, ["walk"], [Point(longitude=1, latitude=1)])
    assert "secret" not in str(caught.value)


BAD: dict[str, Any] = {
    "a list": [],
    "text": "secret",
    "no table": {"code": "Ok"},
    "another code": {"code": "secret", "durations": [[0, 1], [1, 0]]},
    "ragged": {"code": "Ok", "durations": [[0, 1], [1]]},
    "too many rows": {"code": "Ok", "durations": [[0, 1], [1, 0], [1, 0]]},
    "too wide": {"code": "Ok", "durations": [[0, 1, 2], [1, 0, 2]]},
    "negative": {"code": "Ok", "durations": [[0, -1], [1, 0]]},
    "too long": {"code": "Ok", "durations": [[0, 1e308], [1, 0]]},
    "just too long": {"code": "Ok", "durations": [[0, 10**7 + 1], [1, 0]]},
    "not a number": {"code": "Ok", "durations": [[0, math.nan], [1, 0]]},
    "infinite": {"code": "Ok", "durations": [[0, math.inf], [1, 0]]},
    "words": {"code": "Ok", "durations": [[0, "1"], [1, 0]]},
    "true": {"code": "Ok", "durations": [[0, True], [1, 0]]},
    "nested": {"code": "Ok", "durations": [[0, [1]], [1, 0]]},
    "rows of numbers": {"code": "Ok", "durations": [0, 1]},
    "bad metres": {"code": "Ok", "durations": [[0, 1], [1, 0]], "distances": [[0, 1], [1, -1]]},
    "few metres": {"code": "Ok", "durations": [[0, 1], [1, 0]], "distances": [[0, 1]]},
}


@pytest.mark.parametrize("name", BAD)
def test_an_answer_that_is_no_table_of_ways_is_told_and_not_repeated(name, puppet):
    puppet.answer = 200, JSON, json.dumps(BAD[name]).encode()
    assert _refused(puppet) == "road_answer"


@pytest.mark.parametrize(
    "table",
    [
        [[{"time": 0}, {"time": -1}], [{"time": 1}, {"time": 0}]],
        [[{"time": 0}], [{"time": 1}, {"time": 0}]],
        [[{"time": 0}, "secret"], [{"time": 1}, {"time": 0}]],
        {"durations": [[0, 1]]},
        "secret",
    ],
)
def test_so_is_one_of_valhalla(table, puppet):
    puppet.answer = 200, JSON, json.dumps({"sources_to_targets": table}).encode()
    assert _refused(puppet, engine="valhalla") == "road_answer"


def test_miles_are_not_taken_for_kilometres(puppet):
    table = {"durations": [[0, 1], [1, 0]], "distances": [[0, 1], [1, 0]]}
    answer = {"sources_to_targets": table, "units": "miles"}
    puppet.answer = 200, JSON, json.dumps(answer).encode()
    assert _refused(puppet, engine="valhalla") == "road_answer"


@pytest.mark.parametrize("body", [b"", b"secret", b"[" * 20_000, b"\xff", b'{"a":' + b"9" * 9_000])
def test_so_is_one_that_is_no_json(body, puppet):
    puppet.answer = 200, JSON, body
    assert _refused(puppet) == "road_answer"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (400, JSON),
        (500, JSON),
        (204, JSON),
        (302, {**JSON, "Location": "/secret"}),
        (307, {**JSON, "Location": "http://127.0.0.1:1/secret"}),
        (200, {"Content-Type": "text/html"}),
        (200, {}),
        (200, {**JSON, "Content-Encoding": "gzip"}),
    ],
)
def test_no_redirect_is_followed_and_only_json_is_read(status, headers, puppet):
    puppet.answer = status, headers, b'{"code": "Ok", "durations": [[0, 1], [1, 0]]}'
    assert _refused(puppet) == "road_service"
    assert len(puppet.asked) == 1


def test_an_answer_larger_than_any_table_of_these_places_is_not_read_to_its_end(puppet):
    # Two places on each side: 16 KB, 2 KB for each place, 400 bytes for each way, together 25,984.
    padded = b'{"code": "Ok", "durations": [[0, 1], [1, 0]]}'
    puppet.answer = 200, JSON, padded.ljust(25_984)
    assert _ways(puppet, 30.0, 30.01).between("walk", "p0", "p1") == 1
    puppet.answer = 200, JSON, padded.ljust(25_985)
    assert _refused(puppet) == "road_service"


def test_a_server_that_sends_a_byte_now_and_then_is_left_when_the_seconds_are_over(puppet):
    puppet.drip = True
    assert _refused(puppet, seconds=0.3) == "road_service"


def test_a_server_that_does_not_listen_is_told(puppet):
    use(RoadServers({"office": RoadServer(url="http://127.0.0.1:9")}))
    with pytest.raises(InputError) as caught:
        travel(_instance(30.0, 30.01))
    assert caught.value.problems[0].code == "road_service"


def test_no_proxy_of_the_environment_is_asked(puppet, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    assert _ways(puppet, 30.0, 30.01).between("walk", "p0", "p1") == 1


def test_places_without_any_way_are_told(puppet):
    with pytest.raises(InputError) as caught:
        _ways(puppet, 30.0, 50.0)
    assert caught.value.problems[0].code == "road_no_way"


def test_an_unknown_name_is_a_warning_when_read_and_an_error_when_ways_are_asked_for():
    use(RoadServers({"office": RoadServer(url="http://127.0.0.1:9")}))
    data = week(settings={"travel": {"kind": "road", "server": "ofice"}})
    instance, problems = inspect(bytes_of(data))
    [problem] = [one for one in problems if one.code.startswith("road")]
    assert (problem.code, problem.severity) == ("road_server_unknown", "warning")
    assert problem.slots == {"suggestion": "office"}
    assert instance is not None
    with pytest.raises(InputError) as caught:
        travel(instance)
    assert caught.value.problems[0].code == "road_server_unknown"
    data["settings"]["travel"]["server"] = "office"
    assert not [one for one in inspect(bytes_of(data))[1] if one.code.startswith("road")]


@pytest.mark.parametrize("url", ["http://li:secret@h:5000", "http://[::1", 7])
def test_a_week_with_an_address_is_told_where_servers_are_named_now(url):
    _, problems = inspect(bytes_of(week(settings={"travel": {"kind": "road", "url": url}})))
    [problem] = problems
    assert (problem.code, problem.pointer) == ("road_url_here", "/settings/travel/url")
    assert "secret" not in repr(problem)
    assert "road_servers" in explain(problem, "zh").remedy
    assert "server" in explain(problem, "en").remedy


NO_ADDRESSES = "|h:1|file:///x|ftp://h|http://|http://[::1|http://h:99999|http://h/?a=1|http://h/#a"


@pytest.mark.parametrize(
    "url", [*NO_ADDRESSES.split("|"), "http://h/a b", "http://h/\n", "//h", "http://名"]
)
def test_an_address_is_an_http_or_https_address_without_more(url):
    with pytest.raises(ValueError, match="an http or https address"):
        RoadServer(url=url)


class Memory:
    """A store in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def find(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def add(self, key: str, table: bytes) -> None:
        self.kept[key] = table


def test_a_table_is_asked_for_once_and_kept_by_server_profile_and_coordinates(puppet):
    store, server = Memory(), RoadServer(url=puppet.url)
    use(RoadServers({"office": server}, store))
    first = travel(_instance(30.0, 30.01))
    again = travel(_instance(30.0, 30.010_000_4))  # four hundredths of a metre
    assert np.array_equal(first.ticks, again.ticks)
    assert (len(puppet.asked), len(store.kept)) == (2, 2)
    use(RoadServers({"another": server, "office": server}, store))  # another process
    assert np.array_equal(travel(_instance(30.0, 30.01)).ticks, first.ticks)
    assert len(puppet.asked) == 2
    travel(_instance(30.0, 30.02))
    assert len(puppet.asked) == 4
    use(RoadServers({"office": RoadServer(url=puppet.url, profiles={"walk": "pedestrian"})}, store))
    travel(_instance(30.0, 30.01))
    assert len(puppet.asked) == 5  # on foot anew; by bike it is kept


@pytest.mark.parametrize("kept", [b"", b"secret", RoadTable.empty(3).as_bytes()])
def test_what_is_kept_broken_is_asked_for_anew(kept, puppet):
    store = Memory()
    use(RoadServers({"office": RoadServer(url=puppet.url)}, store))
    travel(_instance(30.0, 30.01))
    store.kept = dict.fromkeys(store.kept, kept)
    use(RoadServers({"office": RoadServer(url=puppet.url)}, store))
    assert travel(_instance(30.0, 30.01)).between("walk", "p0", "p1") == 1


def test_a_table_survives_its_store():
    table = RoadTable(np.array([[0, np.nan], [61.5, 0]]), np.array([[0, 1], [np.nan, 0]]))
    again = RoadTable.of_bytes(table.as_bytes())
    assert again is not None
    assert np.array_equal(again.seconds, table.seconds, equal_nan=True)
    assert np.array_equal(again.metres, table.metres, equal_nan=True)


def test_the_longest_way_is_the_longest():
    assert cells([[10**7]], (1, 1), seconds=True) == [[10**7]]
    assert cells([[10**8]], (1, 1), seconds=False) == [[10**8]]
    assert cells([[10**8 + 1]], (1, 1), seconds=False) is None


def test_the_environment_names_the_servers_of_the_command_line(tmp_path, monkeypatch):
    file = tmp_path / "lianxin.toml"
    file.write_text('host = "x"\n[road_servers.office]\nurl = "https://h"\nengine = "valhalla"\n')
    monkeypatch.setenv("LIANXIN_ROADS", str(file))
    use(None)
    assert installed().servers == {"office": RoadServer(url="https://h", engine="valhalla")}


@pytest.mark.parametrize(
    ("text", "pointers"),
    [
        (None, [""]),
        ("[", [""]),
        (
            '[road_servers.office]\nurl = "ftp://li:secret@h"\nsecret = 1',
            ["/office/url", "/office/secret"],
        ),
    ],
)
def test_a_file_of_servers_that_is_wrong_is_told_without_its_addresses(
    text: str | None, pointers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "roads.toml"
    if text is not None:
        file.write_text(text)
    monkeypatch.setenv("LIANXIN_ROADS", str(file))
    use(None)
    with pytest.raises(InputError) as caught:
        installed()
    assert [problem.pointer for problem in caught.value.problems] == pointers
    assert "li:secret" not in str(caught.value)
    assert explain(caught.value.problems[0], "en").remedy
