"""A roster that answers back: why a slot is empty, why a person is where they are, where new work fits."""

from scheduler.explain.why_empty import Empty, why_empty

__all__ = ["Empty", "why_empty"]
