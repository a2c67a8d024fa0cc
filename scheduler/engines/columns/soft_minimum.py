"""Soft minima of people's reduced costs over their columns, as one compiled function."""

import math

from scheduler.engines.compiled import outer

LIGHT = 1e-9
"""Weights below this are none."""


@outer
def soft_minima(prices, table, points, first, temperature, weights, least, met):
    """Sum of the people's soft minima; writes weights, minima, and the people met in each item.

    prices: float64 [item + 1], the first 0, for no item; table: int32 [column, day], item + 1 or 0
    points: float64 [column]; first: int64 [person + 1], where a person's columns begin, each has some
    weights: float64 [column]; least: float64 [person]; met: float64 [item + 1], at first 0
    """
    total = 0.0
    for person in range(len(least)):
        lowest = 1e300
        for column in range(first[person], first[person + 1]):
            reduced = points[column]
            for day in range(table.shape[1]):
                reduced -= prices[table[column, day]]
            weights[column] = reduced
            lowest = min(lowest, reduced)
        summed = 0.0
        for column in range(first[person], first[person + 1]):
            weight = math.exp((lowest - weights[column]) / temperature)
            weights[column] = weight
            summed += weight
        for column in range(first[person], first[person + 1]):
            weight = weights[column] / summed
            weights[column] = weight
            if weight > LIGHT:
                for day in range(table.shape[1]):
                    met[table[column, day]] += weight
        least[person] = lowest
        total += lowest - temperature * math.log(summed)
    return total
