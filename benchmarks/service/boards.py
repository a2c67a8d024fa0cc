"""How much boards that stand open beside a solve slow it: moves for a second of the search's own CPU, in turns within one solve.

Other work on a machine shifts what a second of CPU is worth by far more than 3 %, and a search slows as it goes on. So
the boards come and go every few seconds while one solve runs, and each turn with them is held against the turns
before and after it, without them.
"""

import http.client
import json
import math
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from benchmarks.service.installation import (
    Installation,
    cpu_seconds,
    installation,
    until,
    used_below,
)
from instances.generate import generate

ENOUGH = 0.03
"""A solve may be slowed by so much; a measurement says nothing where its error is larger."""


class _Mark(NamedTuple):
    """A moment of a solve. steps: moves so far; cpu, web: seconds of CPU of the search and the web process."""

    steps: int
    cpu: float
    web: float
    clock: float


def boards(database: str | None, count: int, seconds: float, rounds: int) -> Iterator[str]:
    """What open boards of its week take from a solve of the sub-district.

    seconds: of the search's CPU, for a turn; rounds: turns with boards
    """
    body = generate("shizishan/sub_district", 1).model_dump(mode="json", exclude_none=True)
    with installation(database, 1, command=None) as made:
        instance = made.keep(body)
        # What a search loads is loaded by the first one, whose roster the boards show.
        first = made.submit(instance, seconds=1)
        until(lambda: made.get(f"/v1/jobs/{first}")["ended_at"] is not None, 0.5)
        week = made.post("/v1/weeks", {"job_id": first})["id"]
        for _ in range(count):
            for path in (f"/w/{week}", f"/v1/weeks/{week}/board"):
                _read(made, path)
        job = made.submit(instance)
        until(lambda: made.get(f"/v1/jobs/{job}")["steps"] > 0, 0.5)
        _turn(made, job, 2 * seconds, 0)  # it begins with what it does not go on with
        turns = [_turn(made, job, seconds, 0)]
        for number in range(rounds):
            turns += [_turn(made, job, seconds, count), _turn(made, job, seconds, 0)]
            ratios = [_ratio(*turns[at : at + 3]) for at in range(0, 2 * number + 1, 2)]
            yield f"{count} boards, turn {number + 1}: {100 * (ratios[-1] - 1):+.1f} %"
        made.post(f"/v1/jobs/{job}/stop", {})
        yield _told(count, ratios, turns)


def _told(count: int, ratios: list[float], turns: list[tuple[_Mark, _Mark]]) -> str:
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    # Of a median of n values about normally spread: 1.25 times the error of their mean.
    error = 1.25 * (high - low) / 1.35 / len(ratios) ** 0.5
    web = [
        statistics.median((end.web - begin.web) / (end.clock - begin.clock) for begin, end in some)
        for some in (turns[1::2], turns[::2])
    ]
    valid = "valid" if 2 * error < ENOUGH else "too noisy to tell"
    return (
        f"{count} boards: {100 * (middle - 1):+.1f} % moves a second of the search's CPU (median of {len(ratios)} "
        f"turns, quartiles {100 * (low - 1):+.1f} and {100 * (high - 1):+.1f} %, error {100 * error:.1f} %: {valid}); "
        f"the web process used {100 * web[0]:.1f} % of a core, {100 * web[1]:.1f} % without"
    )


def _ratio(
    before: tuple[_Mark, _Mark], beside: tuple[_Mark, _Mark], after: tuple[_Mark, _Mark]
) -> float:
    """Moves a second with boards for those without: of the turns on both sides, as a search slows while it goes on."""
    return _speed(beside) / math.sqrt(_speed(before) * _speed(after))


def _speed(turn: tuple[_Mark, _Mark]) -> float:
    begin, end = turn
    return (end.steps - begin.steps) / (end.cpu - begin.cpu)


def _turn(made: Installation, job: str, seconds: float, count: int) -> tuple[_Mark, _Mark]:
    """The marks at the begin and the end of a turn of about so many seconds of CPU with so many boards."""
    with _following(made, job, count):
        begin = _mark(made, job)
        until(lambda: _searched(made) >= begin.cpu + seconds)
        return begin, _mark(made, job)


def _mark(made: Installation, job: str) -> _Mark:
    """The next moment at which the search tells how far it is."""
    known = now = made.get(f"/v1/jobs/{job}")["steps"]
    while now == known:
        time.sleep(0.02)
        now = made.get(f"/v1/jobs/{job}")["steps"]
    return _Mark(now, _searched(made), cpu_seconds(made.web.pid), time.monotonic())


def _searched(made: Installation) -> float:
    """Seconds of CPU of the search: of all that the worker started nothing uses more."""
    return max(one.cpu for one in used_below(made.workers[0].pid))


@contextmanager
def _following(made: Installation, job: str, count: int) -> Iterator[None]:
    """So many boards that hear of a job, as pages do that show it."""
    connections = [made.connection() for _ in range(count)]
    standing = []
    for connection in connections:
        connection.request("GET", f"/v1/jobs/{job}/events")
        answer = connection.getresponse()
        if answer.status >= 400:
            raise AssertionError(f"events: {answer.status} {json.loads(answer.read())['code']}")
        standing.append(threading.Thread(target=_drain, args=(answer,)))
        standing[-1].start()
    yield
    for connection in connections:
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
    for board in standing:
        board.join()


def _drain(answer: Any) -> None:
    with suppress(http.client.HTTPException, OSError):  # a board was closed
        while answer.read1(65536):
            pass


def _read(made: Installation, path: str) -> None:
    connection = made.connection()
    connection.request("GET", path)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status >= 400:
        raise AssertionError(f"GET {path}: {answer.status} {json.loads(said)['code']}")
