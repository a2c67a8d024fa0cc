"""Re-planning: changes and a published roster → a new roster that disturbs nobody needlessly."""

from scheduler.replan.apply import Applied, apply
from scheduler.replan.difference import Difference, difference, fallen
from scheduler.replan.replan import Replanned, replan

__all__ = ["Applied", "Difference", "Replanned", "apply", "difference", "fallen", "replan"]
