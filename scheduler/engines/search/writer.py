"""Writer: the parts of an arena, one after the other."""

from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scheduler.engines.search import layout as at


class Writer:
    """Appends parts to an arena and tells where they begin."""

    def __init__(self) -> None:
        self.parts: list[NDArray[np.int64]] = [np.zeros(at.HEADER, dtype=np.int64)]
        self.size = at.HEADER

    def add(self, part: ArrayLike) -> int:
        """Where the part begins; tables begin on a cache line."""
        table = np.ascontiguousarray(part, dtype=np.int64)
        if table.ndim > 1:
            self.parts.append(np.zeros(-self.size % at.CACHE_LINE, dtype=np.int64))
            self.size += len(self.parts[-1])
        begin = self.size
        self.parts.append(table.reshape(-1))
        self.size += table.size
        return begin

    def counted(self, items: Collection[int] | NDArray[np.int64]) -> int:
        """A list as [count, items...]."""
        return self.add([len(items), *items])
