"""A visit starts when and where it was published, or a little later; another time costs points.

Unit: filled slots of a published visit that start at another place, before the published time, or
more than a quarter of an hour after it. Where a resident was promised the time, any later start is
too late, and each slot counts three. A shift cannot move.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Published, Visit
from scheduler.model.tasks import slots
from scheduler.rules.common.rule import Rule, Text, Violation

TOLERANCE_MINUTES = 15
PROMISED = 3
"""How much more a promise to a resident weighs than a time that was only published."""

RULE = Rule(
    level=Level.MEDIUM,
    unit="slot",
    scope="task",
    name=Text(zh="已通知的时间", en="Told time"),
    text=Text(
        zh="{task} 已通知 {due} 开始，现改为 {moment}",
        en="{task} was to start {due} and now starts {moment}",
    ),
    stage=2,
)


def published_span(
    instance: Instance, published: tuple[Published, ...]
) -> tuple[int, int, int] | None:
    """(first start, last start, weight) of a published visit's slot 0, in ticks; None for a shift."""
    task = instance.task_by_id[published[0].task]
    if not isinstance(task, Visit):
        return None
    task_slots = slots(task)
    first = min(part.start - task_slots[part.slot].after[0] for part in published)
    if any(part.promised for part in published):
        return first, first, PROMISED
    return first, first + TOLERANCE_MINUTES * instance.horizon.ticks_per_minute, 1


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    published = facts.published.get(key, ())
    span = published_span(facts.instance, published) if published else None
    if span is None:
        return
    first, last, weight = span
    place = published[0].place
    for number, stop in facts.by_task[key].items():
        begun = stop.start - facts.task_slots[key][number].after[0]
        if stop.place != place or not first <= begun <= last:
            yield Violation(weight, {"task": key, "due": first, "moment": stop.start})


def lower(into: Into) -> None:
    for task, parts in into.each(into.published()):
        span = published_span(into.instance, parts)
        if span is not None:
            first, last, weight = span
            place = into.index.place[parts[0].place]
            into.window.publish(into.index.task[task], place, first, last, into.points(weight))
