"""Runs of days with work, or without, as the primitive `run` counts them."""

from collections.abc import Iterator
from itertools import groupby

from scheduler.facts import Facts


def runs(facts: Facts, person: str, *, on: bool) -> Iterator[tuple[list[int], int]]:
    """(days, length) of every run of days with work (or without) in the horizon.

    Days before the horizon that belong to the first run count in its length only.
    """
    worked = facts.by_day[person]
    past = facts.instance.past(person)
    for kind, group in groupby(range(facts.horizon.days), lambda day: day in worked):
        days = list(group)
        if kind is on:
            before = past.run_on if on else past.run_off
            yield days, len(days) + (before if days[0] == 0 else 0)


def short_runs(facts: Facts, person: str, least: int, *, on: bool) -> Iterator[tuple[int, int]]:
    """(first day, length) of every run that is shorter than `least`.

    A run up to the last day may go on, and a run from day 0 may have begun earlier unless the
    history says what came before: neither is short.
    """
    past = facts.instance.past(person)
    first_known = 0 if past.run_on + past.run_off > 0 else 1
    for days, length in runs(facts, person, on=on):
        if length < least and days[0] >= first_known and days[-1] < facts.horizon.days - 1:
            yield days[0], length
