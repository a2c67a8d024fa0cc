"""The arenas of a problem: P and T, the empty state S, the scratch W, and where these two have what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.search import layout as at

LOG_ENTRIES = 400_000


@dataclass(frozen=True)
class Arena:
    """P: int64, T: int32; both flat and never written."""

    P: NDArray[np.int64]
    T: NDArray[np.int32]

    def state(self) -> NDArray[np.int64]:
        """A state with every slot empty, priced but for what an empty roster costs by itself."""
        P = self.P
        S = on_cache_line(np.zeros(P[at.S_SIZE], dtype=np.int64))
        self.stops(S)[:, [at.STOP_PERSON, at.STOP_NEXT, at.STOP_PREV, at.STOP_PLACE]] = at.NONE
        self.routes(S)[:, [at.ROUTE_HEAD, at.ROUTE_TAIL]] = at.NONE
        self.crews(S)[:, at.CREW_OPTION] = at.NONE
        S[at.COST] = self.slots[:, at.SLOT_EMPTY_POINTS].sum()
        return S

    @property
    def slots(self) -> NDArray[np.int64]:
        """int64 [slot, SLOT_...], a view of P."""
        return _table(self.P, self.P[at.SLOT_ROWS], self.P[at.SLOTS], at.SLOT_WIDTH)

    @property
    def tasks(self) -> NDArray[np.int64]:
        """int64 [task, TASK_...], a view of P."""
        return _table(self.P, self.P[at.TASK_ROWS], self.P[at.TASKS], at.TASK_WIDTH)

    def stops(self, S: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64 [slot, STOP_...], a view of a state."""
        return _table(S, at.STOP_ROWS, self.P[at.SLOTS], at.STOP_WIDTH)

    def crews(self, S: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64 [task, CREW_...], a view of a state."""
        return _table(S, self.P[at.CREW_ROWS], self.P[at.TASKS], at.CREW_WIDTH)

    def routes(self, S: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64 [person-day, ROUTE_...], a view of a state."""
        person_days = self.P[at.PEOPLE] * self.P[at.DAYS]
        return _table(S, self.P[at.ROUTE_ROWS], person_days, at.ROUTE_WIDTH)

    def outcomes(self, W: NDArray[np.int64]) -> NDArray[np.int64]:
        """int64 [kind of move, OUTCOME_...], a view of a scratch."""
        return _table(W, at.OUTCOME_ROWS, at.MOVE_ROOM, at.OUTCOME_WIDTH)

    def scratch(self, seed: int) -> NDArray[np.int64]:
        """A thread's own scratch, its random state drawn from the seed."""
        W = np.zeros(self.P[at.W_SIZE], dtype=np.int64)
        W[at.RANDOM] = np.random.SeedSequence(seed).generate_state(1, np.uint64).view(np.int64)[0]
        return W


def _table(arena: NDArray[np.int64], begin: int, rows: int, width: int) -> NDArray[np.int64]:
    return arena[begin : begin + rows * width].reshape(-1, width)


def on_cache_line(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """A copy whose first cell begins a cache line."""
    room = np.empty(len(cells) + at.CACHE_LINE, dtype=np.int64)
    begin = -(room.ctypes.data // room.itemsize) % at.CACHE_LINE
    copy = room[begin : begin + len(cells)]
    copy[:] = cells
    return copy


def place_state(head: NDArray[np.int64]) -> None:
    """Where S's tables begin."""
    people, person_days = head[at.PEOPLE], head[at.PEOPLE] * head[at.DAYS]
    size = at.STOP_ROWS + head[at.SLOTS] * at.STOP_WIDTH
    head[at.S_SIZE] = _place(
        head,
        size,
        (at.CREW_ROWS, head[at.TASKS] * at.CREW_WIDTH),
        (at.ROUTE_ROWS, person_days * at.ROUTE_WIDTH),
        (at.RESTED_CELLS, head[at.SLOTS]),
        (at.WANTED_CELLS, head[at.SLOTS]),
        (at.MEASURE_CELLS, person_days * head[at.MEASURES]),
        (at.WEEK_CELLS, people),
        (at.FOLLOW_CELLS, people),
        (at.IDLE_CELLS, person_days),
        (at.IDLE_ROWS, people * at.IDLE_WIDTH),
        (at.GROUP_CELLS, head[at.GROUPS]),
        (at.GAP_CELLS, head[at.GAPS]),
        (at.PLACE_CELLS, head[at.ROOMS]),
        (at.BUNDLE_CELLS, head[at.BUNDLES]),
    )


def place_scratch(head: NDArray[np.int64], largest_crew: int) -> None:
    """Where W's parts begin."""
    person_days = head[at.PEOPLE] * head[at.DAYS]
    head[at.LOG_SIZE] = LOG_ENTRIES
    head[at.W_SIZE] = _place(
        head,
        at.SCRATCH_HEADER,
        (at.DAY_MARKS, person_days),
        (at.TASK_MARKS, head[at.TASKS]),
        (at.GROUP_MARKS, head[at.GROUPS]),
        (at.GAP_MARKS, head[at.GAPS]),
        (at.PLACE_MARKS, head[at.ROOMS]),
        (at.BUNDLE_MARKS, head[at.BUNDLES]),
        (at.WEEK_MARKS, head[at.PEOPLE]),
        (at.FOLLOW_MARKS, head[at.PEOPLE]),
        (at.TOUCHED_DAYS, person_days),
        (at.TOUCHED_TASKS, head[at.TASKS]),
        (at.TOUCHED_GROUPS, head[at.GROUPS]),
        (at.QUEUE, head[at.TASKS]),
        (at.CREW_PEOPLE, largest_crew),
        (at.CREW_READY, largest_crew),
        (at.CREW_STARTS, largest_crew),
        (at.CREW_BEFORE, largest_crew),
        (at.CREW_AFTER, largest_crew),
        (at.OUSTING_CREW, largest_crew),
        (at.OFFER_ROWS, at.OFFERS * at.OFFER_WIDTH),
        (at.PLACE_SPANS, 2 * head[at.TASKS]),
        (at.STOPS_OUT, at.MOST_OUT),
        (at.MORE_STOPS_OUT, at.MOST_OUT),
        (at.EMPTY_SLOTS, head[at.SLOTS]),
        (at.FALL_ROWS, at.FALL_ROOM * at.FALL_WIDTH),
        (at.FALLEN_ROWS, head[at.SLOTS] * at.FALLEN_WIDTH),
        (at.ENTRY_ROWS, LOG_ENTRIES * at.ENTRY_WIDTH),
    )


def _place(head: NDArray[np.int64], begin: int, *parts: tuple[int, int]) -> int:
    """Write where parts of so many cells begin, one behind the other; where the last one ends."""
    for part, cells in parts:
        head[part] = begin
        begin += cells
    return begin
