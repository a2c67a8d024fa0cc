"""One instance of a family, ready to be solved, priced and saved."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scheduler.model import Instance, Roster, Score


@dataclass(frozen=True)
class Case:
    """load: makes the instance. cost: the family's own cost of a score. best_known: None if nobody published one.

    save: writes a roster in the family's own format into a folder.
    mean_known: the mean of the published runs of which best_known is the best; None if there is none.
    """

    name: str
    load: Callable[[], Instance]
    cost: Callable[[Score], float]
    best_known: float | None
    save: Callable[[Path, Instance, Roster], None]
    mean_known: float | None = None
