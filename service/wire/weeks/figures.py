"""Figures of a week: loads over weeks, coverage, continuity, travel, what is undone."""

from datetime import date
from typing import Literal

from pydantic import Field

from scheduler.explain.undone import Verdict
from scheduler.model import Role
from service.wire import Both, Wire

FigureTable = Literal["loads", "days", "kinds", "faces", "ways", "undone", "orders"]
"""What there is a table of."""


class FigureWeek(Wire):
    """A week of which loads are told."""

    id: str
    start: date


class WeekMinutes(Wire):
    """What one person had to do in one week."""

    week: str
    minutes: int
    share_minutes: int | None
    """What the contract asks for, less leave; null without one."""


class LoadFigures(Wire):
    """One person's load beside their own fair share, and this week's ways."""

    person: str
    name: str
    about: Both
    """Role and areas."""
    role: Role
    minutes: int
    """At visits and shifts, in all the weeks."""
    fair_minutes: int | None
    """Shares of the weeks, with what history lacks before the first; null without a contract."""
    tasks: int
    travel_minutes: int
    travel_metres: int
    overtime_minutes: int
    weeks: list[WeekMinutes]
    """The weeks that the person is in, earliest first."""


class FilledFigures(Wire):
    """How much of the work somebody does. Slots; those beyond a shift's target count nowhere."""

    wanted: int
    filled: int
    planned_wanted: int | None
    """As it was first published; null: none of it was."""
    planned: int | None
    """Filled then."""


class DayFigures(Wire):
    """One day over all people. A visit counts where it is done; nobody's on the last day on which it may start."""

    day: date
    duties: FilledFigures
    visits: FilledFigures
    task_minutes: int
    travel_minutes: int
    travel_metres: int


class KindFigures(Wire):
    """One kind of work."""

    kind: str
    name: Both
    shift: bool
    slots: FilledFigures


class FaceFigures(Wire):
    """Visits of a kind at households that know somebody, and those of them that somebody known makes."""

    kind: str
    name: Both
    visits: int
    known: int


class UndoneFigures(Wire):
    """Empty slots that are missed for one reason."""

    verdict: Verdict | None
    """null: somebody may do it, and no way was tried, as there are many that are more urgent."""
    rule: str | None
    """The rule that is most in the way; null: another reason, or none."""
    text: Both
    slots: int


class OrderFigures(Wire):
    """The micro-list of a week."""

    ordered: int
    """All orders on it."""
    from_before: int
    """Those of them that were ordered in a week before."""
    accepted: int
    planned: int
    """Somebody does it, or did."""
    done: int
    otherwise: int
    """Refused, or handled otherwise."""
    rated: int
    mean_rating: float | None
    """Of 1 to 5; null: nothing is rated, or ratings are not to be seen by who asks."""


class FiguresOut(Wire):
    """All figures of a week. Nobody is ranked: people are in the order of their names."""

    week: str
    revision: int
    weeks: list[FigureWeek] = Field(min_length=1)
    """The weeks of the loads, earliest first, this one last."""
    loads: list[LoadFigures]
    days: list[DayFigures]
    kinds: list[KindFigures]
    """Of shifts first."""
    faces: list[FaceFigures]
    undone: list[UndoneFigures]
    orders: OrderFigures
