"""Linkage: no path is shorter than it says, and where paths follow the tree it says what they are."""

from itertools import pairwise, permutations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scheduler.engines.exact.feasible_assignments import FAR
from scheduler.engines.exact.linkage import least_path, levels


def length(distance: np.ndarray, path: tuple[int, ...]) -> int:
    return sum(int(distance[a, b]) for a, b in pairwise(path))


def proven(distance: np.ndarray, share: list[float], first: float = 1.0) -> float:
    ticks, off = least_path(levels(distance), np.array(share, dtype=np.float64), first)
    return float(ticks @ np.array(share)) - off * first


@given(data=st.data())
def test_no_path_through_any_points_is_shorter(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 5))
    cells = data.draw(
        st.lists(st.sampled_from([0, 1, 2, 3, 7, FAR]), min_size=count**2, max_size=count**2)
    )
    distance = np.array(cells, dtype=np.int64).reshape(count, count)
    share = data.draw(
        st.lists(st.sampled_from([0.0, 0.3, 0.5, 1.0]), min_size=count, max_size=count)
    )
    first = data.draw(st.sampled_from([0.5, 1.0]))
    ticks, off = least_path(levels(distance), np.array(share), first)
    for visited in product([0, 1], repeat=count):
        points = [point for point in range(count) if visited[point]]
        if points:
            shortest = min(length(distance, path) for path in permutations(points))
            assert int(ticks[points].sum()) - off <= shortest


def test_pairs_of_neighbours_far_from_each_other_are_a_long_way() -> None:
    # At 0, 1, 10, 11 on a line: 1 + 9 + 1 ticks, of which 9 lie between the pairs.
    line = np.array([0, 1, 10, 11])
    distance = np.abs(line[:, None] - line[None, :])
    assert proven(distance, [1, 1, 1, 1]) == 11
    assert proven(distance, [1, 0, 1, 0]) == 9
    assert proven(distance, [1, 1, 0, 0]) == 1
    assert proven(distance, [0, 0, 1, 0]) == 0
    # Halves of all four: two points in all, of which one may be in each pair or both in one.
    assert proven(distance, [0.5, 0.5, 0.5, 0.5]) == 1
    assert proven(distance, [0.75, 0.75, 0.75, 0.75]) == 1 * (3 - 1) + 8 * (1.5 - 1)


def test_what_no_path_joins_adds_nothing() -> None:
    distance = np.array([[0, 4, FAR], [FAR, 0, FAR], [FAR, FAR, 0]])
    assert proven(distance, [1, 1, 1]) == 8
