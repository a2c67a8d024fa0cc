"""The front door: `solve` takes an instance and gives a checked roster."""

import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from scheduler.checker import Report, check
from scheduler.compiled import is_cold
from scheduler.due import expand
from scheduler.figures import figures
from scheduler.lowered import lower
from scheduler.lowered.price import STANDARD, Scale
from scheduler.model import (
    Horizon,
    Instance,
    Matrix,
    Outcome,
    Person,
    Place,
    Role,
    Roster,
    Score,
    Settings,
    VerificationError,
    Visit,
    Window,
)
from scheduler.model.instance import SCHEMA_VERSION
from scheduler.search.search import Search, Standing
from scheduler.stop import Stop
from scheduler.travel import travel

PROGRESS_SECONDS = 0.1


@dataclass(frozen=True)
class Progress:
    """How a search stands. `moves_per_second` counts moves tried over the whole search."""

    seconds: float
    score: Score
    unassigned: int
    steps: int
    moves_per_second: float
    improved: bool
    bound: int | None = None
    phase: str = "search"
    """"compile", "construct" or "search"."""


def solve(
    instance: Instance,
    stop: Stop,
    *,
    seed: int = 0,
    cores: int = 1,
    start: Roster | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
    roster_seconds: float = 1.0,
) -> Roster:
    """The best roster found until `stop` says so, verified by the checker.

    seed: same seed, cores and step limit, same roster. cores: threads. start: a roster to improve.
    The stop's clock starts once the kernels are compiled.
    on_progress: called about ten times a second, from the calling thread. on_roster: called with
    the first roster and then with better ones, at most once in `roster_seconds`; each is verified.
    Raises InputError for an instance whose travel cannot be built, VerificationError where engine
    and checker disagree (a fault of ours).
    """
    watch = _Watch(stop, on_progress)
    if is_cold():
        watch.phase("compile")
        warm_up()
    stop.start()
    watch.phase("construct")
    instance = expand(instance)
    ways = travel(instance)
    search = Search(lower(instance, ways), seed, cores)
    watch.scale = search.lowered.scale
    search.construct(start)
    handed = _Handed(instance, ways, on_roster, roster_seconds)
    handed.offer(search, stop, first=True)

    def tell(standing: Standing) -> None:
        watch.standing(standing)
        handed.offer(search, stop)

    found = search.run(stop, tell, warm=start is not None)
    report = _verified(instance, found.roster, found.cost, ways, search.lowered.scale)
    outcome = Outcome(
        status="feasible" if report.feasible else "infeasible",
        engine="anneal",
        versions=versions(),
        seed=seed,
        seconds=round(stop.elapsed, 3),
        steps=found.steps,
        ended_by=found.ended_by,
        limits=_limits(stop, cores),
    )
    return _finished(instance, found.roster, report, outcome)


def warm_up() -> None:
    """Compile the kernels, or load them from the cache; a minute's work the first time, then none."""
    place = Place(id="place", name="place")
    span = (Window(start=480, end=1080),)
    instance = Instance(
        id="warm_up",
        horizon=Horizon(start=date(2026, 1, 5), days=1),
        places=(place,),
        people=(Person(id="one", name="one", role=Role.PARTNER, availability=span),),
        visits=(Visit(id="it", name="it", kind="", places=("place",), windows=span, duration=30),),
        settings=Settings(travel=Matrix(places=(place.id,), minutes=((0,),))),
    )
    lowered = lower(instance)
    search = Search(lowered, seed=0, cores=1)
    search.construct(None)
    found = search.run(Stop(steps=1), lambda standing: None)
    Search(lowered, seed=0, cores=1).construct(found.roster)


def versions() -> dict[str, str]:
    """What a roster depends on besides its instance, seed and limits."""
    return {
        "lianxin": version("lianxin"),
        "schema": SCHEMA_VERSION,
        "numba": version("numba"),
        "numpy": version("numpy"),
        "python": platform.python_version(),
    }


def _limits(stop: Stop, cores: int) -> dict[str, float | int]:
    known = {"seconds": stop.seconds, "idle_seconds": stop.idle_seconds, "steps": stop.steps}
    return {name: value for name, value in known.items() if value is not None} | {"cores": cores}


def _verified(instance: Instance, roster: Roster, cost: int, ways, scale: Scale) -> Report:
    report = check(instance, roster, ways)
    if scale.points(report.score) != cost:
        raise VerificationError(f"engine says {scale.score(cost)}, checker says {report.score}")
    return report


def _finished(instance: Instance, roster: Roster, report: Report, outcome: Outcome) -> Roster:
    return roster.model_copy(
        update={
            "score": report.score,
            "outcome": outcome,
            "figures": figures(instance, roster),
        }
    )


class _Watch:
    """Passes progress on, not too often."""

    def __init__(self, stop: Stop, tell: Callable[[Progress], None] | None):
        self._stop = stop
        self.scale = STANDARD
        self._tell = tell
        self._last = -1.0

    def phase(self, name: str) -> None:
        if self._tell:
            self._tell(Progress(self._stop.elapsed, Score(), 0, 0, 0.0, False, phase=name))

    def standing(self, now: Standing) -> None:
        seconds = self._stop.elapsed
        if self._tell and seconds - self._last >= PROGRESS_SECONDS:
            self._last = seconds
            rate = now.steps / max(seconds, 1e-3)
            self._tell(
                Progress(
                    seconds,
                    self.scale.score(now.cost),
                    now.unassigned,
                    now.steps,
                    rate,
                    now.improved,
                )
            )


class _Handed:
    """Hands out verified rosters while the search goes on."""

    def __init__(self, instance: Instance, ways, hand, seconds: float):
        self._instance, self._ways, self._hand, self._seconds = instance, ways, hand, seconds
        self._cost: int | None = None
        self._last = 0.0

    def offer(self, search: Search, stop: Stop, first: bool = False) -> None:
        if self._hand is None:
            return
        best = search.best
        due = stop.elapsed - self._last >= self._seconds
        if first or (due and self._cost is not None and best.cost < self._cost):
            roster = best.roster()
            report = _verified(self._instance, roster, best.cost, self._ways, search.lowered.scale)
            self._hand(roster.model_copy(update={"score": report.score}))
            self._cost, self._last = best.cost, stop.elapsed
