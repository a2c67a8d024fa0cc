"""What a rule writes is filed under whom it is about, for each rule that discovery finds."""

import pytest

from scheduler.engines.exact.requirements import Requirements
from scheduler.facts import Facts
from scheduler.lowered.index import index
from scheduler.lowered.into import Into
from scheduler.model import Instance, Level, Roster, RuleSetting
from scheduler.rules import keys, rules
from scheduler.travel import travel
from tests.contract.tiny import tiny
from tests.rules.build import instance, person, visit

WHOLE = {"known_face", "same_person", "shift_sequence", "travel"}
"""Rules whose hard form is one requirement for all: their primitives have no place for whom."""


def hard(week: Instance, rule: str) -> Instance:
    """The instance with this rule on and hard, and visit_window, without which nothing has a start."""
    chosen = {one: RuleSetting(on=one in (rule, "visit_window")) for one in rules()}
    chosen[rule] = RuleSetting(level=Level.HARD)
    return week.changed(settings=week.settings.model_copy(update={"rules": chosen}))


@pytest.mark.parametrize("rule", rules())
def test_a_hard_rule_is_required_of_what_it_is_about(rule: str) -> None:
    week = hard(tiny(rule), rule)
    required = {one.key for one in Requirements(week).all if one.rule == rule}
    facts = Facts(week, Roster(horizon=week.horizon, instance=week.id, assignments=()))
    known = {*keys(facts, rules()[rule].scope), *keys(facts, "task")}
    assert required <= ({""} if rule in WHOLE else known)


def test_the_outermost_loop_says_for_whom() -> None:
    week = instance(person("a"), person("b"), visit("v"), visit("w"), days=1)
    into = Into(index(week, travel(week)))
    heard = []
    for _, task, _ in into.slots():
        others = [into.whom for _ in into.people()]
        heard.append((into.whom, task.id, others))
    assert heard == [("v", "v", ["v", "v"]), ("w", "w", ["w", "w"])]
    assert [into.whom for _ in into.people()] == ["a", "b"]
    assert into.whom == ""


def test_a_loop_that_is_left_early_says_no_more() -> None:
    week = instance(person("a"), person("b"), days=1)
    into = Into(index(week, travel(week)))
    for _, who in into.people():
        if who.id == "a":
            break
    assert into.whom == ""
    assert [key for key, _ in into.each({"x": 1}) if into.whom == key] == ["x"]
