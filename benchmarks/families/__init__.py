"""The families of instances; one module each, with `cases(data, only)`."""

from benchmarks.families import (
    day_routes,
    hhcrsp,
    inrc2,
    large_weeks,
    shift_scheduling,
    uhhc,
    weeks,
    weeks_single,
)
from benchmarks.families.case import BenchmarkCase

FAMILIES = {
    "day-routes": day_routes.cases,
    "hhcrsp": hhcrsp.cases,
    "inrc2": inrc2.cases,
    "inrc2-rolled": inrc2.rolled_cases,
    "large-weeks": large_weeks.cases,
    "shift-scheduling": shift_scheduling.cases,
    "uhhc": uhhc.cases,
    "weeks": weeks.cases,
    "weeks-single": weeks_single.cases,
}

__all__ = ["FAMILIES", "BenchmarkCase"]
