"""The price of a change is the difference of two full checks, whatever is changed in which roster."""

from collections import Counter
from collections.abc import Iterable
from random import Random

import pytest

from scheduler.checker import Finding, Report, check
from scheduler.checker.pricing import ChangeCost, Pricing
from scheduler.facts import Facts
from scheduler.model import (
    Assignment,
    Instance,
    Level,
    Limits,
    Roster,
    RuleSetting,
    Score,
    Visit,
    Window,
)
from scheduler.model.tasks import slots, tasks
from scheduler.rules import rules
from tests.contract.tiny import TINY
from tests.rules.build import DAY, at, instance, person, place, roster, visit

CHANGES = 12


def every_rule(week: Instance) -> Instance:
    """The same with every rule on."""
    chosen = {
        rule: week.settings.rules.get(rule, RuleSetting()).model_copy(update={"on": True})
        for rule in rules()
    }
    return week.changed(settings=week.settings.model_copy(update={"rules": chosen}))


def drawn(week: Instance, random: Random, most: int) -> list[Assignment]:
    """Assignments of different slots to anybody, anywhere, at any time near the horizon."""
    every = [(task, n) for task in tasks(week) for n in range(len(slots(task)))]
    found = []
    for task, slot in random.sample(every, random.randint(0, min(most, len(every)))):
        start = random.randrange(-60, week.horizon.days * DAY, 15)
        found.append(
            Assignment(
                task=task.id,
                slot=slot,
                person=random.choice(week.people).id,
                place=random.choice(week.places).id,
                start=start,
                end=start + random.choice([30, 60, slots(task)[slot].duration]),
            )
        )
    return found


def roster_of(week: Instance, assignments: Iterable[Assignment]) -> Roster:
    return Roster(horizon=week.horizon, instance=week.id, assignments=tuple(assignments))


def counted(findings: Iterable[Finding]) -> Counter:
    return Counter(
        (one.rule.rule.id, one.key, one.violation.amount, str(one.violation.slots), one.score)
        for one in findings
    )


def agrees(change: ChangeCost, before: Report, after: Report) -> None:
    assert before.score + change.score == after.score
    amounts = {one.rule.rule.id: one.amount for one in change.by_rule}
    for old, new in zip(before.rules, after.rules, strict=True):
        assert amounts.get(old.rule.rule.id, 0) == new.amount - old.amount
    old, new = counted(before.findings), counted(after.findings)
    assert counted(change.broken) == new - old
    assert counted(change.mended) == old - new


@pytest.mark.parametrize("rule", TINY)
def test_a_change_costs_the_difference_of_two_checks(rule: str) -> None:
    random = Random(rule)
    week = every_rule(TINY[rule]())
    for _ in range(CHANGES):
        old = drawn(week, random, 6)
        removed = random.sample(old, random.randint(0, len(old)))
        kept = [one for one in old if one not in removed]
        full = {(one.task, one.slot) for one in kept}
        added = [one for one in drawn(week, random, 3) if (one.task, one.slot) not in full]
        before = check(week, roster_of(week, old))
        after = check(week, roster_of(week, [*kept, *added]))
        for report in None, before:
            pricing = Pricing(Facts(week, roster_of(week, old)), report)
            agrees(pricing.change(removed, added), before, after)
            # and once it is made, undoing it costs the opposite
            agrees(pricing.after(removed, added).change(added, removed), after, before)


@pytest.mark.parametrize("known", [False, True], ids=["asked", "report"])
def test_a_change_of_a_week_with_more_work_costs_the_difference_of_two_checks(known: bool) -> None:
    def one(id: str, start: int) -> Visit:
        return visit(id, duration=30, windows=(Window(start=start, end=start + 1),))

    late, amid, early = at(0, "22:00"), at(1, "01:30"), at(1, "05:00")
    people = person("a", limits=Limits(daily_minutes=45)), person("b")
    week = every_rule(instance(*people, one("late", late), one("early", early)))
    old = roster(week, ("late", 0, "a", "P", late), ("early", 0, "a", "P", early))
    pricing = Pricing(Facts(week, old), check(week, old) if known else None)
    # what is new between two makes them one night, which is too long a day
    week = week.changed(visits=(*week.visits, one("amid", amid)))
    pricing = pricing.grown(week)
    before = check(week, old)
    rest = roster_of(week, old.assignments[1:])
    agrees(pricing.change(old.assignments[:1], ()), before, check(week, rest))
    more = roster(week, ("amid", 0, "b", "P", amid)).assignments
    both = roster_of(week, [*old.assignments, *more])
    agrees(pricing.change((), more), before, check(week, both))


@pytest.mark.parametrize("rule", TINY)
def test_a_quote_never_tells_more_than_it_costs_in_the_end(rule: str) -> None:
    random = Random(rule)
    week = every_rule(TINY[rule]())
    for _ in range(CHANGES):
        old = drawn(week, random, 6)
        full = {(one.task, one.slot) for one in old}
        added = [one for one in drawn(week, random, 3) if (one.task, one.slot) not in full]
        pricing = Pricing(Facts(week, roster_of(week, old)))
        wanted = pricing.change((), added)
        # What the first quote has taught changes the order of the second, and nothing else.
        for quote in (*pricing.quotes([added]), *pricing.quotes([added])):
            told = [quote.least]
            while not quote.whole:
                quote.ask()
                told.append(quote.least)
            assert told == sorted(told)
            assert told[-1] == wanted.score.points
            assert quote.change == wanted
            assert quote.feasible == wanted.feasible


def test_a_breach_that_only_stays_makes_no_addition_infeasible() -> None:
    week = instance(person("A"), visit("u"), visit("v"), visit("w"))
    clash = ("u", 0, "A", "P", at(0, "09:00")), ("v", 0, "A", "P", at(0, "09:30"))
    pricing = Pricing(Facts(week, roster(week, *clash)))
    for start, feasible in (("14:00", True), ("09:45", False)):
        [quote] = pricing.quotes([roster(week, ("w", 0, "A", "P", at(0, start))).assignments])
        while not quote.whole:
            quote.ask()
        assert quote.feasible is feasible


def test_a_changed_roster_has_the_assignments_that_it_should() -> None:
    week = instance(person("A"), visit("v"), visit("w"))
    old = roster(week, ("v", 0, "A", "P", at(0, "09:00")))
    new = roster(week, ("w", 0, "A", "P", at(1, "09:00")))
    facts = Facts(week, old).changed(old.assignments, new.assignments)
    assert facts.roster.assignments == new.assignments


def test_slots_are_emptied_that_are_full_and_filled_that_are_empty() -> None:
    week = instance(person("A"), visit("v"), visit("w"))
    old = roster(week, ("v", 0, "A", "P", at(0, "09:00"))).assignments
    new = roster(week, ("w", 0, "A", "P", at(1, "09:00"))).assignments
    pricing = Pricing(Facts(week, roster_of(week, old)))
    with pytest.raises(ValueError, match="empty"):
        pricing.change(new, ())
    with pytest.raises(ValueError, match="filled"):
        pricing.change((), old)


@pytest.mark.parametrize("seed", range(CHANGES))
def test_what_differs_leads_from_one_roster_to_the_other(seed: int) -> None:
    random = Random(seed)
    week = TINY["crew"]()
    first, second = (roster_of(week, drawn(week, random, 6)) for _ in range(2))
    # Some of the first stays as it is.
    kept = [part for part in first.assignments if random.random() < 0.5]
    taken = {(part.task, part.slot) for part in kept}
    others = [part for part in second.assignments if (part.task, part.slot) not in taken]
    other = roster_of(week, [*kept, *others])
    pricing = Pricing(Facts(week, first))
    removed, added = pricing.differs(other)
    assert not set(kept) & {*removed, *added}
    assert {*pricing.facts.changed(removed, added).roster.assignments} == {*other.assignments}
    assert pricing.differs(first) == ([], [])


def test_a_change_by_hand() -> None:
    ways = {("P", "Q"): 25}
    week = instance(
        place("P"),
        place("Q"),
        person("A"),
        visit("v"),
        visit("w", places="Q", priority=4),
        ways=ways,
    )
    old = roster(week, ("v", 0, "A", "P", at(0, "09:00")))
    new = roster(week, ("w", 0, "A", "Q", at(0, "10:20")))
    change = Pricing(Facts(week, old)).change((), new.assignments)
    # ten points for the priority are saved; 25 minutes on the way, and five too few for them
    amounts = {one.rule.rule.id: one.amount for one in change.by_rule}
    assert amounts == {"unassigned": -10, "travel": 25, "no_overlap": 5}
    assert change.score == Score(hard=5, medium=-10, soft=25)
    assert not change.feasible
    assert change.reversed().score == Score(hard=-5, medium=10, soft=-25)
    assert [one.rule.level for one in change.reversed().mended] == [Level.HARD, Level.SOFT]
