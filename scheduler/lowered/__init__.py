"""The dozen primitives that engines know, one a file; `Lowered` holds one of each."""

from scheduler.lowered.lowered import Lowered

__all__ = ["Lowered"]
