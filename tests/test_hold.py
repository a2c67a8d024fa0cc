"""People held keep just what a roster gives them."""

from scheduler.checker import check
from scheduler.engines.search.search import Annealing
from scheduler.lowered.hold import hold
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from tests.rules.build import visit
from tests.weeks.replan.week import published, rows, week


def test_held_people_keep_work_and_times_and_get_nothing_new() -> None:
    more = week().changed(visits=(*week().visits, *(visit(f"n{k}") for k in range(6))))
    found = solve(more, Stop(steps=20_000), start=published(), held=("A", "B"))
    of = lambda one, who: {row for row in rows(one) if row[2] in who}  # noqa: E731
    assert of(found, "AB") == of(published(), "AB")
    assert len(rows(found)) == 12


def test_a_roster_that_keeps_to_it_costs_the_same() -> None:
    lowered = hold(lower(week()), published(), ("A", "B", "C"))
    search = Annealing(lowered, 0, 1)
    search.construct(published())
    assert rows(search.best.roster()) == rows(published())
    assert search.best.cost == lowered.scale.points(check(week(), published()).score)
