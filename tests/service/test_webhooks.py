"""Webhooks: told by ids, signed, retried; sent only where the installation allows it."""

import hashlib
import hmac
import http.server
import json
import socket
import threading
import time
import uuid
from datetime import UTC, datetime

import pytest

from scheduler.model import Instance
from service.examples import TINY
from service.migrate import migrate
from service.settings import ServiceSettings
from service.store import Store, instances, jobs, webhooks
from service.store.webhooks import DeliveryRow, WebhookRow
from service.webhooks import (
    DEADLINE_SECONDS,
    MOST_ATTEMPTS,
    after_attempt,
    allowed,
    deliver,
    post_within,
)
from tests.service.conftest import until


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
def settings(tmp_path, receiver):
    return ServiceSettings(data_dir=tmp_path, webhook_hosts=(receiver,))


@pytest.fixture
def store(settings):
    """A store with an instance and no worker, so that only the test sends."""
    migrate(settings)
    store = Store.of(settings)
    with store.session() as session:
        instances.add(session, "i", Instance.model_validate(TINY), TINY, None)
    yield store
    store.close()


def add_hook(store, receiver, path, events=("job.succeeded", "job.failed", "job.cancelled")):
    row = WebhookRow(
        id=uuid.uuid4().hex,
        url=f"http://{receiver}{path}",
        events=list(events),
        secret="secret",
        created=time.time(),
        owner_name="",
    )
    with store.session() as session:
        webhooks.add(session, row)
    return row.id


REQUEST = {"cores": 1, "seed": 0, "limits": {"seconds": 1, "idle_seconds": None, "steps": None}}


def end_job(store, state="succeeded"):
    id = uuid.uuid4().hex
    with store.session() as session:
        row = jobs.add(
            session,
            id,
            instance_id="i",
            fingerprint="",
            request=REQUEST,
            start_roster=None,
        )
        row.state, row.ended = state, time.time()
    return id


def sent(store, hook):
    with store.session() as session:
        return webhooks.deliveries(session, hook, 10)


def taken(path):
    return [(headers, body) for at, headers, body in Receiver.taken if at == path]


def test_an_ended_job_is_told_once_signed_and_by_ids_only(store, settings, receiver):
    hook = add_hook(store, receiver, "/204/signed?x=1")
    job = end_job(store)
    assert (deliver(store, settings), deliver(store, settings)) == (1, 0)
    (delivery,) = sent(store, hook)
    assert (delivery.job_id, delivery.outcome, delivery.attempts) == (job, "204", 1)
    assert (delivery.due, delivery.delivered is None) == (None, False)
    ((headers, body),) = taken("/204/signed?x=1")
    told = json.loads(body)
    created = datetime.fromtimestamp(delivery.created, UTC).isoformat()
    assert told == {
        "id": delivery.id,
        "event": "job.succeeded",
        "job_id": job,
        "instance_id": "i",
        "created_at": created,
    }
    assert (headers["Lianxin-Delivery"], headers["Lianxin-Event"]) == (told["id"], told["event"])
    parts = dict(part.split("=") for part in headers["Lianxin-Signature"].split(","))
    assert abs(int(parts["t"]) - time.time()) < 60
    signed = f"{parts['t']}.".encode() + body
    assert parts["v1"] == hmac.new(b"secret", signed, hashlib.sha256).hexdigest()


def test_only_the_events_asked_for_are_told(store, settings, receiver):
    hook = add_hook(store, receiver, "/200/failed", ["job.failed", "job.cancelled"])
    ended = [end_job(store, state) for state in ("succeeded", "failed", "cancelled")]
    end_job(store, "running")
    assert deliver(store, settings) == 2
    assert {delivery.job_id for delivery in sent(store, hook)} == set(ended[1:])


def test_jobs_that_ended_before_are_not_told(store, settings, receiver):
    end_job(store)
    add_hook(store, receiver, "/200/late")
    assert deliver(store, settings) == 0


def test_what_is_not_taken_is_tried_again_and_no_redirect_is_followed(store, settings, receiver):
    hook = add_hook(store, receiver, "/302/moved")
    end_job(store)
    assert deliver(store, settings) == 0
    (delivery,) = sent(store, hook)
    assert (delivery.outcome, delivery.delivered) == ("302", None)
    assert taken("/200/elsewhere") == []
    # The next attempt is for later: nothing is sent now, and again once it is due.
    deliver(store, settings)
    assert len(taken("/302/moved")) == 1
    with store.session() as session:
        webhooks.tried(session, delivery.id, due=time.time() - 1)
    deliver(store, settings)
    ids = [headers["Lianxin-Delivery"] for headers, _ in taken("/302/moved")]
    assert ids == 2 * [delivery.id]


def test_a_host_that_is_no_longer_named_is_not_sent_to(store, settings, receiver):
    hook = add_hook(store, receiver, "/200/gone")
    end_job(store)
    deliver(store, settings.model_copy(update={"webhook_hosts": ()}))
    assert [delivery.outcome for delivery in sent(store, hook)] == ["host_not_allowed"]
    assert taken("/200/gone") == []


def test_what_was_taken_long_ago_is_forgotten_and_not_told_again(store, settings, receiver):
    hook = add_hook(store, receiver, "/200/old")
    job = end_job(store)
    deliver(store, settings)
    (delivery,) = sent(store, hook)
    with store.session() as session:
        session.get_one(jobs.JobRow, job).ended = time.time() - webhooks.KEEP_SECONDS
        webhooks.tried(session, delivery.id, created=time.time() - webhooks.KEEP_SECONDS - 1)
    assert deliver(store, settings) == 0
    assert sent(store, hook) == []


def test_the_worker_tells_and_the_list_says_so(telling, receiver):
    made = make_hook(telling, receiver, "/200/worker")
    job = telling.submit("quick")
    telling.ended(job)
    address = f"/v1/webhooks/{made['id']}/deliveries"
    until(lambda: any(one["attempts"] for one in telling.http.get(address).json()["deliveries"]))
    (delivery,) = telling.http.get(address).json()["deliveries"]
    assert (delivery["job_id"], delivery["event"]) == (job, "job.succeeded")
    assert (delivery["outcome"], delivery["next_attempt_at"]) == ("200", None)
    assert delivery["delivered_at"] >= delivery["created_at"]
    assert telling.http.delete(f"/v1/webhooks/{made['id']}").status_code == 204
    assert telling.http.delete(f"/v1/webhooks/{made['id']}").status_code == 404
    assert telling.http.get(address).status_code == 404
    assert made["id"] not in telling.http.get("/v1/webhooks").text


def make_hook(service, receiver, path):
    answer = service.http.post("/v1/webhooks", json={"url": f"http://{receiver}{path}"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_attempts_wait_longer_each_time_and_end():
    row = DeliveryRow(attempts=0)
    now, waits = 1000.0, []
    for row.attempts in range(MOST_ATTEMPTS):
        due = after_attempt(row, "500", now)["due"]
        waits.append(due and round(due - now))
    assert waits[:4] == [10, 40, 160, 640]
    assert waits[-3:] == [21600, 21600, None]
    assert [after_attempt(row, outcome, now)["due"] for outcome in ("200", "299")] == [None, None]
    assert "delivered" not in after_attempt(row, "20", now)


def test_the_secret_is_told_once_and_sealed(telling, receiver):
    made = make_hook(telling, receiver, "/200/secret")
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
        thread.join(120)
        assert not thread.is_alive()


def test_nobody_there_is_a_failure_with_a_name():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert (
        post_within(DEADLINE_SECONDS, f"http://127.0.0.1:{port}/", b"", {})
        == "ConnectionRefusedError"
    )


@pytest.mark.parametrize(
    ("leads_to", "outcome"),
    [
        (["127.0.0.1"], "NearAddressError"),
        (["127.8.8.8"], "NearAddressError"),
        (["::1"], "NearAddressError"),
        (["::ffff:127.0.0.1"], "NearAddressError"),
        (["169.254.169.254"], "NearAddressError"),
        (["fe80::1%lo"], "NearAddressError"),
        (["0.0.0.0"], "NearAddressError"),
        (["224.0.0.1"], "NearAddressError"),
        (["192.0.2.7"], "200"),
        (["127.0.0.1", "192.0.2.8", "192.0.2.7"], "200"),  # whoever does not answer is passed over
        (["192.0.2.8"], "ConnectionRefusedError"),
    ],
)
def test_a_name_leads_to_no_service_of_this_machine(receiver, monkeypatch, leads_to, outcome):
    port, looked_up, real = int(receiver.partition(":")[2]), [], socket.create_connection

    def addresses(host, port, **_):
        looked_up.append(host)
        return [(0, 0, 0, "", (address, port)) for address in leads_to]

    def connect(to, timeout):
        if to[0] == "192.0.2.8":
            raise ConnectionRefusedError
        assert to == ("192.0.2.7", port)
        monkeypatch.undo()
        return real(("127.0.0.1", port), timeout)

    monkeypatch.setattr(socket, "getaddrinfo", addresses)
    monkeypatch.setattr(socket, "create_connection", connect)
    sent = post_within(DEADLINE_SECONDS, f"http://erp.example.cn:{port}/200/named", b"{}", {})
    assert (sent, looked_up) == (outcome, ["erp.example.cn"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_is_on_this_machine_is_reached_by_its_address(receiver, host):
    port = receiver.partition(":")[2]
    assert post_within(DEADLINE_SECONDS, f"http://{host}:{port}/200/near", b"{}", {}) == "200"


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
