"""What tables of the arenas are made of, and the numbers with a meaning in all of them."""

from scheduler.lowered.price import TOP as TOP

CACHE_LINE = 8
"""Cells of int64 in one."""
NONE = -1
"""No slot, no person, no place, no option, no task."""
TIE = -2
"""In the place of a slot: two order keys are equal."""
UNKNOWN = -1
"""Not computed yet."""
NEVER = -(2**60)
"""In the place of a start: not computed yet."""
FAR = 2**62
"""Beyond every cost, start and order key."""
KEY_SHIFT = 20
"""Order keys are ticks shifted by this many bits, so that there is room between two of them."""


class Table:
    """Numbers a row's columns in the order in which they are asked for, what is read most first."""

    def __init__(self) -> None:
        self.width = 0

    def column(self, cells: int = 1) -> int:
        """Where in a row the next column begins."""
        self.width += cells
        return self.width - cells

    @property
    def lines(self) -> int:
        """The width in cells, as whole cache lines."""
        return -(-self.width // CACHE_LINE) * CACHE_LINE
