"""A visit starts inside one of its windows, on one of the horizon's days; a shift at its moment.

Unit: ticks by which the filled slots' starts, each less its least `after`, lie outside the window;
between two windows they are late for the earlier one. A window ``[from, to)`` bounds the start,
not the end. Engines let a crew wait past a window's end, at this price, but never start before it.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.visits import places
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation
from scheduler.rules.common.starts import bounds, off, starts_inside, window_spans

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="task",
    concerns=done,
    name=Text(zh="时间窗", en="Time window"),
    text=Text(
        zh="{task} 的开始时间偏离允许时段 {ticks}",
        en="{task} starts {ticks} outside the time that it may",
    ),
    relax=Text(
        zh="放宽 {subject} 的时间窗",
        en="widen the window of {subject}",
    ),
    stage=0,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    filled = facts.by_task[key]
    if not filled or starts_inside(facts, key):
        return
    spans = bounds(window_spans(facts.instance, facts.instance.task_by_id[key]))
    ticks = off(spans, filled, facts.task_slots[key])
    if ticks:
        yield Violation(ticks, {"task": key, "ticks": ticks})


def lower(into: Into) -> None:
    into.window.late_hard = into.points()
    for number, task in into.tasks():
        for span in window_spans(into.instance, task):
            due = into.window.NEVER if span.due is None else span.due
            for place in places(task):
                into.window.option(
                    number, span.day, into.index.place[place], span.first, span.last, due
                )
