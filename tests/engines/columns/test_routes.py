"""Days as columns: what a route costs, which routes are cheapest, and what comes of choosing among them."""

from itertools import permutations
from random import Random

import numpy as np
import pytest

from scheduler.checker import check
from scheduler.engines import columns, exact, portfolio, recombining
from scheduler.engines.columns.routes.labels import WORDS
from scheduler.engines.columns.routes.pricing import (
    BITS,
    RouteMemory,
    cheapest_routes,
    timed,
)
from scheduler.engines.columns.routes.problem import Tour, route_parts
from scheduler.engines.columns.routes.search import RouteSearch
from scheduler.engines.incumbent import Incumbent
from scheduler.lowered import Lowered
from scheduler.lowered.dense_roster import NONE, DenseRoster, to_roster
from scheduler.model import (
    Gap,
    Instance,
    Level,
    Limits,
    Person,
    Roster,
    RuleSetting,
    Slot,
    Visit,
    Window,
)
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.engines.test_portfolio import idle_search
from tests.rules.build import at, instance, person, place, shift, visit, window

PLACES = "P", "Q", "R", "S"
HOME = {"late_return": RuleSetting(level=Level.HARD)}
NO_LIMITS = Limits(**dict.fromkeys(Limits.model_fields))
UNTIED = {
    name: RuleSetting(on=False)
    for name in ("fairness", "min_rest", "rest_break", "waiting", "worst_idle", "worst_lateness")
}


def somebody(id: str, **more: object) -> Person:
    there = {"availability": (window(0, "08:00", "13:00"),)} | more
    return person(id, limits=NO_LIMITS, **there)


def a_day(seed: int, visits: int = 6, **settings: object) -> Instance:
    """A morning of two people, of whom one has to be back in time, with more work than they can do."""
    draw = Random(seed)
    ways = {pair: draw.choice((5, 15, 40)) for pair in permutations(PLACES, 2)}
    return instance(
        somebody("anna", start_place="P", end_place="Q"),
        somebody("ben", start_place="R"),
        *map(place, PLACES),
        *(_drawn(draw, number) for number in range(visits)),
        days=1,
        ways={pair: ways[pair] for pair in ways if pair[0] < pair[1]},
        weights=UNTIED | HOME,
        **{"start_every": draw.choice((1, 10))} | settings,
    )


def _drawn(draw: Random, number: int) -> Visit:
    opens = at(0, "08:00") + 30 * draw.randrange(6)
    due = draw.choice((None, opens + 60))
    return visit(
        f"v{number}",
        windows=(Window(start=opens, end=opens + draw.choice((40, 120, 240)), due=due),),
        places=draw.choice(PLACES),
        duration=draw.choice((20, 45, 90)),
        priority=draw.randrange(1, 6),
        excluded=draw.choice(((), (), ("anna",))),
    )


def nobody(lowered: Lowered) -> DenseRoster:
    tasks = len(lowered.index.tasks)
    return DenseRoster((NONE,) * tasks, (NONE,) * tasks, (0,) * tasks)


def tours(lowered: Lowered) -> list[Tour]:
    parts = route_parts(lowered)
    assert parts is not None
    return [tour for part in parts for tour in part.tours]


def all_routes(tour: Tour) -> list[tuple[int, ...]]:
    nodes = range(len(tour.task))
    routes = [route for size in nodes for route in permutations(nodes, size + 1)]
    return [route for route in routes if len(set(tour.task[list(route)])) == len(route)]


@pytest.mark.parametrize("seed", range(4))
def test_a_route_costs_what_the_checker_says(seed: int) -> None:
    day = a_day(seed)
    lowered = lower(day)
    draw = Random(seed)
    empty = check(day, Roster(horizon=day.horizon, instance=day.id)).score
    for tour in tours(lowered):
        routes = all_routes(tour)
        for route in draw.sample(routes, min(40, len(routes))):
            known = timed(tour, route)
            option, who, start = (list(cells) for cells in vars(nobody(lowered)).values())
            moments = known[0] if known else [at(0, "09:00")] * len(route)
            for node, moment in zip(route, moments, strict=True):
                task = int(tour.task[node])
                option[task], who[task], start[task] = int(tour.option[node]), tour.person, moment
            score = check(
                day, to_roster(lowered, DenseRoster(*map(tuple, (option, who, start))))
            ).score
            if known is None:
                assert score.hard > 0
                continue
            done = sum(int(lowered.empty.cost[task]) for task in tour.task[list(route)])
            assert lowered.scale.points(score) == lowered.scale.points(empty) - done + known[1]


def test_a_visit_may_have_one_moment_alone() -> None:
    day = instance(
        somebody("anna", availability=(window(0, "08:30", "09:30"),)),
        visit("v", windows=(window(0, "08:30", "08:31"),)),
        days=1,
        weights=UNTIED,
    )
    (tour,) = tours(lower(day))
    assert timed(tour, (0,)) == ([at(0, "08:30")], 0)
    assert cheapest_routes(tour, np.ones(1), 0, 0.0, RouteMemory()) == [(0,)]


@pytest.mark.parametrize("seed", range(6))
def test_where_all_is_remembered_no_route_is_cheaper(seed: int) -> None:
    draw = np.random.default_rng(seed)
    for tour in tours(lower(a_day(seed))):
        value = draw.uniform(-20, 60, len(tour.task))

        def cost(route: tuple[int, ...], tour=tour, value=value) -> float:
            known = timed(tour, route)
            nodes = list(route)
            fits = float(tour.fit[nodes].sum())
            return np.inf if known is None else known[1] - fits - float(value[nodes].sum())

        costs = sorted(cost(route) for route in all_routes(tour))
        found = cheapest_routes(tour, value, len(value), 0.0, RouteMemory())
        assert [cost(route) for route in found] == sorted(cost(route) for route in found)
        assert len({frozenset(route) for route in found}) == len(found)
        assert cost(found[0]) == pytest.approx(costs[0])
        assert all(cost(route) < 0 for route in found)
        # Just the cheapest is under a ceiling right above it.
        alone = cheapest_routes(tour, value, len(value), costs[0] + 1e-4, RouteMemory())
        assert cost(alone[0]) == pytest.approx(costs[0])


def test_of_very_many_visits_those_worth_most_for_their_time_are_looked_at() -> None:
    many = BITS * WORDS + 10
    day = instance(
        somebody("anna"),
        *(visit(f"v{number}", windows=(window(0, "08:00", "13:00"),)) for number in range(many)),
        days=1,
        weights=UNTIED,
    )
    (tour,) = tours(lower(day))
    value = np.arange(1.0, many + 1)
    found = cheapest_routes(tour, value, 0, 0.0, RouteMemory())
    assert set(found[0]) == set(range(many - 5, many))


@pytest.mark.parametrize("seed", range(4))
def test_a_sweep_tells_its_points_and_ends_with_the_best_of_a_small_day(seed: int) -> None:
    day = a_day(seed)
    lowered = lower(day)
    parts = route_parts(lowered)
    assert parts is not None
    search = RouteSearch(lowered, parts)
    dense, before = nobody(lowered), lowered.scale.hard
    for _ in range(4):
        dense, points = search.sweep(dense, Stop())
        score = check(day, to_roster(lowered, dense)).score
        assert lowered.scale.points(score) == points <= before
        before = points
    proven = solve(day, Stop())
    assert proven.outcome is not None
    assert proven.outcome.status == "optimal"
    assert score == proven.score


def test_what_a_sweep_is_given_is_never_made_worse() -> None:
    day = a_day(1)
    lowered = lower(day)
    parts = route_parts(lowered)
    assert parts is not None
    best, points = RouteSearch(lowered, parts).sweep(nobody(lowered), Stop())
    spent = Stop(seconds=0.0)
    assert RouteSearch(lowered, parts).sweep(best, spent) == (best, points)


def test_visits_that_nobody_shares_are_apart() -> None:
    shared = {"windows": (window(0, "08:00", "13:00"),)}
    day = instance(
        *(somebody(name) for name in ("anna", "ben", "cleo")),
        visit("a", excluded=("cleo",), **shared),
        visit("b", excluded=("ben", "cleo"), **shared),
        visit("c", excluded=("anna", "ben"), **shared),
        days=1,
        weights=UNTIED,
    )
    parts = route_parts(lower(day))
    assert parts is not None
    found = {
        (frozenset(part.tasks), frozenset(tour.person for tour in part.tours)) for part in parts
    }
    assert found == {
        (frozenset({0, 1}), frozenset({0, 1})),
        (frozenset({2}), frozenset({2})),
    }


@pytest.mark.parametrize(
    "tie",
    [
        (visit("crew", Slot(), Slot()),),
        (visit("second"), Gap(first="v0", second="second", least_minutes=10)),
        (shift("s", at(0, "09:00")),),
        (person("cleo", limits=NO_LIMITS.model_copy(update={"daily_minutes": 100})),),
        (person("cleo", limits=NO_LIMITS.model_copy(update={"weekly_minutes": 100})),),
        (
            somebody(
                "cleo", availability=(window(0, "08:00", "09:00"), window(0, "11:00", "12:00"))
            ),
        ),
    ],
    ids=["crew", "gap", "shift", "long day", "week", "two spans"],
)
def test_where_more_than_routes_has_a_price_nothing_is_recombined(tie: tuple[object, ...]) -> None:
    day = a_day(0)
    assert route_parts(lower(day)) is not None
    records = (*day.people, *day.places, *day.visits, *tie)
    tied = instance(*records, days=1, weights=dict(day.settings.rules))
    assert route_parts(lower(tied)) is None


@pytest.mark.parametrize("rule", ["late_return", "waiting", "worst_idle"])
def test_rules_that_price_times_of_days_are_left_to_annealing(rule: str) -> None:
    weights = UNTIED | HOME | {rule: RuleSetting(level=Level.SOFT, weight=2)}
    day = a_day(0)
    soft = day.changed(settings=day.settings.model_copy(update={"rules": weights}))
    assert route_parts(lower(soft)) is None


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Annealing that changes nothing, and days recombined as soon as it begins."""
    idle_search(monkeypatch)
    monkeypatch.setattr(portfolio, "TINY", 0)
    monkeypatch.setattr(recombining, "LEFT", 1.0)


def test_days_are_recombined_beside_annealing(at_once: None) -> None:
    day = a_day(2)
    roster = solve(day, Stop(seconds=60))
    assert roster.outcome is not None
    assert roster.outcome.engine in ("columns", "construct")
    assert not roster.outcome.notices
    assert check(day, roster).score == roster.score
    lowered = lower(day)
    parts = route_parts(lowered)
    assert parts is not None
    points = RouteSearch(lowered, parts).sweep(nobody(lowered), Stop())[1]
    assert roster.score is not None
    assert lowered.scale.points(roster.score) <= points


def test_a_given_roster_is_not_recombined(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise AssertionError("recombined")

    day = a_day(2)
    given = Roster(horizon=day.horizon, instance=day.id)
    monkeypatch.setattr(columns, "RouteSearch", fail, raising=False)
    roster = solve(day, Stop(seconds=60), start=given)
    assert roster.outcome is not None
    assert not roster.outcome.notices


def test_a_choice_that_is_worse_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered = lower(a_day(1))
    parts = route_parts(lowered)
    assert parts is not None
    best, points = RouteSearch(lowered, parts).sweep(nobody(lowered), Stop())
    monkeypatch.setattr(RouteSearch, "_improved", lambda *_: {})
    assert RouteSearch(lowered, parts).sweep(best, Stop()) == (best, points)


def test_new_routes_leave_time_for_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered = lower(a_day(1))
    parts = route_parts(lowered)
    assert parts is not None
    times: list[float] = []
    monkeypatch.setattr(
        RouteSearch, "_generate", lambda _self, _program, _more, stop: times.append(stop.seconds)
    )
    RouteSearch(lowered, parts).sweep(nobody(lowered), Stop(seconds=1_000.0))
    assert 0 < max(times) <= 650


def test_days_are_recombined_once_when_it_is_time() -> None:
    lowered = lower(a_day(2))
    start = nobody(lowered)
    days = recombining.Recombining(lowered, 60.0, lambda: start)
    best = Incumbent(start, lowered.scale.hard, "anneal")
    left = (0.31, 0.3, 0.2)
    assert [days.better(best, Stop(), share) is not None for share in left] == [False, True, False]


def test_days_of_more_than_a_few_choices_are_not_left_to_cp_sat(
    at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(portfolio, "SMALL", 10_000)
    monkeypatch.setattr(exact, "solve_exact", lambda *_, **_more: asked.append(1))
    solve(a_day(2), Stop(seconds=60))
    assert not asked
