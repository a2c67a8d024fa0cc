"""What every kind of travel yields."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["walk", "e_bike"]
MODES: tuple[Mode, ...] = ("walk", "e_bike")

MOST_TICKS = 10**9
"""A way is no longer, so that it fits 32 bits: eleven days in sixty-thousandths of a minute."""


@dataclass(frozen=True)
class Travel:
    """Ticks and metres between places, in the instance's order of places.

    ticks: int32 [mode, from, to], modes as in `MODES`; zero on the diagonal.
    metres: int32 [from, to]; zeros where the source knows no distances.
    no_way: bool [mode, from, to]; pairs without any way, whose ticks and metres are 0. None: no pair is.
    """

    index: dict[str, int]
    ticks: NDArray[np.int32]
    metres: NDArray[np.int32]
    no_way: NDArray[np.bool_] | None = None

    def between(self, mode: str, start: str, end: str) -> int:
        """Ticks from one place to another."""
        return int(self.ticks[MODES.index(mode), self.index[start], self.index[end]])

    def has_way(self, mode: str, start: str, end: str) -> bool:
        """Whether there is a way from one place to another."""
        if self.no_way is None:
            return True
        return not self.no_way[MODES.index(mode), self.index[start], self.index[end]]

    def distance(self, start: str, end: str) -> int:
        """Metres from one place to another."""
        return int(self.metres[self.index[start], self.index[end]])
