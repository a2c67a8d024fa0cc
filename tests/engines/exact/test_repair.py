"""Repair: better rosters, priced as the plain reference and the checker price them."""

from functools import cache
from random import Random

import pytest

from instances.generate import generate
from scheduler.checker import check
from scheduler.due import expand
from scheduler.engines.exact import solve_exact
from scheduler.engines.exact.model import build
from scheduler.engines.exact.neighbourhoods import KINDS, Map
from scheduler.engines.exact.part import Whole, cut
from scheduler.engines.exact.repair import Repair, repair
from scheduler.engines.exact.solve import price as exact_price
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, Answer, roster
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.engines.search.weeks import random_week
from tests.plain import price
from tests.plain.drawn import drawn
from tests.plain.rosters import answers


def nobody(lowered: Lowered) -> Answer:
    """The roster in which nothing is done."""
    index = lowered.index
    slots = len(index.slots)
    return Answer((NONE,) * len(index.tasks), (NONE,) * slots, (0,) * slots)


@cache
def community() -> Lowered:
    return lower(expand(generate("shizishan/community")))


@pytest.mark.parametrize("seed", range(12))
def test_a_part_prices_a_change_as_the_whole_does(seed: int) -> None:
    """For pairs of answers that differ in one task at most, whatever else the part leaves out."""
    lowered = drawn(seed)
    made = [one.answer for one in answers(lowered, 120, seed)]
    random = Random(seed)
    compared = 0
    for before in random.sample(made, min(12, len(made))):
        for task in range(len(lowered.index.tasks)):
            alike = [one for one in made if differs_only_in(lowered, before, one, task)]
            whole = Whole(lowered, before)
            people, days = everybody(lowered)
            part = cut(whole, {task}, people, days)
            model = build(part.lowered, held=part.held)
            base = exact_price(model, part.inside(before))
            assert base is not None
            for after in [without(lowered, before, task), *alike[:2]]:
                cost = exact_price(model, part.inside(after))
                assert cost is not None
                assert cost - base == price(lowered, after) - price(lowered, before)
                compared += after != before
    assert bool(compared) == any(set(one.person) != {NONE} for one in made)


def everybody(lowered: Lowered) -> tuple[set[int], set[int]]:
    return set(range(len(lowered.index.people))), set(range(lowered.index.days))


def without(lowered: Lowered, answer: Answer, task: int) -> Answer:
    """The answer with a task undone."""
    own = lowered.index.slots_of(task)
    option = tuple(NONE if one == task else chosen for one, chosen in enumerate(answer.option))
    person = tuple(NONE if slot in own else who for slot, who in enumerate(answer.person))
    return Answer(option, person, answer.start)


def differs_only_in(lowered: Lowered, one: Answer, other: Answer, task: int) -> bool:
    """Whether two answers are the same but for a task."""
    own = set(lowered.index.slots_of(task))
    return all(
        a == b
        for number, (a, b) in enumerate(zip(one.option, other.option, strict=True))
        if number != task
    ) and all(
        one.person[slot] == other.person[slot]
        and (one.person[slot] == NONE or one.start[slot] == other.start[slot])
        for slot in range(len(one.person))
        if slot not in own
    )


@pytest.mark.parametrize("seed", range(6))
def test_repair_gets_better_at_the_price_that_the_reference_says(seed: int) -> None:
    lowered = lower(random_week(seed))
    first = nobody(lowered)
    told: list[tuple[Answer, int]] = []
    found = repair(
        lowered,
        first,
        price(lowered, first),
        Stop(steps=25),
        seed,
        on_answer=lambda answer, points: told.append((answer, points)),
    )
    assert told
    assert told[-1] == (found.answer, found.points)
    costs = [price(lowered, answer) for answer, _ in told]
    assert costs == [points for _, points in told]
    assert costs == sorted(costs, reverse=True)
    judged = check(lowered.index.instance, roster(lowered, found.answer))
    assert lowered.scale.points(judged.score) == found.points


def test_repair_of_a_community_week_is_priced_as_the_checker_does() -> None:
    lowered = community()
    first = nobody(lowered)
    found = repair(lowered, first, price(lowered, first), Stop(steps=8), 3)
    assert found.points < price(lowered, first)
    judged = check(lowered.index.instance, roster(lowered, found.answer))
    assert lowered.scale.points(judged.score) == found.points


def test_the_same_seed_and_steps_give_the_same_roster() -> None:
    lowered = lower(random_week(1))
    first = nobody(lowered)
    found = [repair(lowered, first, price(lowered, first), Stop(steps=6), 5) for _ in range(2)]
    assert found[0] == found[1]


@pytest.mark.parametrize("seed", range(4))
def test_repair_never_ends_below_the_proven_best(seed: int) -> None:
    lowered = drawn(seed)
    best = solve_exact(lowered, seconds=60)
    first = nobody(lowered)
    found = repair(lowered, first, price(lowered, first), Stop(steps=30), seed)
    assert best.points is not None
    assert best.points <= found.points <= price(lowered, first)


def test_an_asked_stop_ends_repair_at_once() -> None:
    lowered = community()
    stop = Stop()
    stop.request()
    found = repair(lowered, nobody(lowered), price(lowered, nobody(lowered)), stop)
    assert found.steps == 0
    assert found.answer == nobody(lowered)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_neighbourhood_frees_is_undone_or_its_own(kind: str) -> None:
    lowered = lower(random_week(2))
    made = Repair(lowered, 1)
    answer, points = nobody(lowered), price(lowered, nobody(lowered))
    for _ in range(10):
        answer, points = made.step(answer, points)
    whole, near, random = Whole(lowered, answer), Map(lowered), Random(4)
    seen = 0
    for _ in range(20):
        chosen = KINDS[kind](near, whole, random, 8.0)
        if chosen is None:
            continue
        seen += 1
        for task in chosen.free:
            people = {answer.person[slot] for slot in lowered.index.slots_of(task)} - {NONE}
            assert people <= chosen.people
            assert not people or int(whole.day[task]) in chosen.days
    assert seen
