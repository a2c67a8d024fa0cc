"""The front door: `solve` takes an instance and gives a checked roster."""

import platform
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Literal

from scheduler.checker import Report, check
from scheduler.checker.figures import figures_of
from scheduler.due import expand
from scheduler.engines import columns
from scheduler.engines.compiled import is_cold
from scheduler.engines.incumbent import Incumbent
from scheduler.engines.portfolio import EndedBy, Portfolio
from scheduler.engines.search.search import Annealing
from scheduler.facts import Facts
from scheduler.lowered.hold import hold, left_empty
from scheduler.lowered.price import STANDARD, Scale, scale_of_roster
from scheduler.model import (
    Horizon,
    Instance,
    Level,
    Matrix,
    Need,
    NotARosterError,
    Outcome,
    Person,
    Place,
    Problem,
    Role,
    Roster,
    RuleSetting,
    Score,
    Settings,
    Shift,
    Visit,
    Window,
)
from scheduler.model.instance import SCHEMA_VERSION
from scheduler.rules.lower import NO_POINTS, lower, scale_for
from scheduler.stop import Stop
from scheduler.travel import travel

PROGRESS_SECONDS = 0.1
COARSE_SHARES = 0.0, 0.1, 0.2
"""Shares of the budget left for bringing hard points down, one after the other, until the scale is sharp."""


@dataclass(frozen=True)
class Progress:
    """How far a search is. `moves_per_second` counts moves tried over the whole search."""

    seconds: float
    score: Score
    unassigned: int
    steps: int
    moves_per_second: float
    improved: bool
    bound: Score | None = None
    """No roster costs less; None: not known."""
    phase: str = "search"
    """"compile", "construct" or "search"."""
    visits: int = 0
    """Visits that lack somebody."""
    shifts: int = 0
    """Shifts below their minimum headcount."""


def solve(
    instance: Instance,
    stop: Stop,
    *,
    seed: int = 0,
    cores: int = 1,
    start: Roster | None = None,
    held: Collection[str] = (),
    empty: Collection[tuple[str, int]] = (),
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
    roster_seconds: float = 1.0,
    on_report: Callable[[Facts, Report], None] | None = None,
) -> Roster:
    """The best roster that is found until `stop` says so, verified by the checker.

    seed: same seed, cores and step limit, same roster. cores: threads. start: a roster to improve.
    held: people who keep just what `start` gives them. empty: (task, slot) that nobody may fill.
    The stop's clock starts once the kernels are compiled; with a start, once moves of it can be tried.
    on_progress: called about ten times a second, from the calling thread. on_roster: called with
    the first roster and then with better ones, at most once in `roster_seconds`; each is verified.
    on_report: called in the end with what the checker says of the roster that is returned.
    An engine that raises, or that the checker contradicts, is named in the outcome's notices; the
    roster is then the best that was verified. Raises InputError for an instance whose travel cannot
    be built.
    """
    progress = _ProgressReporter(stop, on_progress)
    if is_cold():
        progress.phase("compile")
        warm_up()
    stop.start()
    progress.phase("construct")
    instance = expand(instance)
    travel_table = travel(instance)
    rosters = _RosterReporter(on_roster, roster_seconds)

    def portfolio_at(scale: Scale, steps: int = 0) -> Portfolio:
        lowered = lower(instance, travel_table, scale, lambda: progress.phase("construct"))
        progress.phase("construct")
        if held and start is not None:
            lowered = hold(lowered, start, held)
        lowered = left_empty(lowered, empty)
        made = Portfolio(
            lowered,
            seed,
            cores,
            lambda: _look(made, progress, rosters, stop),
            steps,
            held=bool(held or empty),
        )
        progress.phase("construct")
        return made

    scale = scale_for(instance, travel_table)
    portfolio = None if scale.sharp or start or instance.visits else _in_turn(portfolio_at, stop)
    if portfolio is None:
        portfolio = portfolio_at(scale)
        if not portfolio.construct(start, stop):
            portfolio = portfolio_at(scale_for(instance, travel_table, _score(instance, start)))
            portfolio.construct(start, stop)
    progress.phase("construct")
    if start is not None:
        stop.start()  # a large week takes longer to lower than a short search has
    rosters.offer(portfolio, stop, first=True)
    portfolio = _sharpened(portfolio, portfolio_at, stop)
    ended_by = portfolio.run(stop, warm=start is not None)
    found = portfolio.verify()
    if on_report is not None:
        on_report(found.facts, found.report)
    judgement = {
        "score": found.score,
        "outcome": _outcome(portfolio, found.score, stop, ended_by, seed, cores),
        "figures": figures_of(found.facts, with_roster=True),
    }
    return found.roster.model_copy(update=judgement)


def _score(instance: Instance, start: Roster | None) -> Score:
    """Of the roster that a search begins with; none where it is not of this instance."""
    try:
        return NO_POINTS if start is None else check(instance, start).score
    except NotARosterError:
        return NO_POINTS


def _in_turn(portfolio_at: Callable[[Scale], Portfolio], stop: Stop) -> Portfolio | None:
    """A portfolio with a roster made person by person, where the standard scale bears it.

    Nobody working may break more hard rules than a scale can hold apart; such a roster breaks few.
    """
    portfolio = portfolio_at(STANDARD)
    if portfolio.in_turn(stop) and scale_of_roster(portfolio.verify().score) == STANDARD:
        return portfolio
    return None


def _sharpened(
    portfolio: Portfolio, portfolio_at: Callable[[Scale, int], Portfolio], stop: Stop
) -> Portfolio:
    """A portfolio whose scale holds the levels apart.

    Where the first roster breaks so many hard rules that the scale cannot, they are first brought down,
    each time as far as the scale bears; a finer one then goes on from that roster.
    """
    for share in COARSE_SHARES:
        if portfolio.lowered.scale.sharp:
            break
        if share:
            portfolio.coarse(stop, share)
        found = portfolio.verify()
        finer = scale_of_roster(found.score)
        if finer.sharp or finer.hard > portfolio.lowered.scale.hard:
            coarse, portfolio = portfolio, portfolio_at(finer, portfolio.steps)
            portfolio.notices += coarse.notices
            portfolio.construct(found.roster)
    return portfolio


def _look(
    portfolio: Portfolio, progress: "_ProgressReporter", rosters: "_RosterReporter", stop: Stop
) -> None:
    if not portfolio.begun:
        progress.phase("construct")
        return
    progress.report(portfolio)
    rosters.offer(portfolio, stop)


def _outcome(
    portfolio: Portfolio, score: Score, stop: Stop, ended_by: EndedBy, seed: int, cores: int
) -> Outcome:
    scale = portfolio.lowered.scale
    bound = None if portfolio.bound is None else scale.score(portfolio.bound)
    return Outcome(
        status=_status(score, portfolio),
        engine=portfolio.best.engine,
        versions=versions(),
        seed=seed,
        seconds=round(stop.elapsed, 3),
        steps=portfolio.steps,
        ended_by=ended_by,
        ended_at=datetime.now(UTC).replace(microsecond=0),
        bound=bound,
        gap=None if bound is None else round(score.gap(bound), 6),
        limits=_limits(stop, cores),
        notices=_notices(portfolio),
    )


def _notices(portfolio: Portfolio) -> tuple[Problem, ...]:
    """What went wrong in the search, each code and engine once."""
    notices = list(portfolio.notices)
    if not portfolio.lowered.scale.sharp:
        notices.append(Problem(code="levels_not_apart", pointer="", severity="warning"))
    return tuple({(notice.code, notice.value): notice for notice in notices}.values())


def _status(
    score: Score, portfolio: Portfolio
) -> Literal["optimal", "feasible", "infeasible", "unknown"]:
    if score.hard:
        proven = portfolio.bound is not None and portfolio.bound >= portfolio.lowered.scale.hard
        return "infeasible" if proven else "unknown"
    return "optimal" if portfolio.proven else "feasible"


def warm_up() -> None:
    """Compile the kernels, or load them from the cache: half a minute the first time, then no time."""
    place = Place(id="place", name="place")
    span = (Window(start=480, end=1080),)
    shifts = Instance(
        id="warm_up",
        horizon=Horizon(start=date(2026, 1, 5), days=1),
        places=(place,),
        people=(Person(id="person", name="person", role=Role.PARTNER, availability=span),),
        shifts=(
            Shift(
                id="shift",
                name="shift",
                kind="",
                place=place.id,
                start=480,
                duration=30,
                needs=(Need(),),
            ),
        ),
        settings=Settings(
            travel=Matrix(places=(place.id,), minutes=((0,),)),
            # Hard, as they are else, runs of days would keep the annealing of cells from being compiled.
            rules={"days_in_row": RuleSetting(level=Level.SOFT)},
        ),
    )
    visit = Visit(id="visit", name="visit", kind="", places=(place.id,), windows=span, duration=30)
    lowered = lower(shifts.changed(shifts=(), visits=(visit,)))
    search = Annealing(lowered, seed=0, cores=1)
    search.construct(None)
    search.run(Stop(steps=1), lambda _slice: None)
    search.best.strike()
    Annealing(lowered, seed=0, cores=1).construct(search.best.roster())
    columns.solve_columns(lower(shifts), None, Stop(steps=1))
    columns.compile_routes()


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
    limits = {"seconds": stop.seconds, "idle_seconds": stop.idle_seconds, "steps": stop.steps}
    return {name: value for name, value in limits.items() if value is not None} | {"cores": cores}


class _ProgressReporter:
    """Passes progress on, not too often."""

    def __init__(self, stop: Stop, on_progress: Callable[[Progress], None] | None):
        self._stop, self._on_progress = stop, on_progress
        self._phase = ""
        self._last, self._best = -1.0, 2**63

    def phase(self, name: str) -> None:
        """Tell of a phase as it begins, and now and then while it lasts."""
        seconds = self._stop.elapsed
        if self._on_progress and (name != self._phase or seconds - self._last >= PROGRESS_SECONDS):
            self._on_progress(Progress(seconds, Score(), 0, 0, 0.0, False, phase=name))
            self._phase, self._last = name, seconds

    def report(self, portfolio: Portfolio) -> None:
        seconds = self._stop.elapsed
        begins = self._phase != "search"
        if self._on_progress and (begins or seconds - self._last >= PROGRESS_SECONDS):
            self._phase = "search"
            scale, best = portfolio.lowered.scale, portfolio.best.points
            visits, shifts = portfolio.undone
            self._on_progress(
                Progress(
                    seconds=seconds,
                    score=scale.score(best),
                    unassigned=portfolio.unassigned,
                    steps=portfolio.steps,
                    moves_per_second=portfolio.steps / max(seconds, 1e-3),
                    improved=best < self._best,
                    bound=None if portfolio.bound is None else scale.score(portfolio.bound),
                    visits=visits,
                    shifts=shifts,
                )
            )
            self._last, self._best = seconds, best


class _RosterReporter:
    """Hands out verified rosters while the search goes on."""

    def __init__(self, on_roster: Callable[[Roster], None] | None, seconds: float):
        self._on_roster, self._seconds = on_roster, seconds
        self._seen: Incumbent | None = None
        self._score: Score | None = None
        self._last = 0.0

    def offer(self, portfolio: Portfolio, stop: Stop, first: bool = False) -> None:
        if self._on_roster is None or (not first and self._score is None):
            return
        due = first or stop.elapsed - self._last >= self._seconds
        if due and portfolio.best is not self._seen:
            found = portfolio.verify()
            self._seen, self._last = portfolio.best, stop.elapsed
            if self._score is None or found.score < self._score:
                self._score = found.score
                self._on_roster(found.roster.model_copy(update={"score": found.score}))
