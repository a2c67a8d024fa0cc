"""How fast and how well questions about new work in the sub-district's week are answered.

New visits are copies of existing ones, crews included, at the places and for the households of
others of their kind; new cases are copies of existing ones with two sessions. A question is timed from the new
record to the sentences. Its best answer is compared with the best of all candidates, each priced.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import mean, quantiles

from scheduler.explain import Suggestion, Trials, for_case, for_visit, prepared
from scheduler.explain.words import suggestion_in_words
from scheduler.facts import Facts
from scheduler.messages import LANGS
from scheduler.messages.names import Names
from scheduler.model import Case, Instance, Roster, Score, Visit

EVERYTHING = 10**9
YOUNG = 50_000
"""Objects made between two looks for garbage, as in a process that answers."""
CASES = 10


@dataclass(frozen=True)
class TimedQuestion:
    """One question: seconds, the best score, and the best of all candidates (None: no place)."""

    seconds: float
    best: Score | None
    exhaustive: Score | None


def measure(instance: Instance, roster: Roster, count: int, seed: int = 1) -> list[str]:
    """Lines to print: times of visits and cases, and how often the best answer is the true best."""
    random = Random(seed)
    gc.set_threshold(YOUNG)
    start = time.perf_counter()
    trials = prepared(Facts(instance, roster))
    lines = [f"made ready in {time.perf_counter() - start:.2f} s"]
    visits = [_visit(trials, _new_visit(instance, random)) for _ in range(count)]
    lines += _times("visits", [visit.seconds for visit in visits])
    placed = [(visit.best, visit.exhaustive) for visit in visits if visit.best and visit.exhaustive]
    hits = sum(best == true for best, true in placed)
    worse = [best.soft - true.soft for best, true in placed if best.medium == true.medium]
    lines.append(
        f"{len(placed)} of {count} have a place; the best is the true best for {hits},"
        f" and {mean(worse or [0]):.2f} soft points worse on the average"
    )
    lost = sum(visit.best is None and visit.exhaustive is not None for visit in visits)
    lines.append(f"{lost} have a place that is not found")
    cases = [_timed(lambda: for_case(trials, _new_case(instance, random)))[0] for _ in range(CASES)]
    return lines + _times("cases", cases)


def _times(what: str, seconds: list[float]) -> list[str]:
    twentieths = quantiles(seconds, n=20, method="inclusive")
    middle, high = (1000 * twentieths[at] for at in (9, 18))
    return [
        f"{len(seconds)} {what}: p50 {middle:.0f} ms, p95 {high:.0f} ms, "
        f"longest {1000 * max(seconds):.0f} ms"
    ]


def _visit(trials: Trials, visit: Visit) -> TimedQuestion:
    seconds, suggestions = _timed(lambda: for_visit(trials, visit))
    instance = trials.facts.instance
    grown = trials.grown(instance.changed(visits=(*instance.visits, visit)))
    placements = grown.placements(visit.id, budget=EVERYTHING)
    best = suggestions[0].change.score if suggestions else None
    true = next((place.change.score for place in placements if place.change.feasible), None)
    return TimedQuestion(seconds, best, true)


def _timed(ask: Callable[[], list[Suggestion]]) -> tuple[float, list[Suggestion]]:
    start = time.perf_counter()
    suggestions = ask()
    for suggestion in suggestions:
        for lang in LANGS:
            suggestion_in_words(Names(suggestion.instance, lang), suggestion)
    return time.perf_counter() - start, suggestions


def _new_visit(instance: Instance, random: Random) -> Visit:
    visit = random.choice([visit for visit in instance.visits if visit.case is None])
    alike = [like for like in instance.visits if like.kind == visit.kind and like.case is None]
    other = random.choice(alike)
    where = {"places": other.places, "household": other.household}
    return visit.model_copy(update={"id": "new", "duty": None, "bundle": None, **where})


def _new_case(instance: Instance, random: Random) -> Case:
    able = [case for case in instance.cases if case.places or case.household]
    fresh = {"id": "new", "sessions": 2, "every_days": (2, 3), "last_done": None, "person": None}
    return random.choice(able).model_copy(update=fresh)
