"""Who cannot go along where a shift is moved by a new week is taken off it."""

from scheduler.formats.parse import parse_instance
from scheduler.model import Assignment, Roster
from scheduler.model.changes import Changes, MoveWork, Unassign
from scheduler.weeks.replan.apply import apply, without_the_unable
from tests.formats.week import week


def test_only_who_cannot_is_taken_off() -> None:
    instance = parse_instance(week())[0]
    assert instance is not None
    part = Assignment(task="shift-1", slot=0, person="worker-1", place="plaza", start=840, end=960)
    roster = Roster(instance="week", horizon=instance.horizon, assignments=(part,))
    later = Changes(horizon=instance.horizon, changes=(MoveWork(task="shift-1", start=900),))
    assert without_the_unable(instance, roster, later) == later
    tomorrow = Changes(horizon=instance.horizon, changes=(MoveWork(task="shift-1", start=2280),))
    found = without_the_unable(instance, roster, tomorrow)
    assert found.changes == (Unassign(task="shift-1", person="worker-1"), *tomorrow.changes)
    changed = apply(instance, roster, found)
    assert changed.remaining.assignments == ()
    assert changed.instance.shifts[0].start == 2280
