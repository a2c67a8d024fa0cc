"""What starts (or ends, as the settings say) after it is due costs points for each tick.

Unit: ticks late, for each filled slot. Due is what the visit's window says, else the visit.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.concerns import done
from scheduler.rules.common.rule import Rule, Text, Violation
from scheduler.rules.common.starts import lateness

RULE = Rule(
    level=Level.SOFT,
    unit="minute",
    scope="task",
    concerns=done,
    name=Text(zh="办理时限", en="Due date"),
    text=Text(
        zh="{person} 承担 {task} 晚于时限 {ticks}",
        en="{person} comes to {task} {ticks} after it was due",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    for stop, ticks in lateness(facts, key):
        yield Violation(ticks, {"person": stop.person, "task": key, "ticks": ticks})


def lower(into: Into) -> None:
    into.window.at_end = into.instance.settings.late_at == "end"
    for number, _ in into.visits():
        into.window.late(number, into.points())
