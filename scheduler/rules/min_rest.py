"""Between one day's work and the next day's lies a rest.

Unit: ticks short, from the last end of a working day to the first start of the next day with work,
however many days later; work before the horizon counts (history's ``last_end``), and is of one day with
what of its night lies inside. Source: common work-safety practice of 11 hours
(Directive 2003/88/EC art. 3 has the same figure); Chinese law sets daily hours only.
"""

from collections.abc import Iterator

from scheduler.facts import Facts
from scheduler.lowered.into import Into
from scheduler.model import Level
from scheduler.model.workdays import EVE
from scheduler.rules.common.rule import Limit, Rule, Text, Violation

RULE = Rule(
    level=Level.HARD,
    unit="minute",
    scope="person",
    name=Text(zh="班间休息", en="Rest between days"),
    text=Text(
        zh="{person} 在 {day} 收工后到次日开工只休息 {rest}，少于规定的 {least}",
        en="{person} rests only {rest} after {day} before the next day's work; the least is {least}",
    ),
    limits=(Limit("rest_minutes", gives=-1),),
    relax=Text(
        zh="缩短 {subject} 的班间休息（现为 {limit}）",
        en="let {subject} rest less between two days (now {limit})",
    ),
    remedy=Text(
        zh="{person} 班间休息缩短 {ticks}",
        en="{person} rests {ticks} less between two days",
    ),
)


def violations(facts: Facts, key: str) -> Iterator[Violation]:
    least = facts.instance.limits(key).rest_minutes
    if least is None:
        return
    ended = facts.instance.past(key).last_end
    before = -1
    for day, stops in facts.by_day[key].items():
        rest = least if ended is None or day == EVE else stops[0].start - ended
        if rest < least:
            yield Violation(
                least - rest, {"person": key, "day": before, "rest": rest, "least": least}
            )
        before, ended = day, stops[-1].end


def lower(into: Into) -> None:
    for person, record in into.people():
        least = into.instance.limits(record.id).rest_minutes
        if least is not None:
            into.follow.rest(person, least, into.points())
