"""Fewer people moved: keep the exchanges of a re-plan that pay most, and take back the others.

Two people belong to one exchange if they share a task that changed, before or after. Exchanges do not
depend on each other, so each can be taken back whole. Those that gain most for each person moved are
kept, as many as the bound allows; then the search goes on with everybody else held.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checker import check
from scheduler.checker.figures import figures
from scheduler.checker.pricing import Pricing
from scheduler.facts import Facts
from scheduler.model import Assignment, Instance, Outcome, Roster, Score
from scheduler.stop import Stop
from scheduler.weeks.replan.apply import ChangedWeek
from scheduler.weeks.replan.difference import difference

Solve = Callable[[Stop, Roster, frozenset[str]], Roster]
"""(stop, start, people held) → a roster."""
LEAST_SECONDS = 0.2
"""With less than that left no search goes on, nor where steps and not seconds are its limit."""


@dataclass(frozen=True)
class Exchange:
    """Tasks that change together, and the people whose work they were or are."""

    people: frozenset[str]
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]


def with_fewer_moved(
    week: ChangedWeek, published: Roster, searched: Roster, most: int, stop: Stop, solve: Solve
) -> Roster:
    """The best of `searched` that moves at most `most` people beyond what the changes force."""
    instance = week.instance
    best, moved = searched, difference(instance, published, searched, week.fallen).moved
    if len(moved) > most:
        best, moved = _best_exchanges(week, searched, moved, most)
    best = _with_score(instance, best, searched.outcome)
    timed = stop.seconds is not None and stop.seconds_left >= LEAST_SECONDS
    if not timed or stop.reason() is not None:
        return best
    others = frozenset(person.id for person in instance.people) - moved
    better = solve(stop.within(stop.seconds_left), best, others)
    moved_now = difference(instance, published, better, week.fallen).moved
    worse = check(instance, better).score > check(instance, best).score
    return best if worse or not moved_now <= moved else better


def exchanges(remaining: Roster, searched: Roster) -> list[Exchange]:
    """What differs between two rosters, in groups that share no task and no person."""
    old, new = set(remaining.assignments), set(searched.assignments)
    group: dict[str, str] = {}

    def root(person: str) -> str:
        group.setdefault(person, person)
        while group[person] != person:
            person = group[person]
        return person

    changed = (old | new) - (old & new)
    by_task: dict[str, list[str]] = {}
    for part in sorted(changed, key=lambda part: (part.task, part.slot, part.person)):
        by_task.setdefault(part.task, []).append(part.person)
    for people in by_task.values():
        for person in people[1:]:
            group[root(person)] = root(people[0])
        root(people[0])
    groups: dict[str, list[Assignment]] = {}
    for part in changed:
        groups.setdefault(root(part.person), []).append(part)
    return [
        Exchange(
            frozenset(part.person for part in parts),
            tuple(part for part in parts if part in old),
            tuple(part for part in parts if part in new),
        )
        for parts in groups.values()
    ]


def _best_exchanges(
    week: ChangedWeek, searched: Roster, moved: frozenset[str], most: int
) -> tuple[Roster, frozenset[str]]:
    """What remains, with the exchanges that gain most for each person moved, and the people they move.

    moved: by all exchanges together; whom one of them moves does not depend on the others.
    """
    pricing = Pricing(Facts(week.instance, week.remaining))
    ranked = []
    for exchange in exchanges(week.remaining, searched):
        movers = exchange.people & moved
        gain = pricing.change(exchange.removed, exchange.added).score
        worth = _per_person(gain, max(1, len(movers)))
        ranked.append((worth, sorted(exchange.people), movers, exchange))
    people = frozenset[str]()
    assignments = set(week.remaining.assignments)
    for _, _, movers, exchange in sorted(ranked, key=lambda row: row[:2]):
        if len(people | movers) > most:
            continue
        if pricing.change(exchange.removed, exchange.added).score < Score():
            pricing = pricing.after(exchange.removed, exchange.added)
            assignments = (assignments - set(exchange.removed)) | set(exchange.added)
            people |= movers
    order = sorted(assignments, key=lambda part: (part.start, part.task, part.slot))
    return week.remaining.model_copy(update={"assignments": tuple(order)}), people


def _per_person(gain: Score, count: int) -> tuple[float, ...]:
    """Points for each person, level by level; the least is the best."""
    return tuple(points / count for points in gain.points)


def _with_score(instance: Instance, roster: Roster, outcome: Outcome | None) -> Roster:
    """The roster with its score and figures, and the outcome of the search that it comes from."""
    score = check(instance, roster).score
    if outcome is not None and outcome.bound is not None:
        gap = round(score.gap(outcome.bound), 6)
        outcome = outcome.model_copy(
            update={"status": "unknown" if score.hard else "feasible", "gap": gap}
        )
    judgement = {"score": score, "outcome": outcome, "figures": figures(instance, roster)}
    return roster.model_copy(update=judgement)
