"""Points added up without leaving 64 bits.

A sum stops at `TOP`, above every cost that the search compares; what reaches it is refused (see
`pay` in state.py). So a cost that was kept is exact, however far a tried move went.
"""

from scheduler.engines.compiled import inner
from scheduler.engines.search import layout as at

_TOP = float(at.TOP)


@inner
def plus(points, amount, price):
    """Points and an amount at a price, `TOP` at most."""
    more = at.TOP
    if float(amount) * float(price) < _TOP:
        more = amount * price
    return points + more if points < at.TOP - more else at.TOP
