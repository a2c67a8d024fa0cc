"""Random numbers of the kernels are those of the generator that state.py names."""

import numpy as np

from scheduler.engines.compiled import outer
from scheduler.engines.search import layout as at
from scheduler.engines.search.state import random_below

FACTOR, STEP = 6364136223846793005, 1442695040888963407


@outer
def _two_coins(W):
    first = random_below(W, 2)
    second = 1
    if random_below(W, 2) == 0:
        second = 0
    return 10 * first + second


def test_a_coin_is_the_upper_bit_of_its_own_step():
    # Modulo 2**64 as the generator is defined. With signed sums LLVM took the upper bit of the number
    # before the step, so that the second coin always fell as the first.
    W = np.zeros(at.SCRATCH_HEADER, dtype=np.int64)
    drawn, state = [], 0
    expected = []
    for _ in range(200):
        drawn.append(int(_two_coins(W)))
        coins = []
        for _ in range(2):
            state = (state * FACTOR + STEP) % 2**64
            coins.append(state >> 63)
        expected.append(10 * coins[0] + coins[1])
    assert drawn == expected
    assert set(drawn) == {0, 1, 10, 11}
