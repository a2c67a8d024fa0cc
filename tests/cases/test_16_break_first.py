"""Case 16: a rest before the first visit, at home or at its door, leaves all four visits done."""

import pytest

from scheduler.checker import check
from scheduler.facts import Facts
from scheduler.model import Break, Instance, Limits, Roster, Window
from scheduler.rules.common.rests import rest
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, place, visit, window

WAYS = {("H", "A"): 30}


def week(*, on_duty: bool) -> Instance:
    """Four hours' visits from nine to one, half an hour from home, a half hour's rest owed by nine."""
    who = person(
        "d",
        start_place="H",
        availability=(window(0, "08:00", "13:00"),),
        limits=Limits(breaks=Break(start=480, end=540, minutes=30, beyond=0)),
    )
    hours = (window(0, "09:00", "13:00"),)
    visits = [visit(f"v{number}", places="A", windows=hours) for number in range(4)]
    return instance(
        place("H"), place("A"), who, *visits, ways=WAYS, limits={}, rest_on_duty=on_duty
    )


def on_the_way(made: Instance, best: Roster) -> int:
    """Minutes of travel of a roster in which all is done and no hard rule broken."""
    report = check(made, best)
    assert (report.score.hard, report.score.medium) == (0, 0)
    return next(cost.amount for cost in report.rules if cost.rule.rule.id == "travel")


@pytest.mark.parametrize("on_duty", [False, True])
def test_a_rest_before_the_first_visit_leaves_time_for_all(on_duty: bool) -> None:
    made = week(on_duty=on_duty)
    best = solve(made, Stop(steps=20_000), seed=1)
    assert on_the_way(made, best) == 30
    had = rest(Facts(made, best), "d", 0)
    assert had is not None
    # At home from eight, before the way; on duty at the door, from half past eight.
    assert had.start == at(0, "08:30" if on_duty else "08:00")


def test_a_long_rest_is_put_where_it_tears_no_visits_apart() -> None:
    who = person(
        "d",
        start_place="H",
        end_place="E",
        availability=(window(0, "07:30", "17:45"),),
        limits=Limits(breaks=Break(start=750, end=825, minutes=75, beyond=0)),
    )
    there = (Window(start=at(0, "07:30"), end=at(0, "17:45")),)
    visits = [visit(f"v{n}", places="A", windows=there, duration=1) for n in range(4)]
    ways = {("H", "A"): 25, ("A", "E"): 20}
    made = instance(place("H"), place("A"), place("E"), who, *visits, ways=ways, limits={})
    best = solve(made, Stop(steps=20_000), seed=1)
    assert on_the_way(made, best) == 25 + 20
