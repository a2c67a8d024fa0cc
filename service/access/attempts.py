"""How often somebody may try to sign in: the more attempts fail, the longer the wait.

Kept in the memory of this process: a few web processes each allow so many, and a restart forgets
them; Argon2id, two at once, is the second bound. Attempts on an account from one address do not keep
its owner out at another, and those who signed in from an address before are not held up by strangers.
"""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Sequence

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.problems import ServiceError

PAIR = parse_many("5/minute; 20/hour; 50/day")
"""On an account from an address, until one succeeds."""
ADDRESS = parse_many("60/minute; 600/hour")
"""On all accounts from an address; behind one there may be a whole office."""
ACCOUNT = parse_many("20/minute; 200/hour")
"""On an account from all addresses from which it has not signed in."""
TOKEN = parse_many("30/minute")
"""Wrong tokens from an address."""
_MOST_KNOWN = 10_000


class Attempts:
    """Counts attempts by account and by address."""

    def __init__(self) -> None:
        self._limits = MovingWindowRateLimiter(MemoryStorage())
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def begin(self, name: str, address: str) -> None:
        """Count an attempt to sign in before it is looked at. Raises ServiceError where there were too many."""
        address = _network(address)
        self._count(ADDRESS, "address", address)
        self._count(PAIR, "pair", name, address)
        if (name, address) not in self._known:
            self._count(ACCOUNT, "account", name)

    def succeed(self, name: str, address: str) -> None:
        """An attempt was right: earlier ones from this address do not count any more."""
        address = _network(address)
        for limit in PAIR:
            self._limits.clear(limit, "pair", name, address)
        self._known[name, address] = None
        self._known.move_to_end((name, address))
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    def wrong_token(self, address: str) -> None:
        """Count a token that nobody has. Raises ServiceError where there were too many."""
        self._count(TOKEN, "token", _network(address))

    def _count(self, limits: Sequence[RateLimitItem], *what: str) -> None:
        for limit in limits:
            if not self._limits.hit(limit, *what):
                left = self._limits.get_window_stats(limit, *what).reset_time - time.time()
                raise ServiceError("too_many_attempts", retry_after=max(1, math.ceil(left)))


def _network(address: str) -> str:
    """The address, of IPv6 the part that an office or a home has to itself."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False) if known.version == 6 else known)
