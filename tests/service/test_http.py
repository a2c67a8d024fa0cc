"""What HTTP offers besides: HEAD, tags, gzip, waiting, request ids; and requests that nobody sends in earnest."""

import gzip
import json
import socket

import pytest

from service.examples import TINY
from tests.service.conftest import until

QUICK = {"instance": TINY | {"title": "quick"}, "limits": {"steps": 100}}
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def done(service):
    id = service.submit("quick")
    service.ended(id)
    return id


@pytest.mark.parametrize(
    "path", ["/health", "/v1/jobs", "/jobs", "/jobs/{}/report.html", "/metrics"]
)
def test_head_has_the_headers_of_get_and_no_body(http, done, path):
    answer = http.head(path.format(done))
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-type"] == http.get(path.format(done)).headers["content-type"]


def test_head_of_a_stream_ends(service, http):
    id = service.submit("count", limits={"seconds": 600})
    assert http.head(f"/jobs/{id}/events").status_code == 200
    http.post(f"/jobs/{id}/stop")
    service.ended(id)


def test_head_of_what_is_not_there_has_no_body(http):
    answer = http.head("/jobs/none")
    assert (answer.status_code, answer.content) == (404, b"")
    assert "HEAD" in http.put("/jobs").headers["allow"]


@pytest.mark.parametrize("name", ["roster", "roster.csv", "people/worker-03/roster.ics"])
def test_what_the_client_has_is_not_sent_again(http, done, name):
    address = f"/jobs/{done}/{name}"
    tag = http.get(address).headers["etag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        answer = http.get(address, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert http.get(address, headers={"If-None-Match": '"x"'}).status_code == 200


def test_what_is_not_there_is_not_what_the_client_has(http, done):
    for name in ("people/nobody/roster", "people/nobody/roster.ics"):
        answer = http.get(f"/jobs/{done}/{name}", headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.json()["code"]) == (404, "part_not_found")


@pytest.mark.parametrize("asked", ["bytes=0-3", "bytes=99999999-", "bytes=9-1", "lines=1"])
def test_a_style_sheet_comes_whole_whatever_range_is_asked_for(http, asked):
    whole = http.get("/static/base.css")
    answer = http.get("/static/base.css", headers={"Range": asked})
    assert (answer.status_code, answer.content) == (200, whole.content)


def test_a_tag_belongs_to_one_answer(service, http, done):
    other = service.submit("quick")
    service.ended(other)
    addresses = [
        f"/jobs/{done}/roster.csv",
        f"/jobs/{done}/roster.csv?lang=en",
        f"/jobs/{done}/roster",
        f"/jobs/{other}/roster.csv",
    ]
    assert len({http.get(address).headers["etag"] for address in addresses}) == 4


def test_an_instance_has_a_tag(http):
    id = http.post("/instances", json=TINY).json()["id"]
    tag = http.get(f"/instances/{id}").headers["etag"]
    assert http.get(f"/instances/{id}", headers={"If-None-Match": tag}).status_code == 304


def test_what_is_given_again_is_the_same_and_goes_with_its_job(service, http):
    id = service.submit("quick")
    service.ended(id)
    for name in ("roster", "roster.csv"):
        first, again = (http.get(f"/jobs/{id}/{name}") for _ in range(2))
        assert first.content
        assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
        assert again.headers["content-type"] == first.headers["content-type"]
        assert again.headers.get("x-request-id") != first.headers["x-request-id"]
    assert http.get(f"/jobs/{id}/roster.csv?lang=xx").status_code == 422
    assert http.delete(f"/jobs/{id}").status_code == 204
    assert http.get(f"/jobs/{id}/roster").status_code == 404
    assert http.get(f"/jobs/{id}/roster.csv").status_code == 404


def raw(service, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", service.port), timeout=120) as line:
        line.sendall(request)
        answer = b""
        while part := line.recv(1 << 16):
            answer += part
    return answer


def test_answers_are_compressed_for_who_asks(service, http, done):
    address = f"/jobs/{done}/report.html"
    plain = http.get(address, headers={"Accept-Encoding": "identity"})
    small = http.get(address, headers=GZIP)
    assert "content-encoding" not in plain.headers
    assert (small.headers["content-encoding"], small.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert small.content == plain.content
    packed = raw(
        service,
        f"GET {address} HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode(),
    ).split(b"\r\n\r\n", 1)[1]
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2
    # A compressed body is another one.
    assert small.headers["etag"] != plain.headers["etag"]
    again = http.get(address, headers=GZIP | {"If-None-Match": small.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/jobs/{}/report.html", {"Accept-Encoding": "gzip;q=0, identity"}),
        ("/jobs/{}/report.html", GZIP | {"Sec-Fetch-Site": "cross-site"}),
        ("/jobs/{}/roster.xlsx", GZIP),
        ("/jobs/{}/people/worker-03/roster", GZIP),
        ("/jobs?limit=" + "9" * 3000, GZIP),
    ],
)
def test_what_is_small_packed_already_or_may_be_guessed_is_not_compressed(
    http, done, address, headers
):
    answer = http.get(address.format(done), headers=headers)
    assert "content-encoding" not in answer.headers


def test_a_job_that_ends_soon_is_answered_with_its_end(http):
    answer = http.post("/jobs", json=QUICK, headers={"Prefer": "respond-async, wait=20"})
    assert answer.status_code == 200
    assert answer.json()["state"] == "succeeded"
    assert answer.headers["preference-applied"] == "wait=20"
    assert answer.headers["location"] == f"/v1/jobs/{answer.json()['id']}"


def test_a_replan_can_be_waited_for_too(http, done):
    changes = {"changes": [{"kind": "cancel", "task": "visit-1"}]}
    request = {"job_id": done, "changes": changes, "limits": {"steps": 1}}
    answer = http.post("/v1/replans", json=request, headers={"Prefer": "wait=20"})
    assert (answer.status_code, answer.json()["state"]) == (200, "succeeded")


@pytest.mark.parametrize("prefer", ["wait=0", "wait=1"])
def test_a_job_that_does_not_end_soon_is_accepted_as_ever(service, http, prefer):
    request = {"instance": TINY | {"title": "count"}, "limits": {"seconds": 600}}
    answer = http.post("/jobs", json=request, headers={"Prefer": prefer})
    assert answer.status_code == 202
    assert "preference-applied" not in answer.headers
    id = answer.json()["id"]
    http.post(f"/jobs/{id}/stop")
    service.ended(id)


def test_a_wish_that_is_none_and_a_request_with_faults_do_not_wait(http):
    assert http.post("/jobs", json=QUICK, headers={"Prefer": "wait=soon"}).status_code == 202
    answer = http.post("/jobs", json={}, headers={"Prefer": "wait=20"})
    assert (answer.status_code, answer.json()["code"]) == (422, "one_instance")


@pytest.mark.parametrize("given", ["a-1.B_2", "x" * 64])
def test_a_request_keeps_the_id_that_it_brings(http, given):
    assert http.get("/health", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, '{"a"'])
def test_a_request_without_a_sound_id_gets_one(http, given):
    made = http.get("/health", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert len(made) == 32


def test_each_request_is_a_line_of_the_log_without_what_was_said(service, http, done):
    http.get(f"/jobs/{done}/free?when=canary-in-query", headers={"X-Request-ID": "log-1"})
    # The line is written once the answer has been sent.
    until(lambda: "log-1" in service.log.read_text())
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    (line,) = [line for line in lines if line.get("request") == "log-1"]
    assert (line["operation"], line["status"], line["job"]) == ("get_free_people", 422, done)
    assert "canary" not in service.log.read_text()


def test_figures_tell_requests_jobs_and_workers(http, done):
    lines = http.get("/metrics").text.splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert float(figures['lianxin_requests_total{operation="get_job",status="2xx"}']) >= 1
    assert float(figures['lianxin_request_seconds_count{operation="get_job"}']) >= 1
    assert float(figures['lianxin_jobs{state="succeeded"}']) >= 1
    assert figures["lianxin_database_up"] == "1.0"
    assert float(figures["lianxin_workers"]) >= 1
    assert figures['lianxin_lane_running{lane="health"}'] == "1.0"
    for lane in ("light", "heavy", "exports", "reading", "events", "searching", "bodies"):
        assert figures[f'lianxin_lane_waiting{{lane="{lane}"}}'] == "0.0"
        assert figures[f'lianxin_lane_refused_total{{lane="{lane}"}}'] == "0.0"


ODD = [
    b"GET /jobs/%00 HTTP/1.1",
    b"GET /jobs/%ff%fe HTTP/1.1",
    b"GET /jobs/%ED%A0%80 HTTP/1.1",
    b"GET /jobs/%zz%1 HTTP/1.1",
    b"GET /jobs?label=%ED%A0%80 HTTP/1.1",
    b"GET /jobs?label=a%00=b HTTP/1.1",
    b"GET /people/%00/rosters HTTP/1.1",
    b"GET /instances?search=%00 HTTP/1.1",
    b"GET /webhooks/%00/deliveries HTTP/1.1",
    b"GET /jobs/\xff\xfe HTTP/1.1",
    b"GET //jobs HTTP/1.1",
    b"GET /v1/v1/jobs HTTP/1.1",
    b"GET http://127.0.0.1/jobs HTTP/1.1",
    b"GET * HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"TRACE /jobs HTTP/1.1",
    b"FOO /jobs HTTP/1.1",
    b"GET /jobs HTTP/1.1\r\nRange: bytes=0-0,9-1,-5,%s" % (b"1-1," * 500),
    b"GET /jobs HTTP/1.1\r\nAccept: %s" % (b"a/b;q=nan," * 500),
    b"GET /jobs HTTP/1.1\r\nAccept-Encoding: gzip;q=, ;;, \xff",
    b"GET /nothing HTTP/1.1\r\nAccept-Language: en;q=nan, zh;q=inf, \xff;q=1e999",
    b'GET /jobs HTTP/1.1\r\nIf-None-Match: \xff"',
    b"GET /jobs HTTP/1.1\r\nX-Request-ID: a\r\nX-Request-ID: \xff",
    b"GET /jobs HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: localhost",
    b"POST /jobs HTTP/1.1\r\nContent-Type: \xff/\xff\r\nContent-Length: 0",
    b"POST /jobs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + b"9" * 5000,
    b"POST /jobs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: -1",
    b"POST /jobs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Encoding: \xff\r\nContent-Length: 0",
    b"POST /jobs HTTP/1.1\r\nContent-Type: application/json\r\nPrefer: wait=%s\r\nContent-Length: 0"
    % (b"9" * 5000),
    b"POST /jobs HTTP/1.1\r\nContent-Type: application/json\r\nIdempotency-Key: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}",
    b"POST /jobs HTTP/1.1\r\nSec-Fetch-Site: \xff\r\nContent-Length: 0",
]


@pytest.mark.parametrize("request_", ODD, ids=lambda request: request[:70])
def test_no_request_makes_the_service_fail(service, request_):
    head = (
        request_ if b"Host:" in request_ else request_.replace(b"1.1", b"1.1\r\nHost: 127.0.0.1", 1)
    )
    if b"\r\n\r\n" not in head:
        head += b"\r\n\r\n"
    head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    status = raw(service, head).split(b" ", 2)[1]
    assert status[:1] in (b"2", b"3", b"4"), status


@pytest.mark.parametrize("seen", ["9" * 5000, "-1", "1.5", "\u00b2", ""])
def test_an_event_id_that_is_none_of_ours_is_not_heeded(http, done, seen):
    headers = {"Last-Event-ID": seen.encode("latin-1")}
    answer = http.get(f"/jobs/{done}/events", headers=headers)
    assert answer.status_code == 200
    assert answer.text.count("event: end") == 1


@pytest.mark.parametrize("text", [r"\u0000", r"\ud800", r"\ufffe"])
@pytest.mark.parametrize(
    "place", ['{"title": "%s"}', '{"labels": {"%s": ""}}', '{"labels": {"a": "%s"}}']
)
def test_broken_text_is_refused_where_it_would_be_kept(http, done, place, text):
    body = (place % text).encode()
    headers = {"Content-Type": "application/json"}
    answer = http.patch(f"/jobs/{done}", content=body, headers=headers)
    assert answer.status_code == 422
