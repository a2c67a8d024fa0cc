"""A duty of two days and what else lies in them: one person does one or the other."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Limits
from tests.rules.build import amounts, at, instance, limited, place, shift

STOPS = Stop(), Stop(steps=3_000)
ONCALL, SATURDAY, SUNDAY = at(4, "18:00"), at(5, "09:00"), at(6, "09:00")


def week(**limits):
    """On call from Friday 18:00 to Sunday 18:00; patrols of two hours, 20 minutes away, on both days."""
    return instance(
        limited("zhang", **limits),
        place("STATION"),
        place("PLAZA"),
        shift("oncall", ONCALL, duration=48 * 60, place="STATION"),
        shift("sat", SATURDAY, duration=120, place="PLAZA"),
        shift("sun", SUNDAY, duration=120, place="PLAZA"),
        ways={("STATION", "PLAZA"): 20},
    )


def rows(*tasks):
    starts = {"oncall": ONCALL, "sat": SATURDAY, "sun": SUNDAY}
    places = {"oncall": "STATION", "sat": "PLAZA", "sun": "PLAZA"}
    return [(task, 0, "zhang", places[task], starts[task]) for task in tasks]


@pytest.mark.parametrize("limits", [{}, {"rest_minutes": 660}], ids=["free", "rested"])
@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_the_duty_leaves_no_patrol_or_the_patrols_no_duty(stop, limits):
    # Priority 3: 5 points each. The duty leaves two patrols undone, the patrols leave the duty.
    found = solve(week(**limits), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)
    assert {one.task for one in found.assignments} == {"sat", "sun"}


def test_a_patrol_two_days_after_the_duty_began_lies_in_it():
    # Sunday 18:00 less Sunday 09:00 is nine hours, more than the 20 minutes of way.
    assert amounts("no_overlap", week(), *rows("oncall", "sun")) == {"zhang": [540]}
    assert amounts("min_rest", week(rest_minutes=660), *rows("oncall", "sun")) == {"zhang": [1200]}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_where_the_duty_weighs_more_it_excludes_both_patrols(stop):
    urgent = week()
    tasks = [
        one.model_copy(update={"priority": 5 if one.id == "oncall" else 3}) for one in urgent.shifts
    ]
    found = solve(urgent.changed(shifts=tuple(tasks)), stop)
    assert (found.score.hard, found.score.medium) == (0, 10)
    assert {one.task for one in found.assignments} == {"oncall"}


def test_the_duty_is_one_day_of_work():
    limits = Limits(weekly_days=0)
    (count,) = amounts("rest_day", week(**limits.model_dump(exclude_unset=True)), *rows("oncall"))[
        "zhang"
    ]
    assert count == 1
