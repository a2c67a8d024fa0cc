"""Lowered: an instance as the primitives, dense and without ids."""

from dataclasses import dataclass

from scheduler.lowered.capacity import Capacity
from scheduler.lowered.crew import Crew
from scheduler.lowered.day import Day
from scheduler.lowered.distinct import Distinct
from scheduler.lowered.empty import Empty
from scheduler.lowered.fit import Fit
from scheduler.lowered.follow import Follow
from scheduler.lowered.gap import Gap
from scheduler.lowered.index import Index
from scheduler.lowered.price import Scale
from scheduler.lowered.run import Run
from scheduler.lowered.total import Total
from scheduler.lowered.travel import Travel
from scheduler.lowered.window import Window


@dataclass(frozen=True)
class Lowered:
    """All that an engine may know. `index` is for reading rosters back, not for deciding."""

    index: Index
    scale: Scale
    fit: Fit
    window: Window
    empty: Empty
    crew: Crew
    gap: Gap
    travel: Travel
    day: Day
    total: Total
    run: Run
    follow: Follow
    distinct: Distinct
    capacity: Capacity
