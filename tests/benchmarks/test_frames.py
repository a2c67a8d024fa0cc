"""Results as tables."""

from math import inf, isnan

import pandas as pd
import pytest

from benchmarks.frames import curves, median_costs, solves
from tests.benchmarks.results import result


def test_a_solve_is_a_row_with_its_gaps():
    table = solves([result("007", 110.0, best_known=100.0, bound=99.0), result("NA", None)])
    assert table["instance"].tolist() == ["007", "NA"]
    assert table["gap"][0] == pytest.approx(10)
    # (110 - 99) / 110
    assert table["bound_gap"][0] == pytest.approx(10)
    assert isnan(table["cost"][1])
    assert "curve" not in table


def test_no_results_have_the_same_columns():
    pd.testing.assert_series_equal(solves([]).dtypes, solves([result("a", 1.0)]).dtypes)
    assert median_costs(solves([])).empty


def test_half_of_the_solves_failed_is_a_failure():
    results = [
        result("b", cost, seed=seed, checked=checked)
        for seed, (cost, checked) in enumerate([(3.0, True), (1.0, True), (2.0, True)])
    ]
    results += [result("a", 1.0), result("a", 1.0, checked=False), result("a", 2.0, solver="peer")]
    assert median_costs(solves(results)).to_dict() == {
        ("b", "lianxin"): 2.0,
        ("a", "lianxin"): inf,
        ("a", "peer"): 2.0,
    }


def test_a_curve_ends_where_its_search_did():
    fast = result("a", 5.0, best_known=4.0, used=30.0, curve=[[0.0, 9.0], [2.0, 5.0]])
    table = curves(
        [("before", [fast, result("b", 1.0)]), ("after", [result("a", 7.0, curve=[[70.0, 7.0]])])]
    )
    assert table.drop(columns="best_known").values.tolist() == [
        ["before", "a", 0, 0.01, 9.0],
        ["before", "a", 0, 2.0, 5.0],
        ["before", "a", 0, 30.0, 5.0],
        ["after", "a", 1, 70.0, 7.0],
        # It was given 60 s and ended later than that.
        ["after", "a", 1, 70.0, 7.0],
    ]
    assert curves([]).dtypes.equals(table.dtypes)
