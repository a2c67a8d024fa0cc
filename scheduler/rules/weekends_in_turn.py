"""Weekends go in turn: after a weekend with work comes a free one.

Unit: weekends with work right after a weekend with work, before the horizon too (history's
``weekends``). Work that goes on past midnight counts for either day. The Sunday that a horizon begins
with belongs to the weekend of the Saturday before: was that one worked, then the weekend was counted
there. A night into the first Saturday is work on it.
"""

from collections.abc import Iterator
from itertools import pairwise

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.rules.common.rule import Rule, Text, Violation

RULE = Rule(
    level=Level.SOFT,
    weight=40,
    unit="weekend",
    scope="person",
    grows=True,
    name=Text(zh="周末轮休", en="Weekends in turn"),
    text=Text(
        zh="{person} 上个周末已上班，{day} 的周末又上班",
        en="{person} worked on the weekend before and works again on the weekend of {day}",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    worked, past = facts.touched_days(key), facts.instance.past(key)
    before = past.weekends > 0 and not past.weekend_counted
    begun = past.weekend_begun
    for days in facts.instance.weekends():
        now = begun or any(day in worked for day in days)
        if before and now:
            yield Violation(1, {"person": key, "day": days[0]})
        before, begun = now, False


def lower(into: Into) -> None:
    pieces = [(1, 1, into.points())]
    for person, record in into.people():
        past = into.instance.past(record.id)
        # of each weekend: whether it is worked already, and else the days that decide it
        weekends = [(0, [days]) for days in into.instance.weekends()]
        if weekends and past.weekend_begun:
            weekends[0] = 1, []
        first = int(past.weekends > 0 and not past.weekend_counted), list[list[int]]()
        for (worked, days), (worked_next, days_next) in pairwise([first, *weekends]):
            base, groups = worked + worked_next, days + days_next
            if base + len(groups) > 1:
                into.total.add(
                    person,
                    into.total.STOPS,
                    groups,
                    pieces,
                    any_day=True,
                    base=base,
                    touching=True,
                )
