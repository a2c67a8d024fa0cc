"""Routes of a few hours: none collects more than the best, which is a route."""

from itertools import permutations, product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engines.exact.part_routes import PartRoutes
from scheduler.engines.exact.possible_starts import PossibleStarts

WAYS = np.array([[0, 1, 6], [1, 0, 5], [6, 5, 0]], dtype=np.int32)
"""By no third place shorter."""
Span = tuple[int, int, int, int, int, int]
"""Task, place, first start, last, every, length."""


def starts_of(spans: list[Span]) -> PossibleStarts:
    columns = np.array(spans, dtype=np.int64).T
    return PossibleStarts(np.arange(len(spans), dtype=np.int64), *columns[1:])


def best_by_trial(spans: list[Span], weight: list[int], most: int) -> int:
    """The most that any order of any spans of different tasks collects."""
    tasks = sorted({task for task, *_ in spans})
    best = 0
    for count in range(1, most + 1):
        for order in permutations(tasks, count):
            for route in product(*([span for span in spans if span[0] == task] for task in order)):
                if follows(route):
                    best = max(best, sum(weight[tasks.index(task)] for task in order))
    return best


def follows(route: tuple[Span, ...]) -> bool:
    ends, here = 0, None
    for _, place, first, last, every, length in route:
        arrival = ends + (0 if here is None else int(WAYS[here, place]))
        begin = max(first, -(-arrival // every) * every)
        if begin > last:
            return False
        ends, here = begin + length, place
    return True


def drawn_spans(seed: int) -> list[Span]:
    """Of five tasks, one of them at two times or places, that crowd the same hour."""
    chance = Random(seed)
    spans = []
    for task in (7, 8, 8, 11, 12, 14):
        every = chance.choice((1, 5))
        first = every * chance.randrange(15 // every)
        last = first + chance.randrange(30)
        spans.append((task, chance.randrange(3), first, last, every, chance.randrange(1, 13)))
    return spans


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_best_route_is_the_best_of_all(seed: int) -> None:
    spans, chance = drawn_spans(seed), Random(seed)
    weight = [chance.randrange(6) for _ in range(5)]
    most, beyond = chance.choice((1, 2, 3, 5, 5, 5)), chance.randrange(7)
    routes = PartRoutes(starts_of(spans), np.array([task for task, *_ in spans]), WAYS, most)
    best = best_by_trial(spans, weight, most)
    found = routes.best(np.array(weight), beyond)
    assert found is not None
    total, route = found
    assert total == max(beyond, best)
    assert sum(weight[number] for number in route) == (best if best > beyond else 0)


def test_a_route_that_just_fits_is_found() -> None:
    spans = [(7, 0, 0, 0, 1, 11), (8, 0, 0, 11, 1, 11), (11, 0, 0, 22, 1, 10)]
    routes = PartRoutes(starts_of(spans), np.array([7, 8, 11]), WAYS, 3)
    assert routes.best(np.array([5, 5, 5]), 14) == (15, [0, 1, 2])
    assert routes.best(np.array([5, 5, 5]), 15) == (15, [])


def test_too_many_routes_are_not_followed() -> None:
    spans = [(task, 0, 0, 1000, 1, 1) for task in range(63)]
    routes = PartRoutes(starts_of(spans), np.arange(63), WAYS, 63)
    assert routes.best(np.ones(63, dtype=np.int64), 0) is None
