"""People's history: loads and fair shares, runs of days and weekends, the last end and kinds of work.

Loads of earlier weeks fade by a tenth with each week, so fairness looks back on about ten of them. A
person's fair share of a week is what there was to do for their role, by contract and presence.
Overtime adds up within a calendar month (Labour Law art. 41 counts by the month) and begins anew
with the next.
"""

from collections import Counter
from collections.abc import Callable, Container
from datetime import date
from itertools import takewhile

from scheduler.facts.contract import contract
from scheduler.facts.runs import past_days_of_kind
from scheduler.model import Horizon, PersonHistory, Role
from scheduler.weeks.roll.past import PastWeek
from scheduler.weeks.roll.period import period_sums

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
        run_on=_run(past, lambda day: day in days, before.run_on),
        run_off=_run(past, lambda day: day not in days, before.run_off),
        last_end=_last_end(past, person, before.last_end),
        last_kinds=tuple(dict.fromkeys(stop.task.kind for stop in days.get(past.days - 1, ()))),
        kind_runs=_kind_runs(past, person),
        weekends=_weekends(past, days, before.weekends),
        **period_sums(past, person),
    )


def _overtime(past: PastWeek, person: str, before: int) -> int:
    """Ticks beyond the contract in the month so far; 0 where the following horizon begins a new month."""
    if _month(past.instance.horizon.start) != _month(past.following.horizon.start):
        return 0
    work = sum(past.facts.work_ticks(person, day) for day in past.facts.by_day[person])
    return before + max(0, work - (contract(past.instance, person) or 0))


def _last_end(past: PastWeek, person: str, before: int | None) -> int | None:
    """End of the last work, in ticks from the following horizon's start; None: there was none."""
    ends = [stop.end for stop in past.facts.by_person[person]]
    if not ends and before is None:
        return None
    return min(0, (max(ends) if ends else before or 0) - past.ticks)


def _run(past: PastWeek, belongs: Callable[[int], bool], before: int) -> int:
    """Length of the run of days that the horizon ends with; `before`: of that which it began with."""
    length = sum(1 for _ in takewhile(belongs, range(past.days - 1, -1, -1)))
    return length + (before if length == past.days else 0)


def _kind_runs(past: PastWeek, person: str) -> dict[str, int]:
    """Kind → days in a row with it, up to the last day worked."""
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
        before = past_days_of_kind(past.instance, person, kind).days if first < 0 else 0
        runs[kind] = last - first + before
    return runs


def _weekends(past: PastWeek, worked: Container[int], before: int) -> int:
    """Weekends worked in a row, the days between the two horizons among them."""
    horizon = Horizon(start=past.instance.horizon.start, days=past.days)
    weekends = horizon.weekends()
    busy = takewhile(lambda days: any(day in worked for day in days), reversed(weekends))
    length = sum(1 for _ in busy)
    return length + (before if length == len(weekends) else 0)


def _fair_ticks(past: PastWeek) -> Callable[[str], float]:
    """Person → ticks of the week's work that were their fair share: what their role did, by shares."""
    shares = {person.id: _share(past, person.id) for person in past.instance.people}
    load, share = Counter[Role](), Counter[Role]()
    for person in past.instance.people:
        if shares[person.id]:
            stops = past.facts.by_person[person.id]
            load[person.role] += sum(stop.end - stop.start for stop in stops)
            share[person.role] += shares[person.id]
    busy = {role: load[role] / ticks for role, ticks in share.items()}

    def fair(person: str) -> float:
        role = past.instance.person_by_id[person].role
        return busy.get(role, 0.0) * shares[person]

    return fair


def _share(past: PastWeek, person: str) -> int:
    """Ticks that could have been asked for: by contract, and no more than the person was there."""
    present = sum(end - start for start, end in past.facts.present(person))
    return min(contract(past.instance, person) or 0, present)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
