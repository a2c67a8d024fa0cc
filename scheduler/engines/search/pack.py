"""Lowered → the kernels' arenas P and T, and the empty state S with its scratch W (see layout.py)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.search import layout as at
from scheduler.engines.search.near import near_tasks
from scheduler.lowered import Lowered
from scheduler.lowered.fit import BANNED

NEAR_TASKS = 40
LOG_ENTRIES = 400_000
CACHE_LINE = 8
"""Cells of int64 in one."""
PRICES_OF_DAY = (
    at.OUTSIDE, at.HOME_LATE, at.REST_MISSED, at.OVERTIME, at.TOO_LONG, at.TOO_MANY, at.WAIT,
)  # fmt: skip


@dataclass(frozen=True)
class Arena:
    """P: int64, T: int32; both flat and never written."""

    P: NDArray[np.int64]
    T: NDArray[np.int32]

    def state(self) -> NDArray[np.int64]:
        """A state with every slot empty, priced but for what an empty roster costs by itself."""
        P = self.P
        S = _on_cache_line(np.zeros(P[at.S_SIZE], dtype=np.int64))
        slots = S[at.SLOT_S : at.SLOT_S + P[at.SLOTS] * at.SLOT_SW].reshape(-1, at.SLOT_SW)
        slots[:, [at.PERSON, at.NEXT, at.PREV, at.AT]] = -1
        days = S[P[at.DAY_S] : P[at.DAY_S] + P[at.PEOPLE] * P[at.DAYS] * at.DAY_SW]
        days.reshape(-1, at.DAY_SW)[:, [at.HEAD, at.TAIL]] = -1
        tasks = S[P[at.TASK_S] : P[at.TASK_S] + P[at.TASKS] * at.TASK_SW].reshape(-1, at.TASK_SW)
        tasks[:, at.OPTION] = -1
        fixed = P[P[at.SLOT_P] : P[at.SLOT_P] + P[at.SLOTS] * at.SLOT_W].reshape(-1, at.SLOT_W)
        S[at.COST] = fixed[:, at.EMPTY_POINTS].sum()
        return S

    def scratch(self, seed: int) -> NDArray[np.int64]:
        """A thread's own scratch, its random state drawn from the seed."""
        W = np.zeros(self.P[at.W_SIZE], dtype=np.int64)
        W[at.RANDOM] = np.random.SeedSequence(seed).generate_state(1, np.uint64).view(np.int64)[0]
        return W


class _Writer:
    """Appends parts to an arena and tells where they begin."""

    def __init__(self) -> None:
        self.parts: list[NDArray[np.int64]] = [np.zeros(at.HEADER, dtype=np.int64)]
        self.size = at.HEADER

    def add(self, part) -> int:
        """Where the part begins; tables begin on a cache line."""
        table = np.ascontiguousarray(part, dtype=np.int64)
        if table.ndim > 1:
            self.parts.append(np.zeros(-self.size % CACHE_LINE, dtype=np.int64))
            self.size += len(self.parts[-1])
        begin = self.size
        self.parts.append(table.reshape(-1))
        self.size += table.size
        return begin

    def counted(self, items) -> int:
        """A list as [count, items...]."""
        return self.add([len(items), *items])


def pack(lowered: Lowered) -> Arena:
    """Flatten all primitives. Time and memory linear in them, and quadratic in tasks for nearness."""
    writer = _Writer()
    head = writer.parts[0]
    people, days = lowered.day.ordinary.shape
    tasks, slots = len(lowered.empty.least), len(lowered.empty.cost)
    head[[at.PEOPLE, at.DAYS, at.TASKS, at.SLOTS]] = people, days, tasks, slots
    head[at.OPTIONS] = len(lowered.window.day)
    head[at.PLACES] = lowered.travel.ticks.shape[1]
    head[at.MEASURES] = lowered.total.measures
    head[at.DAY_TICKS] = lowered.index.day_ticks
    head[at.TRAVEL_COUNTS] = int(lowered.travel.counts)
    head[at.LATE_AT_END] = int(lowered.window.at_end)
    head[at.LATE_HARD] = lowered.window.late_hard
    head[at.WORST_POINTS] = lowered.window.worst
    head[at.KINDS] = lowered.follow.kinds
    head[at.ON_DUTY] = int(lowered.day.on_duty)
    head[at.IDLE_POINTS] = lowered.day.worst_idle
    head[at.NEAR] = NEAR_TASKS
    _slots(writer, head, lowered)
    _tasks(writer, head, lowered)
    has_week = _people(writer, head, lowered)
    _days(writer, head, lowered, has_week)
    _rest(writer, head, lowered)
    _layout_state(head, tasks, slots, people * days, people)
    return Arena(
        _on_cache_line(np.concatenate(writer.parts)),
        np.ascontiguousarray(lowered.travel.ticks, dtype=np.int32).reshape(-1),
    )


def _slots(writer: _Writer, head, lowered: Lowered) -> None:
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
    rows = np.zeros((len(fit.row), at.SLOT_W), dtype=np.int64)
    amounts = list(total.amounts.tolist())
    for slot, row in enumerate(fit.row):
        own = [
            value
            for measure, amount in amounts[total.amount_first[slot] : total.amount_first[slot + 1]]
            if measure > 1
            for value in (measure, amount)
        ]
        begin = writer.add(own) if own else none
        rows[slot, at.FIT] = fit_at[row]
        rows[slot, at.ABLE] = able_at[row]
        rows[slot, at.AMOUNTS], rows[slot, at.AMOUNTS_END] = begin, begin + len(own)
        rows[slot, at.IN_GROUPS] = writer.counted(groups[slot]) if groups[slot] else none
    rows[:, at.TASK] = lowered.index.task_of
    rows[:, at.DURATION] = lowered.crew.duration
    rows[:, at.LEAST_AFTER] = lowered.crew.least
    rows[:, at.MOST_AFTER] = lowered.crew.most
    rows[:, at.EMPTY_POINTS] = lowered.empty.cost
    rows[:, at.MUST] = lowered.empty.must
    rows[:, at.KIND] = lowered.follow.kind
    head[at.SLOT_P] = writer.add(rows)


def _tasks(writer: _Writer, head, lowered: Lowered) -> None:
    window, empty, gap = lowered.window, lowered.empty, lowered.gap
    tasks = len(empty.least)
    gaps: list[list[int]] = [[] for _ in range(tasks)]
    for number, pair in enumerate(zip(gap.first, gap.second, strict=True)):
        for task in set(pair):
            gaps[task].append(number)
    limited = lowered.capacity.most > 0
    near = near_tasks(lowered, NEAR_TASKS)
    rows = np.zeros((tasks, at.TASK_W), dtype=np.int64)
    counts = np.bincount(lowered.index.task_of, minlength=tasks)
    rows[:, at.FIRST_SLOT] = lowered.index.slot_of
    rows[:, at.SLOT_COUNT] = counts
    rows[:, at.FIRST_OPTION] = window.first[:-1]
    rows[:, at.OPTION_COUNT] = np.diff(window.first)
    rows[:, at.LEAST] = empty.least
    rows[:, at.PARTIAL] = empty.partial
    rows[:, at.BUNDLE] = empty.bundle
    rows[:, at.TOLD] = window.published
    head[at.ANY_TOLD] = int(window.published.any())
    for task in range(tasks):
        rows[task, at.TASK_GAPS] = writer.counted(gaps[task])
        rows[task, at.TASK_NEAR] = writer.counted(near[task])
        places = window.place[window.first[task] : window.first[task + 1]]
        watched = (
            (empty.partial[task] and counts[task] > 1) or gaps[task] or empty.bundle[task] >= 0
        )
        rows[task, at.WATCHED] = int(bool(watched) or bool(limited[places].any()))
        rows[task, at.LOOSE] = int(_loose(lowered, task))
    head[at.TASK_P] = writer.add(rows)
    head[at.OPTION_P] = writer.add(
        _wide(
            [
                *(window.day, window.place, window.earliest, window.latest),
                *(window.due, window.late, window.published_first, window.published_last),
            ],
            at.OPTION_W,
        )
    )
    head[at.GAPS] = len(gap.first)
    head[at.GAP_P] = writer.add(
        np.stack(
            [
                gap.first,
                gap.second,
                gap.least,
                gap.most,
                gap.least_days,
                gap.most_days,
                gap.cost,
                gap.requires,
            ],
            1,
        )
    )


def _on_cache_line(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """A copy whose first cell begins a cache line."""
    room = np.empty(len(cells) + CACHE_LINE, dtype=np.int64)
    begin = -(room.ctypes.data // room.itemsize) % CACHE_LINE
    copy = room[begin : begin + len(cells)]
    copy[:] = cells
    return copy


def _wide(columns: list[NDArray[np.int64]], width: int) -> NDArray[np.int64]:
    """Columns side by side in rows of some width."""
    table = np.zeros((len(columns[0]), width), dtype=np.int64)
    table[:, : len(columns)] = np.stack(columns, 1)
    return table


def _loose(lowered: Lowered, task: int) -> bool:
    """Whether a task's slots are filled one by one: one option with a fixed start, no crew to keep."""
    first, last = lowered.window.first[task], lowered.window.first[task + 1]
    if last - first != 1 or lowered.empty.partial[task]:
        return False
    return bool(lowered.window.earliest[first] == lowered.window.latest[first])


def _people(writer: _Writer, head, lowered: Lowered) -> NDArray[np.bool_]:
    """Writes people and their Total rows; bool [person], whether anything beyond single days is priced."""
    travel, run, follow, total = lowered.travel, lowered.run, lowered.follow, lowered.total
    people = len(travel.mode)
    places = travel.ticks.shape[1]
    rows = np.zeros((people, at.PERSON_W), dtype=np.int64)
    rows[:, at.MODE] = travel.mode * places * places
    rows[:, at.HOME_START] = travel.start
    rows[:, at.HOME_END] = travel.end
    rows[:, at.TICK_POINTS] = travel.cost[travel.mode]
    order = np.argsort(total.person, kind="stable")
    rows[:, at.FIRST_ROW] = np.searchsorted(total.person[order], np.arange(people), "left")
    rows[:, at.END_ROW] = np.searchsorted(total.person[order], np.arange(people), "right")
    for column, values in (
        (at.MOST_ON, run.most_on),
        (at.OVER_ON, run.over_on),
        (at.LEAST_ON, run.least_on),
        (at.UNDER_ON, run.under_on),
        (at.LEAST_OFF, run.least_off),
        (at.UNDER_OFF, run.under_off),
        (at.PAST_ON, run.past_on),
        (at.PAST_OFF, run.past_off),
        (at.REST, follow.rest),
        (at.REST_SHORT, follow.rest_short),
        (at.PAST_END, follow.past_end),
        (at.PAST_KINDS, follow.past_kinds),
    ):
        rows[:, column] = values
    rows[:, at.HAS_WEEK] = (
        (rows[:, at.END_ROW] > rows[:, at.FIRST_ROW])
        | (run.over_on + run.under_on + run.under_off > 0)
        | (follow.rest_short > 0)
        | (len(follow.bans) > 0)
    )
    head[at.PERSON_P] = writer.add(rows)
    total_rows = np.zeros((len(order), at.ROW_W), dtype=np.int64)
    for place, number in enumerate(order):
        groups = range(total.group_first[number], total.group_first[number + 1])
        flat: list[int] = []
        for group in groups:
            own = total.days[total.day_first[group] : total.day_first[group + 1]]
            flat += [len(own), *own]
        pieces = total.pieces[total.piece_first[number] : total.piece_first[number + 1]]
        total_rows[place] = (
            total.measure[number],
            total.any_day[number],
            total.base[number],
            writer.add(flat),
            len(groups),
            writer.add(pieces),
            len(pieces),
        )
    head[at.ROW_P] = writer.add(total_rows)
    head[at.BANS] = len(follow.bans)
    head[at.BAN_P] = writer.add(follow.bans)
    return rows[:, at.HAS_WEEK] > 0


def _days(writer: _Writer, head, lowered: Lowered, has_week: NDArray[np.bool_]) -> None:
    day = lowered.day
    rows = np.zeros((day.ordinary.size, at.DAY_W), dtype=np.int64)
    spans_at = writer.add(day.spans)
    counts = np.diff(day.span_first)
    rows[:, at.SPANS] = spans_at + 2 * day.span_first[:-1]
    rows[:, at.SPAN_COUNT] = counts
    some = counts > 0
    rows[some, at.FIRST_FROM] = day.spans[day.span_first[:-1][some], 0]
    rows[some, at.LAST_TO] = day.spans[day.span_first[1:][some] - 1, 1]
    closed = np.flatnonzero(~some)
    days = day.ordinary.shape[1]
    rows[closed, at.FIRST_FROM] = (closed % days) * lowered.index.day_ticks
    rows[closed, at.LAST_TO] = rows[closed, at.FIRST_FROM]
    for column, table in (
        (at.OUTSIDE, day.outside),
        (at.HOME_LATE, day.home),
        (at.REST_FROM, day.rest_from),
        (at.REST_TO, day.rest_to),
        (at.REST_LENGTH, day.rest_length),
        (at.REST_MISSED, day.rest_missed),
        (at.ORDINARY, day.ordinary),
        (at.OVERTIME, day.overtime),
        (at.LONGEST, day.longest),
        (at.TOO_LONG, day.too_long),
        (at.MOST, day.most),
        (at.TOO_MANY, day.too_many),
        (at.WAIT, day.wait),
        (at.HOME_BY, day.home_by),
        (at.PRESENT, day.present),
    ):
        rows[:, column] = table.reshape(-1)
    start = np.repeat(np.arange(days)[None], day.ordinary.shape[0], 0).reshape(-1)
    whole = (counts == 1) & (rows[:, at.FIRST_FROM] <= start * lowered.index.day_ticks)
    whole &= rows[:, at.LAST_TO] >= (start + 1) * lowered.index.day_ticks
    rows[:, at.PLAIN] = whole & (rows[:, at.OUTSIDE] == 0) & (rows[:, at.REST_LENGTH] == 0)
    priced = (rows[:, PRICES_OF_DAY] != 0).any(axis=1) | np.repeat(has_week, days)
    priced |= day.worst_idle > 0
    rows[:, at.FREE] = ~priced
    head[at.EVEN] = int(
        (counts <= 1).all() and (rows[:, at.REST_LENGTH] == 0).all() and not head[at.GAPS]
    )
    head[at.DAY_P] = writer.add(rows)


def _rest(writer: _Writer, head, lowered: Lowered) -> None:
    distinct, capacity, empty, window = (
        lowered.distinct,
        lowered.capacity,
        lowered.empty,
        lowered.window,
    )
    rows = []
    for group, known in enumerate(distinct.known):
        slots = distinct.slots[distinct.slot_first[group] : distinct.slot_first[group + 1]]
        points = distinct.cost[group]
        rows.append((writer.add(slots), len(slots), writer.add(known), int(known.any()), points))
    head[at.GROUPS] = len(rows)
    head[at.GROUP_P] = writer.add(np.array(rows, dtype=np.int64))
    at_place: list[set[int]] = [set() for _ in capacity.most]
    for task, place in zip(window.task, window.place, strict=True):
        at_place[place].add(int(task))
    place_rows = []
    for place, most in enumerate(capacity.most):
        tasks = sorted(at_place[place]) if most else []
        place_rows.append((most, capacity.cost[place], writer.add(tasks), len(tasks)))
    head[at.PLACE_P] = writer.add(np.array(place_rows, dtype=np.int64))
    bundles = []
    for bundle, points in enumerate(empty.broken):
        together = np.flatnonzero(empty.bundle == bundle)
        bundles.append((points, writer.add(together), len(together)))
    head[at.BUNDLES] = len(bundles)
    head[at.BUNDLE_P] = writer.add(np.array(bundles, dtype=np.int64))


def _layout_state(head, tasks: int, slots: int, day_rows: int, people: int) -> None:
    size = at.SLOT_S + slots * at.SLOT_SW
    for part, cells in (
        (at.TASK_S, tasks * at.TASK_SW),
        (at.DAY_S, day_rows * at.DAY_SW),
        (at.RESTED, slots),
        (at.WANTED, slots),
        (at.MEASURE_S, day_rows * head[at.MEASURES]),
        (at.PERSON_S, people),
        (at.IDLE_S, 2 * people),
        (at.GROUP_S, head[at.GROUPS]),
        (at.GAP_S, head[at.GAPS]),
        (at.PLACE_S, head[at.PLACES]),
        (at.BUNDLE_S, head[at.BUNDLES]),
    ):
        head[part] = size
        size += cells
    head[at.S_SIZE] = size
    size = at.W_HEADER
    for part, cells in (
        (at.DAY_MARK, day_rows),
        (at.TASK_MARK, tasks),
        (at.GROUP_MARK, head[at.GROUPS]),
        (at.GAP_MARK, head[at.GAPS]),
        (at.PLACE_MARK, head[at.PLACES]),
        (at.BUNDLE_MARK, head[at.BUNDLES]),
        (at.PERSON_MARK, people),
        (at.DAY_LIST, day_rows),
        (at.TASK_LIST, tasks),
        (at.GROUP_LIST, head[at.GROUPS]),
        (at.QUEUE, tasks),
        (at.SCRATCH, 1024 + 4 * slots),
        (at.EMPTY_LIST, slots),
        (at.FALL_LIST, 2 * at.FALL_ROOM),
        (at.LOG_FIRST, 2 * LOG_ENTRIES),
    ):
        head[part] = size
        size += cells
    head[at.W_SIZE] = size
    head[at.LOG_SIZE] = LOG_ENTRIES
