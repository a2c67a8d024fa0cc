"""Standing duties and case series: what falls due in a horizon, as visits, and how well it is kept."""

from scheduler.due.coverage import Coverage, Share, coverage
from scheduler.due.dates import DueVisit, due
from scheduler.due.visits import Expanded, expand, unplanned

__all__ = ["Coverage", "DueVisit", "Expanded", "Share", "coverage", "due", "expand", "unplanned"]
