"""The families of instances; one module each, with `cases(data, only)`."""

from benchmarks.families import hhcrsp, shift_scheduling, weeks
from benchmarks.families.case import Case

FAMILIES = {
    "hhcrsp": hhcrsp.cases,
    "shift-scheduling": shift_scheduling.cases,
    "weeks": weeks.cases,
}

__all__ = ["FAMILIES", "Case"]
