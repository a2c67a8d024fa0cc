"""The week that follows: the next horizon, with the history of this one."""

from scheduler.model import (
    Freeze,
    Horizon,
    InputError,
    Instance,
    Problem,
    Roster,
    Settings,
    WorkedWeek,
)
from scheduler.model.faults import errors
from scheduler.rules import rules
from scheduler.weeks.roll.carried import carried_visits
from scheduler.weeks.roll.eve import with_days_until
from scheduler.weeks.roll.past import PastWeek
from scheduler.weeks.roll.people import histories
from scheduler.weeks.roll.records import rolled_case, rolled_duty, rolled_household


def roll(
    instance: Instance,
    roster: Roster,
    following: Instance | None = None,
    worked: WorkedWeek | None = None,
    *,
    carry: bool = True,
) -> Instance:
    """The following instance with the history of this one (expanded, with its roster) as it was worked.

    following: the next horizon, the same people and households by id; None: `next_horizon`.
    carry: whether one-off visits that were not done come along (see carried.py)

    Raises InputError for a record of work that fits no assignment, a horizon that begins before
    this one has ended, and any error of the instance that comes of it.
    """
    following = following or next_horizon(instance)
    _check_horizons(instance, following)
    past = PastWeek(instance, roster, worked, following)
    rolled = following.changed(
        history=histories(past),
        households=tuple(rolled_household(past, household) for household in following.households),
        duties=tuple(rolled_duty(past, duty) for duty in following.duties),
        cases=tuple(rolled_case(past, case) for case in following.cases),
        visits=(*following.visits, *(carried_visits(past) if carry else ())),
    )
    rolled = with_days_until(past, rolled)
    if found := errors(rolled, rules()):
        raise InputError(found)
    return rolled


def next_horizon(instance: Instance) -> Instance:
    """The same people, households, duties, cases and shifts, moved on by whole weeks.

    By the fewest weeks that the horizon fits in, so that every weekday stays what it is. Visits,
    leave, pins, exceptions, gaps and wishes for a date are of their own week and left out.
    """
    days = -(-instance.horizon.days // 7) * 7
    horizon = instance.horizon.model_copy(update={"start": instance.horizon.date(days)})
    ticks = days * horizon.day_ticks
    people = tuple(
        person.model_copy(
            update={"leave": (), "wishes": tuple(wish for wish in person.wishes if not wish.days)}
        )
        for person in instance.people
    )
    duties = tuple(
        duty
        if duty.great_change is None
        else duty.model_copy(update={"great_change": duty.great_change - ticks})
        for duty in instance.duties
    )
    return instance.changed(
        id=f"{instance.id.split('@')[0]}@{horizon.start}",
        horizon=horizon,
        people=people,
        duties=duties,
        visits=(),
        gaps=(),
        pins=(),
        exceptions=(),
        published=(),
        affected=(),
        freeze=Freeze(),
        history={},
        settings=_period_left(instance.settings, horizon),
    )


def _period_left(settings: Settings, horizon: Horizon) -> Settings:
    """The settings, without a planning period that ends before the horizon does."""
    end = settings.period_end
    if end is None or end >= horizon.date(horizon.days - 1):
        return settings
    return settings.model_copy(update={"period_end": None})


def _check_horizons(instance: Instance, following: Instance) -> None:
    first = instance.horizon.date(instance.horizon.days)
    problems = []
    if following.horizon.start < first:
        problems.append(
            Problem(
                code="roll_overlaps",
                pointer="/horizon/start",
                value=str(following.horizon.start),
                slots={"expected": str(first)},
            )
        )
    if following.horizon.ticks_per_minute != instance.horizon.ticks_per_minute:
        problems.append(Problem(code="roll_ticks", pointer="/horizon/ticks_per_minute"))
    if problems:
        raise InputError(problems)
