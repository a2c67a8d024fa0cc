"""What differs between two rosters, as exchanges that can each be made alone, and the best of them.

Two people belong to one exchange if they share a task that changed, before or after.
"""

from dataclasses import dataclass

from scheduler.checker.pricing import Pricing
from scheduler.facts import Facts
from scheduler.model import Assignment, Instance, Roster, Score


@dataclass(frozen=True)
class Exchange:
    """Tasks that change together, and the people whose work they were or are."""

    people: frozenset[str]
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]


def exchanges(before: Roster, after: Roster, apart: frozenset[str] = frozenset()) -> list[Exchange]:
    """What differs between two rosters, in groups that share no task, and no person but those of `apart`."""
    old, new = set(before.assignments), set(after.assignments)
    changed = sorted(
        (old | new) - (old & new), key=lambda part: (part.task, part.slot, part.person, part.start)
    )
    group: dict[str, str] = {}

    def root(key: str) -> str:
        group.setdefault(key, key)
        while group[key] != key:
            key = group[key]
        return key

    for part in changed:
        task = root(f"task {part.task}")
        if part.person not in apart:
            group[root(f"person {part.person}")] = task
    groups: dict[str, list[Assignment]] = {}
    for part in changed:
        groups.setdefault(root(f"task {part.task}"), []).append(part)
    return [
        Exchange(
            frozenset(part.person for part in parts),
            tuple(part for part in parts if part in old),
            tuple(part for part in parts if part in new),
        )
        for parts in groups.values()
    ]


class RankedExchanges:
    """The exchanges between two rosters, ranked by what they gain for each person moved."""

    def __init__(self, instance: Instance, before: Roster, after: Roster, movable: frozenset[str]):
        """movable: the people who count where an exchange moves them."""
        self._before = before
        self._pricing = Pricing(Facts(instance, before))
        apart = frozenset(part.person for part in (*before.assignments, *after.assignments))
        ranked = []
        for exchange in exchanges(before, after, apart - movable):
            movers = exchange.people & movable
            gain = self._pricing.change(exchange.removed, exchange.added).score
            worth = tuple(points / max(1, len(movers)) for points in gain.points)
            ranked.append((worth, sorted(exchange.people), movers, exchange))
        self._ranked = sorted(ranked, key=lambda row: row[:2])

    def best(self, most: int) -> tuple[Roster, frozenset[str]]:
        """The roster before with the best exchanges that move at most `most` people, and these people."""
        people = frozenset[str]()
        pricing, assignments = self._pricing, set(self._before.assignments)
        for _, _, movers, exchange in self._ranked:
            if len(people | movers) > most:
                continue
            if pricing.change(exchange.removed, exchange.added).score < Score():
                pricing = pricing.after(exchange.removed, exchange.added)
                assignments = (assignments - set(exchange.removed)) | set(exchange.added)
                people |= movers
        order = sorted(assignments, key=lambda part: (part.start, part.task, part.slot))
        return self._before.model_copy(update={"assignments": tuple(order)}), people
