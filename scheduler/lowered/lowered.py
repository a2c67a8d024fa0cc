"""Lowered: an instance as the primitives, dense and without ids."""

from dataclasses import dataclass

from scheduler.lowered.capacity import CapacityTable
from scheduler.lowered.crew import CrewTable
from scheduler.lowered.day import DayTable
from scheduler.lowered.distinct import DistinctTable
from scheduler.lowered.empty import EmptyTable
from scheduler.lowered.fit import FitTable
from scheduler.lowered.follow import FollowTable
from scheduler.lowered.gap import GapTable
from scheduler.lowered.index import Index
from scheduler.lowered.price import Scale
from scheduler.lowered.recovery import RecoveryTable
from scheduler.lowered.run import RunTable
from scheduler.lowered.total import TotalTable
from scheduler.lowered.travel import TravelTable
from scheduler.lowered.window import WindowTable


@dataclass(frozen=True)
class Lowered:
    """All that engines know of an instance. `index` is for reading rosters back, not for deciding."""

    index: Index
    scale: Scale
    fit: FitTable
    window: WindowTable
    empty: EmptyTable
    crew: CrewTable
    gap: GapTable
    travel: TravelTable
    day: DayTable
    total: TotalTable
    run: RunTable
    recovery: RecoveryTable
    follow: FollowTable
    distinct: DistinctTable
    capacity: CapacityTable
