"""A week alone as tables: who can be sent, where, and what has to be done."""

import pandas as pd

from scheduler.drawings.reader import Reader
from scheduler.due import expand
from scheduler.facts.contract import contract, fair_share
from scheduler.facts.visits import places as places_of
from scheduler.frames.table import (
    MOMENT,
    RANK,
    REAL,
    ROLE,
    TEXT,
    WHOLE,
    YES_NO,
    Mask,
    WeekClock,
    table,
)
from scheduler.messages import Lang
from scheduler.model import Instance, Shift
from scheduler.model.presence import presence
from scheduler.model.tasks import Rank, least_crew, start_span
from scheduler.model.tasks import slots as slots_of
from scheduler.model.tasks import tasks as tasks_of


def people(week: Instance) -> pd.DataFrame:
    """A row a person.

    ==================  =========  ==========================================================
    person              string     id
    name                string
    role                category   one of the roles, in the order of `Role`
    present_minutes     Int64      availability less leave, over the whole horizon
    contract_minutes    Int64      what the contract asks for in the horizon; NA without one
    fair_minutes        Int64      the fair share, with what history lacks; NA without a contract
    past_minutes        Int64      worked in the weeks before that fairness looks back on
    past_fair_minutes   Int64      the fair share of those weeks
    ==================  =========  ==========================================================
    """
    clock = WeekClock(week)
    rows = []
    for person in week.people:
        past = week.past(person.id)
        rows.append(
            (
                person.id,
                person.name,
                person.role.value,
                clock.minutes(sum(end - start for start, end in presence(person))),
                clock.minutes(contract(week, person.id)),
                clock.minutes(fair_share(week, person.id)),
                clock.minutes(past.minutes),
                clock.minutes(past.fair_minutes),
            )
        )
    return table(
        rows,
        person=TEXT,
        name=TEXT,
        role=ROLE,
        present_minutes=WHOLE,
        contract_minutes=WHOLE,
        fair_minutes=WHOLE,
        past_minutes=WHOLE,
        past_fair_minutes=WHOLE,
    )


def places(week: Instance, *, private: bool = False) -> pd.DataFrame:
    """A row a place, without those that would give a private visit away.

    ==========  =========  ===================================================================
    place       string     id
    name        string
    area        string     id of the innermost area; NA where it lies in none
    kind        string     as the file says: home, plaza, room …
    capacity    Int64      most visits and shifts at one time; NA without a limit
    longitude   Float64    degrees, WGS-84; NA where it is not known
    latitude    Float64    degrees
    ==========  =========  ===================================================================
    """
    hidden = Reader(expand(week), private).places
    rows = [
        (
            place.id,
            place.name,
            place.area,
            place.kind,
            place.capacity,
            place.point.longitude if place.point else None,
            place.point.latitude if place.point else None,
        )
        for place in week.places
        if place.id not in hidden
    ]
    return table(
        rows,
        place=TEXT,
        name=TEXT,
        area=TEXT,
        kind=TEXT,
        capacity=WHOLE,
        longitude=REAL,
        latitude=REAL,
    )


def tasks(week: Instance, *, private: bool = False, lang: Lang = "zh") -> pd.DataFrame:
    """A row a visit or shift, visits first.

    =========  ===============  ===========================================================
    task       string           id
    name       string
    kind       category         of the kinds in the week, by name
    shift      boolean          a shift: its start is fixed
    place      string           the first at which it may be done; NA of a hidden visit
    area       string           the area of that place; NA where it lies in none
    earliest   datetime64[us]   first moment at which it may start
    latest     datetime64[us]   last moment, itself included
    minutes    Int64            length; a crew's slots may differ, see `slots`
    slots      Int64            people wanted: the crew, or the target headcount
    least      Int64            people who are enough: the least crew or headcount
    priority   Int64            1 to 5, 5 the most urgent
    household  string           id; NA of shifts, of hidden visits and of hidden households
    case       string           id; NA of whatever belongs to none, and of hidden visits
    hidden     boolean          a private visit that is not shown as it is
    =========  ===============  ===========================================================
    """
    week = expand(week)
    clock, mask = WeekClock(week), Mask(week, private, lang)
    rows = []
    for task in tasks_of(week):
        earliest, latest = start_span(task)
        place = places_of(task)[0]
        wanted = [slot.rank for slot in slots_of(task) if slot.rank is not Rank.EXTRA]
        least = wanted.count(Rank.MINIMUM) if isinstance(task, Shift) else least_crew(task)
        rows.append(
            (
                mask.task(task.id),
                mask.name(task.id),
                mask.kind(task.id),
                isinstance(task, Shift),
                mask.place(task.id, place),
                mask.area(task.id, place),
                clock.moment(earliest),
                clock.moment(latest),
                clock.minutes(task.duration),
                len(wanted),
                least,
                task.priority,
                mask.household(task),
                None if mask.hides(task.id) else task.case,
                mask.hides(task.id),
            )
        )
    return table(
        rows,
        task=TEXT,
        name=TEXT,
        kind=mask.kinds,
        shift=YES_NO,
        place=TEXT,
        area=TEXT,
        earliest=MOMENT,
        latest=MOMENT,
        minutes=WHOLE,
        slots=WHOLE,
        least=WHOLE,
        priority=WHOLE,
        household=TEXT,
        case=TEXT,
        hidden=YES_NO,
    )


def slots(week: Instance, *, private: bool = False) -> pd.DataFrame:
    """A row a slot: one person's part in a visit or shift.

    =============  =========  ================================================================
    task           string     id
    slot           Int64      from 0 in each task, as in the JSON
    rank           category   what it means if it stays empty: crew, minimum, target, extra
    minutes        Int64      length of this part
    after_minutes  Int64      least distance of its start from that of slot 0
    must           boolean    the crew does not go without it
    =============  =========  ================================================================
    """
    week = expand(week)
    clock, mask = WeekClock(week), Mask(week, private)
    rows = [
        (
            mask.task(task.id),
            number,
            slot.rank.value,
            clock.minutes(slot.duration),
            clock.minutes(slot.after[0]),
            slot.must,
        )
        for task in tasks_of(week)
        for number, slot in enumerate(slots_of(task))
    ]
    return table(
        rows, task=TEXT, slot=WHOLE, rank=RANK, minutes=WHOLE, after_minutes=WHOLE, must=YES_NO
    )
