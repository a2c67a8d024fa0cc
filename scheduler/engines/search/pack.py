"""Lowered → the kernels' arenas P and T (see layout/)."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.search import layout as at
from scheduler.engines.search.arena import Arena, on_cache_line, place_scratch, place_state
from scheduler.engines.search.near import near_tasks, together
from scheduler.engines.search.pack_people import pack_people
from scheduler.engines.search.writer import Writer
from scheduler.lowered import Lowered
from scheduler.lowered.day import rows_of_days
from scheduler.lowered.fit import BANNED
from scheduler.lowered.mix import MixTable
from scheduler.lowered.total import STOPS

NEAR_TASKS = 40
MOST_IN_FOCUS = 4_000
"""Slots; a sub-district's week has fewer."""
PRICES_OF_DAY = (
    at.DAY_OUTSIDE, at.DAY_HOME_LATE, at.DAY_REST_MISSED, at.DAY_OVERTIME, at.DAY_TOO_LONG, at.DAY_TOO_MANY, at.DAY_CROWDED, at.DAY_WAIT,
)  # fmt: skip


def pack(lowered: Lowered) -> Arena:
    """Flatten all primitives. Time and memory linear in them, and quadratic in tasks for nearness."""
    writer = Writer()
    head = writer.parts[0]
    people, days = lowered.day.ordinary.shape
    tasks, slots = len(lowered.empty.least), len(lowered.empty.cost)
    head[[at.PEOPLE, at.DAYS, at.TASKS, at.SLOTS]] = people, days, tasks, slots
    head[at.PLACES] = lowered.travel.ticks.shape[1]
    head[at.ROOMS] = len(lowered.capacity.most)
    head[at.ANY_SPELLS] = int(lowered.travel.has_spells)
    head[at.SPELL_CELLS] = writer.add(lowered.travel.spell) if lowered.travel.has_spells else 0
    head[at.MEASURES] = lowered.total.measures
    head[at.TICKS_PER_DAY] = lowered.index.day_ticks
    head[at.TRAVEL_COUNTS] = int(lowered.travel.counts)
    head[at.LATE_AT_END] = int(lowered.window.at_end)
    head[at.LATE_HARD] = lowered.window.late_hard
    head[at.WORST_LATE_POINTS] = lowered.window.worst
    head[at.KINDS] = lowered.follow.kinds
    head[at.ON_DUTY] = int(lowered.day.on_duty)
    head[at.WORST_IDLE_POINTS] = lowered.day.worst_idle
    head[at.AT_MIDNIGHT] = int(lowered.at_midnight)
    head[at.EVES] = days - lowered.index.days
    _slots(writer, head, lowered)
    _tasks(writer, head, lowered)
    has_week = pack_people(writer, head, lowered)
    _days(writer, head, lowered, has_week)
    _rest(writer, head, lowered)
    place_state(head)
    place_scratch(head, int(np.bincount(lowered.index.task_of, minlength=1).max()))
    return Arena(
        on_cache_line(np.concatenate(writer.parts)),
        np.ascontiguousarray(lowered.travel.ticks, dtype=np.int32).reshape(-1),
    )


def _slots(writer: Writer, head: NDArray[np.int64], lowered: Lowered) -> None:
    fit, total, distinct = lowered.fit, lowered.total, lowered.distinct
    fit_at = [writer.add(row) for row in fit.cost]
    able_at = [writer.counted(np.flatnonzero(row < BANNED)) for row in fit.cost]
    groups: list[list[int]] = [[] for _ in fit.row]
    for group, (first, last) in enumerate(
        zip(distinct.slot_first, distinct.slot_first[1:], strict=False)
    ):
        for slot in distinct.slots[first:last]:
            groups[slot].append(group)
    none = writer.counted([])
    added_at = _amounts(writer, lowered)
    rows = np.zeros((len(fit.row), at.SLOT_WIDTH), dtype=np.int64)
    for slot, row in enumerate(fit.row):
        rows[slot, at.SLOT_FIT] = fit_at[row]
        rows[slot, at.SLOT_ABLE] = able_at[row]
        rows[slot, at.SLOT_GROUPS] = writer.counted(groups[slot]) if groups[slot] else none
    rows[:, at.SLOT_AMOUNTS] = writer.add(added_at) + total.pair_first[:-1]
    rows[:, at.SLOT_TASK] = lowered.index.task_of
    rows[:, at.SLOT_DURATION] = lowered.crew.duration
    rows[:, at.SLOT_LEAST_AFTER] = lowered.crew.least
    rows[:, at.SLOT_MOST_AFTER] = lowered.crew.most
    rows[:, at.SLOT_EMPTY_POINTS] = lowered.empty.cost
    rows[:, at.SLOT_MUST] = lowered.empty.must
    rows[:, at.SLOT_KIND] = lowered.follow.kind
    rows[:, at.SLOT_ANNOUNCED] = lowered.window.published
    rows[:, at.SLOT_ANNOUNCED_AFTER] = lowered.window.published_after
    head[at.ANY_ANNOUNCED] = int(lowered.window.published.any())
    head[at.SLOT_ROWS] = writer.add(rows)


def _amounts(writer: Writer, lowered: Lowered) -> NDArray[np.int64]:
    """int64 [pair]: where the amounts of a slot in an option stand, work and stops apart."""
    total = lowered.total
    stand_at = []
    for first, last in pairwise(total.amount_first.tolist()):
        added = [pair for pair in total.amounts[first:last].tolist() if pair[0] > STOPS]
        stand_at.append(writer.add([len(added), *(value for pair in added for value in pair)]))
    return np.array(stand_at, dtype=np.int64)[total.amount_row]


def _tasks(writer: Writer, head: NDArray[np.int64], lowered: Lowered) -> None:
    window, empty, gap = lowered.window, lowered.empty, lowered.gap
    tasks = len(empty.least)
    gaps: list[list[int]] = [[] for _ in range(tasks)]
    for number, pair in enumerate(zip(gap.first, gap.second, strict=True)):
        for task in set(pair):
            gaps[task].append(number)
    limited = lowered.capacity.most > 0
    near = near_tasks(lowered, NEAR_TASKS)
    _focus(writer, head, lowered, near)
    rows = np.zeros((tasks, at.TASK_WIDTH), dtype=np.int64)
    counts = np.bincount(lowered.index.task_of, minlength=tasks)
    rows[:, at.TASK_FIRST_SLOT] = lowered.index.slot_of
    rows[:, at.TASK_SLOT_COUNT] = counts
    rows[:, at.TASK_FIRST_OPTION] = window.first[:-1]
    rows[:, at.TASK_OPTION_COUNT] = np.diff(window.first)
    rows[:, at.TASK_LEAST] = empty.least
    rows[:, at.TASK_PARTIAL] = empty.partial
    rows[:, at.TASK_BUNDLE] = empty.bundle
    rows[:, at.TASK_FIRST_MIX] = np.searchsorted(lowered.mix.task, np.arange(tasks), "left")
    rows[:, at.TASK_END_MIX] = np.searchsorted(lowered.mix.task, np.arange(tasks), "right")
    mixed = rows[:, at.TASK_END_MIX] > rows[:, at.TASK_FIRST_MIX]
    for task in range(tasks):
        rows[task, at.TASK_GAPS] = writer.counted(gaps[task])
        rows[task, at.TASK_NEAR] = writer.counted(near[task])
        places = window.place[window.first[task] : window.first[task + 1]]
        watched = (
            (empty.partial[task] and counts[task] > 1)
            or gaps[task]
            or empty.bundle[task] >= 0
            or mixed[task]
        )
        rows[task, at.TASK_WATCHED] = int(bool(watched) or bool(limited[places].any()))
        rows[task, at.TASK_LOOSE] = int(_loose(lowered, task))
    head[at.TASK_ROWS] = writer.add(rows)
    head[at.ANY_RIVALS] = int(_any_rivals(lowered))
    options = np.zeros((len(window.day), at.OPTION_WIDTH), dtype=np.int64)
    for column, values in (
        (at.OPTION_DAY, window.day),
        (at.OPTION_PLACE, window.node),
        (at.OPTION_ROOM, window.place),
        (at.OPTION_EARLIEST, window.earliest),
        (at.OPTION_LATEST, window.latest),
        (at.OPTION_UNTIL, window.until),
        (at.OPTION_DUE, window.due),
        (at.OPTION_LATE_POINTS, window.late),
        (at.OPTION_ANNOUNCED_FIRST, window.published_first),
        (at.OPTION_ANNOUNCED_LAST, window.published_last),
        (at.OPTION_EVERY, window.every),
    ):
        options[:, column] = values
    head[at.OPTION_ROWS] = writer.add(options)
    gap_rows = np.zeros((len(gap.first), at.GAP_WIDTH), dtype=np.int64)
    for column, values in (
        (at.GAP_FIRST, gap.first),
        (at.GAP_SECOND, gap.second),
        (at.GAP_LEAST, gap.least),
        (at.GAP_MOST, gap.most),
        (at.GAP_LEAST_DAYS, gap.least_days),
        (at.GAP_MOST_DAYS, gap.most_days),
        (at.GAP_POINTS, gap.cost),
        (at.GAP_REQUIRES, gap.requires),
    ):
        gap_rows[:, column] = values
    head[at.GAPS] = len(gap.first)
    head[at.GAP_ROWS] = writer.add(gap_rows)


def _focus(
    writer: Writer, head: NDArray[np.int64], lowered: Lowered, near: list[list[int]]
) -> None:
    """Which slots are drawn from at a time. In a large week those of some near tasks, whose cells stay at hand."""
    slots = len(lowered.index.slots)
    head[at.FOCUS_SLOTS] = min(slots, MOST_IN_FOCUS)
    order = range(len(near)) if slots <= MOST_IN_FOCUS else together(near)
    of_tasks = (lowered.index.slots_of(task) for task in order)
    head[at.SLOT_ORDER] = writer.add([slot for of_task in of_tasks for slot in of_task])


def _any_rivals(lowered: Lowered) -> bool:
    """Whether options of one task, day and place are due at different moments."""
    window = lowered.window
    dues: dict[tuple[int, int, int], int] = {}
    spots = zip(window.task, window.day, window.place, strict=True)
    return any(
        dues.setdefault(spot, due) != due for spot, due in zip(spots, window.due, strict=True)
    )


def _loose(lowered: Lowered, task: int) -> bool:
    """Whether a task's slots are filled one by one: one option with a fixed start, no crew to keep."""
    first, last = lowered.window.first[task], lowered.window.first[task + 1]
    if last - first != 1 or lowered.empty.partial[task]:
        return False
    return bool(lowered.window.earliest[first] == lowered.window.latest[first])


def _days(
    writer: Writer, head: NDArray[np.int64], lowered: Lowered, has_week: NDArray[np.bool_]
) -> None:
    day = lowered.day
    rows = np.zeros((day.ordinary.size, at.DAY_WIDTH), dtype=np.int64)
    spans_at = writer.add(day.spans)
    counts = np.diff(day.span_first)
    rows[:, at.DAY_SPANS] = spans_at + at.SPAN_WIDTH * day.span_first[:-1]
    rows[:, at.DAY_SPAN_COUNT] = counts
    some = counts > 0
    rows[some, at.DAY_FIRST_FROM] = day.spans[day.span_first[:-1][some], at.SPAN_FROM]
    rows[some, at.DAY_LAST_TO] = day.spans[day.span_first[1:][some] - 1, at.SPAN_TO]
    closed = np.flatnonzero(~some)
    days = day.ordinary.shape[1]
    opens, ends = rows_of_days(day.begins, lowered.index.days * lowered.index.day_ticks)
    begins = opens.reshape(-1)
    rows[closed, at.DAY_FIRST_FROM] = begins[closed]
    rows[closed, at.DAY_LAST_TO] = rows[closed, at.DAY_FIRST_FROM]
    for column, table in (
        (at.DAY_OUTSIDE, day.outside),
        (at.DAY_HOME_LATE, day.home),
        (at.DAY_REST_FROM, day.rest_from),
        (at.DAY_REST_TO, day.rest_to),
        (at.DAY_REST_LENGTH, day.rest_length),
        (at.DAY_REST_MISSED, day.rest_missed),
        (at.DAY_REST_BEYOND, day.rest_beyond),
        (at.DAY_REST_WITHIN, day.rest_within),
        (at.DAY_ORDINARY, day.ordinary),
        (at.DAY_OVERTIME, day.overtime),
        (at.DAY_LONGEST, day.longest),
        (at.DAY_TOO_LONG, day.too_long),
        (at.DAY_MOST, day.most),
        (at.DAY_TOO_MANY, day.too_many),
        (at.DAY_ROOMY, day.roomy),
        (at.DAY_CROWDED, day.crowded),
        (at.DAY_WAIT, day.wait),
        (at.DAY_HOME_BY, day.home_by),
        (at.DAY_PRESENT, day.present),
    ):
        rows[:, column] = table.reshape(-1)
    whole = (counts == 1) & (rows[:, at.DAY_FIRST_FROM] <= begins)
    whole &= rows[:, at.DAY_LAST_TO] >= ends.reshape(-1)
    rows[:, at.DAY_PLAIN] = (
        whole & (rows[:, at.DAY_OUTSIDE] == 0) & (rows[:, at.DAY_REST_LENGTH] == 0)
    )
    priced = (rows[:, PRICES_OF_DAY] != 0).any(axis=1) | np.repeat(has_week, days)
    priced |= day.worst_idle > 0
    priced |= np.repeat(lowered.travel.no_way_cost > 0, days)
    rows[:, at.DAY_FREE] = ~priced
    head[at.EVEN] = int(
        (counts <= 1).all()
        and (rows[:, at.DAY_REST_LENGTH] == 0).all()
        and not head[at.GAPS]
        and not head[at.ANY_WAITS]
    )
    head[at.DAY_ROWS] = writer.add(rows)
    head[at.BEGIN_CELLS] = writer.add(day.begins)


def _rest(writer: Writer, head: NDArray[np.int64], lowered: Lowered) -> None:
    distinct, capacity, empty, window = (
        lowered.distinct,
        lowered.capacity,
        lowered.empty,
        lowered.window,
    )
    rows = np.zeros((len(distinct.known), at.GROUP_WIDTH), dtype=np.int64)
    for group, known in enumerate(distinct.known):
        slots = distinct.slots[distinct.slot_first[group] : distinct.slot_first[group + 1]]
        rows[group, at.GROUP_SLOTS] = writer.add(slots)
        rows[group, at.GROUP_SLOT_COUNT] = len(slots)
        rows[group, at.GROUP_KNOWN] = writer.add(known)
        rows[group, at.GROUP_ANY_KNOWN] = known.any()
        rows[group, at.GROUP_POINTS] = distinct.cost[group]
    head[at.GROUPS] = len(rows)
    head[at.GROUP_ROWS] = writer.add(rows)
    at_place: list[set[int]] = [set() for _ in capacity.most]
    for task, place in zip(window.task, window.place, strict=True):
        at_place[place].add(int(task))
    rows = np.zeros((len(capacity.most), at.PLACE_WIDTH), dtype=np.int64)
    for place, most in enumerate(capacity.most):
        tasks = sorted(at_place[place]) if most else []
        rows[place, at.PLACE_MOST] = most
        rows[place, at.PLACE_POINTS] = capacity.cost[place]
        rows[place, at.PLACE_TASKS] = writer.add(tasks)
        rows[place, at.PLACE_TASK_COUNT] = len(tasks)
    head[at.PLACE_ROWS] = writer.add(rows)
    rows = np.zeros((len(empty.broken), at.BUNDLE_WIDTH), dtype=np.int64)
    for bundle, points in enumerate(empty.broken):
        together = np.flatnonzero(empty.bundle == bundle)
        rows[bundle, at.BUNDLE_POINTS] = points
        rows[bundle, at.BUNDLE_TASKS] = writer.add(together)
        rows[bundle, at.BUNDLE_TASK_COUNT] = len(together)
    head[at.BUNDLES] = len(rows)
    head[at.BUNDLE_ROWS] = writer.add(rows)
    _mixes(writer, head, lowered.mix)


def _mixes(writer: Writer, head: NDArray[np.int64], mix: MixTable) -> None:
    until = [writer.add(days) for days in mix.until]
    rows = np.zeros((len(mix.task), at.MIX_WIDTH), dtype=np.int64)
    for row, members in enumerate(mix.set):
        points = mix.points[mix.first[row] : mix.first[row + 1]]
        rows[row, at.MIX_UNTIL] = until[members]
        rows[row, at.MIX_LEAST] = mix.least[row]
        rows[row, at.MIX_POINTS] = writer.add(points)
        rows[row, at.MIX_LAST] = len(points) - 1
    head[at.MIX_ROWS] = writer.add(rows)
