"""Every rule means the same to the checker and to every engine.

For each rule found, on its tiny instance: every roster that engines can make (or a seeded sample)
costs the same by the rules' plain definitions, by the primitives' plain meaning, and by each engine; with only that rule on (and
visit_window, without which nothing has a start), with the two of them softened, and with all rules
on. (Softened together, because some rules count only what visit_window does not: "both weigh the
same", they say.)
"""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import product

import pytest

from scheduler.checker import Report, check
from scheduler.engines.exact import solve_exact
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster, to_roster
from scheduler.lowered.price import STANDARD
from scheduler.model import Assignment, Instance, Level, Roster, RuleSetting
from scheduler.rules import rules
from scheduler.rules.lower import lower
from tests.contract.engines import ENGINES
from tests.contract.tiny import TINY, tiny
from tests.plain import price
from tests.plain.rosters import Made, answers, is_there, make, on_its_day

PLACING = {"visit_window"}
MODES = {"alone": 1200, "all": 500, "soft": 300}
"""How many rosters of an instance are looked at."""


def settled(instance: Instance, on: set[str], soft: Collection[str] = ()) -> Instance:
    """The instance with exactly these rules on, some of them softened to three points a unit."""
    chosen = {rule: RuleSetting(on=rule in on) for rule in rules()}
    chosen |= {rule: RuleSetting(level=Level.SOFT, weight=3) for rule in soft}
    settings = instance.settings.model_copy(update={"rules": chosen})
    return instance.model_copy(update={"settings": settings})


@cache
def case(rule: str, mode: str) -> tuple[Instance, Lowered, tuple[Made, ...]]:
    """A rule's instance, its primitives, and the rosters that engines make of it."""
    on = set(rules()) if mode == "all" else {rule} | PLACING
    instance = settled(TINY[rule](), on, on if mode == "soft" else ())
    lowered = lower(instance)
    return instance, lowered, tuple(answers(lowered, MODES[mode]))


def amount(instance: Instance, found: Roster, rule: str) -> int:
    """A rule's own amount in a roster."""
    report = check(instance, found)
    return sum(one.amount for one in report.rules if one.rule.rule.id == rule)


@cache
def points(rule: str, mode: str, number: int) -> int:
    """What a roster of a rule's instance costs by the primitives' plain meaning."""
    _, lowered, made = case(rule, mode)
    return price(lowered, made[number].answer)


def fewest_points(lowered: Lowered, answer: DenseRoster) -> int:
    """What the same roster costs under the options that price it best; a roster does not tell its options."""
    window = lowered.window
    alike = []
    for task, option in enumerate(answer.option):
        own = range(int(window.first[task]), int(window.first[task + 1]))
        starts = [
            answer.start[slot] - int(lowered.crew.least[slot])
            for slot in lowered.index.slots_of(task)
            if answer.person[slot] != NONE
        ]
        alike.append(
            [NONE]
            if option == NONE
            else [
                other
                for other in own
                if window.day[other] == window.day[option]
                and window.place[other] == window.place[option]
                and window.earliest[other] <= min(starts)
            ]
        )
    every = [DenseRoster(options, answer.person, answer.start) for options in product(*alike)]
    every = [one for one in every if on_its_day(lowered, one)]
    return min(price(lowered, one) for one in every)


def spoilt(instance: Instance, found: Roster) -> Iterator[Roster]:
    """The roster with one assignment moved, stretched, or given to another place or person."""
    for number, one in enumerate(found.assignments):
        changes: list[dict] = [{"start": one.start + 7}, {"end": one.end + 7}]
        changes += [{"place": place.id} for place in instance.places]
        changes += [{"person": person.id} for person in instance.people]
        for change in changes:
            other = Assignment(**one.model_dump() | change)
            rest = [*found.assignments[:number], other, *found.assignments[number + 1 :]]
            yield found.model_copy(update={"assignments": tuple(rest)})


@pytest.mark.parametrize("rule", rules())
def test_every_rule_has_a_tiny_instance_in_its_own_test(rule: str) -> None:
    assert tiny(rule) == tiny(rule)


def test_a_rule_without_one_is_told_what_it_lacks() -> None:
    with pytest.raises(LookupError, match=r"def tiny\(\) -> Instance in tests/rules/test_new_rule"):
        tiny("new_rule")
    with pytest.raises(LookupError, match="test_every_rule"):
        tiny("every_rule")  # a test that is there, without an instance


@pytest.mark.parametrize("rule", rules())
def test_the_instance_breaks_and_keeps_the_rule(rule: str) -> None:
    instance, lowered, made = case(rule, "alone")
    rosters = [to_roster(lowered, one.answer) for one in made]
    amounts = {amount(instance, one, rule) for one in rosters}
    assert 0 in amounts
    fullest = sorted(rosters, key=lambda one: -len(one.assignments))[:3]
    spoils = (amount(instance, other, rule) for one in fullest for other in spoilt(instance, one))
    assert len(amounts) > 1 or any(spoils)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rule", rules())
def test_primitives_price_every_roster_as_the_checker_does(rule: str, mode: str) -> None:
    instance, lowered, made = case(rule, mode)
    assert len(made) > 5
    for one in made:
        judged = check(instance, to_roster(lowered, one.answer))
        assert fewest_points(lowered, one.answer) == STANDARD.points(judged.score), _told(judged)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rule", rules())
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_price_every_roster_as_the_primitives_say(
    engine: str, rule: str, mode: str
) -> None:
    _, lowered, made = case(rule, mode)
    pricing, most = ENGINES[engine]
    price_of = pricing(lowered)
    chosen = range(0, len(made), -(-len(made) // most))
    pairs = [(price_of(made[number]), points(rule, mode, number)) for number in chosen]
    told = [pair for pair in pairs if pair[0] is not None]
    assert len(told) > 5
    assert [found for found, _ in told] == [expected for _, expected in told]


def _told(judged: Report) -> list[tuple[str, str, int]]:
    return [(one.rule.rule.id, one.key, one.violation.amount) for one in judged.findings]


@pytest.mark.parametrize("rule", rules())
def test_the_proven_best_roster_costs_what_the_checker_says_and_no_roster_less(rule: str) -> None:
    instance, lowered, made = case(rule, "all")
    best = solve_exact(lowered, seconds=60)
    assert best.status == "optimal"
    assert best.dense is not None
    assert best.bound == best.points
    judged = check(instance, to_roster(lowered, best.dense))
    assert STANDARD.points(judged.score) == best.points, _told(judged)
    assert best.points <= min(points(rule, "all", number) for number in range(len(made)))


@pytest.mark.parametrize("rule", sorted(set(rules()) - PLACING))
def test_what_a_rule_takes_from_engines_is_a_breach(rule: str) -> None:
    """A roster that engines would make but for the rule, and with it do not, breaks it."""
    free = lower(settled(TINY[rule](), PLACING))
    instance, bound, _ = case(rule, "alone")
    for one in answers(free, 150):
        if not _makes(bound, free, one):
            assert amount(instance, to_roster(free, one.answer), rule) > 0


def _makes(bound: Lowered, free: Lowered, one: Made) -> bool:
    """Whether the engines make the same roster of `bound`'s options."""
    index, answer = bound.index, one.answer
    alike = []
    for task, option in enumerate(answer.option):
        own = range(int(bound.window.first[task]), int(bound.window.first[task + 1]))
        spot = free.window.day[option], free.window.place[option]
        alike.append(
            [NONE]
            if option == NONE
            else [o for o in own if (bound.window.day[o], bound.window.place[o]) == spot]
        )
    for slot, person in enumerate(answer.person):
        if person != NONE:
            options = alike[index.task_of[slot]]
            there = any(is_there(bound, person, slot, option) for option in options)
            if person not in bound.fit.able(slot) or not there:
                return False
    people = [tuple(answer.person[slot] for slot in index.slots_of(t)) for t in range(len(alike))]
    return any(
        make(bound, tuple(zip(options, people, strict=True)), one.order).answer.start
        == answer.start
        for options in product(*alike)
    )
