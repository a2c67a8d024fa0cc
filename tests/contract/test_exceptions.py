"""A rule that gives way means the same to the checker and to every engine.

For each rule that a coordinator may break, on its tiny instance: some rosters that break it are taken as
made by hand, for a reason. With the exceptions that come of it nothing of the rule is broken, engines
can make the roster, and all of them price every roster of the instance alike.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from scheduler.checker import check
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import to_roster
from scheduler.lowered.price import STANDARD
from scheduler.model import Exemption, Instance, Level, Roster
from scheduler.model.changes import Assign
from scheduler.rules import rules
from scheduler.rules.common.exempt import PHYSICAL
from scheduler.rules.lower import lower
from scheduler.weeks.replan.by_hand import RosterState
from scheduler.weeks.replan.judged import Judgement, Touch, judge
from tests.contract.engines import ENGINES
from tests.contract.test_rules import PLACING, _makes, amount, fewest_points, settled
from tests.contract.tiny import TINY
from tests.plain import price
from tests.plain.rosters import Made, answers

NEVER_BROKEN_BY_ENGINES = {"visit_window", "opening_hours", "private_place"}
"""Rules whose breaches engines never make: they're broken by hand in tests of their own."""
BREAKABLE = sorted(
    id
    for id, rule in rules().items()
    if rule.may_be_broken
    and rule.level is Level.HARD
    and id not in {"pinned", "frozen"} | NEVER_BROKEN_BY_ENGINES
)
MOST = 4
"""Rosters of each instance that are excused."""


def excused(instance: Instance, before: Roster, after: Roster) -> Judgement:
    """A roster as made by hand from another, for a reason."""
    change = Assign(task=after.assignments[0].task, person="-", reason="只有这个人")
    old, new = RosterState(instance, before.assignments), RosterState(instance, after.assignments)
    return judge(old, new, [Touch.of(0, change, old, new)])


def broken(rule: str) -> Iterator[tuple[Instance, Lowered, Made, Roster]]:
    """A rule's instance, the primitives without the rule, answers that break it, and a roster that does not."""
    instance = settled(TINY[rule](), {rule} | PLACING)
    free = lower(settled(instance, PLACING))
    made = [(one, to_roster(free, one.answer)) for one in answers(free, 400)]
    made = [(one, roster) for one, roster in made if not amount(instance, roster, "visit_window")]
    kept = min((roster for _, roster in made), key=lambda roster: amount(instance, roster, rule))
    least = amount(instance, kept, rule)
    for one, roster in made:
        if roster.assignments and amount(instance, roster, rule) > least:
            yield instance, free, one, kept


@cache
def cases(rule: str) -> list[tuple[Instance, Lowered, Made]]:
    """(instance with exceptions, primitives without the rule, the answer) of a few broken rosters."""
    found = list(broken(rule))
    chosen = found[:: max(1, len(found) // MOST)][:MOST]
    results = []
    for instance, free, one, kept in chosen:
        judged = excused(instance, kept, to_roster(free, one.answer))
        assert judged.refused == ()
        assert judged.broken
        results.append((judged.state.instance, free, one))
    return results


@pytest.mark.parametrize("rule", BREAKABLE)
def test_a_roster_with_a_reason_breaks_nothing_and_engines_make_it(rule: str) -> None:
    assert cases(rule)
    for instance, free, one in cases(rule):
        roster = to_roster(free, one.answer)
        assert {exemption.rule for exemption in instance.exceptions} == {rule}
        assert all(exemption.reason == "只有这个人" for exemption in instance.exceptions)
        assert amount(instance, roster, rule) == 0
        assert amount(instance.changed(exceptions=()), roster, rule) > 0
        assert _makes(lower(instance), free, one)


@pytest.mark.parametrize("rule", BREAKABLE)
def test_with_exceptions_all_price_every_roster_alike(rule: str) -> None:
    for instance, _, _ in cases(rule):
        lowered = lower(instance)
        made = list(answers(lowered, 200))
        assert len(made) > 5
        for one in made:
            judged = check(instance, to_roster(lowered, one.answer))
            assert fewest_points(lowered, one.answer) == STANDARD.points(judged.score)


@pytest.mark.parametrize("rule", BREAKABLE)
@pytest.mark.parametrize("engine", ENGINES)
def test_with_exceptions_engines_price_as_the_primitives_say(engine: str, rule: str) -> None:
    instance, _, _ = cases(rule)[0]
    lowered = lower(instance)
    pricing, most = ENGINES[engine]
    price_of = pricing(lowered)
    made = list(answers(lowered, 200))
    pairs = [
        (price_of(one), price(lowered, one.answer))
        for one in made[:: -(-len(made) // min(most, 60))]
    ]
    told = [pair for pair in pairs if pair[0] is not None]
    assert len(told) > 3
    assert [found for found, _ in told] == [expected for _, expected in told]


@pytest.mark.parametrize("rule", sorted(PHYSICAL))
def test_nothing_physical_gives_way(rule: str) -> None:
    assert not rules()[rule].may_be_broken


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_rule_about_who_fits_writes_into_fit_alone(rule: str) -> None:
    """What leaves out one person of a task may leave out nothing else (see `Rule.fits`)."""
    lowered = lower(settled(TINY[rule](), {rule} | PLACING))
    without = lower(settled(TINY[rule](), PLACING))
    fits = (lowered.fit.cost != 0).any() and lowered.travel.__class__ is without.travel.__class__
    if rules()[rule].fits:
        assert fits
        assert rules()[rule].scope == "task"
        assert "{person}" in rules()[rule].text.en


def test_an_exception_to_work_that_is_gone_is_about_nothing() -> None:
    instance = settled(TINY["area"](), {"area"} | PLACING)
    exemption = Exemption(rule="area", task="gone", person="nobody", reason="r")
    odd = instance.changed(exceptions=(exemption,))
    assert odd.exceptions_of("area") == ()
    assert lower(odd).fit.cost.tolist() == lower(instance).fit.cost.tolist()
