"""Requirements: the hard rules of an instance, key by key, and its lowering without some of them.

What a rule writes for one key (a person, a task, a place …) is told from the arguments with which
it calls the builders. Structural rules, which engines cannot break, write nothing and are none.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from scheduler.lowered import Lowered
from scheduler.lowered.index import Index, index
from scheduler.lowered.into import Into
from scheduler.lowered.price import STANDARD
from scheduler.model import Instance, Level, Visit
from scheduler.rules import Active, active
from scheduler.travel import travel

BUILDERS = (
    "fit",
    "window",
    "empty",
    "crew",
    "gap",
    "travel",
    "day",
    "total",
    "run",
    "follow",
    "distinct",
    "capacity",
)
PLACING = 0
"""Stage of the rules that make options and presence: needed whatever their level."""


@dataclass(frozen=True, order=True)
class Requirement:
    """A hard rule for one key: the id of a person, task, place or bundle, the number of a gap.

    Rules about the whole roster have the task that they hold (a pin's), else "".
    """

    rule: str
    key: str


class Requirements:
    """An instance whose hard rules can be dropped one by one."""

    def __init__(self, instance: Instance):
        self._index = index(instance, travel(instance))
        self._rules = [
            rule
            for rule in active(instance)
            if rule.level is Level.HARD or rule.rule.stage == PLACING
        ]

    @cached_property
    def every(self) -> tuple[Requirement, ...]:
        """All requirements, in order of rules and of their keys' first appearance."""
        seen: dict[Requirement, None] = {}
        self._lower(lambda one: bool(seen.setdefault(one)))
        return tuple(seen)

    def narrowed(self, tasks: Set[int]) -> Requirements:
        """The same without other tasks; every gap must lie between two of these."""
        kept = {self._index.tasks[task].id for task in tasks}
        whole = self._index.instance
        return Requirements(
            whole.changed(
                visits=tuple(one for one in whole.visits if one.id in kept),
                shifts=tuple(one for one in whole.shifts if one.id in kept),
                pins=tuple(one for one in whole.pins if one.task in kept),
            )
        )

    def lowered(self, kept: Set[Requirement]) -> Lowered:
        """The primitives of the hard rules of these requirements alone."""
        return self._lower(lambda one: one not in kept)

    def _lower(self, drops: Callable[[Requirement], bool]) -> Lowered:
        into = Into(self._index, STANDARD)
        built = {name: getattr(into, name) for name in BUILDERS}
        for rule in self._rules:
            into.level, into.weight = rule.level, rule.weight
            for name, builder in built.items():
                hard = rule.level is Level.HARD
                told = _Told(builder, rule, self._index, drops) if hard else builder
                setattr(into, name, told)
            rule.lower(into)
        made = {name: builder.build() for name, builder in built.items()}
        return Lowered(index=self._index, scale=STANDARD, **made)


class _Told:
    """A builder that is told what one rule says, but for the requirements that are dropped."""

    def __init__(
        self, builder: Any, rule: Active, index: Index, drops: Callable[[Requirement], bool]
    ):
        object.__setattr__(self, "_parts", (builder, rule, index, drops))
        object.__setattr__(self, "_calls", 0)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._parts[0], name, value)

    def __getattr__(self, name: str) -> Any:
        builder, rule, index, drops = self._parts
        method = getattr(builder, name)
        if not inspect.ismethod(method) or name in _NAMING:
            return method

        def call(*args: Any, **more: Any) -> Any:
            told = _arguments(method.__func__)(builder, *args, **more)
            key = _key(index, told, self._calls)
            object.__setattr__(self, "_calls", self._calls + 1)
            if not drops(Requirement(rule.rule.id, key)):
                return method(*args, **more)
            if name == "option":
                _anywhen(builder, index, told)
            return None

        return call


_NAMING = ("measure", "kind", "past_kind")
"""Builders' methods that only give names to things."""


@cache
def _arguments(function: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    signature = inspect.signature(function)
    return lambda *args, **more: dict(signature.bind(*args, **more).arguments)


def _key(index: Index, told: dict[str, Any], calls: int) -> str:
    if "slot" in told:
        return index.tasks[index.task_of[told["slot"]]].id
    if "task" in told:
        return index.tasks[told["task"]].id
    if "tasks" in told and "place" not in told:
        first = index.tasks[told["tasks"][0]]
        return (first.bundle or "") if isinstance(first, Visit) else ""
    if "person" in told:
        return index.people[told["person"]]
    if "place" in told:
        return index.instance.places[told["place"]].id
    return str(calls) if "first" in told else ""


def _anywhen(builder: Any, index: Index, told: dict[str, Any]) -> None:
    """A task without its window may start at any moment of the horizon, at the same place."""
    for day in range(index.days):
        first = day * index.day_ticks
        builder.option(told["task"], day, told["place"], first, first + index.day_ticks - 1)
