"""``python -m benchmarks.service``: one measurement by name, or all of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from benchmarks.result import commit, machine
from benchmarks.service import measures
from benchmarks.service.boards import boards as measures_of_boards
from benchmarks.service.least import least as measures_of_least
from benchmarks.service.postgres import PostgresServer
from benchmarks.service.replan import replan as measures_of_replan
from benchmarks.service.screen import screen as measures_of_screen
from benchmarks.service.suggest import suggest as measures_of_suggest
from benchmarks.service.weeks import weeks as measures_of_weeks

app = typer.Typer(no_args_is_help=True, add_completion=False)

Sqlite = Annotated[bool, typer.Option("--sqlite", help="Over SQLite instead of PostgreSQL.")]
Seconds = Annotated[float, typer.Option(help="How long to measure.")]


@app.callback()
def _service() -> None:
    """Measure the service, over a PostgreSQL that is started for it."""


@app.command()
def requests(sqlite: Sqlite = False, seconds: Seconds = 30, rate: float = 200) -> None:
    """Mixed requests at a rate beside a running solve."""
    with _databases(sqlite) as empty:
        _print("requests", measures.requests(next(empty), seconds, rate))


@app.command()
def kinds(sqlite: Sqlite = False, count: int = 300) -> None:
    """What a request of each kind costs."""
    with _databases(sqlite) as empty:
        _print("kinds", measures.kinds(next(empty), count))


@app.command()
def least(batches: int = 60) -> None:
    """What a light request costs at least, without network and other processes."""
    _print("least", measures_of_least(batches))


@app.command()
def drain(
    sqlite: Sqlite = False, jobs: int = 1000, seconds: float = 0.05, kill_every: float = 10
) -> None:
    """A long queue, drained by two workers, one of which is killed every few seconds."""
    with _databases(sqlite) as empty:
        _print("drain", measures.drain(next(empty), jobs, seconds, kill_every))


@app.command()
def workers(sqlite: Sqlite = False, jobs: int = 30, seconds: float = 1) -> None:
    """Jobs a minute with 1, 2 and 4 workers; jobs: for each worker."""
    with _databases(sqlite) as empty:
        _print("workers", measures.workers(empty, jobs, seconds, (1, 2, 4)))


@app.command()
def idle(sqlite: Sqlite = False, seconds: Seconds = 30) -> None:
    """What a worker and a web process use with nothing to do."""
    with _databases(sqlite) as empty:
        _print("idle", measures.idle(next(empty), seconds))


@app.command()
def followers(sqlite: Sqlite = False, count: int = 200, seconds: Seconds = 20) -> None:
    """What followers of a job cost."""
    with _databases(sqlite) as empty:
        _print("followers", measures.followers(next(empty), count, seconds))


@app.command()
def start(sqlite: Sqlite = False, count: int = 2) -> None:
    """What processes use from the start on; count: of those that read what is posted."""
    with _databases(sqlite) as empty:
        _print("start", measures.start(next(empty), count))


@app.command()
def trivial(sqlite: Sqlite = False, count: int = 20) -> None:
    """How long a job takes that has nothing to do."""
    with _databases(sqlite) as empty:
        _print("trivial", measures.trivial(next(empty), count))


@app.command()
def weeks(sqlite: Sqlite = False, times: int = 5, steps: int = 3000) -> None:
    """What a coordinator's acts on the sub-district's week cost."""
    with _databases(sqlite) as empty:
        _print("weeks", measures_of_weeks(next(empty), times, steps))


@app.command()
def replan(sqlite: Sqlite = False, times: int = 60, steps: int = 500_000) -> None:
    """How soon one change of the sub-district's week is answered by a roster."""
    with _databases(sqlite) as empty:
        _print("replan", measures_of_replan(next(empty), times, steps))


@app.command()
def suggest(sqlite: Sqlite = False, times: int = 50, steps: int = 500_000) -> None:
    """How soon suggestions for a task, a person and a new visit are there."""
    with _databases(sqlite) as empty:
        _print("suggest", measures_of_suggest(next(empty), times, steps))


@app.command()
def boards(sqlite: Sqlite = False, count: int = 50, seconds: Seconds = 4, rounds: int = 12) -> None:
    """How much boards that stand open slow a solve."""
    with _databases(sqlite) as empty:
        _print("boards", measures_of_boards(next(empty), count, seconds, rounds))


@app.command()
def screen(sqlite: Sqlite = False, seconds: Seconds = 3) -> None:
    """How soon a large board can be used in a browser, and how it scrolls."""
    with _databases(sqlite) as empty:
        _print("screen", measures_of_screen(next(empty), seconds))


@app.command("all")
def every(sqlite: Sqlite = False) -> None:
    """Each in turn, as the README has them."""
    print(f"commit {commit()}, {machine()}, {'SQLite' if sqlite else 'PostgreSQL'}")
    for measure in (trivial, idle, followers, workers, drain, requests):
        measure(sqlite)


def _print(name: str, lines: Iterable[str]) -> None:
    print(f"-- {name}")
    for line in lines:
        print(line, flush=True)


@contextmanager
def _databases(sqlite: bool) -> Iterator[Iterator[str | None]]:
    """Addresses of empty databases, one after the other; None for a new SQLite file."""
    if sqlite:
        yield iter(lambda: None, 0)
        return
    server = PostgresServer()
    try:
        yield iter(server.empty_database, "")
    finally:
        server.close()


if __name__ == "__main__":
    app()
