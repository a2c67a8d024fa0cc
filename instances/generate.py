"""`generate(name, seed)`: every instance that comes with Lianxin, by name.

A generated instance depends on its name and the seed only; the tiny instances ignore the seed.
"""

from collections.abc import Callable, Mapping

from instances import banbianjie, shizishan, tiny
from scheduler.model import Instance

_FAMILIES: dict[str, Mapping[str, Callable[[int, str], Instance]]] = {
    "shizishan": shizishan.INSTANCES,
    "banbianjie": banbianjie.INSTANCES,
    "tiny": tiny.INSTANCES,
}
_MAKERS = {
    f"{family}/{name}" if name else family: maker
    for family, makers in _FAMILIES.items()
    for name, maker in makers.items()
}

NAMES = tuple(_MAKERS)
"""Names of all instances."""


def generate(name: str, seed: int = 1) -> Instance:
    """The instance of that name. Raises KeyError, with the name, for one that is not in NAMES."""
    return _MAKERS[name](seed, name)
