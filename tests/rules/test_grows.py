"""More work never makes less of what a rule says of a key, where the rule says that it only grows."""

from random import Random

import pytest

from scheduler.facts import Facts
from scheduler.model.tasks import slots, tasks
from scheduler.rules import keys, rules
from tests.checker.test_pricing import drawn, every_rule, roster_of
from tests.contract.tiny import TINY

ROSTERS = 40


@pytest.mark.parametrize(
    "rule", [rule for rule in rules().values() if rule.grows], ids=lambda rule: rule.id
)
def test_it_only_grows(rule) -> None:
    random = Random(rule.id)
    for name in (rule.id, *random.sample(sorted(TINY), 3)):
        week = every_rule(TINY[name]())
        most = sum(len(slots(task)) for task in tasks(week))
        for _ in range(ROSTERS):
            after = drawn(week, random, most)
            before = random.sample(after, random.randint(0, len(after)))
            few, many = (Facts(week, roster_of(week, parts)) for parts in (before, after))
            for key in keys(few, rule.scope):
                amounts = [
                    sum(v.amount for v in rule.violations(facts, key)) for facts in (few, many)
                ]
                assert amounts[0] <= amounts[1]
