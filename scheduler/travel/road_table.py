"""The ways between places as a road server tells them."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LONGEST_SECONDS = 10**7
"""A way takes no longer: four months."""
_LONGEST_METRES = 10**8
_MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class RoadTable:
    """Seconds and metres between places, float64 [from, to]; nan where there is no way, or none is told."""

    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]

    @classmethod
    def empty(cls, side: int) -> "RoadTable":
        """A table without any way."""
        return cls(np.full((side, side), np.nan), np.full((side, side), np.nan))

    def as_bytes(self) -> bytes:
        """The table for a store."""
        return zlib.compress(self.seconds.tobytes() + self.metres.tobytes(), 1)

    @classmethod
    def of_bytes(cls, kept: bytes) -> "RoadTable | None":
        """The table of a store's bytes; None where they are none."""
        try:
            both = np.frombuffer(zlib.decompressobj().decompress(kept, _MOST_BYTES))
            side = int(np.sqrt(len(both) // 2))
            seconds, metres = both.reshape(2, side, side)
        except (zlib.error, ValueError):
            return None
        return cls(seconds, metres)


def cells(rows: object, shape: tuple[int, int], *, seconds: bool) -> NDArray[np.float64] | None:
    """Rows of numbers and nulls as an array; None for another shape, or where a value cannot be meant."""
    if not isinstance(rows, list) or len(rows) != shape[0]:
        return None
    values: list[float] = []
    for row in rows:
        if not isinstance(row, list) or len(row) != shape[1]:
            return None
        for cell in row:
            if cell is None:
                values.append(np.nan)
            elif isinstance(cell, bool) or not isinstance(cell, int | float):
                return None
            elif 0 <= cell <= (_LONGEST_SECONDS if seconds else _LONGEST_METRES):
                values.append(float(cell))
            else:
                return None
    return np.array(values, dtype=float).reshape(shape)
