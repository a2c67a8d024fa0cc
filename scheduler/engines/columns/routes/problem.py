"""What is decided: whose days, and which visits they may hold; parts that share no visit are apart.

A day of a person is a *tour*: it may be decided alone where its cost is made of ways, fits, lateness and
of what is left undone, and where nothing but the visits themselves ties it to other tours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.engines.columns.arrays import Ints
from scheduler.engines.columns.routes.labels import ROWS
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE
from scheduler.lowered.fit import BANNED
from scheduler.lowered.follow import LONG_AGO

NO_WAY = 2**30
"""Ticks where there is no way."""


@dataclass(frozen=True)
class Tour:
    """A person's day, and the nodes that it may hold: a task in one of its options.

    task, option, fit: int64 [node]; fit: points; nodes: int64 [row, node], see `labels.ROWS`
    way: int64 [node, node], ticks; rate: points of a tick on the way
    begin, end: ticks of presence, up to when the person has to be home
    """

    person: int
    task: Ints
    option: Ints
    fit: Ints
    nodes: Ints
    way: Ints
    rate: int
    begin: int
    end: int


@dataclass(frozen=True)
class RoutePart:
    """Tours that share visits with each other and with no others. tasks: int64, all that they may hold."""

    tours: tuple[Tour, ...]
    tasks: Ints


def route_parts(lowered: Lowered) -> list[RoutePart] | None:
    """The parts of an instance; None where routes alone do not say what a roster costs."""
    if not _is_separable(lowered):
        return None
    parts: list[RoutePart] = []
    for tour in _tours(lowered):
        shares = [part for part in parts if np.isin(part.tasks, tour.task).any()]
        parts = [part for part in parts if not any(part is other for other in shares)]
        tours = [tour, *(member for part in shares for member in part.tours)]
        tasks = np.unique(np.concatenate([member.task for member in tours]))
        if len(tasks):
            parts.append(RoutePart(tuple(tours), tasks))
    return parts


def _is_separable(lowered: Lowered) -> bool:
    """Whether a roster costs what its tours and its undone visits do."""
    index, window, day, travel = lowered.index, lowered.window, lowered.day, lowered.travel
    follow, hard = lowered.follow, lowered.scale.hard
    tied = (
        len(index.slots) != len(index.tasks),
        len(index.instance.shifts),
        len(lowered.gap.first),
        len(lowered.total.person),
        len(lowered.run.person),
        len(lowered.recovery.person),
        len(lowered.distinct.cost),
        len(lowered.mix.task),
        len(lowered.empty.broken),
        lowered.capacity.most.any(),
        follow.rest_short.any() or follow.bans.size,
        follow.way_short.any() and (index.days > 1 or (follow.past_end != LONG_AGO).any()),
        day.worst_idle or window.worst,
    )
    beyond = (
        not lowered.at_midnight,
        not lowered.scale.sharp,
        window.at_end or window.published.any() or lowered.crew.least.any(),
        travel.has_spells,
        (np.diff(day.span_first) > 1).any(),
        (day.outside < hard).any(),
        (day.home[travel.end != NONE] < hard).any(),
        travel.no_way.any() and (travel.no_way_cost < hard).any(),
        day.rest_length.any() or day.wait.any(),
        any(points.any() for points in (day.overtime, day.too_long, day.too_many, day.crowded)),
    )
    return not any(tied) and not any(beyond)


def _tours(lowered: Lowered) -> Iterator[Tour]:
    window, day = lowered.window, lowered.day
    for person in range(len(lowered.index.people)):
        able = (lowered.fit.cost[lowered.fit.row, person] < BANNED)[window.task]
        for row in range(lowered.index.days):
            at = person * lowered.index.days + row
            if day.span_first[at] == day.span_first[at + 1]:
                continue
            begin, end = day.spans[day.span_first[at]].tolist()
            options = np.flatnonzero(able & (window.day == row))
            yield _tour(lowered, person, row, options, begin, end)


def _tour(lowered: Lowered, person: int, row: int, options: Ints, begin: int, end: int) -> Tour:
    window, travel, crew = lowered.window, lowered.travel, lowered.crew
    mode, start, home = (int(ends[person]) for ends in (travel.mode, travel.start, travel.end))
    ticks = travel.ticks[mode].astype(np.int64) + NO_WAY * travel.no_way[mode].astype(np.int64)
    if home != NONE:
        end = int(lowered.day.home_by[person, row])
    stay = crew.duration[window.task[options]]
    places = window.place[options]
    nowhere = np.zeros(len(options), dtype=np.int64)
    out = nowhere if start == NONE else ticks[start, places]
    back = nowhere if home == NONE else ticks[places, home]
    first, last = window.earliest[options], window.latest[options]
    every = np.maximum(1, window.every[options])
    begins = -(-np.maximum(begin + out, first) // every) * every
    in_time = (begins <= last) & (begins + stay + back <= end)
    kept, places = options[in_time], places[in_time]
    rows = (stay, first, last, every, window.due[options], window.late[options], out, back)
    return Tour(
        person=person,
        task=window.task[kept],
        option=kept,
        fit=lowered.fit.cost[lowered.fit.row[window.task[kept]], person],
        nodes=np.array([cells[in_time] for cells in rows], dtype=np.int64).reshape(len(ROWS), -1),
        way=ticks[np.ix_(places, places)],
        rate=int(travel.cost[mode]),
        begin=begin,
        end=end,
    )
