"""What a day with one stop costs a person: Fit, Travel and Day (see lowered/)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.columns.arrays import Bools, Ints
from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED


def single(lowered: Lowered, items: Sequence[Any], slots: Ints) -> tuple[Ints, Ints, bool]:
    """int64 [item, person]: points (BANNED: never), work in ticks; and whether nothing is left out.

    A stop that its person's way or presence would push to a later start is left out.
    """
    day, travel = lowered.day, lowered.travel
    people = lowered.fit.cost.shape[1]
    cost = np.empty((len(items), people), dtype=np.int64)
    work = np.empty_like(cost)
    padded = _spans(day, people)
    whole = True
    for row, (item, slot) in enumerate(zip(items, slots, strict=True)):
        fit = lowered.fit.of(slot)
        place = lowered.window.place[lowered.window.first[item.task]]
        out = _leg(travel.ticks[travel.mode, travel.start, place], travel.start)
        back = _leg(travel.ticks[travel.mode, place, travel.end], travel.end)
        work[row] = item.end - item.start + (out + back if travel.counts else 0)
        spans = padded[:, item.day]
        opens = spans[:, :, 0].min(axis=1)
        inside = ((spans[:, :, 0] <= item.start) & (item.end <= spans[:, :, 1])).any(axis=1)
        able = (fit < BANNED) & inside & ((travel.start < 0) | (opens + out <= item.start))
        points = fit - fit[fit < BANNED].min() + travel.cost[travel.mode] * (out + back)
        points = points + _over(
            item.end + back,
            np.where(travel.end < 0, 2**60, day.home_by[:, item.day]),
            day.home[:, item.day],
        )
        points = points + _over(work[row], day.ordinary[:, item.day], day.overtime[:, item.day])
        points = points + _over(work[row], day.longest[:, item.day], day.too_long[:, item.day])
        points = points + _over(1, day.most[:, item.day], day.too_many[:, item.day])
        points = points + _over(1, day.roomy[:, item.day], day.crowded[:, item.day])
        rested = _rested(day, item, out)
        owed = ~rested & _owes_rest(day, item)
        points = points + np.where(owed, day.rest_missed[:, item.day], 0)
        pushed = (fit < BANNED) & ~able & (opens < 2**40)
        whole &= not (pushed & (day.outside[:, item.day] < lowered.scale.hard)).any()
        cost[row] = np.where(able, np.minimum(points, BANNED), BANNED)
        cost[row, cost[row] >= lowered.scale.hard] = BANNED
    once = (day.most <= 1) & (day.too_many >= lowered.scale.hard)
    return cost, work, bool(whole and once.all())


def _leg(ticks: NDArray[np.int32], place: Ints) -> Ints:
    return np.where(place < 0, 0, ticks.astype(np.int64))


def _spans(day: Any, people: int) -> Ints:
    """int64 [person, day, span, 2]; what is missing begins too late and ends too early."""
    counts = np.diff(day.span_first)
    padded = np.empty((len(counts), max(1, counts.max(initial=0)), 2), dtype=np.int64)
    padded[:] = (2**40, -(2**40))
    rows = np.repeat(np.arange(len(counts)), counts)
    padded[rows, np.arange(len(rows)) - day.span_first[rows]] = day.spans
    return padded.reshape(people, -1, *padded.shape[1:])


def _over(value: Any, bound: Any, points: Any) -> Any:
    return np.maximum(0, value - bound) * points


def _rested(day: Any, item: Any, out: Ints) -> Bools:
    begin, end = day.rest_from[:, item.day], day.rest_to[:, item.day]
    length = day.rest_length[:, item.day]
    before = begin + length <= np.minimum(item.start - out, end)
    after = np.maximum(begin, item.end) + length <= end
    rested: Bools = (length == 0) | before | after
    return rested


def _owes_rest(day: Any, item: Any) -> Bools:
    length, ticks = day.rest_length[:, item.day], item.end - item.start
    shared = np.minimum(item.end, day.rest_to[:, item.day]) - np.maximum(
        item.start, day.rest_from[:, item.day]
    )
    holds = (ticks >= day.rest_within[:, item.day]) & (shared >= length)
    owes: Bools = (ticks > day.rest_beyond[:, item.day]) & ~holds
    return owes
