"""INRC-II as a family: which instances there are, and weeks one after the other on a tiny one."""

import pytest

from benchmarks.families import FAMILIES
from scheduler.checker import check
from scheduler.formats.literature import inrc2
from scheduler.model import Assignment, Instance, Roster
from tests.literature.test_inrc2 import HISTORY, SCENARIO, WEEK

NAME = "n002w2_0_3-7"


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "inrc2" / "n002w2"
    folder.mkdir(parents=True)
    (folder / "Sc-n002w2.txt").write_text(SCENARIO)
    (folder / "H0-n002w2-0.txt").write_text(HISTORY)
    for number in (3, 7):
        (folder / f"WD-n002w2-{number}.txt").write_text(WEEK)
    (folder / "Solution_H_0-WD_7-3").mkdir()
    (folder.parent / "best_known.csv").write_text(f"instance,best,lower_bound\n{NAME},40,30\n")
    return tmp_path


@pytest.mark.parametrize("family", ["inrc2", "inrc2-rolled"])
def test_instances_are_those_with_a_value_or_a_solution(data, family):
    cases = FAMILIES[family](data, "*")
    assert [(case.name, case.best_known) for case in cases] == [
        (NAME, 40.0),
        ("n002w2_0_7-3", None),
    ]
    assert FAMILIES[family](data, "*7-3")[0].load().horizon.days == 14


def two_shifts(week: Instance) -> Roster:
    """Ann's early on Tuesday and night on Saturday."""
    parts = []
    for task in ("1/Early", "5/Night"):
        shift = week.task_by_id[task]
        end = shift.start + shift.duration
        part = {"person": "ann", "place": inrc2.PLACE, "start": shift.start, "end": end}
        parts.append(Assignment(task=task, slot=0, **part))
    return Roster(instance=week.id, horizon=week.horizon, assignments=tuple(parts))


def test_a_week_is_solved_with_the_history_of_those_before_and_its_part_of_the_contract(data):
    [case] = FAMILIES["inrc2-rolled"](data, NAME)
    seen: list[Instance] = []

    def solve(week: Instance) -> Roster:
        seen.append(week)
        return two_shifts(week)

    whole = case.by_week(solve)
    report = check(case.load(), whole)
    assert len(whole.assignments) == 4
    first, second = seen
    assert (first.past("ann").kind_runs, second.past("ann").run_off) == ({"Night": 1}, 1)
    assert second.past("ann").kind_runs == {"Night": 1}
    assert (second.past("ann").period.tasks, second.past("ann").period.weekends) == (2, 1)
    # Of 6 to 8 tasks and 1 weekend ann may have half by the first week's end, and all by the second's.
    bounds = [
        (week.limits("ann").period_tasks_min, week.limits("ann").period_tasks_max) for week in seen
    ]
    assert bounds == [(3, 4), (6, 8)]
    assert [week.limits("ann").weekends for week in seen] == [0, 1]
    # Bob, the second of two, is rounded up where ann is rounded down.
    assert [week.limits("bob").weekends for week in seen] == [1, 2]
    # All weeks together: 4 of 6 tasks, and two weekends of one.
    soft = {one.rule.rule.id: one.score.soft for one in report.rules}
    assert (soft["tasks_in_period"], soft["weekends"]) == (20 * 2, 30)
