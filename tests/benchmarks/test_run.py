"""The benchmark command, on an instance of our own that needs no data."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks.families import FAMILIES, BenchmarkCase
from benchmarks.result import Result, load
from benchmarks.run import in_own_process
from instances.generate import generate
from scheduler.model import Instance, Roster

run = CliRunner()


def test_a_run_prints_a_line_a_solve_and_saves_what_it_found(tmp_path):
    told = run.invoke(
        app,
        ["run", "weeks", "--only", "*community", "--seconds", "0.5", "--save", str(tmp_path)],
    )
    assert told.exit_code == 0, told.output
    assert "shizishan/community" in told.output
    saved = json.loads((tmp_path / "results.json").read_text())
    (result,) = saved["results"]
    assert result["checked"]
    assert result["hard"] == 0
    assert result["seed"] == 1
    assert result["status"] == "feasible"
    costs = [cost for _, cost in result["curve"]]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == result["cost"]
    assert (tmp_path / "shizishan-community.json").exists()
    assert {"when", "commit", "machine", "versions"} <= set(saved["run"])


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["weeks", "--only", "nothing"], ["hhcrsp", "--data", "nowhere"]]
)
def test_a_run_of_nothing_is_told_so(arguments):
    told = run.invoke(app, ["run", *arguments])
    assert told.exit_code == 2


def test_a_solve_that_fails_is_a_row_and_not_the_end_of_the_run(monkeypatch, tmp_path):
    cases = [_case("broken"), _case("whole")]
    monkeypatch.setitem(FAMILIES, "ours", lambda data, only: cases)
    monkeypatch.setattr(
        "benchmarks.run.in_own_process", lambda work, blank, *rest: _here(work, blank, rest)
    )
    told = run.invoke(
        app, ["run", "ours", "--seconds", "0.2", "--seeds", "2", "--save", str(tmp_path)]
    )
    assert told.exit_code == 0, told.output
    assert "failed: RuntimeError: no such week" in told.output
    assert "2 solves failed, 0 did not pass the checker" in told.output
    results = load(tmp_path / "results.json")
    assert [bool(one.fault) for one in results] == [True, True, False, False]
    assert (tmp_path / "seed-2" / "whole.json").exists()


def test_a_process_of_its_own_hands_the_fault_back():
    blank = Result(family="ours", instance="it", seed=1, seconds=1.0, cores=1)
    found = in_own_process(replace, blank, "replace takes no second argument")
    assert found.fault.startswith("TypeError")
    assert not found.checked


def _case(name: str) -> BenchmarkCase:
    def week() -> Instance:
        if name == "broken":
            raise RuntimeError("no such week")
        return generate("tiny/priority")

    def keep(folder: Path, instance: Instance, roster: Roster) -> None:
        (folder / f"{name}.json").write_text("")

    return BenchmarkCase(name, week, lambda score: float(score.medium), None, keep)


def _here(work, blank, rest):
    try:
        return work(blank, *rest)
    except RuntimeError as fault:
        return replace(blank, fault=f"{type(fault).__name__}: {fault}")
