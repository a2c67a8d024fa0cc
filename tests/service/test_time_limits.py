"""What is slow, late or broken off does not keep the service's places."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from service.examples import TINY, TINY_ROSTER
from service.inputs import JSON, WORKBOOK
from service.settings import MEGABYTE
from service.store import Store
from tests.service.conftest import until
from tests.service.pressure import answerers, is_cut, raw, resident, unharmed


@pytest.fixture(scope="module")
def hasty(make_service):
    """A service with little time."""
    return make_service(
        header_seconds=0.5,
        upload_seconds=3.0,
        upload_idle_seconds=0.5,
        stalled_seconds=0.5,
        uploads=20,
        answer_seconds=10.0,
        light_seconds=3.0,
        heavy_processes=1,
        waiting_requests=1,
        waiting_seconds=1.0,
        max_json_bytes=16 * MEGABYTE,
    )


@pytest.fixture
def hurried(hasty):
    """A client of the service with little time, which is unharmed afterwards."""
    yield from unharmed(hasty)


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

    def is_kept():
        with raw(hasty) as connection:
            for _ in range(3):
                time.sleep(0.3)
                connection.sendall(request)
                answer = b""
                while not answer.endswith(b"}"):
                    part = connection.recv(65536)
                    if not part:
                        return False
                    answer += part
                assert b" 200 " in answer
        return True

    # On a busy machine 0.3 s may be 0.5 s: then it is cut, and tried again.
    until(is_kept)


def held(service, connection):
    """Whether the service still holds its end of a connection (its line has the socket's inode)."""
    ours, theirs = (f":{port:04X}" for port in (connection.getsockname()[1], service.settings.port))
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(theirs) and fields[2].endswith(ours):
            return fields[9] != "0"
    return False


def test_a_client_that_reads_nothing_is_cut_off(hasty, hurried):
    ahead = 90  # more at once is cut off at once
    whole = 20 * MEGABYTE // ahead
    # The first time it is made, for which this service has little time.
    until(lambda: len(hasty.http.get("/openapi.json").content) > whole)
    request = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", hasty.settings.port))
        connection.sendall(request)
        until(lambda: held(hasty, connection))
        before = resident(hasty.process.pid)
        connection.sendall(request * ahead)
        until(lambda: not held(hasty, connection))
        assert resident(hasty.process.pid) - before < 8 * MEGABYTE


def test_heavy_answers_have_few_places_and_light_ones_do_not_wait(hasty, hurried):
    body = {"instance": TINY, "roster": TINY_ROSTER}
    assert hurried.post("/evaluations", json=body).status_code == 200
    frozen = set(answerers(hasty))
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(10) as pool:
        slow = [pool.submit(hurried.post, "/evaluations", json=body) for _ in range(10)]
        until(lambda: sum(one.done() for one in slow) >= 8)
        assert hurried.get("/jobs").status_code == 200
        assert hasty.http.get("/health").status_code == 200
        codes = sorted(one.result().json().get("code", "") for one in slow)
    # One is given up when its time is over, one had waited long enough, and there was no place for the rest.
    assert codes == ["busy"] * 9 + ["late"]
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
