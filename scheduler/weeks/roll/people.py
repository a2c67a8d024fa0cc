"""People's history: loads and fair shares, runs of days and weekends, the last end and kinds of work.

Stops and sums of the calendar week, month and year are in `told.py`.

Loads of earlier weeks fade by a tenth with each week, so fairness looks back on about ten of them. A
person's fair share of a week is what there was to do for their role, by contract and presence.
Overtime adds up within a calendar month (Labour Law art. 41 counts by the month) and begins anew
with the next.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import takewhile

from scheduler.facts.contract import contract, share
from scheduler.facts.runs import past_days_of_kind
from scheduler.model import PersonHistory, Role
from scheduler.weeks.roll.past import PastWeek
from scheduler.weeks.roll.told import STOPS_OF_DAYS, told

FADING = 0.9
"""What is left, a week later, of the loads that fairness looks back on."""


def histories(past: PastWeek) -> dict[str, PersonHistory]:
    """Person → what they did up to the day before the following horizon; only people whom the week had."""
    fair = _fair_ticks(past)
    people = [
        person.id for person in past.following.people if person.id in past.instance.person_by_id
    ]
    return {person: _history(past, person, fair(person)) for person in people}


def _history(past: PastWeek, person: str, fair: float) -> PersonHistory:
    before, stops = past.instance.past(person), past.facts.by_person[person]
    days = past.facts.by_day[person]
    faded = FADING ** (past.days / 7)
    load = sum(stop.end - stop.start for stop in stops)
    return PersonHistory(
        minutes=round(faded * (before.minutes + load)),
        fair_minutes=round(faded * (before.fair_minutes + fair)),
        overtime=_overtime(past, person, before.overtime),
        run_on=_run(past, person, on=True),
        run_off=_run(past, person, on=False),
        last_end=_last_end(past, person),
        last_kinds=tuple(dict.fromkeys(stop.task.kind for stop in days.get(past.days - 1, ()))),
        kind_runs=_kind_runs(past, person),
        weekends=_weekends(past, person),
        **told(past, person),
    )


def _overtime(past: PastWeek, person: str, before: int) -> int:
    """Ticks beyond the contract, if any, in the month so far; 0 where the following horizon begins a new month."""
    if _month(past.instance.horizon.start) != _month(past.following.horizon.start):
        return 0
    agreed = contract(past.instance, person)
    if agreed is None:
        return before
    work = sum(past.facts.work_ticks(person, day) for day in past.facts.by_day[person])
    return before + max(0, work - agreed)


def _last_end(past: PastWeek, person: str) -> int | None:
    """End of the last work, in ticks from the following horizon's start; None: there was none."""
    ends = [stop.end for stop in past.facts.by_person[person] if stop.start < past.ticks]
    last = ends[-1] if ends else past.instance.past(person).last_end
    return None if last is None else last - past.ticks


def _kind_runs(past: PastWeek, person: str) -> dict[str, int]:
    """Kind → days in a row with it, up to the last day worked; {}: the stops say how many at least.

    So it is where a run may have begun before all that is told.
    """
    kinds = {
        day: {stop.task.kind for stop in stops}
        for day, stops in past.facts.by_day[person].items()
        if 0 <= day < past.days
    }
    if not kinds:
        return past.instance.past(person).kind_runs
    last = max(kinds)
    runs = {}
    for kind in sorted(kinds[last]):
        first = next((day for day in range(last, -1, -1) if kind not in kinds.get(day, ())), -1)
        before = past_days_of_kind(past.instance, person, kind)
        runs[kind] = last - first + (before.days if first < 0 else 0)
        by_hand = before.days and not past.instance.past(person).by_day
        if first < 0 and not (before.known or by_hand) and runs[kind] < STOPS_OF_DAYS:
            return {}
    return runs


def _run(past: PastWeek, person: str, *, on: bool) -> int:
    """Length of the run of days that the horizon ends with; 0: there is none, or its begin is not known.

    In the latter case the stops say how long it is at least.
    """
    days, before = past.facts.by_day[person], past.instance.past(person)
    backwards = range(past.days - 1, -1, -1)
    length = sum(1 for _ in takewhile(lambda day: (day in days) is on, backwards))
    if length < past.days:
        return length
    joined = before.run_on if on else before.run_off
    known = before.run_on + before.run_off > 0 and not (joined and before.run_is_open)
    return length + joined if known or length >= STOPS_OF_DAYS else 0


def _weekends(past: PastWeek, person: str) -> int:
    """Weekends worked in a row, the days between the two horizons among them; see `PersonHistory`."""
    weekends, before = past.weekends(person), past.instance.past(person)
    if weekends and weekends[-1][0][-1] >= past.days and not weekends[-1][1]:
        weekends.pop()  # after a Saturday off its Sunday is to come
    length = sum(1 for _ in takewhile(lambda weekend: weekend[1], reversed(weekends)))
    return length + (before.weekends if length == len(weekends) else 0)


def _fair_ticks(past: PastWeek) -> Callable[[str], float]:
    """Person → ticks of the week's work that were their fair share: what their role did, by shares."""
    shares = {person.id: share(past.instance, person.id) or 0 for person in past.instance.people}
    load, asked = Counter[Role](), Counter[Role]()
    for person in past.instance.people:
        if shares[person.id]:
            stops = past.facts.by_person[person.id]
            load[person.role] += sum(stop.end - stop.start for stop in stops)
            asked[person.role] += shares[person.id]
    busy = {role: load[role] / ticks for role, ticks in asked.items()}

    def fair(person: str) -> float:
        role = past.instance.person_by_id[person].role
        return busy.get(role, 0.0) * shares[person]

    return fair


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
