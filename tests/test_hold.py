"""People held keep just what a roster gives them."""

from dataclasses import replace

import pytest

from scheduler.checker import check
from scheduler.engines.search.search import Annealing
from scheduler.lowered.hold import hold, left_empty
from scheduler.rules.lower import lower
from scheduler.solver import solve
from scheduler.stop import Stop
from scheduler.weeks.replan import ChangedWeek
from scheduler.weeks.replan.search import search
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


@pytest.mark.parametrize("most_moved", [None, 2])
def test_a_slot_that_stays_empty_is_filled_by_no_search(most_moved) -> None:
    more = week().changed(visits=(*week().visits, visit("left"), visit("free")))
    changed = replace(ChangedWeek.of(more, published()), empty=(("left", 0),))
    found = search(changed, Stop(steps=20_000), most_moved=most_moved)
    tasks = {row[0] for row in rows(found)}
    assert "free" in tasks
    assert "left" not in tasks
    assert found.score == check(more, found).score


def test_a_roster_without_what_stays_empty_costs_the_same() -> None:
    more = week().changed(visits=(*week().visits, visit("left")))
    lowered = left_empty(lower(more), [("left", 0)])
    annealing = Annealing(lowered, 0, 1)
    annealing.construct(published())
    found = annealing.best.roster()
    assert "left" not in {row[0] for row in rows(found)}
    assert annealing.best.cost == lowered.scale.points(check(more, found).score)
