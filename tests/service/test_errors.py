"""Every error has one shape, says what to do in both languages, and comes before harm is done."""

import socket
import string

import pytest

from scheduler.messages import LANGS, catalogue
from service.examples import TINY
from service.inputs import JSON, WORKBOOK
from service.problems import STATUS

BIG = 200 * 1024 * 1024


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/nothing", {}, 404, "not_found"),
        ("GET", "/instances/none", {}, 404, "instance_not_found"),
        ("GET", "/instances/none/lineage", {}, 404, "instance_not_found"),
        ("POST", "/instances/none/children", {"json": TINY}, 404, "instance_not_found"),
        ("GET", "/jobs/none", {}, 404, "job_not_found"),
        ("GET", "/jobs/none/roster.csv", {}, 404, "job_not_found"),
        ("GET", "/jobs/none/report.html", {}, 404, "job_not_found"),
        ("POST", "/jobs/none/stop", {}, 404, "job_not_found"),
        ("DELETE", "/jobs/none", {}, 404, "job_not_found"),
        ("POST", "/jobs", {"json": {"instance_id": "none"}}, 404, "instance_not_found"),
        ("PUT", "/jobs", {}, 405, "method_not_allowed"),
        ("POST", "/instances", {"data": {"a": "b"}}, 415, "media_type"),
        ("POST", "/instances", {}, 415, "media_type"),
        (
            "POST",
            "/jobs",
            {"content": b"x", "headers": {"Content-Type": WORKBOOK}},
            415,
            "media_type",
        ),
        ("POST", "/jobs", {"json": {}}, 422, "one_instance"),
        ("POST", "/jobs", {"json": {"limits": {"seconds": -1}}}, 422, "input_invalid"),
        ("POST", "/jobs", {"json": [1, 2]}, 422, "input_invalid"),
        ("POST", "/instances", {"json": None}, 415, "media_type"),
        ("POST", "/instances", {"json": "text"}, 422, "input_invalid"),
        ("GET", "/jobs?limit=many", {}, 422, "input_invalid"),
        ("GET", "/jobs?state=lost", {}, 422, "input_invalid"),
    ],
)
def test_errors_are_problem_details(http, method, path, options, status, code):
    answer = http.request(method, path, **options)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert (found["status"], found["code"]) == (status, code)
    assert found["type"] == f"urn:lianxin:problem:{code}"
    assert found["title"]
    assert found["detail"]
    for one in found["problems"]:
        assert set(one) == {"code", "severity", "pointer", "value", "slots", "text", "remedy"}


def test_a_wrong_limit_is_told_with_place_value_and_remedy(http):
    answer = http.post(
        "/jobs", json={"instance": TINY, "limits": {"seconds": -1, "step": 5}, "seed": "lucky"}
    )
    at = {one["pointer"]: one for one in answer.json()["problems"]}
    assert set(at) == {"/limits/seconds", "/limits/step", "/seed"}
    assert at["/limits/seconds"]["value"] == "-1"
    # A near miss is asked about.
    assert "steps" in at["/limits/step"]["remedy"]["en"]


def test_a_wrong_parameter_is_told_with_its_place(http):
    (problem,) = http.get("/jobs?limit=many").json()["problems"]
    assert (problem["pointer"], problem["value"]) == ("/query/limit", "many")


def test_faults_of_an_inline_instance_are_placed_in_the_request(http):
    instance = TINY | {"horizon": {"start": "someday", "days": 1}}
    problems = http.post("/jobs", json={"instance": instance}).json()["problems"]
    assert [one["pointer"] for one in problems] == ["/instance/horizon/start"]


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr", "zh"),
        ("zh;q=0.1,en;q=0.7", "en"),
        ("en;q=x", "en"),
    ],
)
def test_the_title_is_in_the_readers_language(http, accept, language):
    answer = http.get("/nothing", headers={"Accept-Language": accept})
    assert answer.headers["content-language"] == language
    assert answer.json()["title"] == catalogue(language)["service.problem.not_found.title"]


def test_a_body_said_to_be_huge_is_refused_before_it_is_sent(service):
    with socket.create_connection(("127.0.0.1", service.port), timeout=120) as line:
        line.sendall(
            b"POST /instances HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % BIG
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    ("media_type", "most"), [(JSON, "max_json_bytes"), (WORKBOOK, "max_workbook_bytes")]
)
def test_a_huge_body_is_refused_while_it_comes(service, media_type, most):
    # Chunked: nothing says beforehand how much there will be.
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", service.port), timeout=120) as line:
        line.sendall(
            b"POST /instances HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: " + media_type.encode() + b"\r\n\r\n"
        )
        while sent <= getattr(service.settings, most):
            line.sendall(chunk)
            sent += 0x10000
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_refused_body_leaves_nothing_behind(service, http):
    folder = service.settings.data_dir
    files = sorted(path.name for path in folder.iterdir())
    http.post("/instances", json=TINY | {"title": " " * 300_000})
    assert sorted(path.name for path in folder.iterdir()) == files


def test_a_compressed_body_is_refused(http):
    answer = http.post("/instances", json=TINY, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


def test_every_code_has_words_in_both_languages_with_the_same_slots():
    def slots(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    words = {lang: catalogue(lang) for lang in LANGS}
    for code in STATUS:
        for part in ("title", "detail"):
            key = f"service.problem.{code}.{part}"
            assert slots(words["zh"][key]) == slots(words["en"][key])
