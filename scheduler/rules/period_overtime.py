"""A period's overtime stays within its limit.

Unit: ticks of work over the horizon, travel included where settings count it, beyond the contract's
share of the horizon plus what is left of ``period_overtime`` after history's ``overtime``. A long
day is no overtime of the period where a short day makes up for it. Source: Labour Law art. 41 (36
hours a month).
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.facts.contract import contract
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="周期加班上限", en="Overtime of the period"),
    text=Text(
        zh="{person} 在本周期工作 {work}，合同工时与剩余加班额度合计只有 {most}",
        en="{person} works {work} in the period; contract hours and the overtime left are {most} in all",
    ),
    limits=(Limit("period_overtime", gives=1), Limit("contract_minutes")),
    relax=Text(
        zh="放宽 {subject} 的加班上限（现为 {limit}）",
        en="let {subject} work more overtime (now {limit})",
    ),
    remedy=Text(
        zh="{person} 本周期加班放宽 {ticks}",
        en="{person} works {ticks} more overtime",
    ),
)


def _most(instance: Instance, person: str) -> int | None:
    share, overtime = contract(instance, person), instance.limits(person).period_overtime
    if share is None or overtime is None:
        return None
    return share + max(0, overtime - instance.past(person).overtime)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    most = _most(facts.instance, key)
    if most is None:
        return
    work = sum(facts.work_ticks(key, day) for day in facts.days(key))
    if work > most:
        yield Violation(work - most, {"person": key, "work": work, "most": most})


def lower(into: Into) -> None:
    for person, record in into.people():
        most = _most(into.instance, record.id)
        if most is not None:
            into.total.add(
                person, into.total.WORK, [list(into.days(record.id))], [(1, most, into.points())]
            )
