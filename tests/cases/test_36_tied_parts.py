"""A sleepover in three parts, 17-22, 22-06 and 06-09, is one person's, whoever else is free."""

import pytest

from scheduler import Stop, solve
from scheduler.model import Case, Need, Window
from tests.rules.build import at, instance, limited, shift, visit

STOPS = Stop(), Stop(steps=3_000)


def sleepover(**more):
    return (
        shift("eve", at(0, "17:00"), duration=300, **more),
        shift("sleep", at(0, "22:00"), duration=480, **more),
        shift("morn", at(1, "06:00"), duration=180, **more),
    )


def carers(*spans):
    """Carers without limits, each there in one span."""
    return [
        limited(f"c{number}", availability=(Window(start=start, end=end),))
        for number, (start, end) in enumerate(spans)
    ]


LATE_AND_EARLY = carers((0, at(1, "06:00")), (at(0, "22:00"), at(2)))
"""One who can do the first two parts, one who can do the last two."""
WHOLE = carers((0, at(1, "06:00")), (at(0, "22:00"), at(2)), (0, at(2)))
"""Those two, and one who can do all three."""


def done_by(roster):
    by_person: dict[str, set[str]] = {}
    for one in roster.assignments:
        by_person.setdefault(one.person, set()).add(one.task)
    return by_person


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_tied_parts_are_one_person_s(stop):
    found = solve(instance(*WHOLE, *sleepover(tie="t"), days=2), stop)
    assert (found.score.hard, found.score.medium) == (0, 0)
    assert done_by(found) == {"c2": {"eve", "sleep", "morn"}}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_where_nobody_can_do_all_a_part_stays_undone(stop):
    # Priority 3: 5 points for the part that the same carer cannot do.
    found = solve(instance(*LATE_AND_EARLY, *sleepover(tie="t"), days=2), stop)
    assert (found.score.hard, found.score.medium) == (0, 5)
    assert len(done_by(found)) == 1


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_bundled_as_well_it_is_all_or_nothing(stop):
    found = solve(instance(*LATE_AND_EARLY, *sleepover(tie="t", bundle="b"), days=2), stop)
    assert (found.score.hard, found.score.medium) == (0, 15)
    assert done_by(found) == {}
    found = solve(instance(*WHOLE, *sleepover(tie="t", bundle="b"), days=2), stop)
    assert done_by(found) == {"c2": {"eve", "sleep", "morn"}}


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_a_bundle_holds_shifts_and_visits_together(stop):
    # The visit needs somebody on day 1 whom nobody is: nothing of the bundle is done.
    visits = visit("v", bundle="b", windows=(Window(start=at(1, "12:00"), end=at(1, "13:00")),))
    shifts = shift("s", at(0, "09:00"), Need(minimum=2), bundle="b")
    alone = instance(*carers((0, at(1)), (0, at(1))), visits, shifts, days=2)
    found = solve(alone, stop)
    assert (found.score.hard, found.score.medium, done_by(found)) == (0, 15, {})
    there = instance(*carers((0, at(1)), (0, at(2))), visits, shifts, days=2)
    found = solve(there, stop)
    assert (found.score.hard, found.score.medium) == (0, 0)


@pytest.mark.parametrize("stop", STOPS, ids=["all", "anneal"])
def test_shifts_of_a_case_keep_its_lead(stop):
    # Case k was led by c0, who is there all the time, as c1 is; two shifts, 20 points for each other lead.
    people = carers((0, at(2)), (0, at(2)))
    case = Case(id="k", name="k", kind="care", person="c0")
    shifts = [shift(f"s{day}", at(day, "09:00"), case="k") for day in range(2)]
    found = solve(instance(*people, case, *shifts, days=2), stop)
    assert done_by(found) == {"c0": {"s0", "s1"}}
