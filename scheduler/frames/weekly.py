"""Loads over any number of weeks: who did how much of their share, and whom nobody asked for long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from scheduler.due import expand
from scheduler.facts import Facts
from scheduler.facts.contract import share
from scheduler.frames.table import MOMENT, ROLE, TEXT, WHOLE, YES_NO, WeekClock, table
from scheduler.model import Instance, Roster


def weekly_loads(weeks: Iterable[tuple[Instance, Roster]]) -> pd.DataFrame:
    """A row for every week, earliest first, and person of it. The rosters are ones that the checker accepts.

    =============  ===============  ========================================================
    week           string           id of the instance
    start          datetime64[us]   midnight of its first day
    person         string           id
    name           string
    role           category
    tasks          Int64            visits and shifts
    task_minutes   Int64            time at them
    share_minutes  Int64            what the contract asks for, less leave; NA without one
    there          boolean          present at any time of the week
    =============  ===============  ========================================================
    """
    rows = []
    for facts in _facts(weeks):
        clock = WeekClock(facts.instance)
        for person in facts.instance.people:
            stops = facts.by_person[person.id]
            rows.append(
                (
                    facts.instance.id,
                    clock.date(0),
                    person.id,
                    person.name,
                    person.role.value,
                    len(stops),
                    clock.minutes(sum(stop.end - stop.start for stop in stops)),
                    clock.minutes(share(facts.instance, person.id)),
                    bool(facts.present(person.id)),
                )
            )
    return table(
        rows,
        week=TEXT,
        start=MOMENT,
        person=TEXT,
        name=TEXT,
        role=ROLE,
        tasks=WHOLE,
        task_minutes=WHOLE,
        share_minutes=WHOLE,
        there=YES_NO,
    )


def use(weeks: Iterable[tuple[Instance, Roster]]) -> pd.DataFrame:
    """A row a person, in the order in which the weeks first name them: all the weeks together.

    The fair minutes are the shares of the weeks, with what history lacks before the first; at least 0.

    ============  ===============  =========================================================
    person        string           id
    name          string
    role          category
    weeks         Int64            in which they are
    tasks         Int64
    task_minutes  Int64
    fair_minutes  Int64            NA without a contract
    there         boolean          present at any time of the weeks
    last          datetime64[us]   midnight of the last day worked; NaT where none is known
    idle_days     Int64            days since, up to the last week's end; as far as known
    ============  ===============  =========================================================
    """
    known = list(_facts(weeks))
    people = dict.fromkeys(person.id for facts in known for person in facts.instance.people)
    return table(
        (_use([facts for facts in known if who in facts.instance.person_by_id], known, who) for who in people),
        person=TEXT,
        name=TEXT,
        role=ROLE,
        weeks=WHOLE,
        tasks=WHOLE,
        task_minutes=WHOLE,
        fair_minutes=WHOLE,
        there=YES_NO,
        last=MOMENT,
        idle_days=WHOLE,
    )  # fmt: skip


def _facts(weeks: Iterable[tuple[Instance, Roster]]) -> list[Facts]:
    """The weeks with their rosters, the earliest first."""
    known = [Facts(expand(week), roster) for week, roster in weeks]
    return sorted(known, key=lambda facts: facts.horizon.start)


def _use(weeks: Sequence[Facts], known: Sequence[Facts], who: str) -> tuple[Any, ...]:
    person = weeks[-1].instance.person_by_id[who]
    stops = [len(facts.by_person[who]) for facts in weeks]
    work = [
        round(sum(stop.end - stop.start for stop in facts.by_person[who]) / _minute(facts))
        for facts in weeks
    ]
    idle = _idle(weeks, who)
    end = max(_last_day(facts) for facts in known)
    last = None if idle.last is None else pd.Timestamp(idle.last)
    return (
        who,
        person.name,
        person.role.value,
        len(weeks),
        sum(stops),
        sum(work),
        _fair(weeks, who),
        any(facts.present(who) for facts in weeks),
        last,
        max(0, (end - idle.since).days + 1),
    )


def _fair(weeks: Sequence[Facts], who: str) -> int | None:
    """Minutes of the shares, with what the history before the first week lacks."""
    shares = [(share(facts.instance, who), _minute(facts)) for facts in weeks]
    asked = [ticks / minute for ticks, minute in shares if ticks is not None]
    if not asked:
        return None
    past = weeks[0].instance.past(who)
    return max(0, round(sum(asked) + (past.fair_minutes - past.minutes) / _minute(weeks[0])))


@dataclass(frozen=True)
class IdleTime:
    """When somebody last worked, if that is known, and the day from which on they are known not to have."""

    last: date | None
    since: date


def _idle(weeks: Sequence[Facts], who: str) -> IdleTime:
    """Back from the last week as far as weeks and histories tell without a break."""
    since = _last_day(weeks[-1]) + timedelta(days=1)
    for facts in reversed(weeks):
        if _last_day(facts) + timedelta(days=1) < since:
            break
        horizon, past = facts.horizon, facts.instance.past(who)
        if days := facts.touched_days(who):
            last = horizon.date(max(days))
            return IdleTime(last, last + timedelta(days=1))
        since = min(since, horizon.start)
        if past.last_end is not None:
            last = horizon.date(horizon.day_of(past.last_end - 1))
            return IdleTime(last, last + timedelta(days=1))
        since = min(since, horizon.date(-past.run_off))
    return IdleTime(None, since)


def _last_day(facts: Facts) -> date:
    return facts.horizon.date(facts.horizon.days - 1)


def _minute(facts: Facts) -> int:
    return facts.horizon.ticks_per_minute
