"""The portfolio: annealing, columns and CP-SAT on one incumbent, by what an instance contains.

Small instances go to CP-SAT, which proves them; rosters of shifts go to columns, after a short anneal;
all others are annealed. Meanwhile days of nothing but visits are recombined, and late in the search columns
decide shifts once, with the rest held. A search limited by steps only anneals, so that the same seed gives
the same roster.

The checker has the last word: an engine that raises, or whose roster the checker prices otherwise, is a
bug of ours; it is noted and left out, and the others go on from the best roster that was verified.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Literal

import numpy as np

from scheduler.engines import columns, exact
from scheduler.engines.bounding import Bounding
from scheduler.engines.deciding_shifts import DecidingShifts
from scheduler.engines.incumbent import Incumbent, OpenWork, Verified, nobody_working, verified
from scheduler.engines.recombining import Recombining
from scheduler.engines.search.search import Annealing, Slice
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import DenseRoster, to_roster
from scheduler.lowered.fit import BANNED
from scheduler.model import Problem, Roster
from scheduler.stop import Reason, Stop

EndedBy = Reason | Literal["optimal", "nothing_to_do"]

SMALL, TINY = 1_500, 300
"""Choices (option and person of every slot) up to which CP-SAT is asked to prove an instance; and where its
days can be recombined."""
FIRST_SHARE, FIRST_SECONDS = 0.1, 1.0
"""Annealing before another engine goes on from its roster: share of the time, and seconds at most."""
SELDOM = 10
"""Checking rosters of columns gets a tenth of the time at most; the last is always checked."""
PROOF_SHARE, PROOF_SECONDS = 0.3, 60.0
EXACT_CLAIMS = "construct", "anneal"
"""Engines that say just what a roster costs; the points of the others are an upper bound."""


class Portfolio:
    """One solve: `construct`, then `run`. Points are Lowered's.

    on_change: called while an engine runs and whenever something better is found or proven.
    earlier: moves that were tried before. held: whether some people must keep their work (see
    ``lowered/hold.py``), which costs points that the checker knows nothing of.
    """

    def __init__(
        self,
        lowered: Lowered,
        seed: int,
        cores: int,
        on_change: Callable[[], None],
        earlier: int = 0,
        *,
        held: bool = False,
    ):
        self.lowered = lowered
        self.bound: int | None = None
        self.notices: list[Problem] = []
        self.best: Incumbent
        self._seed, self._cores, self._on_change, self._held = seed, cores, on_change, held
        self._earlier_steps = earlier
        self._between: list[DecidingShifts | Recombining] = []
        self._bounding: Bounding | None = None
        self._from_caller: BaseException | None = None
        self._failed: set[str] = set()
        self._first: Incumbent | None = None
        self._verified: Verified | None = None

    @cached_property
    def _annealing(self) -> Annealing:
        """Made when something is annealed: a year of shifts fills gigabytes of rows that columns do without."""
        return Annealing(self.lowered, self._seed, self._cores, self._earlier_steps)

    @cached_property
    def _shifts(self) -> "columns.Subproblem | None":
        """All there is to decide, where columns can decide it."""
        return columns.full_subproblem(self.lowered)

    @property
    def steps(self) -> int:
        """Moves tried by annealing."""
        return self._annealing.steps if "_annealing" in vars(self) else self._earlier_steps

    @property
    def begun(self) -> bool:
        """Whether there is an incumbent yet."""
        return "best" in vars(self)

    @property
    def proven(self) -> bool:
        """Whether no roster can be better than the incumbent."""
        return self.bound is not None and self.best.points <= self.bound

    @cached_property
    def _open_work(self) -> OpenWork:
        return OpenWork(self.lowered)

    @property
    def unassigned(self) -> int:
        """Empty slots of the incumbent that cost points."""
        return self._open_work.unassigned(self.best.dense)

    @property
    def undone(self) -> tuple[int, int]:
        """Visits and shifts that the incumbent leaves undone."""
        return self._open_work.undone(self.best.dense)

    def construct(self, start: Roster | None, stop: Stop | None = None) -> bool:
        """A first roster: the given roster completed; else person by person, where all are shifts; else greedy.

        It is verified when it is asked for. False where the given roster has more points than the scale
        has room for, so that it was left out. stop: ends the work on people one by one, which limits of
        steps do without.
        """
        if start is None and stop is not None and self._choices > SMALL and self.in_turn(stop):
            return True
        with self._guarded("anneal"):
            fits = self._annealing.construct(start)
            best = self._annealing.best
            self.best = self._first = Incumbent(best.dense(), best.cost, "construct")
            return fits
        self.best = nobody_working(self.lowered).incumbent
        return True

    def in_turn(self, stop: Stop) -> bool:
        """A first roster by people in turn, whatever the scale; whether columns can make one."""
        stop.watch(self._tell)
        if stop.steps is not None or self._shifts is None:
            return False
        with self._guarded("columns"):
            dense, points = columns.first_rosters(self._shifts, stop, self._seed)
            if points is not None:
                self.best = self._first = Incumbent(dense, points, "columns")
                return True
        return False

    def verify(self) -> Verified:
        """The incumbent as a roster, with what the checker says of it.

        Where the checker contradicts its engine, that is noted, and the incumbent is the better of it
        and the last that was verified, by the checker's points.
        """
        checked = self._verified
        if checked is None or checked.incumbent is not self.best:
            checked = verified(self.lowered, self.best)
            claimed, points = self.best.points, checked.incumbent.points
            if self._held and claimed > points:
                checked = replace(checked, incumbent=self.best)
            elif claimed < points or (claimed > points and self.best.engine in EXACT_CLAIMS):
                claim = self.lowered.scale.score(claimed)
                slots = {"engine_points": str(claim), "checker_points": str(checked.score)}
                self._note(self.best.engine, "engine_priced_otherwise", slots)
                checked = min(self._earlier(), checked, key=lambda one: one.incumbent.points)
            self._verified, self.best = checked, checked.incumbent
        return checked

    def _earlier(self) -> Verified:
        """The last that was verified, or else the better of the first and that nobody does anything."""
        if self._verified is not None:
            return self._verified
        known = [nobody_working(self.lowered)]
        if self._first is not None:
            known.append(verified(self.lowered, self._first))
        return min(known, key=lambda one: one.incumbent.points)

    def run(self, stop: Stop, *, warm: bool = False) -> EndedBy:
        """Improve until `stop` says so or nothing better is possible; returns why it ended.

        warm: stay near the constructed roster.
        """
        stop.watch(self._tell)
        if not self.lowered.index.slots:
            return "nothing_to_do"
        if stop.steps is not None or not self.lowered.scale.sharp:
            return self.anneal(stop, warm=warm)
        shifts = self._shifts
        days = None if warm or self._held else self._recombining(stop)
        if shifts is None and stop.seconds is not None:
            deciding = DecidingShifts(self.lowered, stop.seconds, self._seed)
            self._between = [deciding] if days is None else [deciding, days]
        small = self._choices <= (SMALL if days is None else TINY)
        if small:
            self._anneal(stop, _share(stop, FIRST_SHARE, FIRST_SECONDS), warm)
            self._prove(stop)
        elif shifts is None:
            self._bound_beside(stop)
        if shifts is not None and not self.proven:
            if self.best.engine != "columns":
                self._anneal(stop, _share(stop, FIRST_SHARE / 3, FIRST_SECONDS / 3), warm)
            self._columns(shifts, stop)
        if self.proven:
            return "optimal"
        rest = stop.within(None if stop.seconds is None else stop.seconds_left)
        try:
            ended_by = self._anneal(stop, rest, warm)
        finally:
            self._take_bound(end=True)
        if self.proven:
            return "optimal"
        if "anneal" in self._failed and not small:
            self._prove(stop)
            ended_by = "optimal" if self.proven else stop.reason() or ended_by
        return ended_by

    def _recombining(self, stop: Stop) -> Recombining | None:
        """What recombines days, where days of visits are all there is."""
        if self._shifts is not None or stop.seconds is None:
            return None
        annealing = self._annealing
        days = Recombining(self.lowered, stop.seconds, lambda: annealing.threads[0].present())
        return days if days else None

    def anneal(self, stop: Stop, *, warm: bool = False) -> EndedBy:
        """Only anneal, as `run` does where steps are limited."""
        return self._anneal(stop, stop, warm)

    def coarse(self, stop: Stop, share: float) -> None:
        """Fewer hard points, where the scale cannot hold the levels apart.

        Columns, where they can, make a roster without hard breaches; else a share of the time is annealed.
        """
        stop.watch(self._tell)
        shifts = self._shifts if stop.steps is None else None
        if shifts is None:
            self.anneal(stop.share(share, self.steps))
        else:
            self._columns(shifts, stop.within(), first=True)

    @property
    def _choices(self) -> int:
        able = (self.lowered.fit.cost < BANNED).sum(axis=1)[self.lowered.fit.row]
        tasks = np.array(self.lowered.index.task_of, dtype=np.int64)
        options = np.diff(self.lowered.window.first)[tasks]
        return int((able * options).sum())

    @contextmanager
    def _guarded(self, engine: str) -> Iterator[None]:
        """An engine's work: what it raises is noted, and the engine is left out from then on."""
        try:
            yield
        except Exception as error:
            if error is self._from_caller:
                raise
            reason = f"{type(error).__name__}: {error}"[:200]
            self._note(engine, "engine_failed", {"reason": reason})

    def _note(self, engine: str, code: str, slots: dict[str, str]) -> None:
        """Note an engine's error once, and leave the engine out from now on."""
        engine = "anneal" if engine == "construct" else engine
        if engine not in self._failed:
            self._failed.add(engine)
            problem = Problem(code=code, pointer="", value=engine, severity="warning", slots=slots)
            self.notices.append(problem)

    def _tell(self) -> None:
        try:
            self._on_change()
        except BaseException as error:
            self._from_caller = error
            raise

    def _take(self, dense: DenseRoster, points: int, engine: str) -> None:
        """Take up a better roster; the few of engines that do not anneal are verified at once."""
        if points < self.best.points and engine not in self._failed:
            self.best = Incumbent(dense, points, engine)
            if engine != "anneal":
                self.verify()
        self._tell()

    def _raise_bound(self, points: int, engine: str) -> None:
        if points >= self.best.points:
            self.verify()
        if points > self.best.points:
            bound, best = map(self.lowered.scale.score, (points, self.best.points))
            slots = {"engine_points": str(bound), "checker_points": str(best)}
            self._note(engine, "engine_bound_too_high", slots)
        elif engine not in self._failed:
            self.bound = points if self.bound is None else max(self.bound, points)
        self._tell()

    def _anneal(self, stop: Stop, limit: Stop, warm: bool) -> EndedBy:
        """Until `limit`, a part of `stop`, says so."""
        if (reason := stop.reason(self.steps)) is not None:
            return reason

        def on_slice(done: Slice) -> None:
            if done.cost < self.best.points:
                self._take(self._annealing.best.dense(), done.cost, "anneal")
            else:
                self._tell()
            if "anneal" in self._failed:
                raise _LeftOutError
            self._take_bound()
            if self._bounding is not None and self.proven:
                limit.request()
            self._improve_between(stop, limit.left())

        ended_by: EndedBy = "no_improvement"
        if "anneal" in self._failed:
            return ended_by
        with self._guarded("anneal"):
            self._adopt()
            ended_by = self._annealing.run(limit, on_slice, warm=warm)
        self.verify()
        return ended_by

    def _adopt(self) -> None:
        """Let annealing go on from another engine's roster."""
        if self.best.points < self._annealing.best.cost:
            self._annealing.adopt(to_roster(self.lowered, self.best.dense))

    def _prove(self, stop: Stop) -> None:
        if "cp_sat" in self._failed:
            return
        seconds = _share(stop, PROOF_SHARE, PROOF_SECONDS).seconds_left
        with self._guarded("cp_sat"):
            result = exact.solve_exact(
                self.lowered,
                seconds,
                self._seed,
                self._cores,
                stop=stop,
                start=self.best.dense,
                known=self.best.points,
                on_roster=lambda dense, points: self._take(dense, points, "cp_sat"),
            )
            self._raise_bound(result.bound, "cp_sat")

    def _columns(
        self, subproblem: "columns.Subproblem", stop: Stop, *, first: bool = False
    ) -> None:
        """first: end with the first roster that breaks no hard rule."""
        if "columns" in self._failed:
            return
        due = 0.0

        def on_roster(dense: DenseRoster, points: int) -> None:
            nonlocal due
            if first and points < self.lowered.scale.hard:
                stop.request()
            begun = stop.elapsed
            if begun >= due:
                self._take(dense, points, "columns")
                due = stop.elapsed + SELDOM * (stop.elapsed - begun)

        with self._guarded("columns"):
            result = columns.solve_columns(
                self.lowered,
                self.best.dense,
                stop,
                self._seed,
                on_roster=on_roster,
                subproblem=subproblem,
            )
            if result is not None and result.dense is not None and result.points is not None:
                self._take(result.dense, result.points, "columns")
            if result is not None and result.bound is not None:
                self._raise_bound(result.bound, "columns")

    def _improve_between(self, stop: Stop, left: float) -> None:
        """Between two slices of annealing; left: share of its time."""
        for other in self._between:
            if "columns" in self._failed:
                return
            with self._guarded("columns"):
                found = other.better(self.best, stop, left)
                if found is not None:
                    self._take(found.dense, found.points, "columns")
                    self._adopt()

    def _bound_beside(self, stop: Stop) -> None:
        """Let a thread prove bounds while others search."""
        self._bounding = Bounding(self.lowered, self._choices, stop, lambda: self.best.points)

    def _take_bound(self, *, end: bool = False) -> None:
        """Take up what was proven beside the search."""
        if self._bounding is None:
            return
        with self._guarded("relaxation"):
            points = self._bounding.end() if end else self._bounding.fetch()
            if points is not None:
                self._raise_bound(points, "relaxation")


class _LeftOutError(Exception):
    """Ends the run of an engine whose roster the checker priced otherwise."""


def _share(stop: Stop, share: float, most: float) -> Stop:
    """A stop for a share of all the time there is, and for so many seconds at most."""
    return stop.within(min(most, share * stop.seconds) if stop.seconds else most)
