"""The earliest-start schedule of an answer whose days are put in order.

Tasks are taken in the order given, and each person's stops of a day follow one another in it. A
task begins as early as its option, its people's ways and rests, and the spacing of its crew allow:
the least start times for which

- no slot starts before its person arrives from the stop before (on the day's first stop: from the
  start place, left no earlier than the first span begins),
- no task begins before the end of an earlier one of its day that it keeps a gap to, plus that gap,
- every slot lies `least..most` ticks after the task's start, which is not before `earliest`,
- a day's first stop comes after way and rest since the last stop of the last day with work, where they
  must be kept, presence leaves it open, and it is then still in time; if that stop is earlier in order,
- every stop lies whole in one of its person's spans, where a later one holds it,
- every start is a multiple of the option's `every`,
- a slot of a crew waits for its own published start, as far as its `most` lets it, where its option begins
  at its task's,
- a rest that was not had on an earlier leg, and that could not be taken in time after this stop,
  is taken on the way to it, if it still can be.

Each of the eight only ever pushes starts later, so that repeating them until nothing changes gives
the same schedule in whatever order they are applied.
"""

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

from scheduler.lowered.dense_roster import DenseRoster
from scheduler.lowered.follow import LONG_AGO
from tests.plain.day import (
    arrival_after_first_rest,
    arrivals_after_rest,
    can_rest_from,
    rested_by,
)
from tests.plain.price import way_between
from tests.plain.reading import Stop, by_task, eve, in_time, spans, stops, ticks


def earliest(low: SimpleNamespace, answer: DenseRoster, order: list[int]) -> DenseRoster:
    """The answer with the starts of its earliest schedule. `order`: every task with a filled slot."""
    starts = [0] * len(answer.person)
    routes: dict[tuple[int, int], list[Stop]] = {}
    done: dict[int, list[Stop]] = {}
    crews = by_task([stop._replace(start=0, end=0) for stop in stops(low, answer)])
    last = {(stop.person, stop.day): task for task in order for stop in crews[task]}
    for task in order:
        crew = done[task] = crews[task]
        begin = max([low.window.earliest[answer.option[task]], *_after_gaps(low, crew, done)])
        _settle(low, answer.option[task], begin, crew, routes, last)
        for stop in crew:
            starts[stop.slot] = stop.start
            routes.setdefault((stop.person, stop.day), []).append(stop)
    return replace(answer, start=tuple(starts))


def _after_gaps(
    low: SimpleNamespace, crew: list[Stop], done: dict[int, list[Stop]]
) -> Iterator[int]:
    """Moments that a task must wait for: the ends of earlier tasks of its day, and the gaps to them."""
    gaps = zip(low.gap.first, low.gap.second, low.gap.least, strict=True)
    for first, second, least in gaps:
        stops = done.get(first, [])
        if crew and second == crew[0].task != first and stops and stops[0].date == crew[0].date:
            yield max(stop.end for stop in stops) + least


def _settle(
    low: SimpleNamespace,
    option: int,
    begin_at: int,
    crew: list[Stop],
    routes: dict[tuple[int, int], list[Stop]],
    last: dict[tuple[int, int], int],
) -> None:
    """Set the starts of a task's stops, in place. last: (person, day) → the last task in order."""
    before = [routes.get((stop.person, stop.day), []) for stop in crew]
    starts = [_arrival(low, route, stop) for route, stop in zip(before, crew, strict=True)]
    for number, stop in enumerate(crew):
        starts[number] = max(starts[number], _published(low, stop, option))
        moment = rounded(_after_earlier_days(low, stop, routes, last), low.window.every[option])
        if not before[number] and moment <= low.window.latest[option] + low.crew.least[stop.slot]:
            starts[number] = max(starts[number], moment)
    while True:
        settled = list(starts)
        begin = max(
            begin_at,
            *(start - low.crew.most[stop.slot] for start, stop in zip(starts, crew, strict=True)),
        )
        begin = rounded(begin, low.window.every[option])
        for number, stop in enumerate(crew):
            start = max(starts[number], begin + low.crew.least[stop.slot])
            start = _aligned(low, stop, start)
            crew[number] = _at(low, stop, start)
            forced = _arrival_after_forced_rest(low, before[number], crew[number])
            if forced <= low.window.latest[option] + low.crew.least[stop.slot]:
                start = max(start, forced)
            starts[number] = rounded(_aligned(low, stop, start), low.window.every[option])
            crew[number] = _at(low, stop, starts[number])
        if starts == settled:
            return


def _published(low: SimpleNamespace, stop: Stop, option: int) -> int:
    """When a slot was to start by what was published, where its option begins so; long ago otherwise."""
    first, last = low.window.published_first[option], low.window.published_last[option]
    if last < first or low.window.earliest[option] != first:
        return LONG_AGO
    return first + min(low.window.published_after[stop.slot], low.crew.most[stop.slot])


def _after_earlier_days(
    low: SimpleNamespace,
    stop: Stop,
    routes: dict[tuple[int, int], list[Stop]],
    last: dict[tuple[int, int], int],
) -> int:
    """The first moment that keeps way and rest since earlier days; long ago where nothing asks for them."""
    person, hard = stop.person, low.scale.hard
    rest = low.follow.rest[person] if low.follow.rest_short[person] >= hard else 0
    longest = 3 * max(max(row) for row in low.travel.ticks[low.travel.mode[person]])
    kept = max(rest, longest) if low.follow.way_short[person] >= hard else rest
    if kept <= _least_pause(low, person):
        return LONG_AGO
    place = low.follow.past_place[person]
    if stop.day == eve(low):
        return low.follow.past_end[person] + ticks(low, person, place, stop.place)
    days = in_time(low)
    earlier = [day for who, day in last if who == person and days.index(day) < days.index(stop.day)]
    if not earlier:
        way = 0 if place < 0 else way_between(low, person, place, stop.place)
        return low.follow.past_end[person] + max(rest, way)
    where = person, max(earlier, key=days.index)
    route = routes.get(where, [])
    if not route or route[-1].task != last[where]:
        return LONG_AGO
    return route[-1].end + max(rest, way_between(low, person, route[-1].place, stop.place))


def _least_pause(low: SimpleNamespace, person: int) -> int:
    """Ticks that lie at least between a day's presence and the next's, or the past and the first."""
    ended, least = low.follow.past_end[person], 2**40
    for day in in_time(low):
        present = spans(low, person, day)
        if present:
            least, ended = min(least, present[0][0] - ended), present[-1][1]
    return least


def rounded(moment: int, every: int) -> int:
    """The first multiple from a moment on."""
    return moment + -moment % every


def _at(low: SimpleNamespace, stop: Stop, start: int) -> Stop:
    return stop._replace(start=start, end=start + low.crew.duration[stop.slot])


def _arrival(low: SimpleNamespace, route: list[Stop], stop: Stop) -> int:
    if route:
        return route[-1].end + ticks(low, stop.person, route[-1].place, stop.place)
    way = ticks(low, stop.person, low.travel.start[stop.person], stop.place)
    return spans(low, stop.person, stop.day)[0][0] + way


def _aligned(low: SimpleNamespace, stop: Stop, start: int) -> int:
    """The first moment from `start` on at which one span holds the stop whole; else `start`."""
    for opens, closes in spans(low, stop.person, stop.day):
        if max(start, opens) + low.crew.duration[stop.slot] <= closes:
            return max(start, opens)
    return start


def _arrival_after_forced_rest(low: SimpleNamespace, route: list[Stop], stop: Stop) -> int:
    """Earliest arrival with the rest taken on the way, where it has to be and can be; else 0."""
    person, day = stop.person, stop.day
    length = low.day.rest_length[person][day]
    if not length or can_rest_from(low, person, day, stop.end):
        return 0
    if rested_by(low, route):
        return 0
    if route:
        return min(arrivals_after_rest(low, route[-1], stop), default=0)
    if low.day.on_duty:
        return arrival_after_first_rest(low, stop)
    if not can_rest_from(low, person, day, 0):
        return 0
    way = ticks(low, person, low.travel.start[person], stop.place)
    return low.day.rest_from[person][day] + length + way
