"""Whoever stays at a shift counts towards its minimum, whichever of its slots the others leave."""

import pytest

from scheduler.checker import check
from scheduler.model import Instance, Need, Pin, Role, Roster
from scheduler.model.changes import Absence, Changes
from scheduler.stop import Stop
from scheduler.weeks.replan import apply, difference
from scheduler.weeks.replan.remaining import fallen
from scheduler.weeks.replan.search import replan
from tests.rules.build import at, instance, person, roster, shift

NINE = at(0, "09:00")


def stand(
    *more: object, needs: tuple[Need, ...] = (Need(minimum=1, target=2),), **fields
) -> Instance:
    people = person("A"), person("B"), person("C", Role.PARTNER)
    return instance(*people, shift("s", NINE, *needs, **fields), *more)


def sick(week: Instance, *who: str) -> Changes:
    away = {"from": at(0), "to": at(1)}
    absent = tuple(Absence(person=one, **away) for one in who)
    return Changes(horizon=week.horizon, changes=absent)


def rows(made: Roster) -> set[tuple[int, str]]:
    return {(part.slot, part.person) for part in made.assignments}


def test_the_one_who_stays_fills_the_minimum_and_is_told_of_no_change_but_the_company() -> None:
    week = stand()
    before = roster(week, ("s", 0, "A", "P", NINE), ("s", 1, "B", "P", NINE))
    changed = apply(week, before, sick(week, "A"))
    assert rows(changed.remaining) == {(0, "B")}
    assert [(part.slot, part.person) for part in changed.fallen] == [(0, "A")]
    assert changed.fallen == fallen(changed.instance, before)
    costs = {
        cost.rule.rule.id
        for cost in check(changed.instance, changed.remaining).rules
        if cost.amount
    }
    assert costs.isdisjoint({"headcount_minimum", "notified_person"})
    found = replan(week, before, sick(week, "A"), Stop(steps=2_000), most_moved=0)
    # C may come in; B's work is the same.
    assert (0, "B") in rows(found.roster)
    news = difference(changed.instance, before, changed.remaining, changed.fallen)
    assert {who: [item.news for item in items] for who, items in news.by_person.items()} == {
        "A": ["lost"],
        "B": ["partner"],
    }
    assert news.by_person["A"][0].forced
    assert not news.moved


def test_slots_are_kept_within_a_need_and_where_nobody_is_lost() -> None:
    needs = Need(minimum=2), Need(roles=(Role.PARTNER,))
    week = stand(needs=needs)
    before = roster(week, *(("s", slot, who, "P", NINE) for slot, who in enumerate("ABC")))
    assert rows(apply(week, before, sick(week, "A")).remaining) == {(0, "B"), (2, "C")}
    assert rows(apply(week, before, sick(week, "B")).remaining) == {(0, "A"), (2, "C")}
    assert rows(apply(week, before, sick(week)).remaining) == {(0, "A"), (1, "B"), (2, "C")}


@pytest.mark.parametrize("special", ["pin", "tie"])
def test_a_slot_that_is_pinned_or_leads_stays_as_it_is(special: str) -> None:
    pins = (Pin(task="s", slot=1, person="B"),) if special == "pin" else ()
    week = stand(*pins, tie="t" if special == "tie" else None)
    before = roster(week, ("s", 0, "A", "P", NINE), ("s", 1, "B", "P", NINE))
    assert rows(apply(week, before, sick(week, "A")).remaining) == {(1, "B")}
