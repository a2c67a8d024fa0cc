"""What people did before the horizon, as files tell it: stops, running sums, and plain numbers."""

import datetime

from pydantic import Field

from scheduler.model import most
from scheduler.model.base import Record
from scheduler.model.people import Whole
from scheduler.model.time import Moment


class PastStop(Record):
    """Work that began before the horizon; it may end inside."""

    kind: str
    """Kind of the visit or shift."""
    place: str | None = None
    """Place id; None: not known, so that no way leads on from it."""
    start: Moment
    """Before the horizon's first midnight."""
    end: Moment
    """May lie after it."""
    day: datetime.date | None = None
    """The working day that it belongs to; None: the day of its start."""


class PastSums(Record):
    """What a calendar week, month or year that has begun holds already; days are working days.

    A number that is left out, or 0, is taken from the stops, as far as they reach back.
    """

    minutes: int = Field(default=0, ge=0)
    """Ticks of work, travel included where settings count it."""
    days: int = Field(default=0, ge=0)
    """Days with work."""
    tasks: int = Field(default=0, ge=0)
    """Visits and shifts."""
    weekends: int = Field(default=0, ge=0)
    """Weekends with work, by their first day off; of a week: whether on its days off so far."""


class PersonHistory(Record):
    """What a person did before the horizon, as far as this horizon's rules look back.

    The stops say most of it by themselves. A number that is left out, or 0, is taken from them; one
    that is given holds, also without any stops, and may not contradict them.
    """

    minutes: int = Field(default=0, ge=0)
    """Minutes worked in the weeks that fairness looks back on."""
    fair_minutes: int = Field(default=0, ge=0)
    """The fair share of the same weeks."""
    overtime: int = Field(default=0, ge=0)
    """Overtime already used in the running period."""
    run_on: int = Field(default=0, ge=0)
    """Days worked in a row up to the day before the horizon."""
    run_off: int = Field(default=0, ge=0)
    """Days off in a row up to the day before the horizon."""
    last_end: Moment | None = None
    """When the last work that began before the horizon ended; after a night, on its first morning."""
    day_until: Moment | None = None
    """When the day before the horizon is over, where its night goes on inside; None: in the first long
    pause between the stops told of it and the horizon's work."""
    last_kinds: tuple[str, ...] = Field(default=(), max_length=most.KINDS)
    """Kinds worked on the day before the horizon."""
    kind_runs: dict[str, Whole] = Field(default={}, max_length=most.KINDS)
    """By kind: days in a row with it up to the last day worked before the horizon (`run_off` days before)."""
    weekends: int = Field(default=0, ge=0)
    """Weekends worked in a row up to the horizon; one that begins on a Sunday counts that weekend
    where its Saturday was worked, and else passes over it."""
    week: PastSums | None = None
    """What the calendar week of the horizon's first day (from Monday) holds already."""
    month: PastSums | None = None
    """What the calendar month of the horizon's first day holds already."""
    year: PastSums | None = None
    """What the calendar year of the horizon's first day holds already."""
    period: PastSums | None = None
    """What the planning period (the settings' `period_end`) holds already: its tasks and weekends."""
    since: datetime.date | None = None
    """First day that the stops tell in full; None: the day of the first of them."""
    stops: tuple[PastStop, ...] = Field(default=(), max_length=most.SPANS)
    """The last stops worked, without gaps from `since` on."""
