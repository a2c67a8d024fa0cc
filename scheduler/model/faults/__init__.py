"""What is wrong with an instance whose fields all parse: every fault found, not just the first.

Errors make the instance unfit to solve; warnings are things that a coordinator will want to know.
"""

from collections.abc import Iterable

from scheduler.model.errors import Problem
from scheduler.model.faults.moments import moments
from scheduler.model.faults.names import names
from scheduler.model.faults.numbers import numbers
from scheduler.model.faults.staffing import staffing
from scheduler.model.faults.supply import supply
from scheduler.model.faults.ties import ties
from scheduler.model.faults.travel import ways
from scheduler.model.instance import Instance

__all__ = ["faults"]


def faults(
    instance: Instance,
    rules: Iterable[str] | None = None,
    *,
    timed: bool = True,
    whole: bool = True,
) -> list[Problem]:
    """Every fault of a parsed instance.

    rules: ids of the rules there are; None: the names of rules are not looked at.
    timed: the horizon can be trusted. whole: no record was dropped on the way here; without it
    nothing is said about who could do what.
    """
    found = [*names(instance, rules), *ties(instance), *numbers(instance), *ways(instance)]
    if timed:
        found += moments(instance)
    sound = not any(problem.severity == "error" for problem in found)
    if timed and whole and sound:
        found += [*staffing(instance), *supply(instance)]
    return found
