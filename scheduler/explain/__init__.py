"""Questions about a roster: why a slot is empty, why an assignment is as it is, where new work fits."""

from scheduler.explain.placements import Placement, Trials
from scheduler.explain.remedies import Remedy, remedies
from scheduler.explain.suggest import (
    Suggestion,
    for_case,
    for_person,
    for_task,
    for_visit,
    prepared,
)
from scheduler.explain.swaps import Swap, swaps
from scheduler.explain.why_empty import EmptySlot, empty_slots, why_empty
from scheduler.explain.why_so import Alternative, WhySo, why_so
from scheduler.explain.why_unassigned import (
    Unassigned,
    impossible,
    unknown_task,
    urgency,
    why_unassigned,
)
from scheduler.explain.worth import HourWorth, hours_wanted

__all__ = [
    "Alternative",
    "EmptySlot",
    "HourWorth",
    "Placement",
    "Remedy",
    "Suggestion",
    "Swap",
    "Trials",
    "Unassigned",
    "WhySo",
    "empty_slots",
    "for_case",
    "for_person",
    "for_task",
    "for_visit",
    "hours_wanted",
    "impossible",
    "prepared",
    "remedies",
    "swaps",
    "unknown_task",
    "urgency",
    "why_empty",
    "why_so",
    "why_unassigned",
]
