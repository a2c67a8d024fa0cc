"""What the service is asked to measure how soon a change is answered, and what is printed of it."""

from benchmarks.disruptions import SINGLE, URGENT, single_changes
from benchmarks.service.replan import TimedPlan, lines, spread
from benchmarks.service.suggest import questions
from scheduler.model.changes import Absence, Cancel, New
from tests.rules.build import instance, person, place, roster, visit

TASKS = [f"v{number}" for number in range(8)]
WEEK = instance(*map(person, "ABCDEF"), place("P"), *map(visit, TASKS))

ROSTER = roster(
    WEEK, *((task, 0, who, "P", 600) for task, who in zip(TASKS, "ABCDEF", strict=False))
)


def test_single_changes_take_turns_and_hit_nothing_twice() -> None:
    changes = single_changes(WEEK, ROSTER, 9)
    assert [change.kind for change in changes] == [*SINGLE] * 3
    assert len({change.task for change in changes if isinstance(change, Cancel)}) == 3
    assert len({change.person for change in changes if isinstance(change, Absence)}) == 3
    new = [one for change in changes if isinstance(change, New) for one in change.visits]
    assert len({one.id for one in new} - {*TASKS}) == 3
    assert {one.priority for one in new} == {URGENT}


def test_every_question_is_about_something_else() -> None:
    asked = questions(WEEK, ROSTER, 3)
    assert sorted(one["task"] for one in asked["task"]) == ["v6", "v7"]  # only these are undone
    assert len({one["person"] for one in asked["person"]}) == 3
    assert len({one["visit"]["id"] for one in asked["visit"]}) == 3


def test_a_spread_tells_median_and_tail() -> None:
    # Of 0 to 99 ms: the middle is 49.5, and 95 of 100 are below 95.
    assert spread([number / 1000 for number in range(100)]) == "50 ms (p95 95, most 99)"


def test_plans_are_told_by_kind() -> None:
    plans = [
        TimedPlan("new", 0.1, 0.2, 0.3, 0.4),
        TimedPlan("cancel", 0.3, 0.4, 0.5, 0.6),
        TimedPlan("new", 0.1, 0.2, 0.3, 0.4),
    ]
    cancel, new, every = lines(plans)
    assert cancel.startswith("cancel: 1 plans, kept after 300 ms")
    assert new.startswith("new: 2 plans, kept after 100 ms")
    assert every.startswith(
        "all: 3 plans, kept after 100 ms (p95 300, most 300), offered after 200 ms (p95 400"
    )
