"""Re-planning: changes and a published roster → a new roster that disturbs nobody needlessly.

The search is in `scheduler.weeks.replan.search`, which alone loads the engines.
"""

from scheduler.weeks.replan.apply import ChangedWeek, apply
from scheduler.weeks.replan.difference import Difference, difference
from scheduler.weeks.replan.remaining import fallen

__all__ = ["ChangedWeek", "Difference", "apply", "difference", "fallen"]
