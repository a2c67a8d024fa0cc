"""Linkage: how long a path through some of many points is at least, whichever they are.

At each distance, points that chains of no longer links join are one cluster. A path through points of so many
clusters has a leg beyond that distance for each of them but the first. What is sure of all distances adds up to
the least spanning tree of the visited points under single linkage.
After Gower & Ross 1969 (10.2307/2346439).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.engines.exact.feasible_assignments import FAR

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class ClusterLevel:
    """Clusters while distances grow by `ticks`: int64 [point], numbers from 0."""

    ticks: int
    cluster: Ints


def levels(distance: Ints) -> list[ClusterLevel]:
    """From single points to all that are nearer than `FAR`; distance: int64 [point, point]."""
    heights, joins = _least_tree(np.minimum(distance, distance.T))
    cluster = np.arange(len(distance))
    found, below = [], 0
    for height, (one, other) in zip(heights, joins, strict=True):
        if height >= FAR:
            break
        if height > below:
            found.append(ClusterLevel(height - below, np.unique(cluster, return_inverse=True)[1]))
            below = height
        cluster = np.where(cluster == cluster[other], cluster[one], cluster)
    return found


def _least_tree(distance: Ints) -> tuple[list[int], list[tuple[int, int]]]:
    """The edges of a least spanning tree, shortest first (Prim 1957): lengths, and the points joined."""
    count = len(distance)
    near, nearest = distance[0].copy(), np.zeros(count, dtype=np.int64)
    outside = np.ones(count, dtype=np.bool_)
    outside[0] = False
    edges = []
    for _ in range(count - 1):
        point = int(np.where(outside, near, np.iinfo(np.int64).max).argmin())
        edges.append((int(near[point]), int(nearest[point]), point))
        outside[point] = False
        nearer = distance[point] < near
        near[nearer], nearest[nearer] = distance[point][nearer], point
    edges.sort()
    return [length for length, *_ in edges], [(one, other) for _, one, other in edges]


def least_path(
    found: list[ClusterLevel], share: NDArray[np.float64], first: float
) -> tuple[Ints, int]:
    """Ticks of each point, int64 [point], and how often `first` is taken off, of what levels prove of shares of points.

    share: float64 [point]; first: share of the path that a level's first cluster stands for. The sum of ticks by
    shares, less `first` so often, is the length of the path at least; no other choice proves more.
    """
    ticks = np.zeros(len(share), dtype=np.int64)
    off = 0
    order = np.argsort(share, kind="stable")
    for level in found:
        top = np.empty(int(level.cluster.max()) + 1, dtype=np.int64)
        top[level.cluster[order]] = order
        if share[top].sum() > first:
            ticks[top] += level.ticks
            off += level.ticks
    return ticks, off
