"""The dozen primitives that engines know, and `lower`, which makes them from an instance."""

from scheduler.lowered.lower import Lowered, lower

__all__ = ["Lowered", "lower"]
