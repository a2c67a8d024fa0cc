"""What a rule looks at, and helpers that only look: no rule, no price, no engine."""

from scheduler.facts.derived import frozen_order
from scheduler.facts.facts import Facts, Leg, RouteStop

__all__ = ["Facts", "Leg", "RouteStop", "frozen_order"]
