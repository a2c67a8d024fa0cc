"""Run: how many days in a row a person works or is off, with what came before the horizon."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENDLESS = 2**31


@dataclass(frozen=True)
class RunTable:
    """All int64 [person].

    A run is a longest stretch of days with work (on) or without (off). A run that touches the last
    day may go on after it, and a run that touches day 0 may have begun before: `past_on` or
    `past_off` days are added to a run of work or of days off. `past_open`: 1 where these days may
    have begun earlier still.
    most_on: each day of a run of work beyond it costs `over_on` points
    least_on, least_off: each day that a run lacks costs `under_on` or `under_off` points; a run
        that touches the last day lacks none, nor does a run that touches day 0, unless the
        history gives the days before (past_on + past_off > 0) and it does not go on with an open one
    """

    most_on: NDArray[np.int64]
    over_on: NDArray[np.int64]
    least_on: NDArray[np.int64]
    under_on: NDArray[np.int64]
    least_off: NDArray[np.int64]
    under_off: NDArray[np.int64]
    past_on: NDArray[np.int64]
    past_off: NDArray[np.int64]
    past_open: NDArray[np.int64]


class RunBuilder:
    """Collects limits on runs."""

    def __init__(self, past_on: list[int], past_off: list[int], past_open: list[bool]):
        people = len(past_on)
        self._most_on = np.full(people, ENDLESS, dtype=np.int64)
        self._least_on = np.ones(people, dtype=np.int64)
        self._least_off = np.ones(people, dtype=np.int64)
        self._points = np.zeros((3, people), dtype=np.int64)
        self._past_on = np.array(past_on, dtype=np.int64)
        self._past_off = np.array(past_off, dtype=np.int64)
        self._past_open = np.array(past_open, dtype=np.int64)

    def most_on(self, person: int, days: int, points: int) -> None:
        """Each day beyond `days` costs `points`; days before the horizon cost nothing any more."""
        self._most_on[person] = days
        self._past_on[person] = min(self._past_on[person], days)
        self._points[0, person] += points

    def least_on(self, person: int, days: int, points: int) -> None:
        """Each day of work short of `days` costs `points`."""
        self._least_on[person] = days
        self._points[1, person] += points

    def least_off(self, person: int, days: int, points: int) -> None:
        """Each day off short of `days` costs `points`."""
        self._least_off[person] = days
        self._points[2, person] += points

    def build(self) -> RunTable:
        """Freeze."""
        over_on, under_on, under_off = self._points
        return RunTable(
            self._most_on,
            over_on,
            self._least_on,
            under_on,
            self._least_off,
            under_off,
            self._past_on,
            self._past_off,
            self._past_open,
        )
