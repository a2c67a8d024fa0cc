"""A roster as tables: who does what, how much that is by day, and how much of the work is done."""

from typing import Any

import pandas as pd

from scheduler.checker.figures import day_loads
from scheduler.due import expand
from scheduler.facts import Facts
from scheduler.frames.table import (
    MOMENT,
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
from scheduler.model import Instance, Roster, Shift, Visit
from scheduler.model.tasks import Rank, start_span, tasks


def assignments(
    week: Instance, roster: Roster, *, private: bool = False, lang: Lang = "zh"
) -> pd.DataFrame:
    """A row an assignment, by start, then task, then slot. The roster is one that the checker accepts.

    ===========  ===============  =========================================================
    task         string           id
    name         string           of the task
    kind         category         of the kinds in the week, by name
    shift        boolean          the task is a shift
    slot         Int64            from 0, as in the JSON
    person       string           id
    person_name  string
    role         category
    place        string           id; NA of a hidden visit
    place_name   string           of a hidden visit: its area, or a neutral word
    area         string           id; NA where the place lies in none
    day          Int64            of the person's work, from 0; a night is that of its evening
    start        datetime64[us]
    end          datetime64[us]
    minutes      Int64            from start to end
    hidden       boolean          a private visit that is not shown as it is
    ===========  ===============  =========================================================
    """
    week = expand(week)
    clock, mask = WeekClock(week), Mask(week, private, lang)
    rows = []
    for part in sorted(roster.assignments, key=lambda part: (part.start, part.task, part.slot)):
        person = week.person_by_id[part.person]
        rows.append(
            (
                mask.task(part.task),
                mask.name(part.task),
                mask.kind(part.task),
                isinstance(week.task_by_id[part.task], Shift),
                part.slot,
                part.person,
                person.name,
                person.role.value,
                mask.place(part.task, part.place),
                mask.place_name(part.task, part.place),
                mask.area(part.task, part.place),
                week.workdays.day(part.person, part.start),
                clock.moment(part.start),
                clock.moment(part.end),
                clock.minutes(part.end - part.start),
                mask.hides(part.task),
            )
        )
    return table(
        rows,
        task=TEXT,
        name=TEXT,
        kind=mask.kinds,
        shift=YES_NO,
        slot=WHOLE,
        person=TEXT,
        person_name=TEXT,
        role=ROLE,
        place=TEXT,
        place_name=TEXT,
        area=TEXT,
        day=WHOLE,
        start=MOMENT,
        end=MOMENT,
        minutes=WHOLE,
        hidden=YES_NO,
    )


def loads(week: Instance, roster: Roster) -> pd.DataFrame:
    """A row for every person and day, also for a day off. The roster is one that the checker accepts.

    ================  ===============  =====================================================
    person            string           id
    name              string
    role              category
    day               Int64            of work, from 0; a night is that of its evening
    date              datetime64[us]   midnight of the day
    tasks             Int64            visits and shifts
    task_minutes      Int64            time at them
    travel_minutes    Int64            ways between them, and from and to the day's ends
    travel_metres     Int64
    work_minutes      Int64            as the limits count it: with travel if the settings say so
    overtime_minutes  Int64            what of it lies above the daily limit
    ================  ===============  =====================================================
    """
    week = expand(week)
    clock = WeekClock(week)
    facts = Facts(week, roster)
    worked = {(load.person, load.day): load for load in day_loads(facts)}
    rows = []
    for person in week.people:
        for day in facts.days(person.id):
            load = worked.get((person.id, day))
            sums: tuple[Any, ...] = (0,) * 6
            if load is not None:
                sums = (
                    load.tasks,
                    clock.minutes(load.task_ticks),
                    clock.minutes(load.travel_ticks),
                    load.travel_metres,
                    clock.minutes(load.work_ticks),
                    clock.minutes(load.overtime_ticks),
                )
            rows.append((person.id, person.name, person.role.value, day, clock.date(day), *sums))
    return table(
        rows,
        person=TEXT,
        name=TEXT,
        role=ROLE,
        day=WHOLE,
        date=MOMENT,
        tasks=WHOLE,
        task_minutes=WHOLE,
        travel_minutes=WHOLE,
        travel_metres=WHOLE,
        work_minutes=WHOLE,
        overtime_minutes=WHOLE,
    )


def coverage(week: Instance, roster: Roster, *, private: bool = False) -> pd.DataFrame:
    """A row for every day and kind of task that has slots there. The roster is one that the checker accepts.

    A visit counts on the day on which it is done; nobody's on the last day on which it may start.
    Slots beyond a shift's target count nowhere, for nobody misses them.

    ======  ===============  =============================================================
    day     Int64            from 0
    date    datetime64[us]   midnight of the day
    kind    category         of the kinds in the week, by name
    wanted  Int64            slots
    filled  Int64            those that somebody fills
    share   Float64          filled of wanted, 0 to 1
    ======  ===============  =============================================================
    """
    week = expand(week)
    clock, mask = WeekClock(week), Mask(week, private)
    facts = Facts(week, roster)
    rows = []
    for task in tasks(week):
        crew = facts.by_task[task.id]
        day = _day(week, task, [stop.start for stop in crew.values()])
        for number, slot in enumerate(facts.task_slots[task.id]):
            if slot.rank is not Rank.EXTRA:
                rows.append((day, clock.date(day), mask.kind(task.id), number in crew))
    wanted = table(rows, day=WHOLE, date=MOMENT, kind=mask.kinds, filled=WHOLE)
    kinds = wanted.groupby(["day", "date", "kind"], observed=True)["filled"]
    counts = kinds.agg(wanted="size", filled="sum").astype(WHOLE).reset_index()
    return counts.assign(share=(counts["filled"] / counts["wanted"]).astype(REAL))


def _day(week: Instance, task: Visit | Shift, starts: list[int]) -> int:
    """The day on which a task counts: of its first start, or the last on which it may start."""
    latest = min(start_span(task)[1], week.horizon.end - 1)
    return week.horizon.day_of(min(starts, default=latest))
