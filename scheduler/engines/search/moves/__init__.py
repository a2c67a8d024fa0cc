"""The moves. Each file says how often it is tried, where it makes sense, and what it changes.

``share(lowered)``: how often it is tried, against the shares of the other moves.
``supports(lowered)``: whether an instance gives it any room.
``propose(P, T, S, W, limit)``: changes the state's links and leaves times and prices to others; returns
NOTHING where there is nothing to decide, HOPELESS where the change must end above the limit (both have
written nothing), CHANGED where the state waits to be settled and priced, and FAILED where what it did
must be rolled back. `limit`: points above which the move will not be taken.
"""

from importlib import import_module
from types import ModuleType

_NAMES = (
    "relocate",
    "change_person",
    "swap_persons",
    "swap_tasks",
    "change_option",
    "swap_tails",
    "swap_days",
    "vacate",
    "ruin",
    "eject",
    "shift_rest",
    "do_bundle",
)
MOVES: dict[str, ModuleType] = {name: import_module(f"{__name__}.{name}") for name in _NAMES}
"""All moves by name, in the order of `anneal`'s weights."""
