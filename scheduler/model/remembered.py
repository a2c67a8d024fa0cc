"""What a function makes of a record, kept with the record's identity: a changed week has most of its records from before."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

MadeT = TypeVar("MadeT")
MOST = 10_000
"""Records that a function remembers; of more it begins anew."""


def remembered(make: Callable[[Any], MadeT]) -> Callable[[Any], MadeT]:
    """The function, asked once for each record. What it makes is shared, and never changed."""
    known: dict[int, tuple[Any, MadeT]] = {}

    @wraps(make)
    def of(record: Any) -> MadeT:
        # The record is kept too, so that no other has its identity meanwhile.
        found = known.get(id(record))
        if found is None:
            found = record, make(record)
            if len(known) >= MOST:
                known.clear()
            known[id(record)] = found
        return found[1]

    return of
