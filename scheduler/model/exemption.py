"""Exceptions: hard rules that a coordinator broke knowingly, each about one piece of work."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.people import Limits, Window
from scheduler.model.time import Moment


class Exemption(Record):
    """A hard rule that gives way to one piece of work, for a reason (例外). It ends with that work."""

    rule: str
    """Id of the rule."""
    task: str
    """Visit or shift that it is about."""
    person: str | None = None
    """Whose part in it; None: that of everybody, or that somebody lacks."""
    reason: str = Field(min_length=1)
    """Why, as the coordinator gave it."""
    start: Moment | None = None
    """When the task may begin besides, whatever its windows or its place's opening hours."""
    hours: tuple[Window, ...] = Field(default=(), max_length=most.SPANS)
    """When the person is there besides, leave or not."""
    limits: Limits = Limits()
    """The person's limits as far as they give way."""
    skill_until: dict[str, date] = Field(default={}, max_length=most.NEEDS)
    """Last days of the person's skills, as far as they give way."""
    place: str | None = None
    """Place whose rule gives way, for a rule about places."""


def by_reason(exceptions: Iterable[Exemption]) -> dict[str, int]:
    """How many exceptions there are for each reason, the most first."""
    counts: dict[str, int] = {}
    for exemption in exceptions:
        counts[exemption.reason] = counts.get(exemption.reason, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
