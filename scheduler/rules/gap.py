"""Between two visits lie at least and at most so many minutes, or days; one may require the other.

Unit: ticks short or over, from the end of the first's last filled slot to the start of the
second's first; a calendar day short or over counts a day's ticks. A second visit without the
first that it requires counts 1; otherwise a gap costs nothing while either visit is undone.
Source: counselling series, and project stages in order (商议, 申报, 实施, 验收).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Gap, Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="gap",
    name=Text(zh="前后间隔", en="Gap"),
    text=Text(
        zh="{second} 与前一项 {first} 的先后或间隔不合要求，或前一项没有安排，相差 {ticks}",
        en="{second} does not keep its order or distance after {first}, or goes without it: {ticks} off",
    ),
    relax=Text(
        zh="放宽前后间隔：{subject}",
        en="allow another distance: {subject}",
    ),
)


def _outside(value: int, least: int | None, most: int | None) -> int:
    short = 0 if least is None else least - value
    over = 0 if most is None else value - most
    return max(0, short) + max(0, over)


def _ticks(facts: Facts, gap: Gap) -> int:
    before, after = facts.by_task[gap.first], facts.by_task[gap.second]
    if not after:
        return 0
    if not before:
        return int(gap.requires)
    start = min(stop.start for stop in after.values())
    between = start - max(stop.end for stop in before.values())
    days = _day(facts, gap.second) - _day(facts, gap.first)
    return (
        _outside(between, gap.least_minutes, gap.most_minutes)
        + _outside(days, gap.least_days, gap.most_days) * facts.horizon.day_ticks
    )


def _day(facts: Facts, task: str) -> int:
    """Calendar day on which the task's slot 0 starts, or would."""
    slots = facts.task_slots[task]
    filled = facts.by_task[task].items()
    return facts.horizon.day_of(min(stop.start - slots[slot].after[0] for slot, stop in filled))


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    gap = facts.instance.gaps[int(key)]
    ticks = _ticks(facts, gap)
    if ticks:
        yield Violation(ticks, {"first": gap.first, "second": gap.second, "ticks": ticks})


def lower(into: Into) -> None:
    for _, gap in into.gaps():
        into.gap.add(
            into.index.task[gap.first],
            into.index.task[gap.second],
            gap.least_minutes,
            gap.most_minutes,
            gap.least_days,
            gap.most_days,
            into.points(),
            into.points(int(gap.requires)),
        )
