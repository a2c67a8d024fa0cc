"""The families of instances; one module each, with `cases(data, only)`."""

from benchmarks.families import hhcrsp, uhhc, weeks
from benchmarks.families.case import Case

FAMILIES = {"hhcrsp": hhcrsp.cases, "uhhc": uhhc.cases, "weeks": weeks.cases}

__all__ = ["FAMILIES", "Case"]
