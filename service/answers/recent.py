"""What was made last and may be asked for again, within bounds; what was asked for longest ago goes first."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """A bounded memory of a process, for threads.

    most: things kept. most_bytes: their size together, by `size`; a larger one is not kept.
    """

    def __init__(
        self,
        most: int,
        most_bytes: int = 0,
        size: Callable[[Made], int] = lambda _: 0,
    ) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._size = size
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under a key; `make` makes it where it is missing."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            made = make()
            self._keep(key, made)
            return made

    def find(self, key: Hashable) -> Made | None:
        """What is kept under a key, if anything."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, made: Made) -> None:
        """Keep something in the place of what was there."""
        with self._lock:
            self._keep(key, made)

    def _keep(self, key: Hashable, made: Made) -> None:
        if key in self._kept:
            self._bytes -= self._size(self._kept.pop(key))
        self._kept[key] = made
        self._bytes += self._size(made)
        while len(self._kept) > self._most or self._bytes > self._most_bytes:
            self._bytes -= self._size(self._kept.popitem(last=False)[1])
