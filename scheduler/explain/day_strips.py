"""Day strips: the people who could do a piece of work, each with the day that it would fall into.

A row shows what a coordinator looks at before asking somebody: the stops of the day with the ways
between, the gaps, where the work would go, the load against the fair share, whether the household or case
knows them, and when they worked last. Nobody is ranked by what they are: the cheapest comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.explain.placements import Trials
from scheduler.explain.prices import Prices, Refused, TargetPrice, WhyNot, load, prices
from scheduler.facts import Facts, RouteStop
from scheduler.model import Shift, Visit
from scheduler.model.tasks import case_of, household_of

_LEAST_IN_THE_WAY: tuple[WhyNot, ...] = (
    *("busy", "breaks", "hours", "away", "tied", "in_crew", "ruled_out", "no_start"),
)
"""Why not, in the order in which a coordinator could still do something about it."""


@dataclass(frozen=True)
class StripStop:
    """A stop of a person's day. way: ticks of travel to it; new: whether it is the work asked about."""

    stop: RouteStop
    way: int
    new: bool


@dataclass(frozen=True)
class DayStrip:
    """One person, and the day into which the work would fall. Moments and durations in ticks.

    day: index of the calendar day
    answer: the price, or why not
    stops: of the day, the work among them where there is room for it
    free: gaps ``[start, end)`` of presence beside the stops, before the work is put there
    load: of the whole horizon with the work; share: that would be fair, None without a contract
    known: whether the household or the case knows them, None where it knows nobody or there is none
    last: when they last worked before the day, negative before the horizon; None: not known
    """

    person: str
    day: int
    answer: TargetPrice | Refused
    stops: tuple[StripStop, ...]
    free: tuple[tuple[int, int], ...]
    load: int
    share: int | None
    known: bool | None
    last: int | None


def day_strips(
    trials: Trials, task: str, slot: int | None = None, day: int | None = None, most: int = 40
) -> list[DayStrip]:
    """A row for each person, those who can first, the cheapest first; at most `most`.

    slot: see `prices`; day: index of the only calendar day that counts, None: the best one of each
    person. Raises InputError where the instance has no such task or slot.
    """
    found = prices(trials, task, slot)
    return list(_strips(trials, found, day, most))


def _strips(trials: Trials, found: Prices, day: int | None, most: int) -> Iterator[DayStrip]:
    week = trials.facts.instance
    days = range(week.horizon.days) if day is None else (day,)
    able: list[TargetPrice] = []
    unable: list[tuple[tuple[int, int], str, int, Refused]] = []
    for number, person in enumerate(week.people):
        priced = [found.priced[person.id, on] for on in days if (person.id, on) in found.priced]
        if priced:
            able.append(min(priced, key=lambda one: one.rank))
            continue
        why, on = min(
            ((found.refused[person.id, on], on) for on in days),
            key=lambda one: _LEAST_IN_THE_WAY.index(one[0].reason),
        )
        unable.append(((_LEAST_IN_THE_WAY.index(why.reason), number), person.id, on, why))
    able.sort(key=lambda one: one.rank)
    unable.sort(key=lambda one: one[0])
    rows: list[tuple[str, int, TargetPrice | Refused]] = [
        (one.person, one.day, one) for one in able
    ]
    rows += [(person, on, why) for _, person, on, why in unable]
    without = trials.pricing.facts
    if found.removed:
        without = without.changed(found.removed, ())
    known = _known(without, found)
    for id, on, answer in rows[:most]:
        yield _strip(trials, without, known, id, on, answer)


def _strip(
    trials: Trials,
    without: Facts,
    known: frozenset[str],
    person: str,
    day: int,
    answer: TargetPrice | Refused,
) -> DayStrip:
    week, ticks = without.instance, without.horizon.day_ticks
    after = without
    if isinstance(answer, TargetPrice):
        after = without.changed((), answer.assignments)
        mine = next(part for part in answer.assignments if part.person == person)
        working_day = week.workdays.day(person, mine.start)
        new = {part.task for part in answer.assignments}
    else:
        working_day, new = day, set[str]()
    way = {
        (stop.task.id, stop.slot): ticks
        for _, stop, ticks in after.legs(person, working_day)
        if stop is not None
    }
    stops = tuple(
        StripStop(stop, way.get((stop.task.id, stop.slot), 0), stop.task.id in new)
        for stop in after.stops(person, working_day)
    )
    busy = [(one.stop.start - one.way, one.stop.end) for one in stops if not one.new]
    there = [
        (max(start, day * ticks), min(end, (day + 1) * ticks))
        for start, end in without.present(person)
        if start < (day + 1) * ticks and end > day * ticks
    ]
    return DayStrip(
        person=person,
        day=day,
        answer=answer,
        stops=stops,
        free=tuple(_gaps(there, busy)),
        load=load(after, person),
        share=trials.shares[person],
        known=person in known if known else None,
        last=_last(without, person, day * ticks),
    )


def _gaps(there: list[tuple[int, int]], busy: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of some spans no other span takes."""
    for start, end in there:
        for begin, close in sorted(busy):
            if begin >= end:
                break
            if start < begin:
                yield start, begin
            start = max(start, close)
        if start < end:
            yield start, end


def _known(facts: Facts, found: Prices) -> frozenset[str]:
    """Who has been with the household or the case, in this week or before."""
    week = facts.instance
    task: Visit | Shift = week.task_by_id[found.task]
    case, household = case_of(week, task), household_of(week, task)
    people: set[str | None] = set()
    others: list[Visit | Shift] = []
    if case is not None:
        people.add(case.person)
        others += facts.tasks_by_case.get(case.id, ())
    if household is not None:
        people |= {*household.known_people}
        others += facts.visits_by_household.get(household.id, ())
    people |= {stop.person for other in others for stop in facts.by_task[other.id].values()}
    return frozenset(person for person in people if person is not None)


def _last(facts: Facts, person: str, before: int) -> int | None:
    ends = [stop.end for stop in facts.by_person[person] if stop.start < before]
    return max(ends, default=facts.instance.past(person).last_end)
