"""What is pinned stays: the person, the place, the start, or that nobody comes.

Unit: 1 for each pin whose slot is empty, or has another person or place, or is filled though it
should stay empty; and ticks by which the filled slots' starts lie farther from a start that keeps
to the pins, the windows and the opening hours than from a start that keeps to the latter two alone
(which visit_window and opening_hours count; all three have visit_window's weight).

A pinned start confines the task's start to moments at which the slot can start then; where starts of a
crew are spaced and pinned, all may start as late as the last of them. A pin that
names nothing but its slot has no effect. A pinned person who does not fit the slot still may not
fill it: it stays empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Pin
from scheduler.model.tasks import slots
from scheduler.rules.common.concerns import pinned
from scheduler.rules.common.holds import Hold, lower_holds, ticks_off
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="pin",
    scope="task",
    concerns=pinned,
    name=Text(zh="锁定", en="Pinned"),
    text=Text(
        zh="{task} 没有按锁定的人员、点位或时间安排",
        en="{task} is not done by whom, where and when it is pinned",
    ),
    relax=Text(
        zh="解除或改动对 {subject} 的锁定",
        en="release or change the pin of {subject}",
    ),
    stage=2,
    weighs_as="visit_window",
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    holds = held(facts, key)
    if not holds:
        return
    filled = facts.by_task[key]
    amount = sum(hold.broken(filled.get(hold.slot)) for hold in holds)
    amount += ticks_off(facts, key, (), holds)
    if amount:
        yield Violation(amount, {"task": key})


def held(facts: Facts, task: str) -> list[Hold]:
    """What the pins of a task hold."""
    return _holds(facts.instance, facts.pins.get(task, ()))


def _holds(instance: Instance, pins: Sequence[Pin]) -> list[Hold]:
    """What the pins of one task hold; where starts of its crew are spaced, all may start as late as the last."""
    holds = [_hold(instance, pin) for pin in pins]
    bounds = [span for hold in holds for span in hold.spans]
    begun = [
        pin.start - slots(instance.task_by_id[pin.task])[pin.slot].after[0]
        for pin in pins
        if pin.start is not None and not pin.absent
    ]
    first, last = max((s for s, _ in bounds), default=0), min((s for _, s in bounds), default=0)
    if first > last or last >= max(begun, default=0):
        return holds
    return [replace(hold, spans=((first, max(begun)),)) if hold.spans else hold for hold in holds]


def _hold(instance: Instance, pin: Pin) -> Hold:
    if pin.absent:
        return Hold(pin.slot, absent=True)
    spans: tuple[tuple[int, int], ...] = ()
    if pin.start is not None:
        # First and last start of the task with which the pin's slot can start when it should.
        least, most = slots(instance.task_by_id[pin.task])[pin.slot].after
        spans = ((pin.start - most, pin.start - least),)
    binds = (pin.person, pin.place, pin.start) != (None, None, None)
    return Hold(pin.slot, pin.person, pin.place, spans, needed=binds)


def lower(into: Into) -> None:
    pins_by_task: dict[str, list[Pin]] = {}
    for pin in into.instance.pins:
        pins_by_task.setdefault(pin.task, []).append(pin)
    for task, pins in into.each(pins_by_task):
        lower_holds(into, task, _holds(into.instance, pins))
