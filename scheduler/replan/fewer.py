"""Fewer people moved: keep of a re-plan the exchanges that pay most, and take back the others.

Two people belong to one exchange if a task that changed was or is theirs both; exchanges stand for
themselves, so that each can be taken back whole. Those that gain most for each person moved come
first, as many as the bound lets in; then the search goes on with everybody else held.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checker import check
from scheduler.model import Assignment, Instance, Roster, Score
from scheduler.replan.apply import Applied
from scheduler.replan.difference import difference
from scheduler.stop import Stop

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
    applied: Applied, published: Roster, found: Roster, most: int, stop: Stop, solve: Solve
) -> Roster:
    """The best of `found` that moves at most `most` people beyond what the changes force."""
    instance = applied.instance

    def moved(roster: Roster) -> frozenset[str]:
        return difference(instance, published, roster, applied.fallen).moved

    everybody = frozenset(person.id for person in instance.people)
    kept = found
    chosen = moved(found)
    if len(chosen) > most:
        kept, chosen = _chosen(applied, found, moved, most)
    timed = stop.seconds is not None and stop.seconds_left >= LEAST_SECONDS
    if not timed or stop.reason() is not None:
        return _priced(instance, kept)
    better = solve(stop.within(stop.seconds_left), kept, everybody - chosen)
    if moved(better) <= chosen and _score(instance, better) <= _score(instance, kept):
        return better
    return _priced(instance, kept)


def exchanges(standing: Roster, found: Roster) -> list[Exchange]:
    """What differs between two rosters, in groups that share no task and no person."""
    old, new = set(standing.assignments), set(found.assignments)
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
    applied: Applied, found: Roster, moved: Callable[[Roster], frozenset[str]], most: int
) -> tuple[Roster, frozenset[str]]:
    """What stands with the exchanges that gain most for each person moved, and the people they move."""
    instance, now = applied.instance, applied.standing
    score, people = _score(instance, now), frozenset[str]()
    worth = []
    for one in exchanges(now, found):
        gain = _score(instance, _with(now, one))
        count = len(moved(_with(now, one)))
        worth.append((_each(score, gain, max(1, count)), sorted(one.people), one))
    for _, _, one in sorted(worth, key=lambda three: three[:2]):
        tried = _with(now, one)
        gain, told = _score(instance, tried), moved(tried)
        if gain < score and len(told) <= most:
            now, score, people = tried, gain, told
    return now, people


def _each(before: Score, after: Score, count: int) -> tuple[float, ...]:
    """Points gained for each person, level by level; the least is the best."""
    return tuple((b - a) / count for a, b in zip(before.points, after.points, strict=True))


def _with(roster: Roster, exchange: Exchange) -> Roster:
    gone = set(exchange.removed)
    left = [one for one in roster.assignments if one not in gone]
    return roster.model_copy(update={"assignments": (*left, *exchange.added)})


def _score(instance: Instance, roster: Roster) -> Score:
    return check(instance, roster).score


def _priced(instance: Instance, roster: Roster) -> Roster:
    return roster.model_copy(update={"score": _score(instance, roster)})
