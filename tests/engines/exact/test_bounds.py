"""Bounds: no roster is better, whatever the instance; and they say something where much is asked."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise, permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.generate import NAMES, generate
from scheduler.due import expand
from scheduler.engines.exact import solve_exact
from scheduler.engines.exact.bounds import LowerBound, RisingBound, lower_bound
from scheduler.engines.search.search import Annealing
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE
from scheduler.model import Gap, Instance, Limits, Slot, Window
from scheduler.rules import rules
from scheduler.rules.lower import lower
from scheduler.stop import Stop
from tests.contract.test_rules import case
from tests.engines.search.weeks import random_week
from tests.plain import price
from tests.plain.drawn import drawn
from tests.plain.rosters import answers
from tests.rules.build import at, instance, person, place, shift, visit, window


def holds(lowered: Lowered) -> LowerBound:
    """The bound, which is no more than the proven best, nor is the unmet demand."""
    best = solve_exact(lowered, seconds=30)
    found = lower_bound(lowered, seconds=5)
    assert best.dense is not None
    assert best.points is not None
    assert found.points <= best.points
    if best.points < lowered.scale.hard:
        empty = {
            slot
            for slot, who in enumerate(best.dense.person)
            if who == NONE and lowered.empty.cost[slot] > 0
        }
        assert set(found.unmet.nobody) <= empty
        assert found.unmet.slots <= len(empty)
    return found


@pytest.mark.parametrize("rule", rules())
def test_no_roster_of_a_rules_instance_is_better(rule: str) -> None:
    _, lowered, made = case(rule, "all")
    found = holds(lowered)
    for one in made:
        points = price(lowered, one.answer)
        assert found.points <= points
        if points < lowered.scale.hard:
            idle = np.array(one.answer.person) == NONE
            assert found.unmet.slots <= (idle & (lowered.empty.cost > 0)).sum()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("tiny/")])
def test_no_roster_of_a_tiny_week_is_better(name: str) -> None:
    holds(lower(expand(generate(name))))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_roster_of_drawn_primitives_is_better(seed: int) -> None:
    lowered = drawn(seed)
    least = lower_bound(lowered, seconds=5).points
    assert all(least <= price(lowered, one.answer) for one in answers(lowered, 150, seed))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_no_roster_of_a_small_random_week_is_better(seed: int) -> None:
    lowered = lower(random_week(seed, visits=7, people=3))
    best = solve_exact(lowered, seconds=3)
    assert best.points is None or lower_bound(lowered, seconds=5).points <= best.points


MORNING = window(0, "09:00", "17:00")


def crowded() -> Instance:
    """Three shifts of four hours by day, one by night when nobody is there, and two people."""
    by_day = [shift(f"s{number}", at(0, "09:00"), duration=240) for number in range(3)]
    night = shift("night", at(0, "02:00"), duration=240)
    people = [person(name, availability=(MORNING,)) for name in "AB"]
    return instance(*people, *by_day, night, days=1)


@cache
def asked_too_much() -> LowerBound:
    return lower_bound(lower(crowded()), seconds=5)


def test_slots_that_nobody_can_fill_are_named() -> None:
    lowered = lower(crowded())
    night = lowered.index.task["night"]
    assert set(asked_too_much().unmet.nobody) <= set(lowered.index.slots_of(night))
    assert asked_too_much().unmet.nobody


def test_a_day_holds_no_more_work_than_its_presence() -> None:
    visits = [visit(f"v{number}", duration=360, windows=(MORNING,)) for number in range(5)]
    people = [person(name, availability=(MORNING,)) for name in "AB"]
    lowered = lower(instance(*people, *visits, days=1))
    # 2 x 480 minutes hold 960 / 360 = 2.67 visits: of five, 2.33 stay undone, so three.
    assert lower_bound(lowered, seconds=5).unmet.further == 3


def test_without_time_a_bound_is_weak_but_a_bound() -> None:
    _, lowered, _ = case("skill", "all")
    assert lower_bound(lowered, seconds=0).points <= lower_bound(lowered, seconds=5).points


def test_what_nobody_can_do_is_proven_at_once() -> None:
    found = lower_bound(lower(crowded()), seconds=0)
    assert found.unmet.nobody == asked_too_much().unmet.nobody
    assert 0 < found.points <= asked_too_much().points


def medium(*records: Any, **more: Any) -> int:
    """Medium points that no roster of an instance goes below, by the bound's steps, which never fall."""
    lowered = lower(instance(*records, **more))
    rising = RisingBound(lowered)
    points = [0]
    while rising.advance(seconds=5):
        points.append(rising.points)
    assert points == sorted(points)
    return max(points[-1], rising.points) // lowered.scale.medium


def there(start: str, end: str) -> Window:
    return window(0, start, end)


@pytest.mark.parametrize(
    ("there", "after", "least"),
    [
        ((MORNING, MORNING), (0, 0), 0),
        ((there("09:00", "12:00"), there("13:00", "17:00")), (0, 0), 1),
        ((there("09:00", "10:00"), there("09:00", "10:00")), (0, 0), 0),
        ((there("09:00", "10:00"), there("09:30", "10:30")), (0, 29), 1),
        ((there("09:00", "10:00"), there("09:30", "10:30")), (0, 30), 0),
        ((there("09:30", "10:30"), there("10:00", "11:00")), (31, 40), 1),
    ],
)
def test_a_crew_is_there_at_one_time(
    there: tuple[Window, Window], after: tuple[int, int], least: int
) -> None:
    able = [
        person(name, skills={name: 1}, availability=(when,))
        for name, when in zip("AB", there, strict=True)
    ]
    crew = visit(
        "v",
        Slot(skills={"A": 1}),
        Slot(skills={"B": 1}, after=after),
        least_crew=1,
        priority=1,
        windows=(MORNING,),
    )
    assert medium(*able, crew, days=1) == least


def test_a_crew_is_two_people() -> None:
    crew = visit("v", Slot(), Slot(), least_crew=1, priority=1, windows=(MORNING,))
    assert medium(person("A", availability=(MORNING,)), crew, days=1) == 1


def test_what_requires_a_visit_that_cannot_be_done_is_not_done() -> None:
    first = visit("first", Slot(skills={"none": 1}), priority=1, windows=(MORNING,))
    second = visit("second", priority=2, windows=(MORNING,))
    who = person("A", availability=(MORNING,))
    alone = medium(who, first, second, days=1)
    assert alone == 1
    gap = Gap(first="first", second="second", least_minutes=0, requires=True)
    assert medium(who, first, second, gap, days=1) == 3


def test_a_bundle_is_done_as_a_whole() -> None:
    visits = [
        visit("can", priority=2, windows=(MORNING,)),
        visit("cannot", Slot(skills={"none": 1}), priority=1, windows=(MORNING,)),
    ]
    who = person("A", availability=(MORNING,))
    assert medium(who, *visits, days=1) == 1
    bundled = [one.model_copy(update={"bundle": "b"}) for one in visits]
    assert medium(who, *bundled, days=1) == 3


@pytest.mark.parametrize(("way", "least"), [(0, 0), (10, 1)])
def test_visits_of_an_hour_fit_into_it_one_after_the_other(way: int, least: int) -> None:
    # Three half hours between nine and half past ten; on the way there is no time for the third.
    who = person("A", availability=(MORNING,))
    hour = window(0, "09:00", "10:01")
    visits = [
        visit(f"v{name}", places=name, duration=30, priority=1, windows=(hour,)) for name in "PQR"
    ]
    ways = dict.fromkeys([("P", "Q"), ("P", "R"), ("Q", "R")], way)
    assert medium(who, *map(place, "PQR"), *visits, ways=ways, days=1) == least


@pytest.mark.parametrize(("until", "least"), [("10:11", 0), ("10:10", 1)])
def test_no_way_leads_to_the_first_visit_of_a_day(until: str, least: int) -> None:
    # Half an hour, ten minutes on the way, half an hour.
    who = person("A", availability=(window(0, "09:00", "10:10" if least == 0 else "10:09"),))
    visits = [
        visit(
            f"v{name}", places=name, duration=30, priority=1, windows=(window(0, "09:00", until),)
        )
        for name in "PQ"
    ]
    ways = {("P", "Q"): 10}
    assert medium(who, *map(place, "PQ"), *visits, ways=ways, days=1) == least


def test_beside_the_least_undone_points_the_way_is_bounded() -> None:
    # Of two visits at one moment one is done, 25 minutes away.
    visits = [
        visit(f"v{name}", places=name, priority=1, windows=(window(0, "10:00", "10:01"),))
        for name in "QR"
    ]
    who = person("A", start_place="P", availability=(MORNING,))
    ways = {("P", "Q"): 25, ("P", "R"): 30, ("Q", "R"): 40}
    lowered = lower(instance(who, *map(place, "PQR"), *visits, ways=ways, days=1))
    best = solve_exact(lowered, seconds=20)
    assert (best.status, best.points) == ("optimal", lower_bound(lowered, seconds=5).points)


def test_of_visits_that_cannot_follow_each_other_one_is_done() -> None:
    visits = [
        visit(f"v{n}", duration=90, priority=1, windows=(window(0, "09:00", f"10:{n}0"),))
        for n in range(3)
    ]
    assert medium(person("A", availability=(MORNING,)), *visits, days=1) == 2


def undone_in_mornings(minutes: Sequence[int], morning: int) -> int:
    """The bound of one person's visits of such lengths, each in either of two mornings."""
    mornings = [Window(start=at(day, "09:00"), end=at(day, "09:00") + morning) for day in range(2)]
    visits = [
        visit(
            f"v{number}",
            duration=length,
            priority=1,
            windows=tuple(Window(start=one.start, end=one.end - length + 1) for one in mornings),
        )
        for number, length in enumerate(minutes)
    ]
    return medium(person("A", availability=tuple(mornings)), *visits, days=2)


@pytest.mark.parametrize(
    ("minutes", "morning", "least"), [([60] * 6, 150, 2), ([55, 55, 55, 70, 70], 120, 2)]
)
def test_no_halves_of_visits_fit_into_a_morning(
    minutes: list[int], morning: int, least: int
) -> None:
    assert undone_in_mornings(minutes, morning) == least


@settings(max_examples=30, deadline=None)
@given(minutes=st.lists(st.sampled_from([35, 40, 50, 55, 70]), min_size=3, max_size=6))
def test_no_choice_of_visits_for_two_mornings_leaves_less_undone(minutes: list[int]) -> None:
    choices = product([0, 1, None], repeat=len(minutes))
    least = min(
        choice.count(None)
        for choice in choices
        if all(
            sum(length for length, day in zip(minutes, choice, strict=True) if day == one) <= 120
            for one in range(2)
        )
    )
    assert undone_in_mornings(minutes, 120) <= least


def test_visits_of_a_week_are_done_whole() -> None:
    # Of three hours 100 minutes hold one; parts of them would leave 2 x 1.33 undone, so three.
    limits = Limits(weekly_minutes=100)
    people = [
        person(name, skills={name: 1}, limits=limits, availability=(MORNING,)) for name in "AB"
    ]
    visits = [
        visit(f"{name}{number}", Slot(skills={name: 1}), priority=1, windows=(MORNING,))
        for name in "AB"
        for number in range(3)
    ]
    assert medium(*people, *visits, days=1) == 4


@pytest.mark.parametrize(("incumbent", "left"), [(0, True), (1, False)])
def test_what_a_roster_reaches_is_left(incumbent: int, left: bool) -> None:
    lowered = lower(crowded())
    rising = RisingBound(lowered)
    assert rising.advance(5, incumbent * lowered.scale.medium)
    # Soft points are of no use to a roster that leaves more undone.
    assert rising.matters(100 * lowered.scale.medium) is not left


def test_a_communitys_unmet_demand_is_proven_and_found_in_every_roster() -> None:
    lowered = lower(expand(generate("shizishan/community")))
    search = Annealing(lowered, seed=1, cores=1)
    search.construct(None)
    search.run(Stop(steps=2_000), lambda standing: None)
    found = search.best.dense()
    proven = lower_bound(lowered, seconds=5)
    empty = {
        slot
        for slot, who in enumerate(found.person)
        if who == NONE and lowered.empty.cost[slot] > 0
    }
    assert 0 < proven.points <= price(lowered, found)
    assert set(proven.unmet.nobody) <= empty
    assert 0 < proven.unmet.slots <= len(empty)


@pytest.mark.parametrize(("limit", "least"), [(79, 1), (80, 0)])
@pytest.mark.parametrize("start", [None, "P"])
def test_ways_of_a_day_are_work_of_the_week(limit: int, least: int, start: str | None) -> None:
    # Two pairs of places, a minute apart, 38 minutes from pair to pair: 4 x 10 + 1 + 38 + 1 minutes.
    ways = {("P", "Q"): 1, ("R", "S"): 1} | {(one, other): 38 for one in "PQ" for other in "RS"}
    assert medium(*short_of_time("PQRS", limit, start), ways=ways, days=1) == least


def short_of_time(places: str, limit: int, start: str | None, end: str | None = None) -> list[Any]:
    """Somebody with so many minutes a week, and a visit of ten minutes at each place."""
    limits = Limits(weekly_minutes=limit)
    who = person("A", start_place=start, end_place=end, limits=limits, availability=(MORNING,))
    visits = [
        visit(f"v{name}", places=name, duration=10, priority=1, windows=(MORNING,))
        for name in places
    ]
    return [who, *map(place, places), *visits]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_route_of_a_short_week_leaves_less_undone(data: st.DataObject) -> None:
    pairs = list(combinations("PQRS", 2))
    minutes = data.draw(st.lists(st.sampled_from([0, 1, 5, 12, 30]), min_size=6, max_size=6))
    ways = dict(zip(pairs, minutes, strict=True))
    limit = data.draw(st.integers(10, 100))
    start, end = (data.draw(st.sampled_from([None, "P"])) for _ in range(2))

    def work(route: tuple[str, ...]) -> int:
        stations = [start, *route, end]
        legs = [frozenset(leg) for leg in pairwise(stations) if None not in leg]
        between = {frozenset(pair): way for pair, way in ways.items()}
        return 10 * len(route) + sum(between[leg] for leg in legs if len(leg) > 1)

    routes = [route for count in range(5) for route in permutations("PQRS", count)]
    most = max(len(route) for route in routes if not route or work(route) <= limit)
    assert medium(*short_of_time("PQRS", limit, start, end), ways=ways, days=1) <= 4 - most


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_route_within_hours_leaves_less_undone(data: st.DataObject) -> None:
    five = st.integers(0, 6).map(lambda fives: 5 * fives)
    places = "PQRS"
    between = {frozenset(pair): data.draw(five) for pair in combinations(places, 2)}
    nine = at(0, "09:00")
    opens = {name: nine + data.draw(five) for name in places}
    closes = {name: opens[name] + 20 + data.draw(five) for name in places}

    def fits(route: tuple[str, ...]) -> bool:
        now, here = nine, ""
        for name in route:
            now = max(opens[name], now + (between[frozenset((here, name))] if here else 0)) + 10
            here = name
            if now - 10 >= closes[name] - 5:
                return False
        return now <= nine + 80

    routes = [route for count in range(5) for route in permutations(places, count)]
    most = max(len(route) for route in routes if fits(route))
    who = person("A", availability=(Window(start=nine, end=nine + 80),))
    visits = [
        visit(
            f"v{name}",
            places=name,
            duration=10,
            priority=1,
            windows=(Window(start=opens[name], end=closes[name] - 5),),
        )
        for name in places
    ]
    ways = {(min(pair), max(pair)): way for pair, way in between.items()}
    assert medium(who, *map(place, places), *visits, ways=ways, days=1) <= 4 - most
