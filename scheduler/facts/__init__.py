"""What a rule looks at, and helpers that only look: no rule, no price, no engine."""

from scheduler.facts.facts import Facts, Leg, RouteStop, frozen_order

__all__ = ["Facts", "Leg", "RouteStop", "frozen_order"]
