"""At most two nights in a row, two worked before: somebody else has the first two, and 48 hours are rest."""

import pytest

from scheduler.checker import check
from scheduler.engines.exact import solve_exact
from scheduler.lowered.dense_roster import to_roster
from scheduler.model import Instance, Limits, PersonHistory
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import at, instance, person, roster, shift

LIMITS = Limits(
    daily_minutes=None,
    weekly_minutes=None,
    breaks=None,
    kind_in_row_max={"night": 2},
    rest_after_run={"night": 48 * 60},
    rest_after_run_from={"night": 2},
)


def week() -> Instance:
    """Four nights for two people; ann has worked the two nights before, until Monday at six."""
    nights = [
        shift(f"night{day}", at(day, "22:00"), duration=480, kind="night") for day in range(4)
    ]
    past = PersonHistory(
        run_on=2, last_kinds=("night",), kind_runs={"night": 2}, last_end=at(0, "06:00")
    )
    return instance(
        person("ann", limits=LIMITS),
        person("bob", limits=LIMITS),
        *nights,
        days=4,
        history={"ann": past},
    )


def rows(who: str) -> list[tuple]:
    """a: ann, b: bob, -: nobody, night by night."""
    names = {"a": "ann", "b": "bob"}
    return [
        (f"night{day}", 0, names[one], "P", at(day, "22:00"))
        for day, one in enumerate(who)
        if one in names
    ]


@pytest.mark.parametrize(
    ("who", "hard", "undone"),
    [
        ("bbaa", 0, 0),
        ("bb-a", 0, 1),
        # A third night in a row; 48 hours from Monday at six end on Wednesday at six.
        ("abba", 1, 0),
        ("-abb", 480, 1),
        # Three in a row for bob; then two for ann, whose rest is over.
        ("bbba", 1, 0),
        # Bob's two nights end on Wednesday at six, and Thursday 22:00 is 40 hours later.
        ("bbab", 480, 0),
    ],
)
def test_every_night_costs_what_it_costs_by_hand(who, hard, undone):
    found = week()
    report = check(found, roster(found, *rows(who)))
    assert report.score.hard == hard
    # An empty night of priority 3 is 5 points.
    assert report.score.medium == 5 * undone


@pytest.mark.parametrize("engine", ["all", "exact"])
def test_ann_has_the_last_two_nights(engine):
    found = week()
    if engine == "all":
        best = solve(found, Stop(steps=20_000))
    else:
        lowered = lower(found)
        exact = solve_exact(lowered, seconds=30)
        assert exact.dense is not None
        best = to_roster(lowered, exact.dense)
    people = {part.task: part.person for part in best.assignments}
    assert [people.get(f"night{day}") for day in range(4)] == ["bob", "bob", "ann", "ann"]
    report = check(found, best)
    assert (report.score.hard, report.score.medium) == (0, 0)
