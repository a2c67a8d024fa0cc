"""The best roster with few people moved: the bound is a budget that the search spends person by person.

Whom the changes touch is free from the beginning, everybody else is held to what was published. From
the best roster for a bound the search goes on to the next one: it frees one person more, or another set
of so many, searches on for a while, and keeps what is best. What is tried for a bound depends on no
larger bound, and each begins with the roster of the one before; so a larger bound is never worse, but
where the clock cuts it short.

Whom to free: people who fit the work still undone; people by what they gained when they were freed
before; and the people of the exchanges that a search with everybody free finds most worth their while.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

import numpy as np
from numpy.typing import NDArray

from scheduler.checker import Report, check, checked
from scheduler.checker.figures import figures_of
from scheduler.engines.search.plan import COLD, REHEAT, REHEATS
from scheduler.engines.search.search import Annealing
from scheduler.engines.search.thread import Thread
from scheduler.facts import Facts
from scheduler.lowered.fit import BANNED
from scheduler.lowered.hold import hold, left_empty
from scheduler.model import Assignment, Outcome, Roster, Score
from scheduler.model.tasks import slots, tasks, undone
from scheduler.rules.lower import lower
from scheduler.solver import Progress, versions, warm_up
from scheduler.stop import Stop
from scheduler.weeks.replan.apply import ChangedWeek
from scheduler.weeks.replan.difference import difference
from scheduler.weeks.replan.exchanges import RankedExchanges

STEPS, STEPS_PER_SLOT = 4_000, 20
"""Moves of one trial: so many, and so many more for each slot of the week."""
TRIAL_SECONDS, TRIAL_SECONDS_PER_CHOICE = 0.15, 1e-6
"""What a trial takes, by measurement; a choice is a person in a slot."""
GUIDE_STEPS_PER_SECOND = 60_000
"""Moves with everybody free, at least, for each second that there is: they are cheap in a large week."""
TRIALS_WITHOUT_LIMIT, FEWEST_TRIALS = 500, 16
"""Trials without any limit, and at least so many, however short, where moves are limited."""
GUIDE_SHARE, START_SHARE, FIRST_SHARE = 0.2, 0.04, 0.25
"""Shares of all trials: with everybody free, with nobody freed, and for the first person freed. Each
bound after that has half as many, down to `LEAST_TRIALS`."""
LEAST_TRIALS = 2
RISE_STEPS, SLICE_STEPS = 2_000, 50_000
"""Moves that tell how hot to be, and between two looks at the clock."""
FEW = 3
"""Crews tried together, and people tried in exchange for another, with each bound."""
EVERY_BOUND = 8
"""Up to here each bound has its turn; beyond, each that is half as large again."""


@dataclass(frozen=True)
class Trial:
    """A roster of the changed week, its points, and the people beyond the affected whom it moves."""

    roster: Roster
    points: int
    moved: frozenset[str] = frozenset()


class BoundedSearch:
    """One bounded re-plan: `run`, with the best trial of each bound so far in `best`."""

    def __init__(
        self,
        week: ChangedWeek,
        stop: Stop,
        seed: int,
        cores: int,
        on_better: Callable[[Trial, int], None],
    ):
        """on_better: called with each better trial and the moves tried so far."""
        self._week, self._stop, self._seed, self._cores = week, stop, seed, cores
        self._on_better = on_better
        self._lowered = left_empty(lower(week.instance), week.empty)
        affected = frozenset(week.instance.affected)
        people = [person.id for person in week.instance.people]
        self._others = [person for person in people if person not in affected]
        slots = len(self._lowered.index.slots)
        self._steps = STEPS + STEPS_PER_SLOT * slots
        if stop.steps is not None:
            self._steps = max(1, min(self._steps, stop.steps // FEWEST_TRIALS))
        self._trials = self._affordable(slots * len(people))
        self._tried: set[tuple[frozenset[str], int]] = set()
        self._gains: dict[str, int] = {}
        score = check(week.instance, week.remaining).score
        first = Trial(week.remaining, self._lowered.scale.points(score))
        self._loose = self._loosened()
        self._rise = 0.0
        self.steps = 0
        self.best: dict[int, Trial] = {0: first}

    def run(self, most: int) -> Trial:
        """The best roster that moves at most `most` people beyond the affected."""
        self._free_nobody()
        ranked = None
        for bound in bounds(min(most, len(self._others))):
            before = max(self.best)
            self.best[bound] = self.best[before]
            if self._ended:
                continue
            if ranked is None:
                guide = self._free_everybody()
                ranked = RankedExchanges(
                    self._week.instance,
                    self.best[0].roster,
                    guide.roster,
                    frozenset(self._others),
                )
            self._take(bound, guide)
            roster, people = ranked.best(bound)
            self._try(bound, people, replace(self.best[0], roster=roster, moved=people))
            trials = max(LEAST_TRIALS, int(self._trials * FIRST_SHARE / 2 ** min(bound - 1, 30)))
            for people in self._ideas(bound, self.best[before], trials):
                self._try(bound, people)
            self._try(bound, self.best[bound].moved)
        return min(self.best.values(), key=lambda trial: trial.points)

    def score(self, trial: Trial) -> Score:
        """What a trial costs."""
        return self._lowered.scale.score(trial.points)

    # What is tried.

    def _free_nobody(self) -> None:
        """The best without what held people may keep of loosened work, and then with it."""
        steps = self._steps * max(1, int(START_SHARE * self._trials))
        first = self.best[0]
        self._take(0, self._annealed(frozenset(), first, steps, ()))
        if self._loose:
            self._take(0, self._searched(frozenset(), first, steps))

    def _free_everybody(self) -> Trial:
        """The best with everybody free: what differs from the best with nobody freed guides the rest."""
        steps = self._steps * max(1, int(GUIDE_SHARE * self._trials))
        if self._stop.steps is None and self._stop.seconds is not None:
            steps = max(steps, int(GUIDE_STEPS_PER_SECOND * self._stop.seconds))
        return self._searched(frozenset(self._others), self.best[0], steps)

    def _ideas(self, bound: int, base: Trial, trials: int) -> Iterator[frozenset[str]]:
        """Sets of people to free, about so many."""
        ranked = self._by_promise(base)
        more = bound - len(base.moved)
        for number in range(min(trials, len(ranked))):
            yield base.moved | set(ranked[number : number + more])
        if bound == 1:
            return
        for crew in self._crews(base.roster, ranked)[:FEW]:
            yield crew | base.moved if len(crew | base.moved) <= bound else crew
        least = sorted(base.moved, key=lambda person: (self._gains.get(person, 0), person))
        for person in least[-FEW:]:
            kept = base.moved - {person}
            yield kept | set(ranked[: bound - len(kept)])

    def _by_promise(self, base: Trial) -> list[str]:
        """Who is not moved yet: first those whom freeing gained most, then who fit most undone work."""
        empty, fit = self._lowered.empty.cost, self._lowered.fit
        undone = self._undone(base.roster)
        able = fit.cost[fit.row[undone]] < BANNED
        fits = (able * empty[undone][:, None]).sum(axis=0, dtype=np.float64)
        number = self._lowered.index.person
        free = [person for person in self._others if person not in base.moved]
        return sorted(free, key=lambda who: (self._gains.get(who, 0), -fits[number[who]], who))

    def _crews(self, roster: Roster, ranked: list[str]) -> list[frozenset[str]]:
        """For each task that lacks several people, dearest first, the most promising who fit."""
        index, fit, empty = self._lowered.index, self._lowered.fit, self._lowered.empty.cost
        by_task: dict[int, list[int]] = {}
        for slot in self._undone(roster).tolist():
            by_task.setdefault(index.task_of[slot], []).append(slot)
        crews = []
        for lacking in by_task.values():
            crew: list[str] = []
            for slot in lacking:
                able = fit.of(slot) < BANNED
                who = (who for who in ranked if able[index.person[who]] and who not in crew)
                crew += [person for person in [next(who, None)] if person is not None]
            if len(crew) > 1:
                crews.append((-int(empty[lacking].sum()), sorted(crew)))
        return [frozenset(crew) for _, crew in sorted(crews)]

    def _undone(self, roster: Roster) -> NDArray[np.int64]:
        """Empty slots that cost points."""
        index = self._lowered.index
        empty = self._lowered.empty.cost > 0
        empty[[index.slot_of[index.task[part.task]] + part.slot for part in roster.assignments]] = (
            False
        )
        return np.flatnonzero(empty)

    # Trials.

    def _try(self, bound: int, people: frozenset[str], start: Trial | None = None) -> None:
        """Search with some people freed, as many as the bound allows, from the best that moves no others."""
        if self._ended or len(people) > bound:
            return
        if start is None:
            start = min(
                (trial for trial in self.best.values() if trial.moved <= people),
                key=lambda trial: trial.points,
            )
            if (people, start.points) in self._tried:
                return
            self._tried.add((people, start.points))
        trial = self._searched(people, start, self._steps)
        freed = sorted(people - start.moved)
        if len(freed) == 1:
            gain = trial.points - start.points
            self._gains[freed[0]] = min(self._gains.get(freed[0], 0), gain)
        self._take(bound, trial)

    def _searched(self, people: frozenset[str], start: Trial, steps: int) -> Trial:
        """The best roster found from a start with these people free besides the affected.

        First a loosened visit stays at its time or undone; then those that nobody took up at their
        time go wherever there is room, without the people who are held.
        """
        possible = self._still_possible(start.roster)
        if not possible or set(self._others) <= people:
            return self._annealed(people, start, steps, ())
        steps //= 2
        there = self._annealed(people, start, steps, possible)
        done = {(part.task, part.slot, part.person) for part in there.roster.assignments}
        kept = tuple(part for part in possible if (part.task, part.slot, part.person) in done)
        return self._annealed(people, there, steps, kept) if kept != possible else there

    def _still_possible(self, roster: Roster) -> tuple[Assignment, ...]:
        """Loosened parts of visits that a roster leaves undone, or does with this person at this time."""
        done = {part.task for part in roster.assignments}
        kept = {(part.task, part.slot, part.person) for part in roster.assignments}
        return tuple(
            part
            for part in self._loose
            if part.task not in done or (part.task, part.slot, part.person) in kept
        )

    def _annealed(
        self, people: frozenset[str], start: Trial, steps: int, loose: tuple[Assignment, ...]
    ) -> Trial:
        """The best of a short annealing. loose: what held people may do at its published time."""
        held = [person for person in self._others if person not in people]
        lowered = hold(self._lowered, self._week.remaining, held, loose)
        annealing = Annealing(lowered, self._seed + self.steps, self._cores)
        annealing.construct(start.roster)
        if not self._rise:
            self._rise = annealing.threads[0].rise(annealing.weights, min(RISE_STEPS, self._steps))
        for _ in range(REHEATS):
            self._reheat(annealing, steps // REHEATS)
        self.steps += annealing.steps
        week, roster = self._week, annealing.best.roster()
        moved = difference(week.instance, week.published, roster, week.fallen).moved
        return Trial(roster, annealing.best.cost, moved)

    def _reheat(self, annealing: Annealing, steps: int) -> None:
        """Anneal a little from the best, until the search is to stop."""
        slices = max(1, steps // SLICE_STEPS)
        each = steps // (slices * self._cores)
        for thread in annealing.threads:
            thread.restart(annealing.best.best)
        with ThreadPoolExecutor(self._cores) as pool:
            for number in range(slices):
                if self._ended:
                    return
                share = REHEAT * (COLD / REHEAT) ** (number / slices)
                hot, cold = share * self._rise, share * (COLD / REHEAT) ** (1 / slices) * self._rise
                anneal = partial(_anneal, weights=annealing.weights, steps=each, hot=hot, cold=cold)
                list(pool.map(anneal, annealing.threads))

    def _take(self, bound: int, trial: Trial) -> None:
        if trial.points < self.best[bound].points and len(trial.moved) <= bound:
            self.best[bound] = trial
            self._stop.improved()
            self._on_better(trial, self.steps)

    def _loosened(self) -> tuple[Assignment, ...]:
        """Fallen parts that their people may still do, where another time of them has a price."""
        loose = {
            (part.task, part.slot)
            for part in self._week.instance.published
            if part.standing == "loose"
        }
        index, published = self._lowered.index, self._lowered.window.published
        return tuple(
            part
            for part in self._week.fallen
            if (part.task, part.slot) in loose
            and published[index.slot_of[index.task[part.task]] + part.slot]
        )

    def _affordable(self, choices: int) -> int:
        """How many trials the limits allow; by the size of the week, not by the clock."""
        if self._stop.steps is not None:
            return max(1, self._stop.steps // self._steps)
        if self._stop.seconds is not None:
            return int(self._stop.seconds / (TRIAL_SECONDS + TRIAL_SECONDS_PER_CHOICE * choices))
        return TRIALS_WITHOUT_LIMIT

    @property
    def _ended(self) -> bool:
        return self._stop.reason(self.steps) is not None


def _anneal(
    thread: Thread, weights: NDArray[np.int64], steps: int, hot: float, cold: float
) -> None:
    thread.anneal(weights, steps, hot, cold)


def bounds(most: int) -> Iterator[int]:
    """The bounds from 1 to `most` that have their turn."""
    bound = 1
    while bound < most:
        yield bound
        bound = bound + 1 if bound < EVERY_BOUND else bound * 3 // 2
    if most:
        yield most


def search_bounded(
    week: ChangedWeek,
    stop: Stop,
    most_moved: int,
    *,
    seed: int = 0,
    cores: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    on_roster: Callable[[Roster], None] | None = None,
    on_report: Callable[[Facts, Report], None] | None = None,
) -> Roster:
    """The best roster of the changed week that moves at most `most_moved` people beyond the affected.

    on_progress: called with what each better roster costs; on_roster: with the roster itself, at most
    once a second; on_report: in the end with what the checker says of the roster that is returned.
    """
    warm_up()
    stop.start()
    handed = [-1.0]
    every_slot = sum(len(slots(task)) for task in tasks(week.instance))

    def better(trial: Trial, steps: int) -> None:
        seconds = stop.elapsed
        unassigned = every_slot - len(trial.roster.assignments)
        score = search.score(trial)
        if on_progress is not None:
            rate = steps / max(seconds, 1e-3)
            filled: dict[str, list[int]] = {}
            for assignment in trial.roster.assignments:
                filled.setdefault(assignment.task, []).append(assignment.slot)
            visits, shifts = undone(week.instance, filled)
            on_progress(
                Progress(
                    seconds, score, unassigned, steps, rate, True, visits=visits, shifts=shifts
                )
            )
        if on_roster is not None and seconds - handed[0] >= 1:
            handed[0] = seconds
            on_roster(trial.roster.model_copy(update={"score": score}))

    search = BoundedSearch(week, stop, seed, cores, better)
    best = search.run(most_moved)
    facts = Facts(week.instance, best.roster)
    report = checked(facts)
    if on_report is not None:
        on_report(facts, report)
    return _judged(facts, report, search.steps, stop, seed, cores)


def _judged(facts: Facts, report: Report, steps: int, stop: Stop, seed: int, cores: int) -> Roster:
    """The roster with its score and figures, and what the search was."""
    score = report.score
    limits = {"seconds": stop.seconds, "idle_seconds": stop.idle_seconds, "steps": stop.steps}
    outcome = Outcome(
        status="unknown" if score.hard else "feasible",
        engine="anneal",
        versions=versions(),
        seed=seed,
        seconds=round(stop.elapsed, 3),
        steps=steps,
        ended_by=stop.reason(steps) or "no_improvement",
        ended_at=datetime.now(UTC).replace(microsecond=0),
        limits={name: value for name, value in limits.items() if value is not None}
        | {"cores": cores},
    )
    tables = figures_of(facts, with_roster=True)
    judgement = {"score": score, "outcome": outcome, "figures": tables}
    return facts.roster.model_copy(update=judgement)
