"""What pricing an addition relies on: some rules only grow with more work, those of people look at their own."""

from random import Random

import pytest

from scheduler.facts import Facts
from scheduler.model.tasks import slots, tasks
from scheduler.rules import Rule, keys, rules
from tests.checker.test_pricing import drawn, every_rule, roster_of
from tests.contract.tiny import TINY

ROSTERS = 30
GROWING = [rule for rule in rules().values() if rule.grows]
OF_PEOPLE = [rule for rule in rules().values() if rule.scope == "person"]


def each(some: list[Rule]):
    return pytest.mark.parametrize("rule", some, ids=lambda rule: rule.id)


def weeks(rule: Rule, random: Random):
    """Weeks with every rule on, and drawn rosters of them."""
    for name in (rule.id, *random.sample(sorted(TINY), 2)):
        week = every_rule(TINY[name]())
        most = sum(len(slots(task)) for task in tasks(week))
        for _ in range(ROSTERS):
            yield week, drawn(week, random, most)


@each(GROWING)
def test_more_work_never_makes_its_amount_less(rule: Rule) -> None:
    random = Random(rule.id)
    for week, after in weeks(rule, random):
        before = random.sample(after, random.randint(0, len(after)))
        few, many = (Facts(week, roster_of(week, parts)) for parts in (before, after))
        for key in keys(few, rule.scope):
            amounts = [sum(v.amount for v in rule.violations(one, key)) for one in (few, many)]
            assert amounts == sorted(amounts)


@each(OF_PEOPLE)
def test_it_looks_at_nobody_elses_work(rule: Rule) -> None:
    for week, parts in weeks(rule, Random(rule.id)):
        whole = Facts(week, roster_of(week, parts))
        for person in week.people:
            own = [part for part in parts if part.person == person.id]
            alone = Facts(week, roster_of(week, own))
            told = [list(rule.violations(one, person.id)) for one in (whole, alone)]
            assert told[0] == told[1]
