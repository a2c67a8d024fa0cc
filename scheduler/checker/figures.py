"""Figures of an instance and of its roster: plain counts, sums and shares, ready for JSON.

`figures` returns up to three tables. Minutes, metres and hours are numbers; a share is
``{"count", "of", "rate"}`` with the rate between 0 and 1 (1 of nothing). Priorities are the strings
"1" to "5". Their words are in the catalogue ``figures``, under the same keys.

``input``
    people, people_by_role, households, duties, cases, visits, visits_by_kind, shifts, slots;
    demand_hours: what all slots up to a shift's target last;
    supply_hours: availability less leave, up to each person's limits by day and week
``roster`` (only with one)
    slots_assigned, slots_unassigned (a slot beyond a shift's target is never missed),
    unassigned_by_priority: {priority: {"slots", "visits"}}; visits_done, visits_unassigned;
    headcount_minimum, headcount_target: shares of shift places filled;
    visits_on_time: share of the visits done, none of whose stops is late;
    task_minutes, travel_minutes, travel_metres, overtime_minutes: sums over all people;
    people: in the order of the instance, which ranks nobody: person, task_minutes, fair_minutes
    (None without a contract), overtime_minutes
``coverage``
    now, due, and with a roster after: shares of standing duties, see `scheduler.due.Coverage`;
    missed: duties that the roster misses
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scheduler.due import Share, coverage
from scheduler.facts import Facts
from scheduler.facts.contract import fair_share
from scheduler.model import Instance, Limits, Roster
from scheduler.model.tasks import Rank, is_done, tasks
from scheduler.rules.common.starts import lateness


@dataclass(frozen=True)
class DayLoad:
    """What one person does on one day on which they work. Durations in ticks, distances in metres.

    work_ticks: as the limits count it, with travel where the settings say so
    overtime_ticks: what of it lies above the daily limit; 0 without a limit
    """

    person: str
    day: int
    tasks: int
    task_ticks: int
    travel_ticks: int
    travel_metres: int
    work_ticks: int
    overtime_ticks: int


def figures(instance: Instance, roster: Roster | None = None) -> dict[str, Any]:
    """The tables above. The roster is one that the checker accepts."""
    known = roster or Roster(instance=instance.id, horizon=instance.horizon)
    return figures_of(Facts(instance, known), with_roster=roster is not None)


def figures_of(facts: Facts, *, with_roster: bool) -> dict[str, Any]:
    """The same of facts; with_roster: whether there is a roster, and not only an instance."""
    tables: dict[str, Any] = {"input": _input(facts)}
    if with_roster:
        tables["roster"] = _roster(facts)
    covered = coverage(facts.instance, facts.roster if with_roster else None)
    tables["coverage"] = {"now": _share(covered.now), "due": _share(covered.due)}
    if with_roster:
        tables["coverage"] |= {"after": _share(covered.after), "missed": list(covered.missed)}
    return tables


def day_loads(facts: Facts) -> Iterator[DayLoad]:
    """Every person's days of work, in the order of the instance and then of the days."""
    for person in facts.instance.people:
        limit = facts.instance.limits(person.id).daily_minutes
        for day, stops in sorted(facts.by_day[person.id].items()):
            legs, work = facts.legs(person.id, day), facts.work_ticks(person.id, day)
            ends = (
                (
                    before.place if before else person.start_place,
                    after.place if after else person.end_place,
                )
                for before, after, _ in legs
            )
            yield DayLoad(
                person=person.id,
                day=day,
                tasks=len(stops),
                task_ticks=sum(stop.end - stop.start for stop in stops),
                travel_ticks=sum(ticks for _, _, ticks in legs),
                travel_metres=sum(
                    facts.travel_table.distance(start, end) for start, end in ends if start and end
                ),
                work_ticks=work,
                overtime_ticks=_over(work, limit, facts.eve_work(person.id, day).work),
            )


def _over(work: int, limit: int | None, begun: int) -> int:
    """Overtime of a working day, of which some lies before the horizon, and was counted there."""
    return 0 if limit is None else max(0, work - max(0, limit - begun))


def _input(facts: Facts) -> dict[str, Any]:
    instance = facts.instance
    wanted = [
        slot for slots in facts.task_slots.values() for slot in slots if slot.rank is not Rank.EXTRA
    ]
    return {
        "people": len(instance.people),
        "people_by_role": dict(Counter(person.role.value for person in instance.people)),
        "households": len(instance.households),
        "duties": len(instance.duties),
        "cases": len(instance.cases),
        "visits": len(instance.visits),
        "visits_by_kind": dict(Counter(visit.kind for visit in instance.visits)),
        "shifts": len(instance.shifts),
        "slots": len(wanted),
        "demand_hours": _hours(facts, sum(slot.duration for slot in wanted)),
        "supply_hours": _hours(facts, sum(_supply(facts, person.id) for person in instance.people)),
    }


def _supply(facts: Facts, person: str) -> int:
    """Ticks that a person may work: presence by day and calendar week, capped by their limits."""
    horizon, limits = facts.horizon, facts.instance.limits(person)
    spans = facts.present(person)
    total = 0
    for week in horizon.weeks():
        days = [_present(spans, day * horizon.day_ticks, horizon.day_ticks) for day in week]
        total += _least(
            sum(_least(ticks, _longest(limits)) for ticks in days), limits.weekly_minutes
        )
    return _least(total, limits.period_minutes_max)


def _present(spans: list[tuple[int, int]], midnight: int, ticks: int) -> int:
    return sum(max(0, min(end, midnight + ticks) - max(start, midnight)) for start, end in spans)


def _longest(limits: Limits) -> int | None:
    """Most work in a day."""
    if limits.daily_minutes is None or limits.daily_overtime is None:
        return None
    return limits.daily_minutes + limits.daily_overtime


def _least(ticks: int, limit: int | None) -> int:
    return ticks if limit is None else min(ticks, limit)


def _roster(facts: Facts) -> dict[str, Any]:
    empty = [
        (task, slot)
        for task in tasks(facts.instance)
        for number, slot in enumerate(facts.task_slots[task.id])
        if number not in facts.by_task[task.id] and slot.rank is not Rank.EXTRA
    ]
    visits = facts.instance.visits
    done = [visit for visit in visits if is_done(visit, facts.by_task[visit.id])]
    undone = Counter(str(visit.priority) for visit in visits)
    undone.subtract(str(visit.priority) for visit in done)
    short = Counter(str(task.priority) for task, _ in empty)
    on_time = sum(not any(lateness(facts, visit.id)) for visit in done)
    days: dict[str, list[DayLoad]] = defaultdict(list)
    for load in day_loads(facts):
        days[load.person].append(load)
    people = [_person(facts, person.id, days[person.id]) for person in facts.instance.people]
    loads = [load for of_person in days.values() for load in of_person]
    return {
        "slots_assigned": sum(len(filled) for filled in facts.by_task.values()),
        "slots_unassigned": len(empty),
        "unassigned_by_priority": {
            priority: {"slots": short[priority], "visits": undone[priority]}
            for priority in ("5", "4", "3", "2", "1")
            if short[priority] or undone[priority]
        },
        "visits_done": len(done),
        "visits_unassigned": len(visits) - len(done),
        "headcount_minimum": _headcount(facts, (Rank.MINIMUM,)),
        "headcount_target": _headcount(facts, (Rank.MINIMUM, Rank.TARGET)),
        "visits_on_time": _share(Share(on_time, len(done))),
        "task_minutes": sum(person["task_minutes"] for person in people),
        "travel_minutes": _minutes(facts, sum(load.travel_ticks for load in loads)),
        "travel_metres": sum(load.travel_metres for load in loads),
        "overtime_minutes": sum(person["overtime_minutes"] for person in people),
        "people": people,
    }


def _headcount(facts: Facts, ranks: tuple[Rank, ...]) -> dict[str, Any]:
    filled = [
        number in facts.by_task[shift.id]
        for shift in facts.instance.shifts
        for number, slot in enumerate(facts.task_slots[shift.id])
        if slot.rank in ranks
    ]
    return _share(Share(sum(filled), len(filled)))


def _person(facts: Facts, person: str, days: Sequence[DayLoad]) -> dict[str, Any]:
    fair = fair_share(facts.instance, person)
    return {
        "person": person,
        "task_minutes": _minutes(facts, sum(day.task_ticks for day in days)),
        "fair_minutes": None if fair is None else _minutes(facts, fair),
        "overtime_minutes": _minutes(facts, sum(day.overtime_ticks for day in days)),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"count": share.count, "of": share.of, "rate": round(share.rate, 4)}


def _minutes(facts: Facts, ticks: int) -> int:
    return round(ticks / facts.horizon.ticks_per_minute)


def _hours(facts: Facts, ticks: int) -> float:
    return round(ticks / facts.horizon.ticks_per_minute / 60, 1)
