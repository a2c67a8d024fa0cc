"""Instances that can be solved by hand: one a file, each with its reasoning and its best score.

A file holds a docstring and ``TINY``; its name is the instance's: ``tiny/crew_meets``.
"""

import pkgutil
from functools import cache, partial
from importlib import import_module
from typing import cast

from instances.tiny._build import Tiny
from scheduler.model import Instance

__all__ = ["INSTANCES", "NAMES", "Tiny", "tiny"]

NAMES = tuple(
    module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
)
"""Names of all tiny instances, in alphabetical order."""


@cache
def tiny(name: str) -> Tiny:
    """The instance with its best roster. Raises ModuleNotFoundError for a name that is not in NAMES."""
    module = import_module(f"{__name__}.{name}")
    return cast(Tiny, module.TINY)


def _instance(name: str, _seed: int, _full_name: str) -> Instance:
    return tiny(name).instance


INSTANCES = {name: partial(_instance, name) for name in NAMES}
"""By name: a function of seed (which changes nothing) and full name."""
