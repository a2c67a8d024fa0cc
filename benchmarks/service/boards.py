"""How much boards that stand open beside a solve slow it: its steps for a second of its own CPU, and for one of the clock."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.service.installation import Installation, cpu_seconds, installation, until
from instances.generate import generate


def boards(database: str | None, count: int, seconds: float, rounds: int) -> Iterator[str]:
    """A solve of the sub-district by itself and beside open boards of its week, in turns.

    The boards were opened before it, one after the other; each follows it, as a page does that shows it.
    """
    body = generate("shizishan/sub_district", 1).model_dump(mode="json", exclude_none=True)
    with installation(database, 1, command=None) as made:
        instance = made.keep(body)
        # What a search loads is loaded by the first one, whose roster the boards show.
        first = _ended(made, made.submit(instance, seconds=1))["id"]
        week = made.post("/v1/weeks", {"job_id": first})["id"]
        for _ in range(rounds):
            alone, beside = (_solved(made, instance, week, n, seconds) for n in (0, count))
            yield (
                f"{count} boards: {beside[0]:.0f} steps a CPU second, {alone[0]:.0f} without: "
                f"{100 * (beside[0] / alone[0] - 1):+.1f} %; by the clock "
                f"{100 * (beside[1] / alone[1] - 1):+.1f} %; the web process used "
                f"{100 * beside[2]:.1f} % of a core, {100 * alone[2]:.1f} % without"
            )


def _solved(
    made: Installation, instance: str, week: str, count: int, seconds: float
) -> tuple[float, float, float]:
    """Steps for a second of CPU and of the clock, and how many cores the web process used."""
    worker, web = made.workers[0].pid, made.web.pid
    for _ in range(count):
        for path in (f"/w/{week}", f"/v1/weeks/{week}/board"):
            _read(made, path)
    used, asked = cpu_seconds(worker), cpu_seconds(web)
    begun = time.monotonic()
    job = made.submit(instance, seconds=seconds)
    with _following(made, job, count):
        ended = _ended(made, job)
    lasted = time.monotonic() - begun
    used, asked = cpu_seconds(worker) - used, cpu_seconds(web) - asked
    return ended["steps"] / used, ended["steps"] / ended["seconds"], asked / lasted


def _ended(made: Installation, job: str) -> dict[str, Any]:
    """The job, once it has ended; it is not asked for often."""
    until(lambda: made.get(f"/v1/jobs/{job}")["ended_at"] is not None, 0.5)
    return made.get(f"/v1/jobs/{job}")


@contextmanager
def _following(made: Installation, job: str, count: int) -> Iterator[None]:
    """So many boards that hear of a job until it ends."""
    path = f"/v1/jobs/{job}/events"
    standing = [threading.Thread(target=_read, args=(made, path)) for _ in range(count)]
    for board in standing:
        board.start()
    yield
    for board in standing:
        board.join()


def _read(made: Installation, path: str) -> None:
    connection = made.connection()
    connection.request("GET", path)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status >= 400:
        raise AssertionError(f"GET {path}: {answer.status} {json.loads(said)['code']}")
