"""A roster that answers back: why a slot is empty, why a person is where they are, where new work fits."""

from scheduler.explain.placements import Placement, Trials
from scheduler.explain.suggest import (
    Suggestion,
    for_case,
    for_person,
    for_task,
    for_visit,
    prepared,
)
from scheduler.explain.why_empty import Empty, why_empty
from scheduler.explain.why_so import Alternative, WhySo, why_so

__all__ = [
    "Alternative",
    "Empty",
    "Placement",
    "Suggestion",
    "Trials",
    "WhySo",
    "for_case",
    "for_person",
    "for_task",
    "for_visit",
    "prepared",
    "why_empty",
    "why_so",
]
