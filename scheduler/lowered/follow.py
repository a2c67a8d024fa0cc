"""Follow: what comes from one day to the next. Way and rest between days, kinds that may not follow."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONG_AGO = -(2**40)
WAYS_BETWEEN_DAYS = 3
"""To the end place, to the start place, to the first stop."""


@dataclass(frozen=True)
class FollowTable:
    """All int64.

    rest: [person], ticks; from the last end of a working day's stops to the first start of the next
        day with stops, however many days later; each tick short costs `rest_short` [person] points
    way_short: [person], points for each tick of the same time short of the way: from the last stop's
        place by way of the person's end place and start place to the first stop's; where that time is
        negative, for each tick of it or of the way, whichever are more
    past_end, past_place: [person], end and place of the last work before the horizon, which the first
        day with stops follows; `LONG_AGO` where there was none, -1 where no way leads on from it
    kind: [slot], index of a kind that a ban names, or -1
    kinds: how many such kinds there are (at most 60)
    bans: [ban, 3]: kind a, kind b, points: for each person and working day on which a is worked and
        b is worked on the next day
    past_kinds: [person], bits of the kinds worked on the day before day 0
    """

    rest: NDArray[np.int64]
    rest_short: NDArray[np.int64]
    way_short: NDArray[np.int64]
    past_end: NDArray[np.int64]
    past_place: NDArray[np.int64]
    kind: NDArray[np.int64]
    kinds: int
    bans: NDArray[np.int64]
    past_kinds: NDArray[np.int64]


class FollowBuilder:
    """Collects rests and bans."""

    def __init__(self, past_end: list[int | None], past_place: list[int], slots: int):
        people = len(past_end)
        self._rest = np.zeros(people, dtype=np.int64)
        self._short = np.zeros(people, dtype=np.int64)
        self._way_short = np.zeros(people, dtype=np.int64)
        self._past_end = np.array(
            [LONG_AGO if end is None else end for end in past_end], dtype=np.int64
        )
        self._past_place = np.array(past_place, dtype=np.int64)
        self._kind = np.full(slots, -1, dtype=np.int64)
        self._names: dict[str, int] = {}
        self._bans: list[tuple[int, int, int]] = []
        self._past_kinds = np.zeros(people, dtype=np.int64)

    def rest(self, person: int, ticks: int, points: int) -> None:
        """Each tick of rest short of `ticks` costs `points`."""
        self._rest[person] = ticks
        self._short[person] += points

    def way(self, person: int, points: int) -> None:
        """Each tick short of the way between two days costs `points`."""
        self._way_short[person] += points

    def kind(self, name: str, slots: list[int]) -> int:
        """The index of a kind; `slots` counts the first time. Raises ValueError beyond 60 kinds."""
        if name not in self._names:
            if len(self._names) == 60:
                raise ValueError("more than 60 kinds in forbidden sequences")
            self._names[name] = len(self._names)
            self._kind[slots] = self._names[name]
        return self._names[name]

    def ban(self, before: int, after: int, points: int) -> None:
        """Kind `after` on the day after kind `before` costs `points`."""
        self._bans.append((before, after, points))

    def past_kind(self, person: int, kind: int) -> None:
        """The person worked this kind on the day before day 0."""
        self._past_kinds[person] |= 1 << kind

    def build(self) -> FollowTable:
        """Freeze."""
        bans = np.array(self._bans, dtype=np.int64).reshape(len(self._bans), 3)
        return FollowTable(
            self._rest,
            self._short,
            self._way_short,
            self._past_end,
            self._past_place,
            self._kind,
            len(self._names),
            bans,
            self._past_kinds,
        )
