"""The largest lateness of all counts once more, so that no household bears it alone.

Unit: ticks of the largest lateness over all filled slots (due_date says what is late). Off unless
settings turn it on. Source: the third part of the objective of Mankowska, Meisel and Bierwirth
(2014), 10.1007/s10729-013-9243-1.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation
from scheduler.rules.common.starts import lateness

RULE = Rule(
    level=Level.SOFT,
    unit="minute",
    scope="roster",
    name=Text(zh="最大延误", en="Worst lateness"),
    text=Text(
        zh="延误最久的是 {task}，晚于时限 {ticks}",
        en="{task} is the latest of all, {ticks} after it was due",
    ),
    on=False,
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    late = [
        (ticks, stop.task.id) for task in facts.by_task for stop, ticks in lateness(facts, task)
    ]
    if late:
        ticks, task = max(late, key=lambda entry: entry[0])
        yield Violation(ticks, {"task": task, "ticks": ticks})


def lower(into: Into) -> None:
    into.window.at_end = into.instance.settings.late_at == "end"
    into.window.worst = into.points()
