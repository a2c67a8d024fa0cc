"""Rolling on: one week's history carried into the next."""

from scheduler.weeks.roll.following import next_horizon, roll

__all__ = ["next_horizon", "roll"]
