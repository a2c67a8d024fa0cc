"""Requests at a fixed rate, whether or not the ones before were answered: waits count from when each was due."""

import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import cycle

from benchmarks.service.installation import HEADERS, Installation
from service.examples import TINY, TINY_ROSTER

Request = tuple[str, str, str, str | None]
"""Name, method, path, body."""
_CONNECTIONS = 24


def mixed(made: Installation, running: str, done: str) -> Iterator[Request]:
    """What pages and programs ask, over and over; one in nine has a body to judge."""
    instance = made.get(f"/v1/jobs/{done}")["instance_id"]
    validation = ("validate", "POST", "/v1/validations", json.dumps(TINY))
    body = json.dumps({"instance_id": instance, "roster": TINY_ROSTER})
    job = ("job", "GET", f"/v1/jobs/{running}", None)
    roster = ("roster", "GET", f"/v1/jobs/{done}/roster", None)
    listed = ("list", "GET", "/v1/jobs", None)
    week = ("instance", "GET", f"/v1/instances/{instance}", None)
    health = ("health", "GET", "/health", None)
    evaluation = ("evaluate", "POST", "/v1/evaluations", body)
    light = (job, roster, listed, job, week, job, roster, health)
    return cycle((*light, validation, *light, evaluation))


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

    def p95(self) -> float:
        """95 of 100 waited no longer, seconds."""
        return sorted(self.waits)[int(0.95 * len(self.waits))]

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
