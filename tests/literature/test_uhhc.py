"""UHHC: published solutions price at their published cost, and ours can be read back."""

import csv
import json
import os
from pathlib import Path

import pytest

from scheduler.checker import check
from scheduler.formats.literature import uhhc
from scheduler.model import InputError
from scheduler.solver import solve
from scheduler.stop import Stop

DATA = Path(os.environ.get("LIANXIN_BENCHMARKS", "benchmarks/data")) / "uhhc"
needs_data = pytest.mark.skipif(
    not (DATA / "best_known.csv").exists(),
    reason="public instances not found; set LIANXIN_BENCHMARKS to their folder",
)


def _published() -> list[str]:
    return sorted(path.stem for path in (DATA / "instances").glob("*.json"))


def _best() -> dict[str, float]:
    with (DATA / "best_known.csv").open(encoding="utf-8") as table:
        return {row["instance"]: float(row["sa_best_of_10"]) for row in csv.DictReader(table)}


def _tiny() -> dict:
    """p1 must be served, p2 costs 50, p3 needs two services at any two times or costs 50."""
    return {
        "metadata": {
            "time_window_met": "at_service_end",
            "cost_components": {
                "travel_time": 1,
                "total_tardiness": 2,
                "highest_tardiness": 3,
                "total_waiting_time": 1,
                "total_extra_time": 4,
                "max_idle_time": 5,
                "caregiver_preferences": 7,
                "optional_patients": 50,
                "missed_lunch_break": 20,
            },
        },
        "lunch_breaks": {"start": 180, "end": 360, "min_duration": 30},
        "terminal_points": [{"id": "d0", "distance_matrix_index": 0}],
        "patients": [
            {
                "id": "p1",
                "distance_matrix_index": 1,
                "required_services": [{"service": "s1", "duration": 60}],
                "time_windows": [{"start": 0, "end": 100}, {"start": 200, "end": 300}],
                "optional": False,
                "preferred_caregivers": ["c2"],
            },
            {
                "id": "p2",
                "distance_matrix_index": 2,
                "required_services": [{"service": "s1", "duration": 40}],
                "time_windows": [{"start": 200, "end": 300}],
                "optional": True,
                "incompatible_caregivers": ["c2"],
            },
            {
                "id": "p3",
                "distance_matrix_index": 3,
                "required_services": [
                    {"service": "s1", "duration": 30},
                    {"service": "s2", "duration": 30},
                ],
                "time_windows": [{"start": 0, "end": 400}],
                "synchronization": {"type": "independent"},
                "optional": True,
            },
        ],
        "caregivers": [
            {
                "id": "c1",
                "abilities": ["s1"],
                "departing_point": "d0",
                "arrival_point": "d0",
                "working_shift": {"start": 30, "end": 330},
                "lunch_break": True,
            },
            {
                "id": "c2",
                "abilities": ["s2"],
                "departing_point": "d0",
                "arrival_point": "d0",
                "working_shift": {"start": 60, "end": 120},
                "lunch_break": False,
            },
        ],
        "distances": [[0, 10, 20, 15], [10, 0, 12, 9], [20, 12, 0, 14], [15, 9, 14, 0]],
    }


def _read(tmp_path: Path, data: dict):
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(data))
    return uhhc.read_instance(path)


def _served(person: str, *stops: tuple[str, str, int, int]) -> dict:
    return {
        "caregiver_id": person,
        "locations": [
            {"patient": patient, "service": service, "arrival_time": start, "departure_time": end}
            for patient, service, start, end in stops
        ],
    }


def _solution(tmp_path: Path, week, *routes: dict):
    path = tmp_path / "sol.json"
    path.write_text(json.dumps({"routes": routes}))
    return check(week, uhhc.read_solution(path, week))


def test_every_part_of_the_cost_by_hand(tmp_path):
    week = _read(tmp_path, _tiny())
    stops = ("p1", "s1", 45, 105), ("p2", "s1", 200, 240)
    report = _solution(tmp_path, week, _served("c1", *stops))
    # ways 10 + 12 + 20; p1 ends 105: 5 late; waiting 200 - 117, but for no lunch: 180 to 200 is too
    # short, so it is 240 to 270, home at 290. Idle: c1 300 - 42 - 100 - 30 = 128, c2 60.
    # p1 is not served by c2: 7; p3 is not served: 50.
    assert report.feasible
    assert uhhc.cost(report.score.soft) == 42 + 2 * 5 + 3 * 5 + 83 + 0 + 5 * 128 + 7 + 50


def test_a_patient_served_by_halves_and_one_who_must_be_served_are_hard(tmp_path):
    week = _read(tmp_path, _tiny())
    report = _solution(tmp_path, week, _served("c2", ("p3", "s2", 75, 105)))
    hard = {one.rule.rule.id: one.amount for one in report.rules if one.rule.level.value == "hard"}
    assert {rule: amount for rule, amount in hard.items() if amount} == {"bundle": 1, "must_do": 1}


def test_whoever_stays_beyond_the_shift_pays_for_it(tmp_path):
    week = _read(tmp_path, _tiny())
    report = _solution(tmp_path, week, _served("c1", ("p1", "s1", 260, 320)))
    # lunch before it; late 20, the largest too; home 330 in time
    # idle: c1 300 - 20 - 60 - 30 = 190; p2 and p3 not served
    assert uhhc.cost(report.score.soft) == 20 + 2 * 20 + 3 * 20 + 5 * 190 + 7 + 100
    later = _solution(tmp_path, week, _served("c1", ("p1", "s1", 265, 325)))
    # five minutes later: 5 * 2 + 5 * 3 late, and home 335; idle 300 + 5 less the same
    assert later.feasible
    assert uhhc.cost(later.score.soft - report.score.soft) == 5 * 2 + 5 * 3 + 5 * 4 + 5 * 5


def test_a_solution_written_and_read_back_costs_the_same(tmp_path):
    week = _read(tmp_path, _tiny())
    roster = solve(week, Stop(steps=3_000), seed=1)
    assert roster.score.hard == 0
    uhhc.write_solution(tmp_path / "sol.json", week, roster)
    again = uhhc.read_solution(tmp_path / "sol.json", week)
    assert check(week, again).score == roster.score
    written = json.loads((tmp_path / "sol.json").read_text())
    assert set(written) == {"global_ordering", "routes"}
    (first,) = (route for route in written["routes"] if route["caregiver_id"] == "c1")
    (lunch,) = (stop for stop in first["locations"] if stop["service"] == "lunch_break")
    assert lunch["end_time"] - lunch["start_time"] == 30
    assert 180 <= lunch["start_time"] <= 330


@pytest.mark.parametrize("broken", ["", "[]", '{"patients": [{}]}', "{"])
def test_a_file_that_is_something_else_is_an_input_error(tmp_path, broken):
    path = tmp_path / "broken.json"
    path.write_text(broken)
    with pytest.raises(InputError) as caught:
        uhhc.read_instance(path)
    assert caught.value.problems[0].code == "not_this_format"


def test_a_distance_that_belongs_to_nobody_is_an_input_error(tmp_path):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, _tiny() | {"terminal_points": []})
    assert "distances" in caught.value.problems[0].slots["reason"]


@needs_data
@pytest.mark.parametrize("name", _published())
def test_a_published_solution_costs_what_was_published(name):
    week = uhhc.read_instance(DATA / "instances" / f"{name}.json")
    (solution,) = (DATA / "solutions").glob(f"sol-{name}-*.json")
    report = check(week, uhhc.read_solution(solution, week))
    assert report.feasible
    assert uhhc.cost(report.score.soft) == _best()[name]
