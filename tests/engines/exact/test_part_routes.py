"""Routes of a few hours: none collects more than the best, which is a route."""

from itertools import permutations, product

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


@st.composite
def span(draw: st.DrawFn) -> Span:
    every = draw(st.sampled_from([1, 5]))
    first = every * draw(st.integers(0, 20 // every))
    last = first + draw(st.integers(0, 20))
    return (
        draw(st.sampled_from([7, 8, 11, 12])),
        draw(st.integers(0, 2)),
        first,
        last,
        every,
        draw(st.integers(1, 12)),
    )


@settings(max_examples=150, deadline=None)
@given(spans=st.lists(span(), min_size=1, max_size=6), data=st.data())
def test_the_best_route_is_the_best_of_all(spans: list[Span], data: st.DataObject) -> None:
    tasks = sorted({task for task, *_ in spans})
    weight = [data.draw(st.integers(0, 5)) for _ in tasks]
    most = data.draw(st.integers(1, 4))
    beyond = data.draw(st.integers(0, 6))
    routes = PartRoutes(starts_of(spans), np.array([task for task, *_ in spans]), WAYS, most)
    best = best_by_trial(spans, weight, most)
    found = routes.best(np.array(weight), beyond)
    assert found is not None
    total, route = found
    assert total == max(beyond, best)
    assert sum(weight[number] for number in route) == (best if best > beyond else 0)


def test_too_many_routes_are_not_followed() -> None:
    spans = [(task, 0, 0, 1000, 1, 1) for task in range(63)]
    routes = PartRoutes(starts_of(spans), np.arange(63), WAYS, 63)
    assert routes.best(np.ones(63, dtype=np.int64), 0) is None
