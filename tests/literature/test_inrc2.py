"""INRC-II: published solutions constraint by constraint, a tiny one by hand, faults by line."""

import os
from pathlib import Path

import pytest

from scheduler.checker import Report, check
from scheduler.formats.literature import inrc2
from scheduler.model import InputError, Roster
from tests.literature.inrc2_rules import costs

DATA = Path(os.environ.get("LIANXIN_BENCHMARKS", "benchmarks/data")) / "inrc2"
PUBLISHED = [
    f"{folder.parent.name}_{folder.name.removeprefix('Solution_H_').replace('-WD_', '_')}"
    for folder in sorted(DATA.glob("*/Solution_H_*"))
]
needs_data = pytest.mark.skipif(
    not (DATA / "best_known.csv").exists(),
    reason="public instances not found; set LIANXIN_BENCHMARKS to their folder",
)
OURS = {
    "minimal coverage": ("headcount_minimum",),
    "required skill": ("skill",),
    "succession": ("shift_sequence",),
    "single assignment": ("daily_tasks",),
    "total assignment": ("tasks_in_period",),
    "consecutive": ("days_in_row", "least_days_in_row", "kind_in_row", "least_kind_in_row"),
    "non working days": ("least_days_off", "most_days_off"),
    "preferences": ("wishes",),
    "working weekend": ("weekends",),
    "complete weekends": ("complete_weekends",),
    "optimal coverage": ("headcount_target",),
}
"""The validator's constraints, and the rules that say them."""


def by_constraint(report: Report) -> dict[str, int]:
    scores = {one.rule.rule.id: one.score.hard + one.score.soft for one in report.rules}
    told = {name: sum(scores.pop(rule) for rule in rules) for name, rules in OURS.items()}
    assert not any(scores.values()), "a rule that the competition does not have"
    return told


def files(plan: inrc2.NursePlan) -> tuple[Path, Path, list[Path], list[Path]]:
    """Scenario, history, weeks and published solutions."""
    scenario, history, _ = plan.name.split("_")
    folder = DATA / scenario
    numbers = "-".join(map(str, plan.numbers))
    solved = folder / f"Solution_H_{history}-WD_{numbers}"
    return (
        folder / f"Sc-{scenario}.txt",
        folder / f"H0-{scenario}-{history}.txt",
        [folder / f"WD-{scenario}-{number}.txt" for number in plan.numbers],
        [solved / f"Sol-{scenario}-{one}-{week}.txt" for week, one in enumerate(plan.numbers)],
    )


@needs_data
def test_the_validators_figures_are_ours():
    told = DATA / "n005w4" / "Solution_H_0-WD_1-2-3-3" / "validator.txt"
    figures = {}
    for line in told.read_text().splitlines():
        name, _, value = line.partition(":")
        if value.strip().isdigit():
            figures[name.lower()] = int(value)
    plan = inrc2.read_plan(DATA, "n005w4_0_1-2-3-3")
    found = plan.instance()
    report = check(found, inrc2.read_solution(files(plan)[3], found))
    ours = by_constraint(report)
    assert inrc2.cost(report.score.soft) == figures.pop("total cost") == 1695
    for name, points in ours.items():
        [value] = [value for told_name, value in figures.items() if name in told_name]
        assert points == value, name


@needs_data
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_solutions_cost_what_the_competitions_rules_say(name):
    plan = inrc2.read_plan(DATA, name)
    found = plan.instance()
    report = check(found, inrc2.read_solution(files(plan)[3], found))
    assert report.feasible
    assert by_constraint(report) == {
        constraint: costs(*files(plan))[constraint] for constraint in OURS
    }


SCENARIO = """SCENARIO = n002w2

WEEKS = 2

SKILLS = 2
Head
Nurse

SHIFT_TYPES = 2
Early (2,3)
Night (2,2)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 2
Full (6,8) (2,4) (2,3) 1 1
Free (0,14) (1,14) (1,14) 2 0

NURSES = 2
ann Full 2 Head Nurse
bob Free 1 Nurse
"""
HISTORY = """HISTORY
0 n002w2

NURSE_HISTORY
ann 0 0 Night 1 1 0
bob 0 0 None 0 0 2
"""
WEEK = """WEEK_DATA
n002w2

REQUIREMENTS
Early Head (1,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Nurse (0,1) (0,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,1) (0,0)

SHIFT_OFF_REQUESTS = 2
bob Any Tue
ann Night Mon
"""
FIRST = """SOLUTION
0 n002w2

ASSIGNMENTS = 4
ann Tue Early Head
bob Tue Early Nurse
ann Wed Early Nurse
ann Sat Night Nurse
"""
SECOND = """SOLUTION
1 n002w2

ASSIGNMENTS = 0
"""


@pytest.fixture
def tiny(tmp_path) -> inrc2.NursePlan:
    folder = tmp_path / "n002w2"
    folder.mkdir()
    (folder / "Sc-n002w2.txt").write_text(SCENARIO)
    (folder / "H0-n002w2-0.txt").write_text(HISTORY)
    for number in (3, 7):
        (folder / f"WD-n002w2-{number}.txt").write_text(WEEK)
    (folder / "first.txt").write_text(FIRST)
    (folder / "second.txt").write_text(SECOND)
    return inrc2.read_plan(tmp_path, "n002w2_0_3-7")


def roster(plan: inrc2.NursePlan, folder: Path) -> Roster:
    paths = [folder / "n002w2" / name for name in ("first.txt", "second.txt")]
    return inrc2.read_solution(paths, plan.instance())


def test_a_tiny_one_costs_what_it_costs_by_hand(tiny, tmp_path):
    report = check(tiny.instance(), roster(tiny, tmp_path))
    assert by_constraint(report) == {
        "minimal coverage": 2,  # no head early on either Monday
        "required skill": 0,
        "succession": 0,
        "single assignment": 0,
        "total assignment": 20 * 3,  # ann has 3 of 6
        # One night before the first week and one on Saturday, of two, are all that ann works in a
        # row, of two days; bob has one early of two.
        "consecutive": 15 * 3 + 30 * 2,
        # Ann is off on Monday for a day of two; and for eight days after Saturday, five too many.
        "non working days": 30 * (1 + 5),
        "preferences": 10,  # bob on Tuesday
        "working weekend": 0,
        "complete weekends": 30,  # ann on Saturday alone
        # Early: a nurse on each Monday, and on the second Tuesday; the night of the second Saturday.
        "optimal coverage": 30 * 4,
    }


def test_what_is_written_is_what_was_read(tiny, tmp_path):
    found = tiny.instance()
    inrc2.write_solution(tmp_path, tiny, found, roster(tiny, tmp_path))
    paths = [tmp_path / "Sol-n002w2-3-0.txt", tmp_path / "Sol-n002w2-7-1.txt"]
    again = inrc2.read_solution(paths, found)
    assert set(again.assignments) == set(roster(tiny, tmp_path).assignments)
    assert "ASSIGNMENTS = 4" in paths[0].read_text()


def test_a_night_belongs_to_its_day_alone(tiny):
    found = tiny.instance()
    assert all(found.horizon.day_of(shift.start + shift.duration) == found.horizon.day_of(shift.start) for shift in found.shifts)  # fmt: skip


def test_every_faulty_line_is_named(tiny, tmp_path):
    path = tmp_path / "n002w2" / "Sc-n002w2.txt"
    spoilt = SCENARIO.replace("(2,2)", "(3,2)").replace("bob Free", "bob Fee")
    path.write_text(spoilt.replace("Night 1 Early", "Night 1 Late"))
    with pytest.raises(InputError) as caught:
        inrc2.read_plan(tmp_path, "n002w2_0_3-7")
    assert [one.slots["reason"] for one in caught.value.problems] == [
        "line 11: '(3,2)' is not such as (2,5)",
        "line 15: nothing is called 'Late'",
        "line 23: nothing is called 'Fee'",
    ]


@pytest.mark.parametrize("name", ["n002w2", "n002w2_a_3", "n002w2_0_3-x", "n002w2_1_3", "n3_0_1"])
def test_a_name_of_no_instance_is_an_input_error(tiny, tmp_path, name):
    with pytest.raises(InputError):
        inrc2.read_plan(tmp_path, name)


def test_a_solution_of_something_else_is_an_input_error(tiny, tmp_path):
    path = tmp_path / "n002w2" / "first.txt"
    path.write_text(
        FIRST.replace("ann Wed Early", "cid Wed Early").replace("Sat Night", "Sat Late")
    )
    with pytest.raises(InputError) as caught:
        roster(tiny, tmp_path)
    assert [one.pointer for one in caught.value.problems] == ["line 7", "line 8"]
