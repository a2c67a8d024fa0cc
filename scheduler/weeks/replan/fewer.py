"""Fewer people moved: keep of a re-plan the exchanges that pay most, and take back the others.

Two people belong to one exchange if a task that changed was or is theirs both; exchanges stand for
themselves, so that each can be taken back whole. Those that gain most for each person moved come
first, as many as the bound lets in; then the search goes on with everybody else held.
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
    applied: ChangedWeek, published: Roster, found: Roster, most: int, stop: Stop, solve: Solve
) -> Roster:
    """The best of `found` that moves at most `most` people beyond what the changes force."""
    instance = applied.instance
    kept, chosen = found, difference(instance, published, found, applied.fallen).moved
    if len(chosen) > most:
        kept, chosen = _chosen(applied, found, chosen, most)
    kept = _told(instance, kept, found.outcome)
    timed = stop.seconds is not None and stop.seconds_left >= LEAST_SECONDS
    if not timed or stop.reason() is not None:
        return kept
    others = frozenset(person.id for person in instance.people) - chosen
    better = solve(stop.within(stop.seconds_left), kept, others)
    now = difference(instance, published, better, applied.fallen).moved
    worse = check(instance, better).score > check(instance, kept).score
    return kept if worse or not now <= chosen else better


def exchanges(remaining: Roster, found: Roster) -> list[Exchange]:
    """What differs between two rosters, in groups that share no task and no person."""
    old, new = set(remaining.assignments), set(found.assignments)
    group: dict[str, str] = {}

    def root(person: str) -> str:
        group.setdefault(person, person)
        while group[person] != person:
            person = group[person]
        return person

    changed = (old | new) - (old & new)
    by_task: dict[str, list[str]] = {}
    for one in sorted(changed, key=lambda one: (one.task, one.slot, one.person)):
        by_task.setdefault(one.task, []).append(one.person)
    for people in by_task.values():
        for person in people[1:]:
            group[root(person)] = root(people[0])
        root(people[0])
    members: dict[str, list[Assignment]] = {}
    for one in changed:
        members.setdefault(root(one.person), []).append(one)
    return [
        Exchange(
            frozenset(one.person for one in own),
            tuple(one for one in own if one in old),
            tuple(one for one in own if one in new),
        )
        for own in members.values()
    ]


def _chosen(
    applied: ChangedWeek, found: Roster, moved: frozenset[str], most: int
) -> tuple[Roster, frozenset[str]]:
    """What remains, with the exchanges that gain most for each person moved, and the people they move.

    moved: by all exchanges together; whom one of them moves does not depend on the others.
    """
    pricing = Pricing(Facts(applied.instance, applied.remaining))
    worth = []
    for one in exchanges(applied.remaining, found):
        own = one.people & moved
        gain = pricing.change(one.removed, one.added).score
        worth.append((_each(gain, max(1, len(own))), sorted(one.people), own, one))
    people = frozenset[str]()
    kept = set(applied.remaining.assignments)
    for _, _, own, one in sorted(worth, key=lambda row: row[:2]):
        if len(people | own) > most:
            continue
        if pricing.change(one.removed, one.added).score < Score():
            pricing = pricing.after(one.removed, one.added)
            kept = (kept - set(one.removed)) | set(one.added)
            people |= own
    order = sorted(kept, key=lambda one: (one.start, one.task, one.slot))
    return applied.remaining.model_copy(update={"assignments": tuple(order)}), people


def _each(gain: Score, count: int) -> tuple[float, ...]:
    """Points for each person, level by level; the least is the best."""
    return tuple(points / count for points in gain.points)


def _told(instance: Instance, roster: Roster, outcome: Outcome | None) -> Roster:
    """The roster with its score and figures, and how the search went that it comes from."""
    score = check(instance, roster).score
    if outcome is not None and outcome.bound is not None:
        gap = round(score.gap(outcome.bound), 6)
        outcome = outcome.model_copy(
            update={"status": "unknown" if score.hard else "feasible", "gap": gap}
        )
    told = {"score": score, "outcome": outcome, "figures": figures(instance, roster)}
    return roster.model_copy(update=told)
