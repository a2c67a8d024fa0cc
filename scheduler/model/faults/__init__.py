"""What is wrong with an instance whose fields all parse: every fault, up to so many, not just the first.

An instance with errors cannot be solved; warnings are what a coordinator will want to know.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from scheduler.model.errors import MOST_PROBLEMS, Problem, listed
from scheduler.model.faults.history import history
from scheduler.model.faults.kinds import kinds
from scheduler.model.faults.moments import moments
from scheduler.model.faults.names import names
from scheduler.model.faults.numbers import numbers
from scheduler.model.faults.since import still_sound
from scheduler.model.faults.skills import skills
from scheduler.model.faults.staffing import short_shifts, staffing
from scheduler.model.faults.supply import supply
from scheduler.model.faults.ties import ties
from scheduler.model.faults.travel import travel
from scheduler.model.faults.unmatched import unmatched
from scheduler.model.instance import Instance

__all__ = ["errors", "errors_of_work", "errors_since", "faults"]


def faults(
    instance: Instance,
    rules: Iterable[str] | None = None,
    *,
    timed: bool = True,
    whole: bool = True,
) -> list[Problem]:
    """The faults of a parsed instance, as `listed`.

    rules: ids of the rules there are; None: the names of rules are not looked at.
    timed: whether the horizon is right; else moments are not looked at. whole: whether every record
    of the file is here; else nobody is missed.
    """
    parts = [names(instance, rules), ties(instance), numbers(instance), travel(instance)]
    if timed:
        parts += [moments(instance), history(instance), skills(instance)]
    problems = listed(chain.from_iterable(parts))
    sound = not any(problem.severity == "error" for problem in problems)
    if timed and whole and sound:
        # Parts that have warnings only end with the last that is listed.
        parts = [_first(unmatched(instance)), _first(kinds(instance))]
        if instance.people:
            parts += [staffing(instance), _first(supply(instance))]
        problems = listed(chain(problems, *parts))
    return problems


def errors(instance: Instance, rules: Iterable[str] | None = None) -> list[Problem]:
    """The errors among the `faults` of a whole instance; what can only warn is not looked for."""
    parts = (
        *(names(instance, rules), ties(instance), numbers(instance), travel(instance)),
        *(moments(instance), history(instance), skills(instance)),
    )
    problems = _errors(chain.from_iterable(parts))
    if not problems and instance.people:
        problems = _errors(short_shifts(instance))
    return problems


def errors_since(before: Instance, after: Instance, rules: Iterable[str]) -> list[Problem]:
    """The `errors` of an instance that was made of one without any, mostly at the cost of what is otherwise."""
    return [] if still_sound(before, after, rules) else errors(after, rules)


def errors_of_work(instance: Instance) -> list[Problem]:
    """The `errors` at visits, cases and duties; people and places are looked up, and not looked at."""
    alone = instance.changed(people=(), places=())
    parts = names(instance, None), ties(alone), numbers(alone), moments(alone)
    return _errors(chain.from_iterable(parts))


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return listed(problem for problem in problems if problem.severity == "error")


def _first(warnings: Iterator[Problem]) -> Iterator[Problem]:
    return islice(warnings, MOST_PROBLEMS + 1)
