"""Re-planning summed up against solving from scratch."""

from benchmarks.replan import ScenarioResult, summary


def _result(
    number: int, size: str, way: str, seconds: float, medium: int, **more
) -> ScenarioResult:
    known = {"took": seconds, "hard": 0, "soft": 0, "disturbed": 0, "forced": 0, "frozen_broken": 0}
    return ScenarioResult(number, size, way, seconds, medium=medium, **(known | more))


def test_every_way_is_measured_against_the_longest_from_scratch():
    results = [
        _result(0, "one", "replan", 5.0, 20, took=1.0, disturbed=1),
        _result(0, "one", "scratch", 10.0, 15),
        _result(0, "one", "scratch", 60.0, 10, disturbed=9),
        _result(1, "few", "replan", 5.0, 10, took=4.0, disturbed=2, frozen_broken=3),
        _result(1, "few", "scratch", 60.0, 20, disturbed=6),
        # Nobody solved this one from scratch.
        _result(2, "few", "replan", 5.0, 99, took=5.0),
    ]
    assert summary(results) == [
        "against 60 s from scratch (means over the scenarios that both solved):",
        "  replan 5 s, one: undone +100.00 %, disturbed 1.0 people against 9.0, took 1.0 s in the median,"
        " 0 broken freezes or hard rules, 1 scenarios",
        "  replan 5 s, few: undone -50.00 %, disturbed 2.0 people against 6.0, took 4.0 s in the median,"
        " 1 broken freezes or hard rules, 1 scenarios",
        # Twice and half as much are even by geometric mean.
        "  replan 5 s, all: undone +0.00 %, disturbed 1.5 people against 7.5, took 2.5 s in the median,"
        " 1 broken freezes or hard rules, 2 scenarios",
        "  scratch 10 s, one: undone +50.00 %, disturbed 0.0 people against 9.0, took 10.0 s in the median,"
        " 0 broken freezes or hard rules, 1 scenarios",
        "  scratch 10 s, all: undone +50.00 %, disturbed 0.0 people against 9.0, took 10.0 s in the median,"
        " 0 broken freezes or hard rules, 1 scenarios",
    ]


def test_nothing_from_scratch_leaves_nothing_to_measure_against():
    assert summary([_result(0, "one", "replan", 5.0, 20)]) == []
    assert summary([]) == []
