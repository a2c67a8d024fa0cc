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


def shifts(week: Instance, *tasks: str) -> Roster:
    """Ann's."""
    parts = []
    for task in tasks:
        shift = week.task_by_id[task]
        end = shift.start + shift.duration
        part = {"person": "ann", "place": inrc2.PLACE, "start": shift.start, "end": end}
        parts.append(Assignment(task=task, slot=0, **part))
    return Roster(instance=week.id, horizon=week.horizon, assignments=tuple(parts))


def test_a_week_is_solved_with_the_history_of_those_before_and_with_weeks_like_them_behind_it(data):
    second_week = data / "inrc2" / "n002w2" / "WD-n002w2-7.txt"
    second_week.write_text(WEEK.replace("Nurse (0,1)", "Nurse (0,2)"))
    [case] = FAMILIES["inrc2-rolled"](data, NAME)
    seen: list[Instance] = []

    def solve(week: Instance) -> Roster:
        seen.append(week)
        expected = ("12/Night",) if len(seen) == 1 else ()
        return shifts(week, "1/Early", "5/Night", *expected)

    whole = case.by_week(solve)
    report = check(case.load(), whole)
    assert [part.task for part in whole.assignments] == [
        "1/Early",
        "5/Night",
        "8/Early",
        "12/Night",
    ]
    first, second = seen
    assert (first.past("ann").kind_runs, second.past("ann").run_off) == ({"Night": 1}, 1)
    assert second.past("ann").kind_runs == {"Night": 1}
    assert (second.past("ann").period.tasks, second.past("ann").period.weekends) == (2, 1)
    # The first week knows nothing of the second, which is to be as it is itself; nobody's wishes go on.
    assert [week.horizon.days for week in seen] == [14, 7]
    for day, target in ((0, 1), (7, 1)):
        assert first.task_by_id[f"{day}/Early"].needs[1].target == target
    assert second.task_by_id["0/Early"].needs[1].target == 2
    days = {day for person in first.people for wish in person.wishes for day in wish.days}
    assert days == {first.horizon.date(day) for day in (0, 1)}
    # All weeks together: 4 of 6 tasks, and two weekends of one.
    soft = {one.rule.rule.id: one.score.soft for one in report.rules}
    assert (soft["tasks_in_period"], soft["weekends"]) == (20 * 2, 30)


def test_weeks_that_are_not_known_yet_are_as_those_known_in_turn(data):
    folder = data / "inrc2"
    scenario = folder / "n002w2" / "Sc-n002w2.txt"
    scenario.write_text(SCENARIO.replace("WEEKS = 2", "WEEKS = 5"))
    early = "Early Nurse (0,{})"
    for number in range(5):
        week = folder / "n002w2" / f"WD-n002w2-{number}.txt"
        week.write_text(WEEK.replace(early.format(1), early.format(number), 1))
    plan = inrc2.read_plan(folder, "n002w2_0_4-3-2-1-0")
    ahead = plan.ahead(1)
    targets = [ahead.task_by_id[f"{day}/Early"].needs[1].target for day in range(0, 28, 7)]
    assert targets == [3, 3, 4, 3]
