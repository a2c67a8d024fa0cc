"""Webhooks: told by ids, signed, retried; sent only where the installation allows it."""

import hashlib
import hmac
import http.server
import json
import socket
import threading
import time

import pytest

from service.store import Store, webhooks
from service.store.webhooks import DeliveryRow
from service.webhooks import (
    DEADLINE_SECONDS,
    MOST_ATTEMPTS,
    after_attempt,
    allowed,
    deliver,
    post_within,
)


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps what it is sent and answers as the first part of the path says."""

    taken: list[tuple[str, dict[str, str], bytes]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, dict(self.headers), body))
        status = int(self.path.split("/")[1])
        self.send_response(status)
        if status == 302:
            self.send_header(
                "Location", f"http://127.0.0.1:{self.server.server_port}/200/elsewhere"
            )
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def receiver():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def telling(make_service, receiver):
    """A service that may send to the receiver."""
    return make_service(webhook_hosts=(receiver,))


@pytest.fixture
def store(telling):
    store = Store.of(telling.settings)
    yield store
    store.close()


def hook(service, receiver, path, **more):
    answer = service.http.post("/v1/webhooks", json={"url": f"http://{receiver}{path}"} | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


def delivered(service, store, id):
    """Deliveries of a webhook, after what is due was sent; a worker may be faster."""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        deliver(store, service.settings)
        found = service.http.get(f"/v1/webhooks/{id}/deliveries").json()["deliveries"]
        if found and all(one["attempts"] for one in found):
            return found
    raise AssertionError("nothing was sent")


def taken(path):
    return [(headers, body) for at, headers, body in Receiver.taken if at == path]


def test_an_ended_job_is_told_once_signed_and_by_ids_only(telling, receiver, store):
    made = hook(telling, receiver, "/204/signed?x=1")
    job = telling.submit("quick")
    telling.ended(job)
    (delivery,) = delivered(telling, store, made["id"])
    assert (delivery["job_id"], delivery["outcome"], delivery["attempts"]) == (job, "204", 1)
    assert delivery["delivered_at"]
    assert delivery["next_attempt_at"] is None
    deliver(store, telling.settings)
    ((headers, body),) = taken("/204/signed?x=1")
    told = json.loads(body)
    assert set(told) == {"id", "event", "job_id", "instance_id", "created_at"}
    assert (told["event"], told["job_id"]) == ("job.succeeded", job)
    assert told["instance_id"] == telling.job(job)["instance_id"]
    assert (headers["Lianxin-Delivery"], headers["Lianxin-Event"]) == (told["id"], told["event"])
    seconds, signature = (part[2:] for part in headers["Lianxin-Signature"].split(","))
    assert abs(int(seconds) - time.time()) < 60
    expected = hmac.new(made["secret"].encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    assert signature.removeprefix("=") == expected.hexdigest()
    telling.http.delete(f"/v1/webhooks/{made['id']}")


def test_only_the_events_asked_for_are_told(telling, receiver, store):
    failed = hook(telling, receiver, "/200/failed", events=["job.failed"])
    for title in ("quick", "raise"):
        telling.ended(telling.submit(title))
    (delivery,) = delivered(telling, store, failed["id"])
    assert delivery["event"] == "job.failed"
    telling.http.delete(f"/v1/webhooks/{failed['id']}")


def test_a_job_cancelled_while_it_waits_is_told_too(telling, receiver, store):
    made = hook(telling, receiver, "/200/cancelled", events=["job.cancelled"])
    busy = [telling.submit("count", limits={"seconds": 600}) for _ in range(2)]
    waiting = telling.submit("count", limits={"seconds": 600})
    for id in (waiting, *busy):
        telling.http.post(f"/jobs/{id}/stop")
        telling.ended(id)
    told = {delivery["job_id"] for delivery in delivered(telling, store, made["id"])}
    assert waiting in told
    telling.http.delete(f"/v1/webhooks/{made['id']}")


def test_what_is_not_taken_is_tried_again_and_no_redirect_is_followed(telling, receiver, store):
    made = hook(telling, receiver, "/302/moved")
    telling.ended(telling.submit("quick"))
    (delivery,) = delivered(telling, store, made["id"])
    assert (delivery["outcome"], delivery["delivered_at"]) == ("302", None)
    assert delivery["next_attempt_at"] > delivery["created_at"]
    assert taken("/200/elsewhere") == []
    # The next attempt is for later: nothing is sent now, and again once it is due.
    deliver(store, telling.settings)
    assert len(taken("/302/moved")) == 1
    with store.session() as session:
        webhooks.tried(session, delivery["id"], due=time.time())
    deliver(store, telling.settings)
    assert [headers["Lianxin-Delivery"] for headers, _ in taken("/302/moved")] == 2 * [
        delivery["id"]
    ]
    telling.http.delete(f"/v1/webhooks/{made['id']}")


def test_attempts_wait_longer_each_time_and_end():
    row = DeliveryRow(attempts=0)
    now = time.time()
    waits = []
    for row.attempts in range(MOST_ATTEMPTS):
        due = after_attempt(row, "500")["due"]
        waits.append(due and round(due - now))
    assert waits[:4] == [10, 40, 160, 640]
    assert waits[-3:] == [21600, 21600, None]
    assert [after_attempt(row, outcome)["due"] for outcome in ("200", "299")] == [None, None]
    assert "delivered" not in after_attempt(row, "20")


def test_a_webhook_that_was_removed_is_told_nothing_more(telling, receiver, store):
    made = hook(telling, receiver, "/500/removed")
    telling.ended(telling.submit("quick"))
    delivered(telling, store, made["id"])
    assert telling.http.delete(f"/v1/webhooks/{made['id']}").status_code == 204
    assert telling.http.delete(f"/v1/webhooks/{made['id']}").status_code == 404
    assert telling.http.get(f"/v1/webhooks/{made['id']}/deliveries").status_code == 404
    assert made["id"] not in telling.http.get("/v1/webhooks").text


def test_jobs_that_ended_before_are_not_told(telling, receiver, store):
    telling.ended(telling.submit("quick"))
    made = hook(telling, receiver, "/200/late")
    later = telling.submit("quick")
    telling.ended(later)
    assert [delivery["job_id"] for delivery in delivered(telling, store, made["id"])] == [later]
    telling.http.delete(f"/v1/webhooks/{made['id']}")


def test_the_secret_is_told_once_and_sealed(telling, receiver):
    made = hook(telling, receiver, "/200/secret")
    (listed,) = [
        one
        for one in telling.http.get("/v1/webhooks").json()["webhooks"]
        if one["id"] == made["id"]
    ]
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    for path in telling.settings.data_dir.iterdir():
        assert made["secret"].encode() not in path.read_bytes()
    telling.http.delete(f"/v1/webhooks/{made['id']}")


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "]
)
def test_a_receiver_that_dawdles_costs_the_deadline_and_no_more(answer):
    # It sends a little for ever, so that no single reading times out.
    with socket.create_server(("127.0.0.1", 0)) as server:

        def dawdle():
            line, _ = server.accept()
            with line:
                try:
                    while True:
                        line.sendall(answer or b"H")
                        time.sleep(0.05)
                except OSError:
                    pass

        thread = threading.Thread(target=dawdle, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert post_within(0.5, url, b"{}", {}) in ("timeout", "BadStatusLine", "LineTooLong")
        thread.join(10)
        assert not thread.is_alive()


def test_nobody_there_is_a_failure_with_a_name():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert (
        post_within(DEADLINE_SECONDS, f"http://127.0.0.1:{port}/", b"", {})
        == "ConnectionRefusedError"
    )


HOSTS = ("erp.example.cn", "10.0.0.7:8443", "[fd00::1]:80", "[fd00::2]")


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://erp.example.cn/hook?x=1", True),
        ("http://erp.example.cn", True),
        ("https://ERP.example.cn:443/", True),
        ("https://erp.example.cn:8443/", False),
        ("https://erp.example.cn:80/", False),
        ("http://10.0.0.7:8443/", True),
        ("http://10.0.0.7/", False),
        ("http://[fd00::1]/", True),
        ("http://[fd00::1]:8080/", False),
        ("https://[fd00::2]/", True),
        ("https://erp.example.cn.evil.cn/", False),
        ("https://erp.example.cn@evil.cn/", False),
        ("https://user:pw@erp.example.cn/", False),
        ("https://evil.cn\\@erp.example.cn/", False),
        ("https://evil.cn/#@erp.example.cn/", False),
        ("https://erp.example.cn./", False),
        ("ftp://erp.example.cn/", False),
        ("//erp.example.cn/", False),
        ("erp.example.cn", False),
        ("http://127.0.0.1/", False),
        ("http://[::1", False),
        ("http://erp.example.cn:99999/", False),
        ("http://erp.example.cn:0/", False),
        ("https://erp.example.cn/a b", False),
        ("https://erp.example.cn/\r\nX: y", False),
        ("https://erp.example.cn/\u200b", False),
        ("https://ｅｒｐ.example.cn/", False),
        ("https://erp.example.cn/" + "x" * 2000, False),
    ],
)
def test_only_named_hosts_are_sent_to(url, sent):
    assert allowed(url, HOSTS) is sent
    assert not allowed(url, ())


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "http://[::1", "file:///etc/passwd"]
)
def test_an_address_of_no_named_host_is_refused_with_the_hosts(telling, receiver, url):
    answer = telling.http.post("/v1/webhooks", json={"url": url})
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["pointer"], problem["code"]) == ("/url", "host_not_named")
    assert receiver in problem["remedy"]["en"]


def test_a_host_that_is_no_longer_named_is_not_sent_to(telling, receiver, store):
    made = hook(telling, receiver, "/200/gone")
    telling.ended(telling.submit("quick"))
    stricter = telling.settings.model_copy(update={"webhook_hosts": ()})
    deliver(store, stricter)
    found = telling.http.get(f"/v1/webhooks/{made['id']}/deliveries").json()["deliveries"]
    assert [delivery["outcome"] for delivery in found] == ["host_not_allowed"]
    assert taken("/200/gone") == []
