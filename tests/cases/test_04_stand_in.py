"""Case 04, its remedy: one more person of a role whose people cannot do the work is no help."""

from scheduler.checker import check
from scheduler.explain import prepared, remedies
from scheduler.facts import Facts
from scheduler.model import Break, Instance, Limits, Need, Role
from tests.rules.build import at, instance, person, roster, shift

DESK = shift("desk", at(0, "09:00"), Need(minimum=1), duration=480)


def kinds(week: Instance) -> set[str]:
    trials = prepared(Facts(week, roster(week)))
    return {remedy.kind for remedy in remedies(trials, "desk", most=20)}


def week(**limits) -> Instance:
    """Two grid workers with the limits of their role, and eight hours at a desk."""
    return instance(person("wang"), person("second"), DESK, limits={"default": Limits(**limits)})


def test_a_second_pair_of_hands_is_no_remedy_where_the_first_two_may_not() -> None:
    assert "person" not in kinds(week(daily_minutes=300, daily_overtime=60))
    assert "person" in kinds(instance(person("wang", availability=()), DESK, limits={}))


def test_what_a_stand_in_could_do_a_new_person_of_that_role_really_can() -> None:
    made = week(breaks=Break(start=690, end=810, minutes=45, beyond=0))
    new = person("new", Role.GRID_WORKER)
    hired = made.changed(people=(*made.people, new))
    can = check(hired, roster(hired, ("desk", 0, "new", "P", at(0, "09:00")))).feasible
    assert ("person" in kinds(made)) <= can
