"""Two runs side by side."""

import pytest

from benchmarks.compare import NotComparableError, compare, geometric_mean, lines, sign_test
from tests.benchmarks.results import result


def test_the_sign_test_is_two_sided():
    # 9 of 10: (C(10,0) + C(10,1)) / 2^10 = 11 / 1024, twice
    assert sign_test(9, 1) == 22 / 1024
    assert sign_test(1, 9) == 22 / 1024
    # 5 of 5: 1 / 32, twice
    assert sign_test(5, 0) == 1 / 16
    assert sign_test(3, 3) == 1
    assert sign_test(0, 0) == 1


def test_a_geometric_mean_of_doubling_and_halving_is_one():
    assert geometric_mean([2.0, 0.5]) == pytest.approx(1)
    assert geometric_mean([]) == 1


def test_an_instance_counts_by_the_median_of_its_seeds():
    first = [result("a", cost, seed=seed) for seed, cost in enumerate((10.0, 20.0, 90.0))]
    second = [result("a", cost, seed=seed) for seed, cost in enumerate((15.0, 10.0, 11.0))]
    (pair,) = compare(first, second).pairs.itertuples()
    assert (pair.first, pair.second, pair.outcome) == (20.0, 11.0, 1)
    assert pair.ratio == pytest.approx(0.55)


def test_wins_ties_and_losses_are_told_apart():
    first = [result(name, 10.0) for name in "abcd"]
    second = [
        result(name, cost) for name, cost in zip("abcd", (5.0, 10.0, 20.0, 40.0), strict=True)
    ]
    found = compare(first, second)
    assert [found.count(outcome) for outcome in (1, 0, -1)] == [1, 1, 2]
    # fourth root of 0.5 * 1 * 2 * 4
    assert found.mean_ratio == pytest.approx(2**0.5)


def test_a_solve_without_a_checked_roster_loses_but_has_no_ratio():
    first = [result("a", 10.0), result("b", 10.0, checked=False)]
    second = [result("a", None, fault="MemoryError"), result("b", 99.0)]
    found = compare(first, second)
    assert found.pairs["outcome"].tolist() == [-1, 1]
    assert found.pairs["ratio"].isna().all()
    assert any("none" in line for line in lines(found))


def test_costs_of_nothing_tie():
    found = compare([result("a", 0.0), result("b", 0.0)], [result("a", 0.0), result("b", 1.0)])
    assert found.pairs["outcome"].tolist() == [0, -1]
    assert found.pairs["ratio"].isna().tolist() == [False, True]


def test_a_comparison_is_printed_line_by_line():
    first = [result("day/α 1", 10.0), result("b", 8.0, solver="vroom"), result("c", 5.0)]
    second = [result("b", 4.0, solver="vroom"), result("day/α 1", 10.0), result("c", None)]
    assert list(lines(compare(first, second))) == [
        "instance                                    first       second    ratio",
        "day/α 1                                    10.000       10.000   1.0000",
        "b (vroom)                                   8.000        4.000   0.5000",
        "c                                           5.000         none        -",
        # square root of 1 * 0.5
        "geometric mean of ratios 0.7071 (below 1: the second is better)",
        "second better 1, tie 1, worse 1; sign test p = 1",
    ]


def test_different_families_are_refused_and_different_limits_warned_of():
    ours = [result("a", 1.0), result("b", 1.0)]
    with pytest.raises(NotComparableError, match="different families"):
        compare(ours, [result("a", 1.0, family="other")])
    with pytest.raises(NotComparableError, match="no instance is in both"):
        compare(ours, [result("c", 1.0)])
    with pytest.raises(NotComparableError, match="no results"):
        compare(ours, [])
    told = compare(ours, [result("a", 1.0, seconds=10.0, cores=2, seed=2)]).warnings
    assert told == [
        "different seconds: [60.0] and [10.0]",
        "different cores: [1] and [2]",
        "only in the first file: b",
    ]
