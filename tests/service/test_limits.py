"""What one client, or many at once, cannot do to the service: stop it, fill its memory, keep its places."""

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from service.examples import TINY
from service.inputs import JSON
from service.settings import MEGABYTE
from tests.service.conftest import until
from tests.service.pressure import raw, unharmed

ENDLESS = {"seconds": 600}


@pytest.fixture(scope="module")
def narrow(make_service):
    """A service with little room."""
    return make_service(
        answer_memory_mb=256,
        waiting_requests=1,
        event_streams=2,
        light_requests=2,
        open_jobs=3,
        max_json_bytes=16 * MEGABYTE,
    )


@pytest.fixture
def client(narrow):
    """A client of the service with little room, which is unharmed afterwards."""
    yield from unharmed(narrow)


BODIES = {
    "numbers": (lambda: b'{"visits":[' + b"0," * 4_000_000 + b"0]}", 200),
    "deep lists": (lambda: b"[" * 8_000_000, 200),
    "deep objects": (lambda: b'{"a":' * 1_000_000, 200),
    "a long id": (lambda: b'{"id":"' + b"x" * 15_000_000 + b'"}', 200),
    "many fields": (lambda: b"{" + b",".join(b'"%d":0' % n for n in range(800_000)) + b"}", 200),
    "a field again": (lambda: b"{" + b",".join([b'"id":0'] * 1_000_000) + b"}", 200),
    "many objects": (lambda: b"[" + b"{}," * 4_000_000 + b"{}]", 200),
    "a long number": (lambda: b"9" * 4_000_000, 200),
    "too many bytes": (lambda: b"0" * (16 * MEGABYTE + 1), 413),
}
"""What it is → (makes it, the answer's status). Made where it is sent: together they fill 80 MB of every process."""


@pytest.mark.parametrize(("make", "status"), BODIES.values(), ids=BODIES)
def test_no_body_takes_the_service(client, make, status):
    answer = client.post("/validations", content=make(), headers={"Content-Type": JSON})
    assert answer.status_code in (status, 413), answer.text[:300]
    if answer.status_code == 200:
        assert answer.json()["valid"] is False
        assert len(answer.content) < MEGABYTE
    else:
        assert answer.json()["code"] in ("too_large", "exhausted")


ROUTES = [
    "/instances",
    "/jobs",
    "/evaluations",
    "/rolls",
    "/previews",
    "/replans",
    "/comparisons",
    "/suggestions",
    "/explanations/unassigned",
    "/explanations/assignment",
    "/explanations/clash",
]


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_with_a_body_is_taken_by_one(client, route):
    content = b'{"instance":{"visits":[' + b"0," * 1_000_000 + b'0]},"roster":[]}'
    answer = client.post(route, content=content, headers={"Content-Type": JSON})
    assert answer.status_code in (413, 422), answer.text[:300]
    assert len(answer.content) < MEGABYTE


def test_many_large_bodies_at_once_are_answered_or_told_to_come_again(narrow, client):
    content = b'{"visits":[' + b"0," * 2_000_000 + b"0]}"

    def post(_):
        return httpx2.post(
            f"{narrow.url}/v1/validations",
            content=content,
            headers={"Content-Type": JSON},
            timeout=120,
            trust_env=False,
        )

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(post, range(12)))
    told = {answer.status_code for answer in answers}
    assert 429 in told
    assert told <= {200, 413, 429}
    assert all(
        int(answer.headers["retry-after"]) > 0 for answer in answers if answer.status_code == 429
    )


def test_a_packed_body_is_not_unpacked(client):
    answer = client.post(
        "/validations", content=b"x", headers={"Content-Type": JSON, "Content-Encoding": "gzip"}
    )
    assert answer.json()["code"] == "media_type"


def test_nobody_who_only_asks_waits_for_a_body(narrow, client):
    head = f"POST /v1/webhooks HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
    slow = [raw(narrow, f"{head}Content-Length: 100\r\n\r\n{{".encode()) for _ in range(6)]
    assert client.get("/jobs").status_code == 200
    for connection in slow:
        connection.setblocking(False)
        with connection, pytest.raises(BlockingIOError):
            connection.recv(1)


@pytest.mark.parametrize("path", ["jobs", "instances/x"])
@pytest.mark.parametrize(
    ("address", "header", "status"),
    [
        ("?" + "a" * 40_000, b"", b"431"),
        ("", b"X: " + b"a" * 40_000 + b"\r\n", b"431"),
        ("", b"a:\r\n" * 7_000, b"431"),
        ("", b"a:\r\n" * 6_000, b"40422200"),
    ],
)
def test_a_long_head_is_refused_before_it_goes_further(
    narrow, client, path, address, header, status
):
    head = f"GET /v1/{path}{address} HTTP/1.1\r\nHost: localhost\r\n".encode()
    with raw(narrow, head + header + b"\r\n") as connection:
        assert connection.recv(100).split(b" ")[1] in status


def test_an_address_of_thousands_of_names_has_no_more_faults_than_anything(client):
    answer = client.get("/jobs?" + "&".join(f"{number:x}" for number in range(5_000)))
    assert answer.status_code == 422
    assert len(answer.json()["problems"]) == 201


def test_the_web_process_takes_small_bodies_only(narrow, client):
    id = narrow.submit("quick")
    narrow.ended(id)
    assert client.patch(f"/jobs/{id}", json={"title": "new"}).status_code == 200
    answer = client.patch(f"/jobs/{id}", json={"title": "x" * 2 * MEGABYTE})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_so_many_event_streams_and_no_more(narrow, client):
    id = narrow.submit("count", limits=ENDLESS)
    with (
        client.stream("GET", f"/jobs/{id}/events"),
        client.stream("GET", f"/jobs/{id}/events"),
    ):
        refused = client.get(f"/jobs/{id}/events")
        assert (refused.status_code, refused.json()["code"]) == (429, "busy")
        assert "retry-after" in refused.headers
    until(lambda: _streams(client, id))
    client.post(f"/jobs/{id}/stop")
    narrow.ended(id)


def _streams(client, id):
    with client.stream("GET", f"/jobs/{id}/events") as stream:
        return stream.status_code == 200


def test_so_many_open_jobs_and_no_more(narrow, client):
    ids = [narrow.submit("count", limits=ENDLESS) for _ in range(3)]
    refused = client.post("/jobs", json={"instance": TINY})
    assert (refused.status_code, refused.json()["code"]) == (429, "queue_full")
    assert int(refused.headers["retry-after"]) > 0
    for id in ids:
        client.post(f"/jobs/{id}/stop")
        narrow.ended(id)
    narrow.ended(narrow.submit("quick"))
