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
