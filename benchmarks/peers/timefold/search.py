"""Timefold's search on a reduced instance, of either kind."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from benchmarks.peers.features import lacking
from benchmarks.peers.tables import replay, routing_tables
from benchmarks.peers.timefold.jdk import run_main
from benchmarks.peers.timefold.problem import read, write
from scheduler.model import Instance, Outcome, Roster
from scheduler.stop import Stop

Kind = Literal["stock", "expert"]
EXPRESSES = frozenset({"visits", "shifts", "overtime", "tasks", "weekly", "days", "rest"})


def supports(instance: Instance) -> list[str]:
    """What the instance asks for that our model for Timefold does not express."""
    return lacking(instance, EXPRESSES)


def search(kind: Kind, instance: Instance, seconds: float, seed: int, cores: int) -> Roster:
    """The best roster within the seconds, with the score that Timefold finds; more cores only clear its memory.

    The seconds count from here, but for the start of Java. Raises JavaError.
    """
    stop = Stop(seconds=seconds)
    tables = routing_tables(instance)
    if not tables.jobs:
        return replay(tables, [[] for _ in tables.vehicles])
    with TemporaryDirectory() as folder:
        problem, routes = Path(folder) / "problem", Path(folder) / "routes"
        write(problem, tables)
        left = f"{max(0.0, stop.seconds_left):.3f}"
        run_main([str(problem), str(routes), left, str(seed), kind], cores)
        driven = read(routes, tables)
    status: Literal["unknown", "feasible"] = "unknown" if driven.score.hard else "feasible"
    outcome = Outcome(status=status, engine=f"timefold {kind}", steps=driven.moves)
    update = {"score": driven.score, "outcome": outcome}
    return replay(tables, driven.routes).model_copy(update=update)
