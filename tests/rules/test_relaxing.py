"""A rule that gives way gives way far enough, and says so in both languages."""

from collections.abc import Iterator, Sequence

import pytest

from scheduler.checker import check
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import Instance, Limits, Roster
from scheduler.rules import Rule, rules
from scheduler.rules.common.rule import SOFTEN
from scheduler.rules.lower import lower
from tests.contract.test_rules import PLACING, settled
from tests.contract.tiny import TINY
from tests.plain.rosters import answers
from tests.rules.build import roster as roster_of
from tests.rules.test_every_rule import slots

YIELDING = [rule for rule in rules().values() if rule.gives_way]


def each(chosen: Sequence[Rule]):
    return pytest.mark.parametrize("rule", chosen, ids=lambda rule: rule.id)


def test_many_rules_give_way_and_not_all() -> None:
    assert {"min_rest", "weekly_minutes", "availability"} <= {rule.id for rule in YIELDING}
    assert not rules()["skill"].gives_way
    with pytest.raises(ValueError, match="skill"):
        rules()["skill"].relaxed(TINY["skill"](), TINY["skill"]().people[0], 1, ())


def rosters(week: Instance) -> Iterator[Roster]:
    """Rosters of people who know no rule but where and when work may be."""
    free = lower(settled(week, set(PLACING)))
    return (to_roster(free, one.answer) for one in answers(free, 400))


@each(YIELDING)
def test_relaxed_by_the_amount_of_a_breach_the_rule_is_kept(rule: Rule) -> None:
    week = settled(TINY[rule.id](), {rule.id})
    owing = {one.key for one in check(week, roster_of(week)).findings}
    relaxed = 0
    for found in rosters(week):
        findings = [one for one in check(week, found).findings if one.key not in owing]
        if len(findings) != 1:
            continue  # nothing is promised where several breaches add up
        who = week.person_by_id[findings[0].key]
        work = [one for one in found.assignments if one.person == who.id]
        if not rule.limits and len(work) > 1:
            continue  # presence is widened around one piece of work
        more = rule.relaxed(week, who, findings[0].violation.amount, work)
        people = tuple(more if one.id == who.id else one for one in week.people)
        left = check(week.changed(people=people), found).findings
        assert {one.key for one in left} <= owing
        relaxed += 1
    assert relaxed


@each(list(rules().values()))
def test_its_words_for_giving_way_have_slots_that_are_filled(rule: Rule) -> None:
    assert slots(rule.relax.zh) == slots(rule.relax.en) <= {"rule", "subject", "limit"}
    assert slots(rule.remedy.zh) == slots(rule.remedy.en) <= {"person", "when", "ticks", "count"}
    if rule.gives_way:
        amount = "ticks" if rule.unit == "minute" else "count"
        assert {"person", amount} <= slots(rule.remedy.zh)
        assert rule.relax != SOFTEN
    else:
        assert not rule.remedy.zh
    assert "limit" not in slots(rule.relax.zh) or rule.shown_limits


@each(list(rules().values()))
def test_its_limits_are_those_of_people(rule: Rule) -> None:
    assert {limit.name for limit in rule.limits} <= set(Limits.model_fields)
    assert sum(limit.gives != 0 for limit in rule.limits) <= 1
