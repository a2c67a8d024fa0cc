"""What differs between two states of a week, cell by cell."""

import pytest

from scheduler.model import Limits, Roster
from service.weeks.cells import applied, effect, inverse
from service.weeks.state import WeekState
from tests.report.weeks import week

DIFFERENT = {
    "no limit, or the role's": (Limits(daily_tasks=None), Limits()),
    "the role's, or no limit": (Limits(), Limits(weekly_tasks=None)),
    "another limit": (Limits(daily_tasks=2), Limits(daily_tasks=3)),
}


def state(limits: Limits) -> WeekState:
    made = week()
    first, *others = made.people
    people = (first.model_copy(update={"limits": limits}), *others)
    made = made.changed(people=people)
    return WeekState.of(made, Roster(instance=made.id, horizon=made.horizon))


@pytest.mark.parametrize("both", DIFFERENT.values(), ids=DIFFERENT)
def test_limits_that_are_left_open_otherwise_are_a_difference(both):
    was, now = map(state, both)
    changes = effect(was, now)
    assert [cell[0] for cell in changes] == ["people"]
    after = applied(was, changes)
    assert after.instance.people[0].limits.model_fields_set == both[1].model_fields_set
    before = applied(after, inverse(changes))
    assert before.instance.people[0].limits.model_fields_set == both[0].model_fields_set


def test_equal_limits_are_none():
    assert effect(state(Limits(daily_tasks=2)), state(Limits(daily_tasks=2))) == {}
    assert Limits(daily_tasks=2) == Limits(daily_tasks=2) != 2
