"""What each primitive costs an answer, in the order of scheduler/lowered."""

from itertools import pairwise
from types import SimpleNamespace

from scheduler.lowered.dense_roster import DenseRoster
from scheduler.lowered.fit import BANNED
from scheduler.lowered.follow import LONG_AGO
from tests.plain.day import day, idle
from tests.plain.reading import (
    Stop,
    by_task,
    days,
    eve,
    in_time,
    legs,
    stations,
    stops,
    ticks,
)

WORK = 0


def costs(low: SimpleNamespace, answer: DenseRoster) -> dict[str, int]:
    """Points of every primitive."""
    every = stops(low, answer)
    own = days(every)
    crews = by_task(every)
    return {
        "fit": fit(low, every),
        "window": window(low, every, answer),
        "empty": empty(low, crews),
        "gap": gap(low, crews),
        "travel": travel(low, own),
        "day": sum(day(low, row) for row in own.values()) + idle(low, own),
        "total": total(low, own),
        "run": run(low, own),
        "recovery": recovery(low, own),
        "follow": follow(low, own),
        "distinct": distinct(low, every),
        "mix": mix(low, crews),
        "capacity": capacity(low, crews),
    }


def fit(low: SimpleNamespace, every: list[Stop]) -> int:
    """Each filled slot costs what its person costs there."""
    points = [low.fit.cost[low.fit.row[stop.slot]][stop.person] for stop in every]
    assert all(one < BANNED for one in points), "an engine never fills a slot with a banned person"
    return sum(points)


def window(low: SimpleNamespace, every: list[Stop], answer: DenseRoster) -> int:
    """Hard lateness, soft lateness, the largest lateness, and times other than told."""
    points, worst = 0, 0
    for stop in every:
        option = answer.option[stop.task]
        latest = low.window.latest[option] + low.crew.least[stop.slot]
        points += low.window.late_hard * max(0, stop.start - latest)
        moment = stop.end if low.window.at_end else stop.start
        late = max(0, moment - low.window.due[option])
        points += low.window.late[option] * late
        worst = max(worst, late)
        begun = stop.start - low.window.published_after[stop.slot]
        if not low.window.published_first[option] <= begun <= low.window.published_last[option]:
            points += low.window.published[stop.slot]
    return points + low.window.worst * worst


def empty(low: SimpleNamespace, crews: dict[int, list[Stop]]) -> int:
    """Empty slots, crews that lack somebody, bundles done in part."""
    filled = {stop.slot for own in crews.values() for stop in own}
    points = sum(cost for slot, cost in enumerate(low.empty.cost) if slot not in filled)
    for task, own in crews.items():
        musts = sum(low.empty.must[slot] for slot in low.index.slots_of(task) if slot not in filled)
        lacking = max(low.empty.least[task] - len(own), musts, 0)
        points += low.empty.partial[task] * lacking
    for number, broken in enumerate(low.empty.broken):
        members = [task for task, bundle in enumerate(low.empty.bundle) if bundle == number]
        if 0 < sum(task in crews for task in members) < len(members):
            points += broken
    return points


def gap(low: SimpleNamespace, crews: dict[int, list[Stop]]) -> int:
    """Ticks and days short or over between two tasks."""
    points = 0
    for row, (first, second) in enumerate(zip(low.gap.first, low.gap.second, strict=True)):
        if second in crews and first not in crews:
            points += low.gap.requires[row]
        if second not in crews or first not in crews:
            continue
        between = begin(crews[second]) - finish(crews[first])
        off = outside(between, low.gap.least[row], low.gap.most[row])
        apart = crews[second][0].date - crews[first][0].date
        off_days = outside(apart, low.gap.least_days[row], low.gap.most_days[row])
        points += low.gap.cost[row] * (off + off_days * low.index.day_ticks)
    return points


def begin(own: list[Stop]) -> int:
    """First start of a task's filled slots."""
    return min(stop.start for stop in own)


def finish(own: list[Stop]) -> int:
    """Last end of a task's filled slots."""
    return max(stop.end for stop in own)


def outside(value: int, least: int, most: int) -> int:
    """How far a value lies outside [least, most]."""
    return max(0, least - value) + max(0, value - most)


def travel(low: SimpleNamespace, own: dict[tuple[int, int], list[Stop]]) -> int:
    """Every tick on the way, and every leg without one."""
    points = 0
    for (person, _), row in own.items():
        mode, places = low.travel.mode[person], stations(low, row)
        points += low.travel.cost[mode] * sum(legs(low, row))
        points += low.travel.no_way_cost[person] * sum(
            low.travel.no_way[mode][a][b] for a, b in pairwise(places) if a >= 0 and b >= 0
        )
    return points


def total(low: SimpleNamespace, own: dict[tuple[int, int], list[Stop]]) -> int:
    """Convex costs of sums over days."""
    points = 0
    for row, person in enumerate(low.total.person):
        any_day = low.total.any_day[row]
        value = low.total.base[row]
        for group in range(low.total.group_first[row], low.total.group_first[row + 1]):
            measure = low.total.measure[group]
            dates = low.total.days[low.total.day_first[group] : low.total.day_first[group + 1]]
            amount = sum(_amount(low, own.get((person, date), []), measure) for date in dates)
            value += (1 if amount > 0 else 0) if any_day else amount
        for piece in range(low.total.piece_first[row], low.total.piece_first[row + 1]):
            sense, bound, cost = low.total.pieces[piece]
            points += cost * max(0, sense * (value - bound))
    return points


def _amount(low: SimpleNamespace, own: list[Stop], measure: int) -> int:
    amount = 0
    for stop in own:
        number = stop.option - low.window.first[stop.task]
        added = low.total.amount_row[low.total.pair_first[stop.slot] + number]
        first, last = low.total.amount_first[added], low.total.amount_first[added + 1]
        amount += sum(value for kind, value in low.total.amounts[first:last] if kind == measure)
    if measure == WORK and low.travel.counts and own:
        amount += sum(legs(low, own))
    return amount


def run(low: SimpleNamespace, own: dict[tuple[int, int], list[Stop]]) -> int:
    """Days in a row with some of a measure, or with none."""
    points = 0
    rows = low.run
    for row, person in enumerate(rows.person):
        days = range(rows.first[row], rows.end[row])
        has = [_has(low, own.get((person, date), []), rows.measure[row]) for date in days]
        past = rows.past[row]
        line = [True] * past + [one == bool(rows.on[row]) for one in has]
        for first, last in _stretches(line):
            length = last - first + 1
            if rows.sense[row] > 0:
                fresh = length - (past if first < past else 0)
                points += rows.points[row] * min(fresh, max(0, length - rows.bound[row]))
                continue
            if not rows.told[row] and first == 0 and last + 1 == past:
                continue
            begins = rows.begins[row] or first > 0
            ends = rows.ends[row] or last < len(line) - 1
            if begins and ends:
                points += rows.points[row] * max(0, rows.bound[row] - length)
    return points


def _has(low: SimpleNamespace, own: list[Stop], measure: int) -> bool:
    return bool(own) if measure == WORK else _amount(low, own, measure) > 0


def _stretches(line: list[bool]) -> list[tuple[int, int]]:
    """First and last of every longest stretch of what is true."""
    first = [n for n, one in enumerate(line) if one and not (n and line[n - 1])]
    last = [n for n, one in enumerate(line) if one and not (n + 1 < len(line) and line[n + 1])]
    return list(zip(first, last, strict=True))


def recovery(low: SimpleNamespace, own: dict[tuple[int, int], list[Stop]]) -> int:
    """Rest from a run's last end to the next start, whatever is worked then."""
    points = 0
    rows = low.recovery
    for row, person in enumerate(rows.person):
        worked = sorted(date for who, date in own if who == person and date < low.index.days)
        before = own.get((person, eve(low)), [])
        of_run = [date for date in worked if _has(low, own[person, date], rows.measure[row])]
        last_past = -1 - rows.past_off[row]
        of_run = [*range(last_past - rows.past[row] + 1, last_past + 1), *of_run]
        for date in of_run:
            following = [later for later in worked if later > date]
            if date + 1 in of_run or not following or (date < 0 and date != last_past):
                continue
            length = next(n for n in range(1, len(of_run) + 1) if date - n not in of_run)
            ended = rows.past_end[row] if date < 0 else finish(own[person, date])
            if date < 0 and ended > LONG_AGO:
                ended = max([ended, *(stop.end for stop in before)])
            if length >= rows.length[row]:
                short = rows.ticks[row] - (own[person, following[0]][0].start - ended)
                points += rows.points[row] * max(0, short)
    return points


def follow(low: SimpleNamespace, own: dict[tuple[int, int], list[Stop]]) -> int:
    """Way and rest between a day and the next with work, and kinds that may not follow each other."""
    points = 0
    for person in range(len(low.index.people)):
        worked = [own[person, date] for date in in_time(low) if (person, date) in own]
        if worked:
            free = worked[0][0].start - low.follow.past_end[person]
            place, there = low.follow.past_place[person], worked[0][0].place
            way = 0 if place < 0 else way_between(low, person, place, there)
            if worked[0][0].day == eve(low):
                way = ticks(low, person, place, there)
            else:
                points += low.follow.rest_short[person] * max(0, low.follow.rest[person] - free)
            straight = worked[0][0].day == eve(low)
            lacking = max(way, -free) if free < 0 and not straight else max(0, way - free)
            points += low.follow.way_short[person] * lacking
        for before, after in pairwise(worked):
            way = way_between(low, person, before[-1].place, after[0].place)
            free = after[0].start - before[-1].end
            points += low.follow.rest_short[person] * max(0, low.follow.rest[person] - free)
            lacking = max(way, -free) if free < 0 else max(0, way - free)
            points += low.follow.way_short[person] * lacking
        for date in range(low.index.days):
            past = _kinds(low, own.get((person, date - 1)))
            if date == 0:
                past = _bits(low.follow.past_kinds[person]) | _kinds(
                    low, own.get((person, eve(low)))
                )
            kinds = _kinds(low, own.get((person, date)))
            points += sum(cost for a, b, cost in low.follow.bans if a in past and b in kinds)
    return points


def way_between(low: SimpleNamespace, person: int, before: int, after: int) -> int:
    """Ticks between the places of two days, by way of where the person's days end and start."""
    stations = low.travel.end[person], low.travel.start[person]
    places = [before, *(one for one in stations if one >= 0), after]
    return sum(ticks(low, person, a, b) for a, b in pairwise(places))


def _kinds(low: SimpleNamespace, own: list[Stop] | None) -> set[int]:
    return {low.follow.kind[stop.slot] for stop in own or []}


def _bits(number: int) -> set[int]:
    return {bit for bit in range(60) if number >> bit & 1}


def distinct(low: SimpleNamespace, every: list[Stop]) -> int:
    """Further people in groups of slots."""
    points = 0
    person_in = {stop.slot: stop.person for stop in every}
    for group, cost in enumerate(low.distinct.cost):
        slots = low.distinct.slots[
            low.distinct.slot_first[group] : low.distinct.slot_first[group + 1]
        ]
        known = low.distinct.known[group]
        people = {person_in[slot] for slot in slots if slot in person_in}
        further = sum(not known[person] for person in people)
        free = 0 if any(known) else 1
        points += cost * max(0, further - free)
    return points


def mix(low: SimpleNamespace, crews: dict[int, list[Stop]]) -> int:
    """Begun tasks by how many of their people are of a set."""
    points = 0
    for row, task in enumerate(low.mix.task):
        crew = crews.get(task, [])
        until = low.mix.until[low.mix.set[row]]
        count = sum(stop.day % low.index.days <= until[stop.person] for stop in crew)
        count += max(0, low.mix.least[row] - len(crew))
        prices = low.mix.points[low.mix.first[row] : low.mix.first[row + 1]]
        points += prices[min(count, len(prices) - 1)] if crew else 0
    return points


def capacity(low: SimpleNamespace, crews: dict[int, list[Stop]]) -> int:
    """Tasks at whose start their place is too full."""
    points = 0
    for own in crews.values():
        place, moment = low.window.place[own[0].option], begin(own)
        most = low.capacity.most[place]
        under_way = sum(
            low.window.place[other[0].option] == place and begin(other) <= moment < finish(other)
            for other in crews.values()
        )
        if most and under_way > most:
            points += low.capacity.cost[place]
    return points
