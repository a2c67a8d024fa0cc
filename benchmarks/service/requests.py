"""Requests at a fixed rate, whether or not the ones before were answered: waits count from when each was due."""

import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle

from benchmarks.service.installation import HEADERS, Installation, cpu_seconds
from service.examples import TINY, TINY_ROSTER

Request = tuple[str, str, str, str | None]
"""Name, method, path, body."""
_CONNECTIONS = 24
_FIRST = 5
"""Requests that are not counted: what they load is loaded then."""


def kinds(made: Installation, running: str, done: str) -> dict[str, Request]:
    """What pages and programs ask, by name."""
    instance = made.get(f"/v1/jobs/{done}")["instance_id"]
    validation = ("validate", "POST", "/v1/validations", json.dumps(TINY))
    body = json.dumps({"instance_id": instance, "roster": TINY_ROSTER})
    asked = (
        ("job", "GET", f"/v1/jobs/{running}", None),
        ("roster", "GET", f"/v1/jobs/{done}/roster", None),
        ("list", "GET", "/v1/jobs", None),
        ("instance", "GET", f"/v1/instances/{instance}", None),
        ("health", "GET", "/health", None),
        validation,
        ("evaluate", "POST", "/v1/evaluations", body),
    )
    return {request[0]: request for request in asked}


def mixed(made: Installation, running: str, done: str) -> Iterator[Request]:
    """The kinds over and over, as a page asks for them; one in nine has a body to judge."""
    asked = kinds(made, running, done)
    light = ("job", "roster", "list", "job", "instance", "job", "roster", "health")
    return cycle(asked[name] for name in (*light, "validate", *light, "evaluate"))


def mean_cpu(made: Installation, asked: Request, count: int) -> float:
    """What the web process and those below it use for a request, in seconds; one after the other."""
    _, method, path, body = asked
    connection = made.connection()
    used = 0.0
    for number in range(count + _FIRST):
        if number == _FIRST:
            used = cpu_seconds(made.web.pid)
        connection.request(method, path, body, HEADERS)
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 400
    connection.close()
    return (cpu_seconds(made.web.pid) - used) / count


def p95(waits: Sequence[float]) -> float:
    """95 of 100 waited no longer."""
    return sorted(waits)[int(0.95 * len(waits))]


class Requests:
    """So many seconds of requests at a rate, on connections that stay open; what became of them.

    waits: seconds from when each was due to its answer; by_name: the same by the request's name
    errors: answers of 400 and above, and lost connections; refused: how many by status
    """

    def __init__(self, made: Installation, asked: Iterator[Request], rate: float, seconds: float):
        self.waits: list[float] = []
        self.by_name: dict[str, list[float]] = defaultdict(list)
        self.refused: Counter[int] = Counter()
        self._made = made
        self._asked = asked
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._due = (self._begun + number / rate for number in range(round(rate * seconds)))
        senders = [threading.Thread(target=self._send) for _ in range(_CONNECTIONS)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        self.seconds = time.monotonic() - self._begun

    @property
    def errors(self) -> int:
        """Answers that are none."""
        return sum(self.refused.values())

    def _send(self) -> None:
        connection = self._made.connection()
        while True:
            with self._lock:
                due = next(self._due, None)
                name, method, path, body = next(self._asked)
            if due is None:
                connection.close()
                return
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                connection.request(method, path, body, HEADERS)
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except OSError:
                connection.close()
                status = 0
            wait = time.monotonic() - due
            with self._lock:
                self.waits.append(wait)
                self.by_name[name].append(wait)
                if status >= 400 or not status:
                    self.refused[status] += 1
