"""Two people who never work together, or always do, where the week has others to send."""

from itertools import combinations

import pytest

from scheduler import Stop, check, solve
from scheduler.model import Need, Pair, Roster
from tests.rules.build import at, instance, person, shift

STOPS = Stop(), Stop(steps=3_000)
"""All engines, and annealing alone."""


def week(together, *, days=3, most=2):
    """A shift for two on each day; nobody does more than so many of them."""
    return instance(
        *(person(name) for name in "ABC"),
        *(shift(f"s{day}", at(day, "09:00"), Need(minimum=2)) for day in range(days)),
        Pair(people=("A", "B"), together=together),
        days=days,
        limits={"default": {"kind_counts": {"venue": most}}},
    )


def crews(roster: Roster) -> list[str]:
    by_task: dict[str, str] = {}
    for one in sorted(roster.assignments, key=lambda one: one.person):
        by_task[one.task] = by_task.get(one.task, "") + one.person
    return [by_task.get(f"s{day}", "") for day in range(3)]


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_never_together_leaves_two_shifts_whole_and_one_short(stop):
    # Two shifts each: six places, and C can stand in two of the three. The third has A or B alone: one
    # place of priority 3 stays empty, 5 points.
    roster = solve(week("never"), stop)
    assert (roster.score.hard, roster.score.medium) == (0, 5)
    assert sorted(map(len, crews(roster))) == [1, 2, 2]
    assert "AB" not in crews(roster)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_never_together_costs_nothing_where_the_third_can_always_come(stop):
    roster = solve(week("never", most=3), stop)
    assert (roster.score.hard, roster.score.medium) == (0, 0)
    assert set(crews(roster)) <= {"AC", "BC"}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_always_together_sends_both_or_neither(stop):
    # A and B fill two shifts; C alone comes to the third.
    roster = solve(week("always"), stop)
    assert (roster.score.hard, roster.score.medium) == (0, 5)
    assert sorted(crews(roster)) == ["AB", "AB", "C"]


@pytest.mark.parametrize("together", ["never", "always"])
def test_the_checker_counts_the_pairs_of_every_crew(together):
    own = week(together, days=1)
    for size in range(3):
        for crew in combinations("ABC", size):
            parts = [
                {"task": "s0", "slot": slot, "person": who, "place": "P"}
                | {"start": at(0, "09:00"), "end": at(0, "13:00")}
                for slot, who in enumerate(crew)
            ]
            roster = Roster(horizon=own.horizon, instance=own.id, assignments=tuple(parts))
            there = len({"A", "B"} & set(crew))
            wrong = there == 2 if together == "never" else there == 1
            assert check(own, roster).score.hard == wrong
