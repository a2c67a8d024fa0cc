"""Runs of days that are shorter than their least: of days with work, or of days off."""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.runs import runs
from scheduler.rules.common.rule import Violation


def short_runs(facts: Facts, person: str, least: int | None, *, on: bool) -> Iterator[Violation]:
    """A violation by the days that each run lacks of `least`; none where there is no least.

    A run up to the last day may go on after the horizon, and a run from day 0 may have begun before
    it unless the history says what came before: neither lacks days.
    """
    if least is None:
        return
    past = facts.instance.past(person)
    first_known = 0 if past.run_on + past.run_off > 0 else 1
    for days, count in runs(facts, person, on=on):
        if count < least and days[0] >= first_known and days[-1] < facts.horizon.days - 1:
            slots: dict[str, str | int] = {"person": person, "day": days[0]}
            yield Violation(least - count, slots | {"count": count, "limit": least})
