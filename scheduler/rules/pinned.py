"""What is pinned stays: the person, the place, the start, or that nobody comes.

Unit: 1 for each pin whose slot is empty, or has another person or place, or is filled though it
should stay empty; and ticks by which the filled slots' starts lie farther from a start that keeps
to the pins, the windows and the opening hours than from one that keeps to these alone. (So what
those rules count is not counted twice; all weigh what visit_window does.) A pinned start holds the task's start
so that the slot can start then. A pin that says nothing but its slot binds nothing, and no pin
makes fit who is not: the slot then stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.facts import Facts, Stop
from scheduler.model import Instance, Level, Pin
from scheduler.model.tasks import TaskSlot
from scheduler.rules._rule import Rule, Text, Violation
from scheduler.rules._starts import Spans, admissible, bounds, common, off

if TYPE_CHECKING:
    from scheduler.lowered.into import Into

RULE = Rule(
    level=Level.HARD,
    unit="pin",
    scope="roster",
    name=Text(zh="锁定", en="Pinned"),
    text=Text(
        zh="{task} 没有按锁定的人员、点位或时间安排",
        en="{task} is not done by whom, where and when it is pinned",
    ),
    stage=2,
    weighs_as="visit_window",
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for task, pins in _by_task(facts.instance).items():
        filled = facts.by_task[task]
        amount = sum(_broken(pin, filled.get(pin.slot)) for pin in pins)
        if filled:
            amount += _ticks_off(facts, task, pins)
        if amount:
            yield Violation(amount, {"task": task})


def _by_task(instance: Instance) -> dict[str, list[Pin]]:
    found: dict[str, list[Pin]] = {}
    for pin in instance.pins:
        found.setdefault(pin.task, []).append(pin)
    return found


def _binds(pin: Pin) -> bool:
    return not pin.absent and (pin.person, pin.place, pin.start) != (None, None, None)


def _broken(pin: Pin, stop: Stop | None) -> bool:
    if pin.absent:
        return stop is not None
    if stop is None:
        return _binds(pin)
    return stop.person != (pin.person or stop.person) or stop.place != (pin.place or stop.place)


def _starts(pin: Pin, slots: tuple[TaskSlot, ...]) -> Spans:
    """First and last start of the task with which the pin's slot can start when it should."""
    if pin.absent or pin.start is None:
        return []
    least, most = slots[pin.slot].after
    return [(pin.start - most, pin.start - least)]


def _ticks_off(facts: Facts, task: str, pins: list[Pin]) -> int:
    filled, slots = facts.by_task[task], facts.task_slots[task]
    held = [spans for pin in pins if (spans := _starts(pin, slots))]
    if not held:
        return 0
    place = filled[min(filled)].place
    free = kept = bounds(admissible(facts.instance, facts.instance.task_by_id[task], place))
    for spans in held:
        kept = common(kept, spans)
    if kept:
        return max(0, off(kept, filled, slots) - off(free, filled, slots))
    return max(off(spans, filled, slots) for spans in held)


def lower(into: Into) -> None:
    for task, pins in _by_task(into.instance).items():
        number, slots = into.index.task[task], into.slots_of(task)
        records = into.index.slots[slots[0] : slots[-1] + 1]
        for pin in pins:
            if pin.absent or pin.person is not None:
                others = [one for one, who in into.people() if pin.absent or who.id != pin.person]
                into.forbid(slots[pin.slot], others)
            if _binds(pin):
                into.empty.add(slots[pin.slot], into.points())
                into.window.keep(number, None, _place(into, pin), None)
            if spans := _starts(pin, records):
                into.window.confine(number, None, spans)


def _place(into: Into, pin: Pin) -> int | None:
    return None if pin.place is None else into.index.place[pin.place]
