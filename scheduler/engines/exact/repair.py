"""Repair: free a part of a roster, hold the rest, and let CP-SAT find a better part.

Large neighbourhood search (Shaw 1998, 10.1007/3-540-49481-2_30). A kind of neighbourhood is chosen
by its success (UCB1: Auer, Cesa-Bianchi and Fischer 2002, 10.1023/A:1013689704352) and grows while
its parts are solved to their end.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from scheduler.engines.exact.costs import points as as_points
from scheduler.engines.exact.cp_sat import Limits, run
from scheduler.engines.exact.model import Model, build
from scheduler.engines.exact.neighbourhoods import KINDS, Map
from scheduler.engines.exact.part import Part, Whole, cut
from scheduler.engines.exact.solve import price
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import Answer
from scheduler.stop import Stop

DETERMINISTIC_SECONDS = 0.5
FIRST_SIZE = 8.0
GROWTH = 1.1
LARGEST_SIZE = 400.0
SOFT_REWARD = 0.3
"""A gain of soft points is worth this share of one of medium or hard points."""
LARGEST_PART = 400
"""Free slots of a part, at most."""

OnAnswer = Callable[[Answer, int], None]


@dataclass
class Record:
    """How a kind of neighbourhood has fared."""

    size: float = FIRST_SIZE
    tried: int = 0
    better: int = 0
    ended: int = 0
    reward: float = 0.0

    def worth(self, turns: int) -> float:
        """Upper confidence bound of its success."""
        if not self.tried:
            return math.inf
        return self.reward / self.tried + 0.5 * math.sqrt(math.log(turns) / self.tried)


@dataclass(frozen=True)
class Repaired:
    """The best roster, its points, and how many neighbourhoods were tried."""

    answer: Answer
    points: int
    steps: int


class Repair:
    """A search that can be asked for one step after another, from whatever roster is best by then."""

    def __init__(self, lowered: Lowered, seed: int = 0):
        self.lowered = lowered
        self.records = {kind: Record() for kind in KINDS}
        self._near = Map(lowered)
        self._random = Random(seed)
        self._whole: Whole | None = None
        self._turns = 0

    def step(self, answer: Answer, points: int, stop: Stop | None = None) -> tuple[Answer, int]:
        """One neighbourhood. `points`: what the answer costs; a better one with its points, or itself."""
        self._turns += 1
        kind = max(self.records, key=lambda one: self.records[one].worth(self._turns))
        record = self.records[kind]
        record.tried += 1
        whole = self._at(answer)
        chosen = KINDS[kind](self._near, whole, self._random, record.size)
        if chosen is None or not chosen.free:
            record.size = min(LARGEST_SIZE, record.size * GROWTH)
            return answer, points
        part = cut(whole, chosen.free, chosen.people, chosen.days)
        if sum(len(whole.slots_of(task)) for task in chosen.free) > LARGEST_PART:
            record.size /= GROWTH
            return answer, points
        own, gain, ended = _improve(part, part.inside(answer), points, self._limits(stop))
        record.ended += ended
        record.size *= GROWTH if ended else 1 / GROWTH
        record.size = min(LARGEST_SIZE, max(2.0, record.size))
        if own is None:
            return answer, points
        record.better += 1
        record.reward += 1.0 if gain >= self.lowered.scale.medium else SOFT_REWARD
        return part.whole(own, answer), points - gain

    def _at(self, answer: Answer) -> Whole:
        if self._whole is None:
            self._whole = Whole(self.lowered, answer)
        elif self._whole.answer is not answer:
            self._whole.renew(answer)
        return self._whole

    def _limits(self, stop: Stop | None) -> Limits:
        seed = self._random.randrange(2**31)
        return Limits(deterministic=DETERMINISTIC_SECONDS, stop=stop, seed=seed, linear=1)


def repair(
    lowered: Lowered,
    answer: Answer,
    points: int,
    stop: Stop,
    seed: int = 0,
    on_answer: OnAnswer | None = None,
) -> Repaired:
    """Better rosters from one that costs `points`, until `stop`, whose steps are neighbourhoods.

    The same for the same seed and steps. on_answer: called with each better answer and its points.
    """
    search = Repair(lowered, seed)
    steps = 0
    while stop.reason(steps) is None:
        better, cost = search.step(answer, points, stop)
        steps += 1
        if cost < points:
            answer, points = better, cost
            stop.improved()
            if on_answer is not None:
                on_answer(answer, points)
    return Repaired(answer, points, steps)


def _improve(
    part: Part, own: Answer, points: int, limits: Limits
) -> tuple[Answer | None, int, bool]:
    """A better answer of a part or None, the points it gains, and whether the search came to its end.

    points: what the whole roster costs; no part of a better one costs more.
    """
    model = build(part.lowered, most=points, held=part.held)
    before = price(model, own)
    if before is None:
        raise RuntimeError("a roster is no solution of its own part: a fault of the encodings")
    levels = _levels(part.lowered, before)
    model.hint(own)
    _better(model, levels)
    model.cp.minimize(_joint(model, levels))
    ran = run(model.cp, limits)
    if not ran.found:
        return None, 0, ran.ended
    found = tuple(ran.solver.value(one) for one in model.levels)
    gain = before - as_points(part.lowered.scale, found)
    return model.read(ran.solver.value), gain, ran.ended


def _levels(lowered: Lowered, points: int) -> tuple[int, int, int]:
    score = lowered.scale.score(points)
    return score.hard, score.medium, score.soft


def _better(model: Model, levels: tuple[int, int, int]) -> None:
    """Less at one level, and no more at those before it."""
    less = [model.decisions.literal(f"less at level {number}") for number in range(3)]
    model.cp.add_exactly_one(less)
    for number, chosen in enumerate(less):
        for before in range(number):
            model.cp.add(model.levels[before] <= levels[before]).only_enforce_if(chosen)
        model.cp.add(model.levels[number] <= levels[number] - 1).only_enforce_if(chosen)


def _joint(model: Model, levels: tuple[int, int, int]):
    """One objective, in which a point of a level outweighs what the roster has now of the next."""
    hard, medium, soft = model.levels
    worth = levels[2] + 1
    return worth * (levels[1] + 1) * hard + worth * medium + soft
