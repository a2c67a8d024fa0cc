"""A visit starts when and where it was published, or a little later; another time costs points.

Unit: filled slots of a published visit that start at another place, before their own published time,
or more than a quarter of an hour after it; a slot that nobody was told of goes by when the visit was to
begin. Where a resident was promised the time, any later start is too late, and each slot counts three.
A slot that changes took from its person counts only under such a promise. A shift cannot move.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Published, Visit
from scheduler.model.tasks import slots
from scheduler.rules.common.concerns import published
from scheduler.rules.common.rule import Rule, Text, Violation

TOLERANCE_MINUTES = 15
PROMISED = 3
"""How much more a promise to a resident weighs than a time that was only published."""

RULE = Rule(
    level=Level.MEDIUM,
    unit="slot",
    scope="task",
    concerns=published,
    name=Text(zh="已通知的时间", en="Told time"),
    text=Text(
        zh="{task} 已通知 {due} 开始，现改为 {moment}",
        en="{task} was to start {due} and now starts {moment}",
    ),
    stage=2,
)


def told_starts(instance: Instance, published: tuple[Published, ...]) -> dict[int, int]:
    """Slot → its published start in ticks, of a visit's slots whose time counts; a shift has none."""
    task = instance.task_by_id[published[0].task]
    if not isinstance(task, Visit):
        return {}
    task_slots = slots(task)
    begin = min(part.start - task_slots[part.slot].after[0] for part in published)
    starts = {number: begin + slot.after[0] for number, slot in enumerate(task_slots)}
    starts |= {part.slot: part.start for part in published}
    if is_promised(published):
        return starts
    lost = {part.slot for part in published if part.standing == "lost"}
    return {slot: start for slot, start in starts.items() if slot not in lost}


def is_promised(published: tuple[Published, ...]) -> bool:
    """Whether a resident was promised the time of these parts of a task."""
    return any(part.promised for part in published)


def tolerance(instance: Instance, published: tuple[Published, ...]) -> int:
    """Ticks after its published start at which a part still starts as published."""
    return 0 if is_promised(published) else TOLERANCE_MINUTES * instance.horizon.ticks_per_minute


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    published = facts.published.get(key, ())
    if not published or not facts.by_task[key]:
        return
    starts, late = told_starts(facts.instance, published), tolerance(facts.instance, published)
    for number, stop in facts.by_task[key].items():
        if number not in starts:
            continue
        told = starts[number]
        if stop.place != published[0].place or not told <= stop.start <= told + late:
            weight = PROMISED if is_promised(published) else 1
            yield Violation(weight, {"task": key, "due": told, "moment": stop.start})


def lower(into: Into) -> None:
    for task, parts in into.each(into.published):
        starts = told_starts(into.instance, parts)
        if not starts:
            continue
        first, slot_indices = min(starts.values()), into.slots_of(task)
        points = into.points(PROMISED if is_promised(parts) else 1)
        into.window.publish(
            into.index.task[task],
            into.index.place[parts[0].place],
            first,
            first + tolerance(into.instance, parts),
            {slot_indices[slot]: (start - first, points) for slot, start in starts.items()},
        )
