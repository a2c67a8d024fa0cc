"""Results: their gaps, their curves, and the way to a file and back."""

import pytest

from benchmarks.result import load, save, thinned
from benchmarks.table import line, size_class, summary
from tests.benchmarks.results import result


def test_a_result_file_gives_back_what_was_saved(tmp_path):
    results = [
        result("a", 12.5, best_known=12.0, bound=10.0, curve=[[0.1, 20.0], [3.0, 12.5]]),
        result("b", None, checked=False, fault="MemoryError: "),
    ]
    path = tmp_path / "deep" / "results.json"
    save(path, results, {"lianxin": "0"})
    assert load(path) == results
    assert [one.name for one in path.parent.iterdir()] == ["results.json"]


def test_an_older_file_that_recorded_less_is_read(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(
        '{"results": [{"family": "weeks", "instance": "a", "seed": 1, "seconds": 60.0,'
        ' "cores": 1, "cost": 87.0, "gap": null}]}'
    )
    (one,) = load(path)
    assert (one.cost, one.solver, one.curve) == (87.0, "lianxin", None)


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.json"
    path.write_text("[]")
    with pytest.raises(ValueError, match="no result file"):
        load(path)


def test_gaps_are_per_cent_of_what_they_are_measured_against():
    one = result("a", 110.0, best_known=100.0, mean_known=220.0, bound=99.0)
    assert one.gap == pytest.approx(10)
    assert one.mean_gap == pytest.approx(-50)
    # (110 - 99) / 110
    assert one.bound_gap == pytest.approx(10)
    assert result("a", 0.0, best_known=0.0).gap == 0
    assert result("a", 1.0, best_known=0.0).gap is None
    assert result("a", None, best_known=1.0).gap is None


def test_a_thinned_curve_keeps_its_ends_and_never_more_than_asked():
    curve = [[float(number), float(-number)] for number in range(1000)]
    kept = thinned(curve, 60)
    assert len(kept) == 60
    assert (kept[0], kept[-1]) == (curve[0], curve[-1])
    assert kept == sorted(kept)
    assert thinned(curve[:3], 60) == curve[:3]


@pytest.mark.parametrize(
    ("name", "size"),
    [("InstanzVNS_HCSRP_100_2", 100), ("day-60", 60), ("shizishan/community", None), ("i-083", 83)],
)
def test_a_name_tells_its_size_or_nothing(name, size):
    assert size_class(name) == size


def test_the_summary_takes_medians_of_seeds_before_means_of_instances():
    results = [
        result("x_10_1", cost, seed=seed, best_known=100.0)
        for seed, cost in enumerate((101.0, 102.0, 130.0))
    ] + [result("x_10_2", 104.0, best_known=100.0), result("x_20_1", 100.0, best_known=100.0)]
    small, every = summary(results)
    # (2 + 4) / 2, and (2 + 4 + 0) / 3 over all
    assert "10: mean gap to best known +3.00 %, worst median +4.00 %, worst +30.00 %" in small
    assert "all: mean gap to best known +2.00 %" in every


def test_a_failed_solve_says_why():
    assert "failed: MemoryError" in line(result("b", None, fault="MemoryError"))
