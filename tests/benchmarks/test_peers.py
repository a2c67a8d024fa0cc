"""Every installed peer gives rosters that our checker prices as it should."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks.families import FAMILIES, BenchmarkCase
from benchmarks.peers import PEERS
from benchmarks.peers import run as peers
from benchmarks.reduced import expressible, shared_cost, single_people
from benchmarks.result import load
from scheduler.checker import check
from scheduler.model import Limits, Score
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.benchmarks.days import crossing, fortnight, late_then_early
from tests.benchmarks.results import result

SECONDS = 1.0
JAVA_SECONDS = 4.0
"""The first of them load and make ready what it runs."""


def _cp_sat():
    return next(peer for peer in PEERS if peer.name == "cp-sat")


def _solve(peer, instance):
    return peer.solve(instance, JAVA_SECONDS if peer.jdk else SECONDS, 1, 1)


# Timefold's two kinds differ in how they search alone: test_timefold.py has the other.
@pytest.fixture(
    params=[peer for peer in PEERS if peer.name != "timefold"], ids=lambda peer: peer.name
)
def peer(request):
    if not request.param.installed:
        pytest.skip(f"{request.param.name}: {request.param.lack}")
    return request.param


def test_a_peer_finds_the_best_routes_of_a_tiny_day(peer):
    instance = expressible(crossing()).instance
    assert peer.supports(instance) == []
    roster = _solve(peer, instance)
    # All by the one who is able: near 5, late 7, far 3. Far before late would be 5 + 8 + 3,
    # and far by the other, who walks back to the base, 5 + 7 + 10.
    assert check(instance, roster).score == Score(soft=15)


def test_a_peer_reckons_in_ticks_of_any_length(peer):
    instance = expressible(crossing(ticks=1000)).instance
    assert check(instance, _solve(peer, instance)).score == Score(soft=15_000)


def test_a_peer_leaves_out_what_is_not_worth_a_breach(peer):
    instance = expressible(crossing()).instance
    alone = instance.changed(people=instance.people[1:])
    roster = _solve(peer, alone)
    assert {one.task for one in roster.assignments} == {"far"}
    # Two visits undone at priority 3 (5 points each); 10 minutes back from far.
    assert check(alone, roster).score == Score(medium=10, soft=10)


def test_a_peer_uses_the_later_of_two_windows(peer):
    instance = expressible(crossing()).instance
    roster = _solve(peer, instance)
    (late,) = (one for one in roster.assignments if one.task == "late")
    assert 600 <= late.start < 660


def test_a_peer_says_what_it_cannot_express(peer):
    assert (peer.supports(fortnight()) == []) == (peer.name == "cp-sat")


@pytest.mark.parametrize(
    ("limits", "best"),
    [
        # One by the able, near: 5; far by the other, 10 back; late is undone.
        (Limits(daily_tasks=1), Score(medium=5, soft=15)),
        # All three are 60 minutes of work and 15 of ways: far by the other, 5 + 7 + 10.
        (Limits(weekly_tasks=2), Score(soft=22)),
        (Limits(weekly_minutes=74), Score(soft=22)),
        (Limits(weekly_minutes=75), Score(soft=15)),
        (Limits(daily_minutes=70, daily_overtime=4), Score(soft=22)),
        # Five minutes of overtime are cheaper.
        (Limits(daily_minutes=70, daily_overtime=5), Score(soft=20)),
        (Limits(daily_minutes=70), Score(soft=20)),
        (Limits(weekly_days=0), Score(medium=10, soft=10)),
    ],
)
def test_cp_sat_keeps_the_limits_of_who_visits(limits, best):
    instance = single_people(crossing())
    able, other = instance.people
    limited = instance.changed(people=(able.model_copy(update={"limits": limits}), other))
    roster = _cp_sat().solve(limited, SECONDS, 1, 1)
    assert check(limited, roster).score == best


@pytest.mark.parametrize(("rest", "undone"), [(480, 0), (481, 5)])
def test_cp_sat_keeps_rests_of_who_visits(rest, undone):
    instance = single_people(late_then_early())
    limits = Limits(rest_minutes=rest)
    person = instance.people[0].model_copy(update={"limits": limits})
    rested = instance.changed(people=(person,))
    roster = _cp_sat().solve(rested, SECONDS, 1, 1)
    assert check(rested, roster).score == Score(medium=undone)


def test_cp_sat_proves_a_roster_of_shifts_that_keeps_every_limit():
    instance = fortnight()
    roster = _cp_sat().solve(instance, 20.0, 1, 1)
    assert roster.outcome is not None
    assert roster.outcome.status == "optimal"
    best = check(instance, roster)
    assert best.feasible
    ours = solve(instance, Stop(steps=200_000), seed=1)
    assert ours.score is not None
    assert shared_cost(best.score) <= shared_cost(ours.score)


@pytest.mark.parametrize(
    ("name", "stem"), [("crossing", "crossing"), ("Città d'Este [2]/3", "Città d'Este [2]-3")]
)
def test_the_command_runs_us_and_the_peers_on_the_same_day(name, stem, monkeypatch, tmp_path):
    case = BenchmarkCase(name, crossing, shared_cost, None, lambda folder, instance, roster: None)
    kept_to = []
    monkeypatch.setattr("os.sched_setaffinity", lambda process, cores: kept_to.append(len(cores)))
    monkeypatch.setitem(FAMILIES, "ours", lambda data, only: [case])
    monkeypatch.setattr("benchmarks.peers.run.in_own_process", lambda work, *given: work(*given))
    told = CliRunner().invoke(
        app,
        ["peers", "ours", "--seconds", "0.3", "--solver", "vroom", "--save", str(tmp_path)],
    )
    assert told.exit_code == 0, told.output
    results = load(tmp_path / "results.json")
    expected = ["lianxin"] + [one.name for one in PEERS if one.name == "vroom" and one.installed]
    assert [one.solver for one in results] == expected
    assert all(one.checked and one.cost == 15 for one in results)
    assert kept_to == [1 for _ in results]
    assert (tmp_path / f"{stem}-lianxin-1.json").exists()


def test_what_was_made_for_peers_is_not_reduced_again(monkeypatch):
    whole = fortnight()
    case = BenchmarkCase("a", lambda: whole, shared_cost, None, lambda *given: None, reduced=True)
    monkeypatch.setitem(FAMILIES, "ours", lambda data, only: [case])
    monkeypatch.setattr("benchmarks.peers.run.expressible", lambda instance: pytest.fail("reduced"))
    (task,) = peers.tasks("ours", Path(), "*")
    assert task.left_out == {}
    assert "cp-sat" in task.solvers


def test_a_line_has_seconds_of_the_processor_beside_those_of_the_clock():
    solved = replace(result("a", 10.0), used=20.04, processor=13.57, checked=True)
    assert peers.line(solved, None).split()[-3:] == ["20.0", "13.6", "yes"]


def test_a_peer_that_is_missing_is_named_with_its_extra(monkeypatch):
    monkeypatch.setattr("benchmarks.peers.find_spec", lambda name: None)
    told = list(peers.limits([]))
    assert len(told) == len(PEERS)
    assert all("[peers]" in line for line in told)


def test_the_summary_counts_medians_by_instance():
    results = [
        result("a", cost, solver=solver, seed=seed)
        for solver, costs in (("lianxin", (10.0, 20.0, 30.0)), ("vroom", (80.0, 5.0, 40.0)))
        for seed, cost in enumerate(costs)
    ] + [result("b", 10.0), result("b", None, solver="vroom", checked=False)]
    (line,) = peers.summary(results)
    # 40 / 20 on a; no roster on b
    assert "costs 2.0000 times ours (geometric mean of 1)" in line
    assert "better on 2, level on 0, worse on 0 of 2" in line
