"""Re-planning: changes and a published roster → a new roster that disturbs nobody needlessly."""

from scheduler.weeks.replan.apply import Applied, apply
from scheduler.weeks.replan.difference import Difference, difference, fallen
from scheduler.weeks.replan.replan import Replanned, replan

__all__ = ["Applied", "Difference", "Replanned", "apply", "difference", "fallen", "replan"]
