"""What a remedy is."""

from dataclasses import dataclass
from typing import Literal, get_args

from scheduler.checker.pricing import ChangeCost
from scheduler.model import Assignment, Instance, Roster, Score

Kind = Literal[
    "place", "together", "window", "limit", "area", "place_area", "skill", "skill_level", "role",
    "crew_size", "move", "drop", "person",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
"""From the least to the most that is asked of anybody, where equally many people are disturbed."""


@dataclass(frozen=True)
class Remedy:
    """A changed week and roster in which the work is done.

    kind: see `KINDS`; change: what it does to the score, in the changed instance
    added: assignments that fill the slot, its crew and what has to be done first among them
    removed, replaced: other work that goes, and where it goes (nothing where it is dropped)
    raised: (person, rule, amount in the rule's unit) of limits that are raised
    asked: how much is asked of people, in ticks; 0 where the kind says it all
    away: ticks between the work and when its people are there
    subject: whom or what the change is about: a person, place, skill or role; a number where it counts
    """

    kind: Kind
    instance: Instance
    roster: Roster
    added: tuple[Assignment, ...]
    change: ChangeCost
    removed: tuple[Assignment, ...] = ()
    replaced: tuple[Assignment, ...] = ()
    raised: tuple[tuple[str, str, int], ...] = ()
    asked: int = 0
    away: int = 0
    subject: tuple[str | int, ...] = ()
    task: str = ""

    @property
    def applicable(self) -> bool:
        """Whether it can be written: a person who does not exist yet is an offer in words only."""
        return self.kind != "person"

    @property
    def disturbed(self) -> frozenset[str]:
        """People whose other work changes."""
        return frozenset(assignment.person for assignment in (*self.removed, *self.replaced))

    @property
    def rank(self) -> tuple[int, int, int, tuple[int, int], Score]:
        """Sorts the cheapest first."""
        kind, asked = KINDS.index(self.kind), (self.asked, self.away)
        return len(self.disturbed), kind, len(self.raised), asked, self.change.score
