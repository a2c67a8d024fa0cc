"""Runs: longest stretches of days in a row, as the primitive `run` counts them.

A run may have begun before the horizon and may go on after it. What it is judged for is judged once:
days that history has made too many are no fault of this horizon, and a run that ended with the last
day before it is judged for its least here, since it could have gone on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from scheduler.facts import Facts
from scheduler.model import Instance


@dataclass(frozen=True)
class PastDays:
    """Days in a row right before the horizon that belong to a run.

    known: whether nothing before them belongs to it; else there may be more of them
    told: whether the horizon judges them where they end with day -1; else the roster before has done so
    """

    days: int = 0
    known: bool = False
    told: bool = False


@dataclass(frozen=True)
class DayRun:
    """Days first .. end - 1 of the horizon, and `past` days before them; first == end: only those.

    begins, ends: whether the run is known to begin, or to end, there
    """

    first: int
    end: int
    past: int
    begins: bool
    ends: bool

    @property
    def length(self) -> int:
        """Days, those before the horizon among them."""
        return self.past + self.end - self.first

    @property
    def first_day(self) -> int:
        """Number of its first day, negative before the horizon."""
        return self.first - self.past

    def over(self, most: int) -> int:
        """Days of the horizon by which the run is too long."""
        return max(0, self.length - max(most, self.past))

    def lacks(self, least: int) -> int:
        """Days by which the run is too short; 0 where it may be longer than it is seen to be."""
        return max(0, least - self.length) if self.begins and self.ends else 0


def runs_of(on: Iterable[bool], past: PastDays) -> Iterator[DayRun]:
    """The runs of a horizon's days, in order; on: for each day, whether it belongs to a run."""
    days = list(on)
    if past.days and past.told and not (days and days[0]):
        yield DayRun(0, 0, past.days, past.known, ends=bool(days))
    for belongs, group in groupby(range(len(days)), days.__getitem__):
        if belongs:
            numbers = list(group)
            first, end = numbers[0], numbers[-1] + 1
            before = past.days if first == 0 else 0
            yield DayRun(first, end, before, first > 0 or past.known, end < len(days))


def past_days(instance: Instance, person: str, *, on: bool) -> PastDays:
    """Days in a row with work, or without, right before the horizon."""
    past = instance.past(person)
    days = past.run_on if on else past.run_off
    known = past.run_on + past.run_off > 0 and not (days and past.run_is_open)
    return PastDays(days, known, past.tells_ends)


def past_days_of_kind(instance: Instance, person: str, kind: str) -> PastDays:
    """Days in a row with a kind of work right before the horizon.

    Where history has neither `kind_runs` nor stops, `last_kinds` says that there was one day at least.
    """
    past = instance.past(person)
    if past.run_off:
        return PastDays(0, known=True)
    if past.kind_runs:
        days = past.kind_runs.get(kind, 0)
        return PastDays(days, not (days and past.kind_run_is_open(kind)), past.tells_ends)
    return PastDays(int(kind in past.last_kinds))


def work_runs(facts: Facts, person: str, *, on: bool) -> Iterator[DayRun]:
    """A person's runs of days with work, or of days off."""
    worked = facts.by_day[person]
    days = ((day in worked) is on for day in range(facts.horizon.days))
    return runs_of(days, past_days(facts.instance, person, on=on))


def kind_runs(facts: Facts, person: str, kind: str) -> Iterator[DayRun]:
    """A person's runs of days with a kind of work."""
    days = range(facts.horizon.days)
    on = (any(stop.task.kind == kind for stop in facts.stops(person, day)) for day in days)
    return runs_of(on, past_days_of_kind(facts.instance, person, kind))
