"""What a remedy is."""

from dataclasses import dataclass
from typing import Literal

from scheduler.checker.pricing import ChangeCost
from scheduler.model import Assignment, Instance, Roster, Score

Kind = Literal["place", "window", "limit", "move", "drop", "person"]
KINDS: tuple[Kind, ...] = ("place", "window", "limit", "move", "drop", "person")
"""From the least to the most that is asked of anybody, where equally many people are disturbed."""


@dataclass(frozen=True)
class Remedy:
    """A changed week and roster in which the work is done.

    kind: see `KINDS`; change: what it does to the score, in the changed instance
    added: assignments that fill the slot, its crew among them; removed, replaced: other work that
        goes, and where it goes (nothing where it is dropped)
    raised: (person, rule, amount in the rule's unit) of limits that are raised
    """

    kind: Kind
    instance: Instance
    roster: Roster
    added: tuple[Assignment, ...]
    change: ChangeCost
    removed: tuple[Assignment, ...] = ()
    replaced: tuple[Assignment, ...] = ()
    raised: tuple[tuple[str, str, int], ...] = ()

    @property
    def disturbed(self) -> frozenset[str]:
        """People whose other work changes."""
        return frozenset(assignment.person for assignment in (*self.removed, *self.replaced))

    @property
    def rank(self) -> tuple[int, int, int, Score]:
        """Sorts the cheapest first."""
        kind = KINDS.index(self.kind)
        return len(self.disturbed), kind, len(self.raised), self.change.score
