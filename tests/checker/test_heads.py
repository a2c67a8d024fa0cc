"""A shift in a roster that somebody wrote has as many people as there are, whichever slots they fill."""

from importlib import import_module

import pytest

from scheduler.checker import check, check_read, roster_read
from scheduler.model import Instance, Need, NotARosterError, Pin, Published, Roster
from tests.rules.build import at, instance, person, roster, shift, visit

NINE = at(0, "09:00")
NEEDS = Need(minimum=1, target=2), Need(minimum=2, maximum=3)


def week(*more: object) -> Instance:
    return instance(
        *map(person, "abc"), shift("s", NINE, *NEEDS), visit("v"), *more, freeze=None, days=1
    )


def slots_of(instance: Instance, *slots: int) -> list[int]:
    """The slots as they count, after a check of the report that comes along."""
    rows = [("s", slot, "abc"[n], "P", NINE) for n, slot in enumerate(slots)]
    made, report = check_read(instance, roster(instance, *rows))
    assert report == check(instance, made)
    assert [part.person for part in made.assignments] == [*"abc"][: len(slots)]
    return [part.slot for part in made.assignments]


def test_people_count_towards_the_minimum_of_their_need() -> None:
    assert slots_of(week(), 1) == [0]
    assert slots_of(week(), 4, 3) == [3, 2]
    assert slots_of(week(), 0, 1, 3) == [0, 1, 2]
    assert slots_of(week(), 1, 4, 2) == [0, 3, 2]
    made, report = check_read(week(), roster(week(), ("s", 1, "a", "P", NINE)))
    short = next(row for row in report.rules if row.rule.rule.id == "headcount_minimum")
    assert short.amount == 2 * 5  # only the other need lacks its two
    assert made.assignments[0].slot == 0


def test_slots_stay_where_they_are_more_than_numbers() -> None:
    assert slots_of(week(Pin(task="s", slot=1, person="a")), 1) == [1]
    told = Published(task="s", slot=1, person="a", place="P", start=NINE)
    assert slots_of(week(told), 1) == [1]
    tied = week().changed(shifts=(shift("s", NINE, *NEEDS, tie="t"),))
    assert slots_of(tied, 1) == [1]


def test_a_roster_that_is_as_it_was_scored_stays_as_it_is() -> None:
    given: Roster = roster(week(), ("s", 1, "a", "P", NINE))
    scored = given.model_copy(update={"score": check(week(), given).score})
    assert check_read(week(), scored)[0] is scored


def test_a_roster_is_priced_to_be_read_only_where_its_slots_may_be_others(monkeypatch) -> None:
    other = roster(week(), ("s", 1, "a", "P", NINE))
    assert roster_read(week(), other) == check_read(week(), other)[0] != other
    monkeypatch.setattr(import_module("scheduler.checker.check"), "checked", None)
    usual = roster(week(), ("s", 0, "a", "P", NINE), ("v", 0, "b", "P", NINE))
    assert roster_read(week(), usual) is usual
    with pytest.raises(NotARosterError):
        roster_read(week(), roster(week(), *[("v", 0, "b", "P", NINE)] * 2))
