"""Shift scheduling: prices by hand, the table there and back, faults by line, and a record."""

import os
from pathlib import Path

import pytest

from scheduler.checker import check
from scheduler.engines.columns import solve_columns
from scheduler.formats.literature import shift_scheduling
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import InputError, Instance, Roster
from scheduler.rules.lower import lower
from scheduler.stop import Stop

DATA = Path(os.environ.get("LIANXIN_BENCHMARKS", "benchmarks/data")) / "shift_scheduling"
needs_data = pytest.mark.skipif(
    not (DATA / "best_known.csv").exists(),
    reason="public instances not found; set LIANXIN_BENCHMARKS to their folder",
)

TINY = """# A comment.
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
N,600,E

SECTION_STAFF
A,E=7|N=2,2400,960,5,2,2,1
B,E=7|N=0,2400,960,5,2,2,1

SECTION_DAYS_OFF
A,0
B

SECTION_SHIFT_ON_REQUESTS
A,1,E,3

SECTION_SHIFT_OFF_REQUESTS
B,2,E,4

SECTION_COVER
0,E,1,100,1
1,E,2,100,1
2,E,0,50,7
2,N,1,30,1
"""
# A: off E E N - - - ; B: E E E - - - - : hours, runs (the last may go on) and weekends are kept.
# Covered: E on 0 and 1. Day 2: A and B beyond E's none 14, nobody on N 30; B asked for no E 4.
TABLE = "A,,E,E,N,,,\nB,E,E,E,,,,\n"
PRICE = 14 + 30 + 4


@pytest.fixture
def tiny(tmp_path: Path) -> Instance:
    path = tmp_path / "tiny.txt"
    path.write_text(TINY)
    return shift_scheduling.read_instance(path)


def read(table: str, instance: Instance, folder: Path) -> Roster:
    path = folder / "table.csv"
    path.write_text(table)
    return shift_scheduling.read_solution(path, instance)


def test_a_table_costs_what_it_costs_by_hand(tiny, tmp_path):
    report = check(tiny, read(TABLE, tiny, tmp_path))
    assert report.feasible
    assert shift_scheduling.cost(report.score.soft) == PRICE


def test_a_table_written_is_the_table_read(tiny, tmp_path):
    shift_scheduling.write_solution(tmp_path / "again.csv", tiny, read(TABLE, tiny, tmp_path))
    assert (tmp_path / "again.csv").read_text() == TABLE


def test_two_weekends_in_a_row_cost_nothing(tmp_path):
    text = TINY.replace("7\n\nSECTION_SHIFTS", "14\n\nSECTION_SHIFTS").replace("2,2,1\n", "2,2,2\n")
    path = tmp_path / "two.txt"
    path.write_text(text)
    two = shift_scheduling.read_instance(path)
    report = check(two, read("A,,,,,,E,E,,,,E,E,,\nB,E,E,,,,,,,,,,,,\n", two, tmp_path))
    # E lacks 1 on day 1 and A asked for it; day 2 lacks N; E beyond the requirement elsewhere costs nothing.
    assert report.feasible
    assert report.score.soft == 100 + 3 + 30


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("A,E,E,E,,,,\nB,E,E,,,,,\n", "availability"),  # A's day off
        ("A,,E,N,E,,,\nB,E,E,,,,,\n", "shift_sequence"),
        ("A,,N,N,N,,,\nB,E,E,,,,,\n", "kind_counts"),
        ("A,,E,E,,,,\nB,E,N,,,,,\n", "agreed_work"),
        ("A,,E,E,,,,\nB,E,,,,,,\n", "period_minutes"),
        ("A,,E,E,,E,,\nB,E,E,,,,,\n", "least_days_off"),
        ("A,,E,E,,,E,\nB,E,E,,,,,\n", "least_days_in_row"),
        ("A,,E,E,E,E,E,E\nB,E,E,,,,,\n", "days_in_row"),
    ],
)
def test_each_hard_rule_of_the_format_is_one_of_ours(tiny, tmp_path, table, rule):
    report = check(tiny, read(table, tiny, tmp_path))
    assert rule in {one.rule.rule.id for one in report.rules if one.score.hard}


def test_every_faulty_line_is_named(tmp_path):
    path = tmp_path / "broken.txt"
    faulty = TINY.replace("A,1,E,3", "C,1,E,3").replace("1,E,2,100,1", "9,E,two,100,1")
    path.write_text(faulty.replace("N,600,E", "N,600,X"))
    with pytest.raises(InputError) as caught:
        shift_scheduling.read_instance(path)
    assert [one.slots["reason"] for one in caught.value.problems] == [
        "line 7: nothing is called 'X'",
        "line 18: nothing is called 'C'",
        "line 25: 9 is not between 0 and 6",
        "line 25: 'two' is no whole number",
    ]


@pytest.mark.parametrize("broken", ["", "{}", "SECTION_HORIZON\n7\n"])
def test_a_file_that_is_something_else_is_an_input_error(tmp_path, broken):
    path = tmp_path / "broken.txt"
    path.write_text(broken)
    with pytest.raises(InputError):
        shift_scheduling.read_instance(path)


def test_a_table_of_something_else_is_an_input_error(tiny, tmp_path):
    with pytest.raises(InputError) as caught:
        read("A,,E,E,Q,,,\nC,E\nB,E\n", tiny, tmp_path)
    assert [one.pointer for one in caught.value.problems] == ["line 1", "line 2", "line 3"]


def test_columns_prove_the_tiny_one(tiny):
    low = lower(tiny)
    found = solve_columns(low, None, Stop(steps=200))
    assert found is not None
    assert found.dense is not None
    # A and B on E on day 1, B on 0, A on N on day 2 after E: nothing is left but B's second E.
    assert found.points == found.bound == check(tiny, to_roster(low, found.dense)).score.soft == 0


@needs_data
def test_the_first_instance_is_solved_to_its_record():
    instance = shift_scheduling.read_instance(DATA / "instances" / "Instance1.txt")
    low = lower(instance)
    found = solve_columns(low, None, Stop(steps=400), seed=1)
    assert found is not None
    assert found.dense is not None
    report = check(instance, to_roster(low, found.dense))
    assert report.feasible
    assert report.score.soft == found.points == 607
    assert found.bound is not None
    assert found.bound <= 607
