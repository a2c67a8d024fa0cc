"""Runs of days that are longer than their most, or shorter than their least."""

from collections.abc import Iterable, Iterator

from scheduler.facts.runs import DayRun
from scheduler.rules.common.rule import Violation

Slots = dict[str, str | int]


def too_long(runs: Iterable[DayRun], most: int, slots: Slots) -> Iterator[Violation]:
    """A violation by the days of each run beyond `most`; days that were too many before do not count."""
    for run in runs:
        if over := run.over(most):
            told: Slots = {"day": run.first_day, "count": run.length, "limit": most}
            yield Violation(over, slots | told)


def too_short(runs: Iterable[DayRun], least: int, slots: Slots) -> Iterator[Violation]:
    """A violation by the days that each run lacks of `least`.

    A run up to the last day may go on after the horizon, and a run from day 0 may have begun before
    it unless the history says what came before: neither lacks days. A run that ended with the last
    day before the horizon is judged here, since nobody could know then that it had ended.
    """
    for run in runs:
        if lacks := run.lacks(least):
            told: Slots = {"day": run.first_day, "count": run.length, "limit": least}
            yield Violation(lacks, slots | told)
