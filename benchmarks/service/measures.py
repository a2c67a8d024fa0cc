"""The measurements: each starts an installation of its own and yields lines to print."""

import socket
import statistics
import threading
import time
from collections.abc import Iterator

from benchmarks.service import requests as asked
from benchmarks.service.installation import (
    Installation,
    cpu_seconds,
    installation,
    until,
    used_below,
)
from benchmarks.service.requests import Requests, mixed, p95
from instances.generate import generate
from service.examples import TINY

_SETTLE_SECONDS = 5.0
_WARM_SECONDS = 3.0
"""Requests at the same rate before those that count: processes are started then, and connections made."""


def requests(database: str | None, seconds: float, rate: float) -> Iterator[str]:
    """Mixed requests at a fixed rate beside a running solve."""
    week = generate("shizishan/sub_district", 1).model_dump(mode="json", exclude_none=True)
    with installation(database, 1, command=None) as made:
        solve = made.submit(made.keep(week), seconds=seconds + 600)
        until(lambda: made.get(f"/v1/jobs/{solve}")["score"] is not None)
        done = made.submit(made.keep(TINY), steps=2000)
        until(lambda: made.get(f"/v1/jobs/{done}")["state"] == "succeeded")
        Requests(made, mixed(made, solve, done), rate, _WARM_SECONDS)
        before = cpu_seconds(made.web.pid)
        sent = Requests(made, mixed(made, solve, done), rate, seconds)
        used = cpu_seconds(made.web.pid) - before
        assert made.get(f"/v1/jobs/{solve}")["state"] == "running"
        yield (
            f"{len(sent.waits)} requests in {sent.seconds:.1f} s ({rate:g} a second asked for), "
            f"{sent.errors} errors {dict(sent.refused)}"
        )
        yield (
            f"ms: median {1000 * statistics.median(sent.waits):.1f}, p95 {1000 * p95(sent.waits):.1f}, "
            f"most {1000 * max(sent.waits):.0f}; {1000 * used / len(sent.waits):.2f} ms of CPU each"
        )
        for name, waits in sorted(sent.by_name.items()):
            yield (
                f"  {name:12} {len(waits):6} median {1000 * statistics.median(waits):7.1f} ms, "
                f"p95 {1000 * p95(waits):7.1f} ms"
            )


def kinds(database: str | None, count: int) -> Iterator[str]:
    """CPU of the web process for each kind of request, beside nothing else."""
    with installation(database, 1) as made:
        running = made.submit(made.keep_timed(3600))
        until(lambda: made.get(f"/v1/jobs/{running}")["score"] is not None)
        made.submit(made.keep_timed(0))
        until(lambda: made.ended() == 1)
        done = next(row.id for row in made.rows() if row.state == "succeeded")
        for request in asked.kinds(made, running, done).values():
            used = asked.mean_cpu(made, request, count)
            yield f"{request[0]:12} {1000 * used:6.2f} ms of CPU"


def drain(database: str | None, jobs: int, seconds: float, kill_every: float) -> Iterator[str]:
    """Queued jobs, each of so many seconds, drained by two workers of which one is killed now and then."""
    with installation(database, 0) as made:
        week = made.keep_timed(seconds)
        begun = time.monotonic()
        ids = {made.submit(week) for _ in range(jobs)}
        yield f"{jobs} jobs posted, {jobs / (time.monotonic() - begun):.0f} a second"
        made.add_workers(2)
        begun, killed, next_kill = time.monotonic(), 0, kill_every
        while made.ended() < jobs:
            if time.monotonic() - begun > next_kill:
                made.kill_worker(killed % 2)
                killed, next_kill = killed + 1, next_kill + kill_every
            time.sleep(0.2)
        wall = time.monotonic() - begun
        rows = made.rows()
        well = sum(row.state == "succeeded" for row in rows)
        again = sum(row.attempts > 1 for row in rows)
        time.sleep(_SETTLE_SECONDS)
        same = {row.id: row.event for row in rows} == {row.id: row.event for row in made.rows()}
        yield (
            f"drained in {wall:.1f} s, {killed} workers killed: {well} of {len(ids)} succeeded, "
            f"{again} were taken up again, {'none' if same else 'SOME'} changed after its end"
        )


def workers(
    databases: "Iterator[str | None]", jobs: int, seconds: float, counts: tuple[int, ...]
) -> Iterator[str]:
    """Jobs a minute by the number of workers, one job at a time each; databases: an empty one each time."""
    first = 0.0
    for count in counts:
        with installation(next(databases), count, worker_cores=1) as made:
            week = made.keep_timed(seconds)
            before = cpu_seconds(*(each.pid for each in made.workers))
            for _ in range(jobs * count):
                made.submit(week)
            until(lambda: made.ended() == jobs * count)  # noqa: B023
            used = cpu_seconds(*(each.pid for each in made.workers)) - before
            rows = made.rows()
        wall = max(row.ended or 0 for row in rows) - min(row.started or 0 for row in rows)
        rate = 60 * len(rows) / wall
        first = first or rate / count
        yield (
            f"{count} workers: {rate:7.1f} jobs a minute, efficiency {rate / count / first:.2f} of one's, "
            f"{rate / count * seconds / 60:.2f} of the stand-in's own; {1000 * used / len(rows):.0f} ms of CPU a job"
        )


def idle(database: str | None, seconds: float) -> Iterator[str]:
    """What a worker and a web process use with nothing to do."""
    with installation(database, 1) as made:
        # Once a job has ended, all that a worker loads is loaded.
        made.submit(made.keep_timed(0))
        until(lambda: made.ended() == 1)
        time.sleep(_SETTLE_SECONDS)
        for name, pid in (("worker", made.workers[0].pid), ("web process", made.web.pid)):
            before = cpu_seconds(pid)
            time.sleep(seconds)
            yield f"idle {name}: {100 * (cpu_seconds(pid) - before) / seconds:.2f} % of a core"


def followers(database: str | None, count: int, seconds: float) -> Iterator[str]:
    """What following costs the web process: a job that gets better ten times a second, saved once a second."""
    with installation(database, 1) as made:
        job = made.submit(made.keep_timed(3600))
        until(lambda: made.get(f"/v1/jobs/{job}")["score"] is not None)
        for number in (0, 1, count):
            yield _followed(made, job, number, seconds)


def _followed(made: Installation, job: str, count: int, seconds: float) -> str:
    address = (made.settings.host, made.settings.port)
    request = f"GET /v1/jobs/{job}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    heard = [0] * count
    ends = []
    for _ in range(count):
        ends.append(socket.create_connection(address))
        ends[-1].sendall(request)

    def listen(number: int) -> None:
        while data := ends[number].recv(65536):
            heard[number] += data.count(b"\ndata:") + data.startswith(b"data:")

    listening = [
        threading.Thread(target=listen, args=(each,), daemon=True) for each in range(count)
    ]
    for thread in listening:
        thread.start()
    time.sleep(_SETTLE_SECONDS)
    heard[:] = [0] * count
    before = cpu_seconds(made.web.pid)
    time.sleep(seconds)
    used = cpu_seconds(made.web.pid) - before
    least = min(heard, default=0)
    for end in ends:
        end.shutdown(socket.SHUT_RDWR)
    for thread in listening:
        thread.join()
    return (
        f"{count:4} followers: {100 * used / seconds:6.2f} % of a core, "
        f"{least / seconds:.1f} events a second to each at least"
    )


def start(database: str | None, count: int) -> Iterator[str]:
    """What web process and worker use once they answer, and once so many more processes answer and search."""
    begun = time.monotonic()
    with installation(database, 1, command=None, reading_processes=count) as made:
        seconds = time.monotonic() - begun
        instance = made.keep(TINY)
        done = made.submit(instance, steps=2000)
        until(lambda: made.get(f"/v1/jobs/{done}")["state"] == "succeeded")
        time.sleep(_SETTLE_SECONDS)
        yield f"web process and worker answer after {seconds:.1f} s"
        yield from _processes(made)
        asking = [
            threading.Thread(target=made.post, args=("/v1/validations", TINY))
            for _ in range(4 * count)
        ]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        yield f"with {count} processes that read"
        yield from _processes(made)


def _processes(made: Installation) -> Iterator[str]:
    every = [("web", used_below(made.web.pid)), ("worker", used_below(made.workers[0].pid))]
    for name, found in every:
        for one in found:
            yield f"  {name:7} {one.name:16} {one.cpu:5.2f} s of CPU, {one.pss:4.0f} MB (RSS {one.rss:.0f})"
    whole = [one for _, found in every for one in found]
    yield (
        f"  {len(whole)} processes: {sum(one.cpu for one in whole):.2f} s of CPU, "
        f"{sum(one.pss for one in whole):.0f} MB (RSS {sum(one.rss for one in whole):.0f})"
    )


def trivial(database: str | None, count: int) -> Iterator[str]:
    """How long a job takes in which there is nothing to do but one visit, from post to end."""
    with installation(database, 1, command=None) as made:
        week = made.keep(TINY)
        waits = []
        for _ in range(count + 1):
            begun = time.monotonic()
            job = made.submit(week, steps=1000)
            connection = made.connection()
            connection.request("GET", f"/v1/jobs/{job}/events")
            connection.getresponse().read()  # the stream ends with the job
            waits.append(time.monotonic() - begun)
        first, *others = waits
        yield f"a trivial job: {statistics.median(others):.3f} s in the median of {count}, the first {first:.3f} s"
