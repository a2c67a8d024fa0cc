"""A visit starts and ends while its place is open, inside one span of opening.

Unit: ticks by which the filled slots' starts lie farther from a start that keeps to window and
opening hours than from a start that keeps to the window alone; so nothing is counted here that
visit_window counts, whose weight this rule shares. The whole crew has to fit, as if every slot were
filled.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level, Visit
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation
from scheduler.rules.common.starts import bounds, common, off, opening_spans, window_spans

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="task",
    concerns=done,
    name=Text(zh="点位开放时间", en="Opening hours"),
    text=Text(
        zh="{task} 不在 {place} 的开放时间内，相差 {ticks}",
        en="{task} is {ticks} outside the opening hours of {place}",
    ),
    relax=Text(
        zh="延长 {subject} 所在点位的开放时间，或换点位",
        en="open the place of {subject} longer, or choose another one",
    ),
    stage=2,
    weighs_as="visit_window",
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    task, filled = facts.instance.task_by_id[key], facts.by_task[key]
    if not isinstance(task, Visit) or not filled:
        return
    place = filled[min(filled)].place
    opening = opening_spans(facts.instance, task, place)
    if opening is None:
        return
    slots = facts.task_slots[key]
    windows = bounds(window_spans(facts.instance, task))
    both = common(windows, opening)
    if both:
        ticks = off(both, filled, slots) - off(windows, filled, slots)
    else:
        ticks = off(opening, filled, slots)
    if ticks > 0:
        yield Violation(ticks, {"task": key, "place": place, "ticks": ticks})


def lower(into: Into) -> None:
    for number, visit in into.visits():
        for place in visit.places:
            opening = opening_spans(into.instance, visit, place)
            if opening is not None:
                into.window.confine(number, into.index.place[place], opening)
