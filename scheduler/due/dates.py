"""When standing duties and series of sessions fall due in a horizon.

A duty's next date is its last visit plus its rhythm: the follow-up of its last outcome where the
settings have one, else its own `every_days`, else the rhythm of the household's risk class. A great
change since the last visit comes first: a visit is due within 24 hours of it. A series' next session
lies between the least and most days of its `every_days` after the last. A visit whose latest day lies
inside the horizon is due in it; one with a later latest day waits for the next horizon.

Days are day indices of the horizon, moments ticks from its start.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from scheduler.model import Case, Duties, Duty, Household, Instance, Risk
from scheduler.model.remembered import remembered

Why = Literal["rhythm", "follow_up", "great_change", "series", "never_visited"]


@dataclass(frozen=True)
class DueVisit:
    """One visit that falls due.

    earliest, latest: first and last day on which it should be made, both inside the horizon
    overdue: days by which its latest day lies before the horizon; 0 if it does not
    not_before, late_from: moments; a start after `late_from` is late but still counts, and None
        means that the visit is made between `earliest` and `latest` or not at all
    gap: least and most days since the visit of the same source before it; None for the first
    """

    of: Literal["duty", "case"]
    source: str
    household: str | None
    visit: str
    why: Why
    earliest: int
    latest: int
    overdue: int = 0
    not_before: int = 0
    late_from: int | None = None
    gap: tuple[int, int] | None = None


def due(instance: Instance) -> list[DueVisit]:
    """Visits that fall due in the horizon: of duties, then of cases, in the order of the instance."""
    return list(falling_due(instance))


def falling_due(instance: Instance) -> Iterator[DueVisit]:
    """As `due`, one by one."""
    of_duty = instance.derived(_by_duty, _DUE_BY)
    for duty in instance.duties:
        yield from of_duty(duty)
    for case in instance.cases:
        yield from _of_case(instance, case)


_DUE_BY = frozenset({"horizon", "settings", "households"})
"""What says besides a duty itself when it falls due."""


def _by_duty(instance: Instance) -> Callable[[Duty], tuple[DueVisit, ...]]:
    return remembered(lambda duty: tuple(_of_duty(instance, duty)))


def rhythm(instance: Instance, duty: Duty) -> int:
    """Most days between two visits of a duty, by its own rhythm or the risk class."""
    return duty.every_days or by_risk(
        instance, "every_days", household_of_duty(instance, duty).risk
    )


def _of_duty(instance: Instance, duty: Duty) -> Iterator[DueVisit]:
    first = _first_of_duty(instance, duty)
    if first is None:
        return
    yield first
    every, early = rhythm(instance, duty), _early(instance, duty)
    latest = first.latest + every
    number = 2
    while latest < instance.horizon.days:
        yield DueVisit(
            of="duty",
            source=duty.id,
            household=duty.household,
            visit=f"{first.visit}/{number}",
            why="rhythm",
            earliest=latest - early,
            latest=latest,
            gap=(every - early, every),
        )
        latest += every
        number += 1


def _first_of_duty(instance: Instance, duty: Duty) -> DueVisit | None:
    horizon = instance.horizon
    change = open_change(instance, duty)
    not_before, late_from = 0, None
    why: Why
    if change is not None:
        why, not_before, late_from = "great_change", max(change, 0), change + horizon.day_ticks
        earliest, latest = horizon.day_of(not_before), horizon.day_of(late_from)
    elif duty.last_done is None:
        why, earliest, latest = "never_visited", 0, 0
    else:
        follow_up = instance.settings.duties.follow_up_days.get(duty.last_outcome or "")
        why = "rhythm" if follow_up is None else "follow_up"
        latest = horizon.day(duty.last_done) + (follow_up or rhythm(instance, duty))
        if latest >= horizon.days:
            return None
        earliest = max(0, latest - _early(instance, duty))
    if late_from is None and (why == "never_visited" or latest < 0):
        late_from = visiting_hours(instance, duty.hours)[1]
    return DueVisit(
        of="duty",
        source=duty.id,
        household=duty.household,
        visit=f"duty/{duty.id}",
        why=why,
        earliest=min(earliest, horizon.days - 1),
        latest=min(max(latest, 0), horizon.days - 1),
        overdue=max(0, -latest),
        not_before=not_before,
        late_from=late_from,
    )


def open_change(instance: Instance, duty: Duty) -> int | None:
    """Moment of a great change that no visit has followed, or None.

    A visit on the day of the change does not count, because it may have been made before it.
    """
    change, horizon = duty.great_change, instance.horizon
    if change is None or change >= horizon.end:
        return None
    if duty.last_done is not None and horizon.day(duty.last_done) > horizon.day_of(change):
        return None
    return change


def _early(instance: Instance, duty: Duty) -> int:
    """How many days before its latest day a visit may be made: at most half the rhythm."""
    early: int = by_risk(instance, "early_days", household_of_duty(instance, duty).risk)
    return min(early, rhythm(instance, duty) // 2)


def _of_case(instance: Instance, case: Case) -> Iterator[DueVisit]:
    horizon = instance.horizon
    if not case.places and case.household is None:
        return
    least, most = case.every_days
    if case.last_done is None:
        earliest, latest = 0, min(most, horizon.days) - 1
    else:
        last = horizon.day(case.last_done)
        earliest, latest = last + least, last + most
    for number in range(1, case.sessions + 1):
        if latest >= horizon.days:
            return
        overdue = max(0, -latest)
        yield DueVisit(
            of="case",
            source=case.id,
            household=case.household,
            visit=f"case/{case.id}/{number}",
            why="series",
            earliest=max(0, earliest),
            latest=max(0, latest),
            overdue=overdue,
            late_from=visiting_hours(instance, case.hours)[1] if overdue else None,
            gap=None if number == 1 else (least, most),
        )
        earliest, latest = max(0, earliest) + least, max(0, latest) + most


def visiting_hours(instance: Instance, hours: tuple[int, int] | None) -> tuple[int, int]:
    """Ticks after midnight between which a visit may start: `hours` if given, else the settings'."""
    return hours or instance.settings.duties.hours


def household_of_duty(instance: Instance, duty: Duty) -> Household:
    """The household that a duty is owed to."""
    return instance.household_by_id[duty.household]


def by_risk(instance: Instance, table: str, risk: Risk) -> Any:
    """A value of the settings' table for a risk class; the default where the table leaves it out."""
    table_by_risk = getattr(instance.settings.duties, table)
    return table_by_risk[risk] if risk in table_by_risk else getattr(_DEFAULTS, table)[risk]


_DEFAULTS = Duties()
