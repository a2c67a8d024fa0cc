"""What comes over a connection is read in one way, and no more of it is held than is needed."""

import json
import socket
import time

import pytest

from service.listening import listen
from service.settings import ServiceSettings
from tests.service.conftest import until
from tests.service.pressure import raw

HEAD = b"GET /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n"
LAST = HEAD + b"Connection: close\r\n\r\n"
POST = (
    b"POST /v1/validations HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
)


def told(connection):
    """All that comes until the connection ends."""
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer


def answers(service, *said):
    """What the service says to something that it gets in one piece or more, until it ends the connection."""
    with raw(service) as connection:
        for part in said:
            time.sleep(0.1)
            connection.sendall(part)
        return told(connection)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /v1/jobs HTTP/1.1\r\n\r\n",
        HEAD + b"Host: localhost\r\n\r\n",
        b"GET http://127.0.0.1/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /v1/jobs HTTP/0.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /v1/jobs HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n",
        HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n",
        HEAD + b"Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"X: " + b"x" * 70_000,
        POST + b"?\r\n",
    ],
    ids=lambda head: head[:60],
)
def test_what_is_no_request_is_refused_once(service, head):
    assert answers(service, head).count(b"HTTP/1.1 ") == 1
    assert answers(service, head).startswith(b"HTTP/1.1 400 ")


def test_headers_behind_a_body_are_not_held_without_end(service):
    assert answers(service, POST + b"0\r\nX: ", b"x" * 70_000).startswith(b"HTTP/1.1 400 ")


def test_headers_behind_a_body_are_none(service):
    said = POST + b"0\r\nContent-Type: text/plain\r\nHost: elsewhere\r\n\r\n"
    assert answers(service, said).startswith(b"HTTP/1.1 200 ")


def test_requests_that_are_sent_ahead_are_answered_in_their_order(service):
    ahead = [HEAD + b"X-Request-ID: no-%d\r\n\r\n" % number for number in range(5)]
    answer = answers(service, b"".join(ahead) + LAST)
    assert answer.count(b"HTTP/1.1 200 ") == 6
    places = [answer.index(b"no-%d" % number) for number in range(5)]
    assert places == sorted(places)


@pytest.mark.parametrize("said", [(HEAD + b"\r\n") * 150, HEAD + b"\r\n" + b"NONSENSE\r\n\r\n"])
def test_who_sends_too_much_ahead_or_nonsense_is_cut_off_without_a_word_that_misleads(
    service, said
):
    answer = answers(service, said)
    assert b" 400 " not in answer
    assert answer.count(b"HTTP/1.1 ") < 100


def test_what_follows_an_upgrade_is_no_request(service):
    upgrade = HEAD + b"Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 90\r\n\r\n"
    answer = answers(service, upgrade, LAST)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_a_client_of_http_1_0_gets_an_answer_without_a_length_as_it_is(service):
    job = service.submit()
    service.ended(job)
    said = b"GET /v1/jobs/%s/events HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n" % job.encode()
    head, _, body = answers(service, said).partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head.lower()
    assert b"connection: close" in head.lower()
    event = body.decode().split("data: ")[1].split("\n")[0]
    assert json.loads(event)["id"] == job
    assert body.endswith(b"\n\n")


def test_who_follows_a_job_sends_ahead_and_goes_keeps_no_place(service):
    job = service.submit("endless", limits={"seconds": 600})
    following = b"GET /v1/jobs/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % job.encode()

    def running():
        figures = service.http.get("/metrics").text.splitlines()
        return next(line for line in figures if 'lane_running{lane="events"}' in line)[-3:]

    # Whoever followed another job may have just gone.
    until(lambda: running() == "0.0")
    with raw(service, following + HEAD + b"\r\n") as connection:
        assert b" 200 " in connection.recv(100)
        assert running() == "1.0"
    until(lambda: running() == "0.0")
    service.http.post(f"/jobs/{job}/stop")


def test_no_part_of_an_answer_waits_for_the_client_to_say_that_it_has_the_one_before():
    with (
        listen(ServiceSettings(port=0)) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
