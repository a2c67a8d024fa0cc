"""A rule's view of the builders, in which some of its calls have no effect."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from scheduler.lowered.into import Into
from scheduler.lowered.lowered import Lowered

BUILDERS = tuple(field.name for field in fields(Lowered) if field.name not in ("index", "scale"))
"""Attributes of `Into` that a rule writes into: one for each primitive."""
_NAMING = ("measure", "kind", "past_kind")
"""Builders' methods that only give names to things."""


@contextmanager
def selective(
    into: Into, drops: Callable[[], bool], instead: Callable[..., None] = lambda *_, **__: None
) -> Iterator[None]:
    """Meanwhile calls of builders have no effect where `drops` says so (see `Into.whom`).

    instead: called in their place with the builder, the method's name and its arguments
    """
    built = {name: getattr(into, name) for name in BUILDERS}
    for name, builder in built.items():
        setattr(into, name, _SelectiveBuilder(builder, drops, instead))
    try:
        yield
    finally:
        for name, builder in built.items():
            setattr(into, name, builder)


class _SelectiveBuilder:
    def __init__(self, builder: Any, drops: Callable[[], bool], instead: Callable[..., None]):
        object.__setattr__(self, "_parts", (builder, drops, instead))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._parts[0], name, value)

    def __getattr__(self, name: str) -> Any:
        builder, drops, instead = self._parts
        method = getattr(builder, name)
        if not callable(method) or name in _NAMING:
            return method

        def call(*args: Any, **more: Any) -> Any:
            return instead(builder, name, *args, **more) if drops() else method(*args, **more)

        return call
