"""HHCRSP: published solutions price at their published cost, and ours can be read back."""

import csv
import json
import os
from pathlib import Path

import pytest

from scheduler.checker import check
from scheduler.formats.literature import hhcrsp
from scheduler.model import InputError
from scheduler.solver import solve
from scheduler.stop import Stop

DATA = Path(os.environ.get("LIANXIN_BENCHMARKS", "benchmarks/data")) / "hhcrsp"
needs_data = pytest.mark.skipif(
    not (DATA / "best_known.csv").exists(),
    reason="public instances not found; set LIANXIN_BENCHMARKS to their folder",
)


def _published() -> list[str]:
    return sorted(path.stem for path in (DATA / "instances").glob("*.json"))


def _best() -> dict[str, dict[str, str]]:
    with (DATA / "best_known.csv").open(encoding="utf-8") as table:
        return {row["instance"]: row for row in csv.DictReader(table)}


def _tiny(**changes) -> dict:
    whole = {
        "patients": [
            {
                "id": "p1",
                "location": [0, 0],
                "time_window": [10.0, 20.0],
                "required_caregivers": [{"service": "s1", "duration": 5.5}],
            },
            {
                "id": "p2",
                "location": [0, 0],
                "time_window": [10.0, 12.0],
                "required_caregivers": [
                    {"service": "s1", "duration": 5.0},
                    {"service": "s2", "duration": 5.0},
                ],
                "synchronization": {"type": "sequential", "distance": [3, 6]},
            },
        ],
        "services": [{"id": "s1"}, {"id": "s2"}],
        "caregivers": [{"id": "c1", "abilities": ["s1"]}, {"id": "c2", "abilities": ["s2"]}],
        "central_offices": [{"id": "d", "location": [0, 0]}],
        "distances": [[0, 4, 6], [4, 0, 3.125], [6, 3.125, 0]],
    }
    return whole | changes


def test_travel_tardiness_and_the_largest_tardiness_weigh_a_third_each(tmp_path):
    # c1 office-p1-p2-office or the other way: ways 4 + 3.125 + 6 = 13.125; c2 office-p2-office: 12.
    # p2 first: c1 starts 10, ends 15, p1 at 18.125, nothing late; c2 starts 13, one late (due 12).
    # p1 first: ends 15.5, p2 at 18.625: late 6.625, and c2 at 21.625: late 9.625.
    # So (25.125 + 1 + 1) / 3 = 9.041666...
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(_tiny()))
    week = hhcrsp.read_instance(path)
    roster = solve(week, Stop(steps=3_000), seed=1)
    assert roster.score.points == (0, 0, 27_125)
    assert hhcrsp.cost(roster.score.soft) == pytest.approx(27.125 / 3)


def test_a_solution_written_and_read_back_costs_the_same(tmp_path):
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(_tiny()))
    week = hhcrsp.read_instance(path)
    roster = solve(week, Stop(steps=1_000), seed=1)
    hhcrsp.write_solution(tmp_path / "sol.json", week, roster)
    again = hhcrsp.read_solution(tmp_path / "sol.json", week)
    assert check(week, again).score == roster.score
    written = json.loads((tmp_path / "sol.json").read_text())
    assert set(written) == {"global_ordering", "routes"}


@pytest.mark.parametrize("broken", ["", "[]", '{"patients": [{}]}', "{"])
def test_a_file_that_is_something_else_is_an_input_error(tmp_path, broken):
    path = tmp_path / "broken.json"
    path.write_text(broken)
    with pytest.raises(InputError) as caught:
        hhcrsp.read_instance(path)
    assert caught.value.problems[0].code == "not_this_format"


@needs_data
@pytest.mark.parametrize("name", _published())
def test_a_published_solution_costs_what_was_published(name):
    week = hhcrsp.read_instance(DATA / "instances" / f"{name}.json")
    (solution,) = (DATA / "solutions").glob(f"sol-{name}-*.json")
    report = check(week, hhcrsp.read_solution(solution, week))
    known = _best()[name]
    amounts = {one.rule.rule.id: one.amount / 1000 for one in report.rules}
    # The table keeps six digits.
    assert report.feasible
    assert hhcrsp.cost(report.score.soft) == pytest.approx(float(known["cost"]), rel=5e-6)
    assert amounts["travel"] == pytest.approx(float(known["travel"]), rel=5e-6)
    assert amounts["due_date"] == pytest.approx(float(known["total_tardiness"]), rel=5e-6)
    assert amounts["worst_lateness"] == pytest.approx(float(known["max_tardiness"]), rel=5e-6)


@needs_data
@pytest.mark.parametrize("name", [name for name in _published() if "_10_" in name])
def test_ten_patients_are_solved_as_well_as_published(name):
    week = hhcrsp.read_instance(DATA / "instances" / f"{name}.json")
    roster = solve(week, Stop(steps=400_000), seed=1)
    assert hhcrsp.cost(roster.score.soft) <= float(_best()[name]["cost"]) * (1 + 5e-6)
