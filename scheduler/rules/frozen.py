"""What is frozen of a published roster stays as its grade says, and nothing comes before `time`.

Grades, each for what was to start before its moment: `time` keeps people, places and starts, and
leaves empty what was empty; `order` and `person` keep people, places and days, and `order` the order
of each person's tasks as well; `day` keeps the day of what is done. What changes have loosened or taken
away (`Published.standing`) no grade keeps.

Of a crew whose partners may come at several moments, `time` keeps the first start within the span of
those that were published, and not the moment at which each partner comes.

Unit: 1 for each slot that is not as its grade says; ticks by which starts lie outside what the grade
allows, without those that windows, opening hours and pins count; and ticks by which tasks change
their order.
"""

from collections.abc import Iterator

from scheduler.facts import Facts, frozen_order
from scheduler.lowered.into import Into
from scheduler.model import Freeze, Instance, Level, Published, Shift, Visit
from scheduler.model.tasks import slots
from scheduler.rules import pinned
from scheduler.rules.common.concerns import frozen
from scheduler.rules.common.holds import Hold, lower_holds, ticks_off
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="slot",
    scope="task",
    concerns=frozen,
    name=Text(zh="已冻结", en="Frozen"),
    text=Text(
        zh="{task} 已冻结，却没有按原来的人员、点位、日期或先后安排",
        en="{task} is frozen, and not done by whom, where, when or in which order it was",
    ),
    relax=Text(
        zh="缩短冻结的时段，或放开 {subject}",
        en="freeze for a shorter time, or release {subject}",
    ),
    stage=2,
    weighs_as="visit_window",
)

Parts = tuple[Published, ...]
_NOTHING = Freeze()


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    task, filled = facts.instance.task_by_id[key], facts.by_task[key]
    holds = _held(facts.instance, task, facts.published.get(key, ()))
    amount = sum(hold.broken(filled.get(hold.slot)) for hold in holds)
    if holds:
        amount += ticks_off(facts, key, pinned.held(facts, key), holds)
    for before, least in facts.frozen_order.get(key, ()):
        stops = facts.by_task[before].values()
        if stops and filled:
            between = min(stop.start for stop in filled.values()) - max(stop.end for stop in stops)
            amount += max(0, least - between)
    if amount:
        yield Violation(amount, {"task": key})


def _held(instance: Instance, task: Visit | Shift, published: Parts) -> list[Hold]:
    freeze, horizon = instance.freeze, instance.horizon
    if freeze == _NOTHING:
        return []
    published = tuple(part for part in published if part.standing == "firm")
    published_start = min((part.start for part in published), default=None)
    if published_start is None or published_start >= (freeze.time or 0):
        holds = _after(instance, task, freeze.time)
    else:
        return _still(task, published)
    if published_start is None:
        return holds
    firm = max(freeze.order or 0, freeze.person or 0)
    if published_start < max(firm, freeze.day or 0):
        midnight = horizon.day_of(published_start) * horizon.day_ticks
        holds.append(Hold(spans=((midnight, midnight + horizon.day_ticks - 1),), needed=False))
    if published_start < firm:
        holds += [Hold(part.slot, part.person, part.place) for part in published]
    return holds


def _still(task: Visit | Shift, published: Parts) -> list[Hold]:
    """Nothing of the task changes; where starts were spaced, all may start as late as the last did."""
    task_slots, by_slot = slots(task), {part.slot: part for part in published}
    begun = [part.start - task_slots[part.slot].after[0] for part in published]
    span = ((min(begun), max(begun)),)
    return [
        Hold(number, by_slot[number].person, by_slot[number].place, span)
        if number in by_slot
        else Hold(number, absent=True)
        for number in range(len(task_slots))
    ]


def _after(instance: Instance, task: Visit | Shift, time: int | None) -> list[Hold]:
    """The task is not done before the moment; a shift that starts before it stays empty."""
    if time is None:
        return []
    if isinstance(task, Visit):
        return [Hold(spans=((time, instance.horizon.end),), needed=False)]
    if task.start >= time:
        return []
    return [Hold(number, absent=True) for number in range(len(slots(task)))]


def lower(into: Into) -> None:
    published = into.published
    for _, task in into.tasks():
        holds = _held(into.instance, task, published.get(task.id, ()))
        lower_holds(into, task.id, holds)
    for second, befores in into.each(frozen_order(into.instance)):
        for first, least in befores:
            if first in into.index.task and second in into.index.task:
                pair = into.index.task[first], into.index.task[second]
                into.gap.add(*pair, least, None, None, None, into.points(), 0)
