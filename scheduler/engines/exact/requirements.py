"""Requirements: the hard rules of an instance, key by key, and its lowering without some of them.

A rule writes for a key (a person, a task, a place …) while `Into.whom` is that key. Structural rules,
which engines cannot break, write nothing and make no requirements.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.facts.visits import places
from scheduler.lowered import Lowered
from scheduler.lowered.index import Index, index
from scheduler.lowered.into import Into
from scheduler.lowered.price import STANDARD
from scheduler.lowered.selective import selective
from scheduler.model import Instance, Level
from scheduler.rules import active
from scheduler.rules.common.starts import window_spans
from scheduler.travel import travel

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
    def all(self) -> tuple[Requirement, ...]:
        """All requirements, in order of rules and of their keys' first appearance."""
        seen: dict[Requirement, None] = {}
        self._lower(lambda requirement: bool(seen.setdefault(requirement)))
        return tuple(seen)

    def narrowed(self, tasks: Set[int]) -> Requirements:
        """The same without other tasks; every gap must lie between two of these."""
        kept = {self._index.tasks[task].id for task in tasks}
        whole = self._index.instance
        return Requirements(
            whole.changed(
                visits=tuple(visit for visit in whole.visits if visit.id in kept),
                shifts=tuple(shift for shift in whole.shifts if shift.id in kept),
                pins=tuple(pin for pin in whole.pins if pin.task in kept),
            )
        )

    @property
    def whole(self) -> Lowered:
        """The primitives of all the hard rules."""
        return self._lower(lambda _: False)

    def lowered(self, kept: Set[Requirement]) -> Lowered:
        """The primitives of the hard rules of these requirements alone."""
        return self._lower(lambda requirement: requirement not in kept)

    def _lower(self, drops: Callable[[Requirement], bool]) -> Lowered:
        into = Into(self._index, STANDARD)
        for rule in self._rules:
            into.level, into.weight = rule.level, rule.weight
            if rule.level is not Level.HARD:
                rule.lower(into)
                continue
            with selective(into, _dropped(into, rule.rule.id, drops), _instead(into)):
                rule.lower(into)
                if rule.rule.id == "visit_window":
                    self._windowless(into, drops)
        return into.build()

    def _windowless(self, into: Into, drops: Callable[[Requirement], bool]) -> None:
        """Tasks whose windows allow no start at all write nothing that could be dropped, but require it."""
        instance = self._index.instance
        for number, task in enumerate(self._index.tasks):
            if not window_spans(instance, task) and drops(Requirement("visit_window", task.id)):
                for place in places(task):
                    _allow_any_time(into.window, self._index, number, 0, self._index.place[place])


def _dropped(into: Into, rule: str, drops: Callable[[Requirement], bool]) -> Callable[[], bool]:
    """Whether what the rule writes just now is for a requirement that is dropped."""
    return lambda: drops(Requirement(rule, into.whom))


def _instead(into: Into) -> Callable[..., None]:
    """What a dropped call does: a task without its window may start at any time, at the same place."""

    def call(builder: Any, name: str, *args: Any, **more: Any) -> None:
        if name == "option":
            _allow_any_time(builder, into.index, *args, **more)

    return call


def _allow_any_time(builder: Any, index: Index, task: int, _day: int, place: int, *_: int) -> None:
    """A task without its window may start at any moment of the horizon, at the same place."""
    for other in range(index.days):
        first = other * index.day_ticks
        builder.option(task, other, place, first, first + index.day_ticks - 1)
