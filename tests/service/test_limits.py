"""What one client, or many at once, cannot do to the service: stop it, fill its memory, keep its places."""

import asyncio
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import text

from service.answers.lanes import LANES, RequestLane
from service.answers.recent import Recent
from service.app import create_app
from service.examples import TINY, TINY_ROSTER
from service.inputs import JSON, WORKBOOK
from service.middleware.request_limits import RequestLimits
from service.problems import ServiceError
from service.settings import MEGABYTE, ServiceSettings
from service.store import Store
from tests.service.conftest import until

MOST_RESIDENT = 600 * MEGABYTE
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


@pytest.fixture(scope="module")
def hasty(make_service):
    """A service with little time."""
    return make_service(
        header_seconds=0.5,
        upload_seconds=3.0,
        upload_idle_seconds=0.5,
        stalled_seconds=0.5,
        uploads=20,
        answer_seconds=6.0,
        light_seconds=3.0,
        heavy_processes=1,
        waiting_requests=1,
        waiting_seconds=1.0,
        max_json_bytes=16 * MEGABYTE,
    )


@pytest.fixture
def client(narrow):
    """A client of the service with little room, which is unharmed afterwards."""
    yield from _client(narrow)


@pytest.fixture
def hurried(hasty):
    """A client of the service with little time, which is unharmed afterwards."""
    yield from _client(hasty)


def _client(service):
    with httpx2.Client(base_url=f"{service.url}/v1", timeout=120, trust_env=False) as client:
        yield client
    assert service.http.get("/health").status_code == 200
    assert resident(service.process.pid, "VmHWM") < MOST_RESIDENT


def resident(pid, field="VmRSS"):
    """Bytes of memory that a process has, or had at most (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise AssertionError


def below(pid):
    """The processes below a process, by how they were started."""
    children = [
        int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ]
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):
            children += [int(child) for child in (thread / "children").read_text().split()]
    return sorted(set(children)) + [one for child in set(children) for one in below(child)]


def answerers(service):
    """Process ids of those that answer for the web process, not of the one that forks them."""
    found = []
    for pid in below(service.process.pid):
        with suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_text()
            parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            if "service.answers.answering" in command and parent != service.process.pid:
                found.append(pid)
    return found


def raw(service, said=b""):
    """A connection that has sent something."""
    connection = socket.create_connection(("127.0.0.1", service.settings.port), timeout=30)
    connection.sendall(said)
    return connection


def is_cut(connection):
    """Whether the other side ends a connection on which nothing more is sent."""
    with connection, suppress(ConnectionError):
        while connection.recv(65536):
            pass
    return True


def test_every_operation_has_a_lane(tmp_path):
    app = create_app(ServiceSettings(data_dir=tmp_path), worker=False)
    names = {context.name for context in iter_route_contexts(app.routes)}
    assert names - set(LANES) == set()


def test_a_lane_lets_some_in_has_some_wait_and_refuses_the_rest():
    async def scene():
        lane, leave, inside = RequestLane(2, 1, 30), asyncio.Event(), []

        async def visit(name):
            async with lane.place():
                inside.append(name)
                await leave.wait()

        first = [asyncio.create_task(visit(name)) for name in "abc"]
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        assert inside == ["a", "b"]
        with pytest.raises(ServiceError) as refused:
            await visit("d")
        assert (refused.value.code, refused.value.slots) == ("busy", {"retry_after": 2})
        leave.set()
        await asyncio.gather(*first)
        assert inside == ["a", "b", "c"]
        await visit("e")
        leave.clear()
        impatient = RequestLane(1, 1, 0.01)
        async with impatient.place():
            with pytest.raises(ServiceError):
                async with impatient.place():
                    pass
        async with impatient.place():
            pass

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"visits":[' + b"0," * 4_000_000 + b"0]}", 200),
        (b"[" * 8_000_000, 200),
        (b'{"a":' * 1_000_000, 200),
        (b'{"id":"' + b"x" * 15_000_000 + b'"}', 200),
        (b"{" + b",".join(b'"%d":0' % number for number in range(800_000)) + b"}", 200),
        (b"{" + b",".join([b'"id":0'] * 1_000_000) + b"}", 200),
        (b"[" + b"{}," * 4_000_000 + b"{}]", 200),
        (b"9" * 4_000_000, 200),
        (b"0" * (16 * MEGABYTE + 1), 413),
    ],
)
def test_no_body_takes_the_service(client, content, status):
    answer = client.post("/validations", content=content, headers={"Content-Type": JSON})
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
            timeout=60,
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


def test_a_length_of_thousands_of_digits_is_too_large(hasty, hurried):
    head = f"POST /v1/validations HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
    with raw(hasty, head.encode() + b"Content-Length: " + b"9" * 19 + b"\r\n\r\n") as connection:
        assert b" 413 " in connection.recv(100)


def test_slow_uploads_end_and_nobody_waits_for_them(hasty, hurried):
    head = (
        f"POST /v1/validations HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
        "Content-Length: 100000\r\n\r\n{"
    )
    connections = [raw(hasty, head.encode()) for _ in range(60)]
    assert hurried.get("/jobs").status_code == 200
    answers = [connection.recv(300).split(b" ")[1] for connection in connections]
    # As many as may upload at once are told that they were slow, the others to come again.
    assert answers.count(b"408") >= 20
    assert answers.count(b"408") + answers.count(b"429") == 60
    assert all(map(is_cut, connections))
    assert hurried.post("/validations", json=TINY).json()["valid"]


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


def test_a_body_that_drips_ends_too(hasty, hurried):
    head = f"POST /v1/validations HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
    with raw(hasty, head.encode() + b"Transfer-Encoding: chunked\r\n\r\n") as connection:
        connection.settimeout(0.1)
        status = b""
        until_told = time.monotonic() + 30
        while not status and time.monotonic() < until_told:
            with suppress(TimeoutError):
                connection.sendall(b"1\r\n \r\n")
                status = connection.recv(100)
        assert b" 408 " in status


def test_a_body_without_an_end_ends_at_its_limit(hasty, hurried):
    head = f"POST /v1/validations HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n"
    with raw(hasty, head.encode() + b"Transfer-Encoding: chunked\r\n\r\n") as connection:
        chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
        with suppress(ConnectionError):
            for _ in range(40):
                connection.sendall(chunk)
            assert b" 413 " in connection.recv(100)
        assert is_cut(connection)


@pytest.mark.parametrize("head", [b"", b"GET /hea", b"GET /health HTTP/1.1\r\nHost: local"])
def test_half_open_connections_end(hasty, hurried, head):
    connections = [raw(hasty, head) for _ in range(20)]
    assert hasty.http.get("/health").status_code == 200
    assert all(map(is_cut, connections))


def test_a_head_that_drips_ends(hasty, hurried):
    with raw(hasty, b"GET /health HTTP/1.1\r\nX: ") as connection, suppress(ConnectionError):
        for _ in range(200):
            connection.sendall(b"x")
            time.sleep(0.1)
        raise AssertionError("it went on dripping")


def test_a_connection_is_kept_between_requests_that_are_in_time(hasty, hurried):
    request = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with raw(hasty) as connection:
        for _ in range(3):
            time.sleep(0.3)
            connection.sendall(request)
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(65536)
            assert b" 200 " in answer


def held(service, connection):
    """Whether the service still holds its end of a connection (its line has the socket's inode)."""
    ours, theirs = (f":{port:04X}" for port in (connection.getsockname()[1], service.settings.port))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(theirs) and fields[2].endswith(ours):
            return fields[9] != "0"
    return False


def test_a_client_that_reads_nothing_is_cut_off(hasty, hurried):
    document = len(hasty.http.get("/openapi.json").content)
    request = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", hasty.settings.port))
        connection.sendall(request)
        until(lambda: held(hasty, connection))
        before = resident(hasty.process.pid)
        connection.sendall(request * (40 * MEGABYTE // document))
        until(lambda: not held(hasty, connection))
        assert resident(hasty.process.pid) - before < 8 * MEGABYTE


def test_heavy_answers_have_few_places_and_light_ones_do_not_wait(hasty, hurried):
    body = {"instance": TINY, "roster": TINY_ROSTER}
    assert hurried.post("/evaluations", json=body).status_code == 200
    frozen = set(answerers(hasty))
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(20) as pool:
        slow = [pool.submit(hurried.post, "/evaluations", json=body) for _ in range(20)]
        until(lambda: sum(one.done() for one in slow) >= 18)
        assert hurried.get("/jobs").status_code == 200
        assert hasty.http.get("/health").status_code == 200
        codes = sorted(one.result().json().get("code", "") for one in slow)
    # One is given up when its time is over, one had waited long enough, and there was no place for the rest.
    assert codes == ["busy"] * 19 + ["late"]
    assert hurried.post("/evaluations", json=body).status_code == 200
    assert len(frozen - set(answerers(hasty))) == 1
    for pid in frozen & set(answerers(hasty)):
        os.kill(pid, signal.SIGCONT)


def test_a_light_answer_that_is_late_is_given_up(hasty, hurried):
    id = hasty.submit("quick")
    hasty.ended(id)
    store = Store(hasty.settings.database)
    with store.session() as session:
        # Whatever writes has to wait for this transaction.
        session.execute(text("UPDATE jobs SET attempts = attempts"))
        late = hurried.post(f"/jobs/{id}/stop")
        assert (late.status_code, late.json()["code"]) == (503, "late")
    assert hurried.post(f"/jobs/{id}/stop").status_code == 202
    store.close()


def test_late_work_keeps_its_place_until_it_ends(tmp_path):
    async def scene():
        lane, leave, sent = RequestLane(1, 0, 1), asyncio.Event(), []

        async def work(scope, receive, send):
            async with lane.place():
                await leave.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def receive():
            raise AssertionError

        async def send(message):
            sent.append(message)

        limits = RequestLimits(work, ServiceSettings(data_dir=tmp_path, light_seconds=0.05))
        await limits({"type": "http", "headers": []}, receive, send)
        assert [message.get("status") for message in sent] == [503, None]
        with pytest.raises(ServiceError):
            lane.ensure_open()
        leave.set()
        await asyncio.sleep(0.05)
        lane.ensure_open()
        assert len(sent) == 2

    asyncio.run(scene())


def test_the_web_process_takes_small_bodies_only(narrow, client):
    id = narrow.submit("quick")
    narrow.ended(id)
    assert client.patch(f"/jobs/{id}", json={"title": "new"}).status_code == 200
    answer = client.patch(f"/jobs/{id}", json={"title": "x" * 2 * MEGABYTE})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_an_answer_whose_process_is_killed_is_refused_and_the_next_is_given(hasty, hurried):
    body = {"instance": TINY, "roster": TINY_ROSTER}
    hurried.post("/evaluations", json=body)
    pids = answerers(hasty)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(hurried.post, "/evaluations", json=body)
        time.sleep(0.3)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        answer = waiting.result()
        assert (answer.status_code, answer.json()["code"]) == (503, "interrupted")
        assert int(answer.headers["retry-after"]) > 0
    assert hurried.post("/evaluations", json=body).status_code == 200
    assert hurried.post("/validations", json=TINY).status_code == 200


def test_a_workbook_whose_reader_is_killed_is_a_bad_workbook(hasty, hurried):
    hurried.post("/validations", json=TINY)
    pids = answerers(hasty)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        headers = {"Content-Type": WORKBOOK}
        waiting = pool.submit(hurried.post, "/validations", content=b"PK", headers=headers)
        time.sleep(0.3)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        problems = waiting.result().json()["problems"]
    assert [problem["code"] for problem in problems] == ["workbook_reader_failed"]


def test_no_answering_process_outlives_the_service(hasty):
    hasty.http.post("/v1/validations", json=TINY)
    pids = answerers(hasty)
    assert pids
    hasty.kill(whole_group=False)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


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


def test_what_is_asked_for_again_is_made_once_within_bounds():
    made = []

    def make(key, size=1):
        made.append(key)
        return b"x" * size

    recent = Recent(2, 10, len)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert recent.get(key, lambda key=key: make(key)) == b"x"
    assert made == ["a", "b", "c", "b"]
    assert len(recent.get("d", lambda: make("d", 10))) == 10
    recent.get("d", lambda: make("d"))
    assert made[-1] == "d"
    assert made.count("d") == 1
    recent.get("e", lambda: make("e", 11))
    recent.get("e", lambda: make("e", 11))
    assert made.count("e") == 2


def test_what_is_kept_is_found_until_there_is_too_much():
    recent = Recent(2, 10, len)
    assert recent.find("a") is None
    recent.keep("a", b"1")
    recent.keep("b", b"22")
    assert recent.find("a") == b"1"
    recent.keep("c", b"333")
    assert [recent.find(key) for key in "abc"] == [b"1", None, b"333"]
    recent.keep("c", b"4" * 9)
    assert [recent.find(key) for key in "ac"] == [b"1", b"4" * 9]
    recent.keep("c", b"5" * 10)
    assert [recent.find(key) for key in "ac"] == [None, b"5" * 10]
